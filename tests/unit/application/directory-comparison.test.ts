import { expect, it } from 'vitest'
import {
  compareWithDirectory,
  type ComparedAccount,
  type ComparedPerson,
} from '../../../src-main/core/application/directory-comparison'

const person = (username: string, facts: Partial<ComparedPerson> = {}): ComparedPerson => ({
  ...{ dn: `uid=${username}`, username, email: `${username}@example.test`, lock: null, barred: null },
  ...facts,
})
const account = (username: string, facts: Partial<ComparedAccount> = {}): ComparedAccount => ({
  ...{ id: username, username, email: `${username}@example.test`, provider: 'ldap', state: 'enabled' },
  ...facts,
})
const told = (people: ComparedPerson[], accounts: ComparedAccount[]) =>
  compareWithDirectory(people, accounts).map(({ kind, username }) => `${kind} ${username}`)

it('finds nothing where both sides agree, whatever the case of a name', () => {
  expect(told([person('Ada')], [account('ada')])).toEqual([])
  // tududi signs in by the address.
  expect(told([person('ada')], [account('ADA@example.test', { email: 'ada@example.test' })])).toEqual([])
})

it.each([
  [[], [account('ada')], ['not-in-directory ada']],
  [[person('ada', { lock: 'LDAP_USER_DISABLED' })], [account('ada')], ['disabled-in-directory ada']],
  [[person('ada', { lock: 'LDAP_USER_DISABLED' })], [account('ada', { state: 'disabled' })], []],
  [[person('ada', { barred: 'LDAP_USER_NOT_IN_REQUIRED_GROUP' })], [account('ada')], ['not-in-group ada']],
  [[], [account('ada', { provider: 'local' })], []],
  [[person('ada')], [], ['no-account ada']],
  [[person('ada', { barred: 'LDAP_USER_NOT_IN_REQUIRED_GROUP' })], [], []],
  [[person('ada', { lock: 'LDAP_USER_EXPIRED' })], [], []],
  [
    [],
    [
      account('ada', { provider: 'local' }),
      account('ada2', { provider: 'local', email: 'ADA@example.test' }),
      account('x', { provider: 'local', email: null }),
      account('y', { provider: 'local', email: null }),
    ],
    ['duplicate-email ada', 'duplicate-email ada2'],
  ],
])('people %j, accounts %j: %j', (people, accounts, rows) => {
  expect(told(people, accounts)).toEqual(rows)
})
