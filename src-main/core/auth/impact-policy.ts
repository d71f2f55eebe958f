import type { AuthMethod, AuthProvider } from '../../contract/app'
import type { ImpactChange } from '../../contract/auth'
import type { Code } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import { decideSignIn, type SignInFacts } from '../sign-in/sign-in-policy'

/** What decides whether an account has a way in; accounts that are alike in it are counted together. */
export interface WayFacts {
  readonly provider: AuthProvider
  readonly disabled: boolean
  readonly role: Role
  readonly hasPassword: boolean
  readonly ldapIdentity: boolean
  /** An identity of a provider that is configured. */
  readonly oidcIdentity: boolean
  readonly anyIdentity: boolean
}

/** A mode, and whether a provider could be used in it. */
export interface Mode {
  readonly method: AuthMethod | null
  readonly providers: boolean
}

type WayIn = { readonly open: true } | { readonly open: false; readonly code: Code }

/** Made for this provider and not signed in yet: the first sign-in binds it, unless it has a console role. */
const awaits = (facts: WayFacts, provider: AuthProvider) =>
  facts.provider === provider && !facts.anyIdentity && facts.role === 'user'

/** The sign-in's own decision for the form, with the right password and a directory that knows its own. */
function formWay(facts: WayFacts, method: AuthMethod | null): WayIn {
  const { provider, disabled, role } = facts
  const known = facts.ldapIdentity || awaits(facts, 'ldap')
  const world: SignInFacts = {
    ...{ method, way: 'form', blankPassword: false, limited: false, hashMatches: facts.hasPassword },
    account: { provider, disabled, admin: role === 'admin' },
    entry: { kind: known ? 'linked' : 'none' },
    directory: known ? { kind: 'yes' } : { kind: 'no', code: 'LDAP_IDENTITY_NOT_LINKED' },
  }
  const step = decideSignIn(world)
  if ('allow' in step) return { open: true }
  return { open: false, code: 'refuse' in step ? step.refuse : 'INTERNAL' }
}

function providerWay(facts: WayFacts, { method, providers }: Mode): WayIn {
  if (method !== 'oidc' && method !== 'both' && method !== 'all')
    return { open: false, code: 'METHOD_NOT_OFFERED' }
  if (!providers) return { open: false, code: 'OIDC_CONFIG_INVALID' }
  if (facts.disabled) return { open: false, code: 'ACCOUNT_DISABLED' }
  return facts.oidcIdentity || awaits(facts, 'oidc') ? { open: true } : { open: false, code: 'LINK_PENDING' }
}

/** Whether there is a way in; the code is that of the way which is the account's own. */
export function wayIn(facts: WayFacts, mode: Mode): WayIn {
  const [form, provider] = [formWay(facts, mode.method), providerWay(facts, mode)]
  if (form.open || provider.open) return { open: true }
  return facts.provider === 'oidc' || mode.method === 'oidc' ? provider : form
}

/** What becomes of an account when the mode changes. */
export function impactOf(facts: WayFacts, from: Mode, to: Mode): { change: ImpactChange; code: Code | null } {
  const [before, after] = [wayIn(facts, from), wayIn(facts, to)]
  const code = after.open ? null : after.code
  if (before.open) return { change: after.open ? 'keep' : 'lose', code }
  return { change: after.open ? 'gain' : 'without', code }
}
