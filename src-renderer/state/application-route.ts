import { authMethods, type AuthMethod } from '../../src-main/contract/app'
import {
  applicationFindings,
  applicationProviders,
  applicationStates,
  type ApplicationFindingId,
  type ApplicationProvider,
  type ApplicationState,
} from '../../src-main/contract/application'

/** The accounts, who gets in by which mode, or the directory next to them. */
export const applicationViews = ['accounts', 'methods', 'directory'] as const
export type ApplicationView = (typeof applicationViews)[number]

/** Everything about the application's accounts that their address holds. */
export interface ApplicationRoute {
  readonly search: string
  readonly providers: readonly ApplicationProvider[]
  readonly states: readonly ApplicationState[]
  readonly findings: readonly ApplicationFindingId[]
  readonly account: string | null
  readonly view: ApplicationView
  /** The mode whose impact is looked at; null: none was chosen. */
  readonly method: AuthMethod | null
}

function listOf<T extends string>(value: string | null, known: readonly T[]): readonly T[] {
  const asked = (value ?? '').split(',')
  return known.filter((one) => asked.includes(one))
}

/** Reads the address's search; what it does not know is ignored. */
export function parseApplicationRoute(search: string): ApplicationRoute {
  const params = new URLSearchParams(search)
  return {
    search: (params.get('search') ?? '').slice(0, 200),
    providers: listOf(params.get('provider'), applicationProviders),
    states: listOf(params.get('state'), applicationStates),
    findings: listOf(params.get('finding'), applicationFindings),
    account: params.get('account'),
    view: applicationViews.find((each) => each === params.get('view')) ?? 'accounts',
    method: authMethods.find((each) => each === params.get('method')) ?? null,
  }
}

/** The address of a state; defaults are left out, so that the plain page has the plain address. */
export function applicationAddress(route: Partial<ApplicationRoute>): string {
  const params = new URLSearchParams()
  if (route.search) params.set('search', route.search)
  if (route.providers?.length) params.set('provider', route.providers.join(','))
  if (route.states?.length) params.set('state', route.states.join(','))
  if (route.findings?.length) params.set('finding', route.findings.join(','))
  if (route.view !== undefined && route.view !== 'accounts') params.set('view', route.view)
  if (route.method) params.set('method', route.method)
  if (route.account) params.set('account', route.account)
  const search = params.toString().replaceAll('%2C', ',')
  return search === '' ? '/application' : `/application?${search}`
}
