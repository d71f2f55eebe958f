import type { AuthProvider } from '../../contract/app'
import type { Code } from '../../contract/errors'

/** What the rules may know about an account that an identity could belong to. */
export interface Candidate {
  readonly id: string
  readonly provider: AuthProvider
  readonly disabled: boolean
  /** admin, helpdesk or auditor: such an account is never taken over by itself. */
  readonly consoleRole: boolean
  readonly identityKinds: readonly ('oidc' | 'ldap')[]
}

export interface IdentityFacts {
  readonly kind: 'oidc' | 'ldap'
  /** The account that has this identity. */
  readonly known: Candidate | null
  /** The account whose folded name is the person's folded login. */
  readonly named: Candidate | null
  /** Accounts with the person's e-mail. */
  readonly sameEmail: readonly Candidate[]
  readonly email: string | null
  readonly emailVerified: boolean
  readonly autoProvision: boolean
}

export type IdentityDecision =
  | { readonly kind: 'known' | 'bind' | 'link' | 'pending'; readonly accountId: string }
  | { readonly kind: 'create' }
  | { readonly kind: 'refuse'; readonly code: Code }

/** Made or imported for this provider, and nobody has signed in as it yet. */
function awaitsIdentity(account: Candidate, kind: 'oidc' | 'ldap'): boolean {
  return account.provider === kind && account.identityKinds.length === 0
}

/** By e-mail only if it is verified, exactly one account has it, without such an identity and without a console role. */
function linkable(facts: IdentityFacts, account: Candidate): boolean {
  return (
    facts.emailVerified &&
    facts.sameEmail.length === 1 &&
    !account.identityKinds.includes(facts.kind) &&
    !account.consoleRole
  )
}

function unknownIdentity(facts: IdentityFacts): IdentityDecision {
  const { named } = facts
  if (named && awaitsIdentity(named, facts.kind)) {
    if (named.disabled) return { kind: 'refuse', code: 'ACCOUNT_DISABLED' }
    return { kind: named.consoleRole ? 'pending' : 'bind', accountId: named.id }
  }
  if (!facts.autoProvision) return { kind: 'refuse', code: 'OIDC_PROVISIONING_OFF' }
  if (facts.email === null) {
    return { kind: 'refuse', code: facts.kind === 'oidc' ? 'OIDC_NO_EMAIL' : 'LDAP_USER_NO_EMAIL' }
  }
  const [first] = facts.sameEmail
  if (!first) return { kind: 'create' }
  if (first.disabled) return { kind: 'refuse', code: 'ACCOUNT_DISABLED' }
  return { kind: linkable(facts, first) ? 'link' : 'pending', accountId: first.id }
}

/** Whose sign-in this is: a known identity, an account to bind or link, a new one, or nobody's. */
export function decideIdentity(facts: IdentityFacts): IdentityDecision {
  if (!facts.known) return unknownIdentity(facts)
  if (facts.known.disabled) return { kind: 'refuse', code: 'ACCOUNT_DISABLED' }
  return { kind: 'known', accountId: facts.known.id }
}
