import { describe, expect, test } from 'vitest'
import {
  contradictionOf,
  readState,
  stateAttributes,
  type StateCode,
} from '../../../src-main/core/ldap/account-state'
import { personAttributes } from '../../../src-main/core/ldap/person-search'
import { ldapSettings } from '../../support/ldap-settings'

const now = new Date('2026-01-01T00:00:00Z')
const entryOf = (values: Readonly<Record<string, string>>) => ({
  dn: 'cn=Ada,dc=test',
  attributes: new Map(
    Object.entries(values).map(([name, value]) => [name.toLowerCase(), [Buffer.from(value)]]),
  ),
})
const read = (values: Readonly<Record<string, string>>) => readState(entryOf(values), now)
const holding = (values: Readonly<Record<string, string>>) =>
  read(values)
    .filter(({ holds }) => holds === 'yes')
    .map(({ code }) => code)

test.each<[Readonly<Record<string, string>>, readonly StateCode[]]>([
  [{}, []],
  [{ userAccountControl: '512' }, []],
  [{ userAccountControl: '514' }, ['LDAP_USER_DISABLED']],
  [{ userAccountControl: '66050' }, ['LDAP_USER_DISABLED']],
  [{ nsAccountLock: 'TRUE' }, ['LDAP_USER_DISABLED']],
  [{ nsAccountLock: 'FALSE' }, []],
  [{ pwdAccountLockedTime: '000001010000Z' }, ['LDAP_USER_DISABLED']],
  [{ pwdAccountLockedTime: '20251231235900Z' }, ['LDAP_USER_LOCKED']],
  [{ lockoutTime: '0' }, []],
  [{ lockoutTime: '134114688000000000' }, ['LDAP_USER_LOCKED']],
  // A lock that is over leaves its time behind.
  [{ lockoutTime: '134114688000000000', 'msDS-User-Account-Control-Computed': '0' }, []],
  [{ 'msDS-User-Account-Control-Computed': '16' }, ['LDAP_USER_LOCKED']],
  [{ 'msDS-User-Account-Control-Computed': '8388608' }, ['LDAP_USER_PASSWORD_EXPIRED']],
  [{ accountExpires: '0' }, []],
  [{ accountExpires: '9223372036854775807' }, []],
  [{ accountExpires: '131592384000000000' }, ['LDAP_USER_EXPIRED']],
  [{ accountExpires: '140000000000000000' }, []],
  [{ pwdLastSet: '0' }, ['LDAP_USER_MUST_CHANGE_PASSWORD']],
  [{ pwdLastSet: '134114688000000000' }, []],
  [{ pwdReset: 'TRUE' }, ['LDAP_USER_MUST_CHANGE_PASSWORD']],
  [{ userAccountControl: 'many', lockoutTime: '', accountExpires: '1e9' }, []],
])('%j is %j', (values, codes) => {
  expect(holding(values)).toEqual(codes)
})

test('every attribute that is read is asked for', () => {
  expect(personAttributes(ldapSettings({}))).toEqual(expect.arrayContaining([...stateAttributes]))
})

describe('a reason and the entry', () => {
  test.each<[StateCode, Readonly<Record<string, string>>, string]>([
    ['LDAP_USER_LOCKED', { lockoutTime: '0' }, 'lockoutTime=0'],
    [
      'LDAP_USER_LOCKED',
      { lockoutTime: '0', 'msDS-User-Account-Control-Computed': '0' },
      'lockoutTime=0, msDS-User-Account-Control-Computed=0',
    ],
    ['LDAP_USER_DISABLED', { userAccountControl: '512' }, 'userAccountControl=512'],
    ['LDAP_USER_EXPIRED', { accountExpires: '0' }, 'accountExpires=0'],
    [
      'LDAP_USER_PASSWORD_EXPIRED',
      { 'msDS-User-Account-Control-Computed': '0' },
      'msDS-User-Account-Control-Computed=0',
    ],
    [
      'LDAP_USER_MUST_CHANGE_PASSWORD',
      { pwdLastSet: '134114688000000000' },
      'pwdLastSet=134114688000000000 (2025-12-29T08:00:00.000Z)',
    ],
  ])('%s contradicts %j', (code, values, evidence) => {
    expect(contradictionOf(code, read(values))?.evidence).toBe(evidence)
  })

  test('no contradiction where the entry confirms it, or says nothing', () => {
    expect(contradictionOf('LDAP_USER_LOCKED', read({ lockoutTime: '134114688000000000' }))).toBeNull()
    expect(contradictionOf('LDAP_USER_LOCKED', read({ userAccountControl: '512' }))).toBeNull()
    expect(
      contradictionOf('LDAP_USER_DISABLED', read({ userAccountControl: '512', nsAccountLock: 'TRUE' })),
    ).toBeNull()
    expect(contradictionOf('LDAP_USER_PASSWORD', read({ lockoutTime: '0' }))).toBeNull()
  })
})
