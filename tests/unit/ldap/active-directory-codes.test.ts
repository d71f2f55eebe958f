import { describe, expect, test } from 'vitest'
import { bindSubCodes, subCodeOf } from '../../../src-main/core/ldap/active-directory-codes'
import { resultDetails } from '../../../src-main/core/ldap/ldap-errors'
import { codeOfResult, type LdapPhase } from '../../../src-main/core/ldap/result-codes'
import { describeFailure } from '../../../src-main/core/ldap/stage-evidence'
import { createTexts } from '../../../src-main/core/app/texts'

const states = {
  '525': 'LDAP_USER_PASSWORD',
  '52e': 'LDAP_USER_PASSWORD',
  '530': 'LDAP_USER_LOGON_HOURS',
  '531': 'LDAP_USER_WORKSTATION',
  '532': 'LDAP_USER_PASSWORD_EXPIRED',
  '533': 'LDAP_USER_DISABLED',
  '701': 'LDAP_USER_EXPIRED',
  '773': 'LDAP_USER_MUST_CHANGE_PASSWORD',
  '775': 'LDAP_USER_LOCKED',
} as const

const shapes: readonly (readonly [string, (code: string) => string])[] = [
  [
    'Windows Server 2022',
    (code) =>
      `80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data ${code}, v4f7c\u0000`,
  ],
  [
    'Windows Server 2008',
    (code) => `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${code}, v1db1`,
  ],
  [
    'no version',
    (code) => `80090308: LdapErr: DSID-0C09042A, comment: AcceptSecurityContext error, data ${code}`,
  ],
  [
    'upper case',
    (code) =>
      `80090308: LDAPERR: DSID-0C090400, COMMENT: ACCEPTSECURITYCONTEXT ERROR, DATA ${code.toUpperCase()}, V1DB1`,
  ],
  [
    'many spaces',
    (code) =>
      `80090308:  LdapErr:  DSID-0C09042F,comment:AcceptSecurityContext error ,  data   ${code} ,  v2580`,
  ],
  [
    'no-break spaces',
    (code) =>
      `80090308: LdapErr: DSID-0C09042F, comment: AcceptSecurityContext error, data\u00a0${code}, v2580`,
  ],
  [
    'over two lines',
    (code) =>
      `80090308: LdapErr: DSID-0C09042F, comment: AcceptSecurityContext error,\r\n data\t${code},\r\n v2580`,
  ],
  [
    '0x',
    (code) =>
      `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data: 0x${code}, v3839`,
  ],
  [
    'filled with zeros',
    (code) =>
      `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 00000${code}, v3839`,
  ],
  [
    'German',
    (code) =>
      `80090308: LdapErr: DSID-0C09042A, Kommentar: AcceptSecurityContext-Fehler, Daten ${code}, v3839`,
  ],
  [
    'French',
    (code) =>
      `80090308: LdapErr: DSID-0C09042A, commentaire : erreur AcceptSecurityContext, données ${code}, v3839`,
  ],
  [
    'Japanese',
    (code) =>
      `80090308: LdapErr: DSID-0C09042A, コメント: AcceptSecurityContext エラー, データ ${code}, v3839`,
  ],
  [
    'Samba',
    (code) => `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${code}, v1db1`,
  ],
]

describe.each(shapes)('%s', (_name, shape) => {
  test.each(bindSubCodes)('data %s', (subCode) => {
    const message = shape(subCode)
    expect(subCodeOf(message)).toBe(subCode)
    const result = { code: 49, message, policy: null }
    expect(codeOfResult(result, 'user-bind')).toBe(states[subCode])
    const service = subCode === '525' || subCode === '52e' ? 'LDAP_BIND_CREDENTIALS' : states[subCode]
    expect(codeOfResult(result, 'bind')).toBe(service)
  })
})

test.each<[string, number, string]>([
  [
    '00002028: LdapErr: DSID-0C09023B, comment: The server requires binds to turn on integrity checking if SSL\\TLS are not already active on the connection, data 0, v4563',
    8,
    'LDAP_BIND_TLS_REQUIRED',
  ],
  [
    '00002028:  LdapErr:  DSID-0C090276, Kommentar: Der Server erfordert …, Daten 0, v3839',
    8,
    'LDAP_BIND_TLS_REQUIRED',
  ],
  [
    '000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563',
    1,
    'LDAP_ANONYMOUS_FORBIDDEN',
  ],
  ['0000001F: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0', 53, 'LDAP_BIND_TLS_REQUIRED'],
  [
    '80090346: LdapErr: DSID-0C0905F0, comment: AcceptSecurityContext error, data 80090346, v4563',
    49,
    'LDAP_BIND_CHANNEL_BINDING',
  ],
  ['comment: AcceptSecurityContext error, data 0x80090346', 49, 'LDAP_BIND_CHANNEL_BINDING'],
])('%s', (message, code, expected) => {
  const phases: readonly LdapPhase[] = ['bind', 'user-bind', 'search']
  for (const phase of phases) expect(codeOfResult({ code, message, policy: null }, phase)).toBe(expected)
})

test('a number that is no sub-code is not taken for one', () => {
  const version = '80090308: LdapErr: DSID-0C090775, comment: AcceptSecurityContext error, v775'
  expect(subCodeOf(version)).toBeNull()
  expect(subCodeOf('Too many users, room 533, please wait')).toBeNull()
  expect(subCodeOf('metadata533')).toBeNull()
})

test('the evidence explains the sub-code, and shows an unknown one as it is', () => {
  const texts = createTexts()
  const shown = (code: string) => {
    const message = `80090308: LdapErr: DSID-0C090446, comment: AcceptSecurityContext error, data ${code}, v4f7c`
    return describeFailure(texts, resultDetails(49, message)).find(({ label }) => /reason/.test(label))?.value
  }
  for (const code of bindSubCodes) expect(shown(code)).toMatch(new RegExp(`^${code}: .{20}`))
  expect(shown('6f7')).toBe('6f7: not a known reason')
  expect(resultDetails(53, 'data 775')).not.toHaveProperty('subCode')
})
