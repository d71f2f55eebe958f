import type { AuthMethod, AuthProvider } from '../../contract/app'
import type { Code } from '../../contract/errors'

/** What the rules may know about the account with the typed name. */
export interface AccountFacts {
  readonly provider: AuthProvider
  readonly disabled: boolean
  readonly admin: boolean
}

/** What the directory said; `unknown` is "no such person", `outage` no answer at all. */
export type DirectoryAnswer =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no'; readonly code: Code }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'outage'; readonly code: Code }

/** Whose the entry with the typed name is, found with the service account and without the password. */
export type EntryAnswer =
  | { readonly kind: 'linked' | 'linkable' | 'foreign' | 'none' }
  | { readonly kind: 'outage'; readonly code: Code }

/** What is known so far; an absent fact has not been asked yet. */
export interface SignInFacts {
  readonly method: AuthMethod | null
  readonly way: 'form' | 'break-glass'
  readonly blankPassword: boolean
  readonly limited?: boolean
  readonly account?: AccountFacts | null
  readonly hashMatches?: boolean
  readonly entry?: EntryAnswer
  readonly directory?: DirectoryAnswer
}

export type SignInStep =
  | { readonly ask: 'limit' | 'account' | 'hash' | 'entry' | 'directory' }
  | { readonly allow: 'account' | 'directory' | 'unverified' }
  | { readonly refuse: Code }

const ask = (question: SignInQuestion): SignInStep => ({ ask: question })
const refuse = (code: Code): SignInStep => ({ refuse: code })

function hashStep(facts: SignInFacts): SignInStep {
  if (facts.hashMatches === undefined) return ask('hash')
  return facts.hashMatches ? { allow: 'account' } : refuse('SIGN_IN_REFUSED')
}

function directoryStep(answer: DirectoryAnswer | undefined): SignInStep {
  if (!answer) return ask('directory')
  if (answer.kind === 'yes') return { allow: 'directory' }
  return refuse(answer.kind === 'unknown' ? 'LDAP_USER_NOT_FOUND' : answer.code)
}

function localStep(facts: SignInFacts, account: AccountFacts | null): SignInStep {
  if (account === null) return refuse('SIGN_IN_REFUSED')
  if (account.provider !== 'local') return refuse('METHOD_NOT_ALLOWED')
  return hashStep(facts)
}

/** After a local mismatch the password goes to the directory only if the entry is, or may become, an account's. */
function mismatchStep(facts: SignInFacts): SignInStep {
  const { entry } = facts
  if (!entry) return ask('entry')
  if (entry.kind === 'none') return refuse('SIGN_IN_REFUSED')
  if (entry.kind === 'foreign') return refuse('LDAP_IDENTITY_NOT_LINKED')
  if (entry.kind === 'outage') return refuse(entry.code)
  return directoryStep(facts.directory)
}

function allStep(facts: SignInFacts, account: AccountFacts | null): SignInStep {
  if (account === null || account.provider === 'ldap') return directoryStep(facts.directory)
  if (account.provider === 'oidc') return refuse('METHOD_NOT_ALLOWED')
  if (facts.hashMatches === undefined) return ask('hash')
  return facts.hashMatches ? { allow: 'account' } : mismatchStep(facts)
}

function breakGlassStep(facts: SignInFacts, account: AccountFacts | null): SignInStep {
  if (account === null) return refuse('SIGN_IN_REFUSED')
  if (account.provider !== 'local' || !account.admin) return refuse('METHOD_NOT_ALLOWED')
  return hashStep(facts)
}

function modeStep(facts: SignInFacts, method: AuthMethod, account: AccountFacts | null): SignInStep {
  switch (method) {
    case 'none':
      return account === null ? refuse('SIGN_IN_REFUSED') : { allow: 'unverified' }
    case 'local':
    case 'both':
      return localStep(facts, account)
    case 'ldap':
      return directoryStep(facts.directory)
    case 'all':
      return allStep(facts, account)
    case 'oidc':
      return refuse('METHOD_NOT_OFFERED')
  }
}

/**
 * The decision about the sign-in form, or the next question: nothing is asked that the mode does not ask, and a
 * disabled account is refused before anything else is looked at.
 */
export function decideSignIn(facts: SignInFacts): SignInStep {
  const method = facts.way === 'break-glass' ? null : facts.method
  if (facts.way === 'form' && (method === null || method === 'oidc')) return refuse('METHOD_NOT_OFFERED')
  if (facts.blankPassword && method !== 'none') return refuse('SIGN_IN_REFUSED')
  if (facts.account === undefined) return ask('account')
  if (facts.limited === undefined) return ask('limit')
  if (facts.limited) return refuse('RATE_LIMITED')
  if (facts.account?.disabled) return refuse('ACCOUNT_DISABLED')
  return method === null ? breakGlassStep(facts, facts.account) : modeStep(facts, method, facts.account)
}

export type SignInQuestion = Extract<SignInStep, { ask: string }>['ask']
export type SignInOutcome = Exclude<SignInStep, { ask: string }>

/** Asks one question after the other until the decision is reached; a sign-in and its explanations differ in the answers. */
export async function reachDecision(
  start: SignInFacts,
  answer: (question: SignInQuestion) => Promise<Partial<SignInFacts>>,
): Promise<{ readonly outcome: SignInOutcome; readonly facts: SignInFacts }> {
  let facts = start
  for (;;) {
    const step = decideSignIn(facts)
    if (!('ask' in step)) return { outcome: step, facts }
    facts = { ...facts, ...(await answer(step.ask)) }
  }
}
