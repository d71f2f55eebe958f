import { authMethods, type AuthMethod } from '../../contract/app'
import type { ModeRow, ModeWay } from '../../contract/methods'
import { offersProviders } from '../sign-in/oidc-admission'
import { decideSignIn } from '../sign-in/sign-in-policy'
import { wayIn, type WayFacts } from './impact-policy'

const local: WayFacts = {
  ...{ provider: 'local', role: 'user', disabled: false, hasPassword: true },
  ...{ ldapIdentity: false, oidcIdentity: false, anyIdentity: false },
}
const ldap: WayFacts = {
  ...local,
  provider: 'ldap',
  hasPassword: false,
  ldapIdentity: true,
  anyIdentity: true,
}
const oidc: WayFacts = {
  ...local,
  provider: 'oidc',
  hasPassword: false,
  oidcIdentity: true,
  anyIdentity: true,
}

/** The form's and the button's answer for an account, by the rules that sign-in itself follows. */
function waysOf(method: AuthMethod, facts: WayFacts): ModeWay[] {
  if (wayIn(facts, { method, providers: false }).open) return ['form']
  return facts.oidcIdentity && offersProviders.has(method) ? ['button'] : []
}

/** A name without an account, whom the directory knows and a provider vouches for. */
function waysOfNobody(method: AuthMethod): ModeWay[] {
  const known = { method, way: 'form', blankPassword: false, account: null, limited: false } as const
  const step = decideSignIn({ ...known, directory: { kind: 'yes' } })
  return [
    ...('allow' in step ? (['form'] as const) : []),
    ...(offersProviders.has(method) ? (['button'] as const) : []),
  ]
}

/** Who gets in and how, mode by mode. */
export function modeTable(): ModeRow[] {
  return authMethods.map((method) => ({
    method,
    local: waysOf(method, local),
    ldap: waysOf(method, ldap),
    oidc: waysOf(method, oidc),
    nobody: waysOfNobody(method),
  }))
}
