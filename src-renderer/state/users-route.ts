import { authProviders, type AuthProvider } from '../../src-main/contract/app'
import { roles, type Role } from '../../src-main/contract/permissions'
import { accountStates, userSorts, type AccountState } from '../../src-main/contract/users'

export type UserSort = (typeof userSorts)[number]
export const userTabs = ['account', 'sign-in', 'identities', 'teams', 'sessions', 'audit'] as const
export type UserTab = (typeof userTabs)[number]

/** Everything about the accounts page that its address holds. */
export interface UsersRoute {
  readonly search: string
  readonly providers: readonly AuthProvider[]
  readonly roles: readonly Role[]
  readonly states: readonly AccountState[]
  readonly sort: { readonly by: UserSort; readonly direction: 'asc' | 'desc' }
  readonly user: string | null
  readonly tab: UserTab
  /** Whether the keyboard goes on at the account's actions. */
  readonly focus: boolean
}

function listOf<T extends string>(value: string | null, known: readonly T[]): readonly T[] {
  const asked = (value ?? '').split(',')
  return known.filter((one) => asked.includes(one))
}

function oneOf<T extends string>(value: string | null, known: readonly T[], fallback: T): T {
  return known.find((one) => one === value) ?? fallback
}

/** Reads the address's search; what it does not know is ignored. */
export function parseUsersRoute(search: string): UsersRoute {
  const params = new URLSearchParams(search)
  const sort = params.get('sort') ?? ''
  return {
    search: (params.get('search') ?? '').slice(0, 200),
    providers: listOf(params.get('provider'), authProviders),
    roles: listOf(params.get('role'), roles),
    states: listOf(params.get('state'), accountStates),
    sort: {
      by: oneOf(sort.replace(/^-/, ''), userSorts, 'username'),
      direction: sort.startsWith('-') ? 'desc' : 'asc',
    },
    user: params.get('user'),
    tab: oneOf(params.get('tab'), userTabs, 'account'),
    focus: params.get('at') === 'actions',
  }
}

/** The address of a state; defaults are left out, so that the plain page has the plain address. */
export function usersAddress(route: Partial<UsersRoute>): string {
  const params = new URLSearchParams()
  if (route.search) params.set('search', route.search)
  if (route.providers?.length) params.set('provider', route.providers.join(','))
  if (route.roles?.length) params.set('role', route.roles.join(','))
  if (route.states?.length) params.set('state', route.states.join(','))
  const { by, direction } = route.sort ?? { by: 'username', direction: 'asc' }
  if (by !== 'username' || direction !== 'asc') params.set('sort', `${direction === 'desc' ? '-' : ''}${by}`)
  if (route.user) params.set('user', route.user)
  if (route.user && route.tab && route.tab !== 'account') params.set('tab', route.tab)
  if (route.user && route.focus) params.set('at', 'actions')
  const search = params.toString().replaceAll('%2C', ',')
  return search === '' ? '/users' : `/users?${search}`
}

/** A value in a chip group: in becomes out, out becomes in. */
export function toggled<T>(values: readonly T[], value: T): readonly T[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
}

/** The next sort after a click on a header: the same column turns round, another one starts ascending. */
export function sortedBy(sort: UsersRoute['sort'], by: UserSort): UsersRoute['sort'] {
  if (sort.by !== by) return { by, direction: by === 'lastSignIn' ? 'desc' : 'asc' }
  return { by, direction: sort.direction === 'asc' ? 'desc' : 'asc' }
}
