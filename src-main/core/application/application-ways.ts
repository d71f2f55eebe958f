import type { AuthMethod } from '../../contract/app'
import type {
  ApplicationAccount,
  ApplicationDatabaseKind,
  ApplicationHazard,
  ApplicationWay,
} from '../../contract/application'
import { wayIn } from '../auth/impact-policy'

/** What of a row decides about its ways in; rows that are alike in it are counted together. */
export interface RowFacts extends Pick<ApplicationAccount, 'provider' | 'state' | 'admin' | 'hasPassword'> {
  /** An OpenID identity is linked. */
  readonly linked: boolean
  /** The row itself says `ldap`. */
  readonly storedLdap: boolean
}

export interface OpenWay {
  readonly way: ApplicationWay
  readonly hazard: ApplicationHazard | null
}

/** The modes that an application has; how it says them is another matter. */
export const methodsOf: Readonly<Record<ApplicationDatabaseKind, readonly AuthMethod[]>> = {
  timetracker: ['none', 'local', 'oidc', 'both', 'ldap', 'all'],
  tududi: ['local', 'oidc', 'both'],
  vikunja: ['local', 'oidc', 'both', 'ldap', 'all'],
  mapped: ['local', 'oidc', 'both', 'ldap', 'all'],
}

const hasOidc = (method: AuthMethod) => method === 'oidc' || method === 'both' || method === 'all'
const hasLdap = (method: AuthMethod) => method === 'ldap' || method === 'all'
const hasLocal = (method: AuthMethod) => method === 'local' || method === 'both' || method === 'all'

const open = (way: ApplicationWay, hazard: ApplicationHazard | null = null): OpenWay => ({ way, hazard })
const directory = ({ provider }: RowFacts) => (provider === 'ldap' ? [open('directory')] : [])
const byProvider = ({ linked }: RowFacts, method: AuthMethod) =>
  linked && hasOidc(method) ? [open('provider')] : []

/** TimeTracker's form; a row without a password takes the one that is typed. */
function timetrackerForm(facts: RowFacts, method: AuthMethod): OpenWay[] {
  if (method === 'none') return [open('name', 'no-password')]
  if (method === 'oidc') return []
  if (method === 'ldap' || (method === 'all' && facts.storedLdap)) return directory(facts)
  if (!facts.hasPassword) return [open('claim', 'claimable')]
  return [open('password', facts.provider === 'local' ? null : 'provider-ignored')]
}

function timetrackerWays(facts: RowFacts, method: AuthMethod): OpenWay[] {
  return facts.state === 'enabled' ? [...timetrackerForm(facts, method), ...byProvider(facts, method)] : []
}

/** tududi asks whether an address is confirmed for passwords alone. */
function tududiWays(facts: RowFacts, method: AuthMethod): OpenWay[] {
  const password = facts.hasPassword && facts.state === 'enabled' && hasLocal(method)
  return [...(password ? [open('password')] : []), ...byProvider(facts, method)]
}

/** Vikunja's route for the form takes local passwords while it serves the directory, even with local accounts off. */
function vikunjaWays(facts: RowFacts, method: AuthMethod): OpenWay[] {
  if (facts.state !== 'enabled') return []
  const stays = method === 'ldap'
  const password = facts.provider === 'local' && facts.hasPassword && (hasLocal(method) || stays)
  return [
    ...(password ? [open('password', stays ? 'passwords-stay' : null)] : []),
    ...(hasLdap(method) ? directory(facts) : []),
    ...byProvider(facts, method),
  ]
}

function mappedWays(facts: RowFacts, method: AuthMethod): OpenWay[] {
  if (facts.state !== 'enabled') return []
  const password = facts.provider === 'local' && facts.hasPassword && hasLocal(method)
  return [
    ...(password ? [open('password')] : []),
    ...(hasLdap(method) ? directory(facts) : []),
    ...byProvider(facts, method),
  ]
}

const rules: Readonly<Record<ApplicationDatabaseKind, typeof timetrackerWays>> = {
  timetracker: timetrackerWays,
  tududi: tududiWays,
  vikunja: vikunjaWays,
  mapped: mappedWays,
}

/** The ways in that an application's own rules leave open for a row, as far as the row shows them. */
export function openWays(kind: ApplicationDatabaseKind, facts: RowFacts, method: AuthMethod): OpenWay[] {
  return rules[kind](facts, method)
}

/** Whether the console's own rules would let such an account in. */
export function safeWay(
  { provider, state, admin, hasPassword, linked }: RowFacts,
  method: AuthMethod,
): boolean {
  if (provider === 'other') return false
  return wayIn(
    {
      ...{ provider, disabled: state !== 'enabled', role: admin ? 'admin' : 'user', hasPassword },
      ...{
        ldapIdentity: provider === 'ldap',
        oidcIdentity: linked,
        anyIdentity: linked || provider === 'ldap',
      },
    },
    { method, providers: true },
  ).open
}
