import type { LdapCode } from '../../contract/errors'
import { codeOfHead, stateOfSubCode, subCodeOf } from './active-directory-codes'

/** What was asked when the directory answered; the same number means different things. */
export type LdapPhase = 'starttls' | 'bind' | 'anonymous-bind' | 'user-bind' | 'search'

export interface LdapResult {
  readonly code: number
  /** The directory's own words, in which Active Directory hides its real reason. */
  readonly message: string
  /** The password policy's answer (draft-behera-ldap-password-policy-10 section 6.2), where there was one. */
  readonly policy: number | null
}

const policyStates: Readonly<Record<number, LdapCode>> = {
  0: 'LDAP_USER_PASSWORD_EXPIRED',
  1: 'LDAP_USER_LOCKED',
  2: 'LDAP_USER_MUST_CHANGE_PASSWORD',
}

const anyPhase: Readonly<Record<number, LdapCode>> = {
  2: 'LDAP_PROTOCOL',
  3: 'LDAP_TIME_LIMIT',
  4: 'LDAP_SIZE_LIMIT',
  8: 'LDAP_BIND_TLS_REQUIRED',
  10: 'LDAP_REFERRAL',
  11: 'LDAP_ADMIN_LIMIT',
  12: 'LDAP_PAGING_UNSUPPORTED',
  13: 'LDAP_BIND_TLS_REQUIRED',
  32: 'LDAP_BASE_NOT_FOUND',
  34: 'LDAP_DN_SYNTAX',
  50: 'LDAP_BASE_NOT_READABLE',
  51: 'LDAP_BUSY',
  52: 'LDAP_UNAVAILABLE',
}

/** One result code in one phase as a code of the contract; what nobody foresaw is `LDAP_SERVER_ERROR`. */
export function codeOfResult(result: LdapResult, phase: LdapPhase): LdapCode {
  if (phase === 'starttls') return result.code === 51 ? 'LDAP_BUSY' : 'LDAP_STARTTLS_REFUSED'
  const head = codeOfHead(result.message)
  if (head) return head
  const bound = phase === 'search' ? null : bindCode(result, phase)
  return bound ?? anyPhase[result.code] ?? 'LDAP_SERVER_ERROR'
}

function bindCode(result: LdapResult, phase: 'bind' | 'anonymous-bind' | 'user-bind'): LdapCode | null {
  if (phase === 'anonymous-bind') {
    return [7, 48, 49, 50, 53].includes(result.code) ? 'LDAP_ANONYMOUS_FORBIDDEN' : null
  }
  const state = stateOf(result)
  if (state) return state
  const wrong = phase === 'user-bind' ? 'LDAP_USER_PASSWORD' : 'LDAP_BIND_CREDENTIALS'
  if ([32, 48, 49].includes(result.code)) return wrong
  if (result.code === 34) return phase === 'user-bind' ? 'LDAP_DN_SYNTAX' : 'LDAP_BIND_DN_SYNTAX'
  return null
}

/** The account's state where it is the reason: password policy, Active Directory, then 389 Directory Server. */
function stateOf(result: LdapResult): LdapCode | null {
  const policy = result.policy === null ? undefined : policyStates[result.policy]
  if (policy) return policy
  if (result.code === 49) {
    const state = stateOfSubCode(subCodeOf(result.message))
    if (state) return state
    return /password expired/i.test(result.message) ? 'LDAP_USER_PASSWORD_EXPIRED' : null
  }
  if (result.code === 19) return 'LDAP_USER_LOCKED'
  return result.code === 53 ? 'LDAP_USER_DISABLED' : null
}
