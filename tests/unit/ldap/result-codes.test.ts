import { expect, test } from 'vitest'
import { codeOfResult, type LdapPhase } from '../../../src-main/core/ldap/result-codes'

const of = (code: number, phase: LdapPhase, more: { message?: string; policy?: number } = {}) =>
  codeOfResult({ code, message: more.message ?? '', policy: more.policy ?? null }, phase)

test.each<[number, LdapPhase, string]>([
  [1, 'search', 'LDAP_SERVER_ERROR'],
  [2, 'search', 'LDAP_PROTOCOL'],
  [3, 'search', 'LDAP_TIME_LIMIT'],
  [4, 'search', 'LDAP_SIZE_LIMIT'],
  [8, 'bind', 'LDAP_BIND_TLS_REQUIRED'],
  [8, 'user-bind', 'LDAP_BIND_TLS_REQUIRED'],
  [10, 'search', 'LDAP_REFERRAL'],
  [11, 'search', 'LDAP_ADMIN_LIMIT'],
  [12, 'search', 'LDAP_PAGING_UNSUPPORTED'],
  [13, 'bind', 'LDAP_BIND_TLS_REQUIRED'],
  [19, 'search', 'LDAP_SERVER_ERROR'],
  [19, 'user-bind', 'LDAP_USER_LOCKED'],
  [32, 'search', 'LDAP_BASE_NOT_FOUND'],
  [32, 'bind', 'LDAP_BIND_CREDENTIALS'],
  [34, 'search', 'LDAP_DN_SYNTAX'],
  [34, 'bind', 'LDAP_BIND_DN_SYNTAX'],
  [48, 'bind', 'LDAP_BIND_CREDENTIALS'],
  [48, 'anonymous-bind', 'LDAP_ANONYMOUS_FORBIDDEN'],
  [49, 'bind', 'LDAP_BIND_CREDENTIALS'],
  [49, 'user-bind', 'LDAP_USER_PASSWORD'],
  [49, 'anonymous-bind', 'LDAP_ANONYMOUS_FORBIDDEN'],
  [50, 'search', 'LDAP_BASE_NOT_READABLE'],
  [51, 'bind', 'LDAP_BUSY'],
  [51, 'anonymous-bind', 'LDAP_BUSY'],
  [51, 'starttls', 'LDAP_BUSY'],
  [52, 'bind', 'LDAP_UNAVAILABLE'],
  [53, 'search', 'LDAP_SERVER_ERROR'],
  [53, 'user-bind', 'LDAP_USER_DISABLED'],
  [53, 'anonymous-bind', 'LDAP_ANONYMOUS_FORBIDDEN'],
  [80, 'bind', 'LDAP_SERVER_ERROR'],
  [4711, 'bind', 'LDAP_SERVER_ERROR'],
  [1, 'starttls', 'LDAP_STARTTLS_REFUSED'],
  [2, 'starttls', 'LDAP_STARTTLS_REFUSED'],
  [52, 'starttls', 'LDAP_STARTTLS_REFUSED'],
])('result %i at %s is %s', (code, phase, expected) => {
  expect(of(code, phase)).toBe(expected)
})

test('the password policy’s answer comes before the bare refusal', () => {
  expect(of(49, 'user-bind', { policy: 0 })).toBe('LDAP_USER_PASSWORD_EXPIRED')
  expect(of(49, 'user-bind', { policy: 1 })).toBe('LDAP_USER_LOCKED')
  expect(of(49, 'bind', { policy: 2 })).toBe('LDAP_USER_MUST_CHANGE_PASSWORD')
  expect(of(49, 'user-bind', { policy: 5 })).toBe('LDAP_USER_PASSWORD')
})

test('a sub-code is read only where it stands, and an unknown one is a wrong password', () => {
  expect(of(49, 'user-bind', { message: 'AcceptSecurityContext error, data 533, v1db1' })).toBe(
    'LDAP_USER_DISABLED',
  )
  expect(of(49, 'user-bind', { message: 'AcceptSecurityContext error, DATA 775, v1db1' })).toBe(
    'LDAP_USER_LOCKED',
  )
  expect(of(49, 'user-bind', { message: 'AcceptSecurityContext error, data 5330, v1db1' })).toBe(
    'LDAP_USER_PASSWORD',
  )
  expect(of(49, 'user-bind', { message: 'metadata533' })).toBe('LDAP_USER_PASSWORD')
  expect(of(49, 'user-bind', { message: 'password expired!' })).toBe('LDAP_USER_PASSWORD_EXPIRED')
})
