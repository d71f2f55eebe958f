import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../src-main/core/ldap/entry'
import { formatFilter } from '../../../src-main/core/ldap/filter'
import { formatGuid } from '../../../src-main/core/ldap/guid'
import { entryId, mapPerson } from '../../../src-main/core/ldap/person-mapping'
import {
  everybodyFilter,
  nameVariants,
  personAttributes,
  personFilter,
} from '../../../src-main/core/ldap/person-search'
import { administrativeLock } from '../../../src-main/core/ldap/person-state'
import { isSecretAttribute } from '../../../src-main/core/ldap/secret-attributes'
import { ldapSettings } from '../../support/ldap-settings'

function entryOf(
  attributes: Readonly<Record<string, readonly (string | Buffer)[]>>,
  dn = 'uid=ada,dc=test',
): Entry {
  const pairs = Object.entries(attributes).map(
    ([name, values]) => [name.toLowerCase(), values.map((value) => Buffer.from(value))] as const,
  )
  return { dn, attributes: new Map(pairs) }
}

describe('names', () => {
  test.each<[string, string[]]>([
    ['ada', ['ada']],
    [' ADA ', ['ada']],
    ['ＡＤＡ', ['ada']],
    ['Ada@Example.test', ['ada@example.test', 'ada']],
    ['CORP\\Ada', ['corp\\ada', 'ada']],
    ['CORP\\', ['corp\\']],
    ['@x', ['@x']],
    ['', []],
    [' \t ', []],
    ['a\u0000', []],
    ['a\nb', []],
  ])('%j is tried as %j', (typed, variants) => {
    expect(nameVariants(typed)).toEqual(variants)
  })
})

describe('filters', () => {
  const text = (userFilter: string | null, name = 'a)(b*') =>
    formatFilter(personFilter(ldapSettings({ userFilter }), name))

  test('class, login attribute and the own filter together', () => {
    expect(text(null)).toBe('(&(objectClass=inetOrgPerson)(uid=a\\29\\28b\\2a))')
    expect(text('(memberOf=cn=x,dc=test)', 'ada')).toBe(
      '(&(objectClass=inetOrgPerson)(uid=ada)(memberOf=cn=x,dc=test))',
    )
  })

  test.each(['(|(uid={username})(mail={username}))', '(|(uid=%[1]s)(mail=%[1]s))', '(|(uid=%s)(mail=%s))'])(
    '%s places the name itself, as a value',
    (own) => {
      expect(text(own)).toBe('(&(objectClass=inetOrgPerson)(|(uid=a\\29\\28b\\2a)(mail=a\\29\\28b\\2a)))')
      const settings = ldapSettings({ userFilter: own })
      expect(formatFilter(everybodyFilter(settings))).toBe('(&(objectClass=inetOrgPerson)(|(uid=*)(mail=*)))')
    },
  )

  test.each([
    ['(cn=*{username}*)', '(cn=*)'],
    ['(uid~=%s)', '(uid=*)'],
    ['(&(ou=a*)(uid=%s-*))', '(&(ou=a*)(uid=*))'],
    ['(cn:caseExactMatch:=%s)', '(objectClass=*)'],
    ['(!(uid=%s))', '(objectClass=*)'],
    ['(&(uid=%s)(!(ou=gone)))', '(&(uid=*)(!(ou=gone)))'],
  ])('everybody is found by %s whatever way it places the name', (userFilter, everybody) => {
    expect(formatFilter(everybodyFilter(ldapSettings({ userFilter })))).toBe(
      `(&(objectClass=inetOrgPerson)${everybody})`,
    )
  })

  test('a name with signs of a replacement stays as it is', () => {
    expect(text('(uid={username})', "$&$'")).toBe("(&(objectClass=inetOrgPerson)(uid=$&$'))")
  })

  test('only mapped attributes are asked for, never password material', () => {
    const asked = personAttributes(ldapSettings({ uuidAttribute: 'ipaUniqueID' }))
    expect(asked).toEqual(
      expect.arrayContaining(['uid', 'mail', 'givenName', 'sn', 'memberOf', 'ipaUniqueID']),
    )
    expect(asked).not.toContain('entryUUID')
    expect(asked.filter(isSecretAttribute)).toEqual([])
    expect(asked).not.toContain('*')
  })
})

describe('mapping', () => {
  const map = (entry: Entry) => mapPerson(entry, ldapSettings({}), { directory: 'dc=test', roles: null })

  test('first values, trimmed; the address and the name in lower case', () => {
    const entry = entryOf({
      uid: [' Ada '],
      mail: ['', ' Ada@Example.TEST ', 'b@x'],
      givenName: [' Ada '],
      sn: ['Lovelace'],
    })
    expect(map(entry)).toMatchObject({ username: 'ada', email: 'ada@example.test', fullName: 'Ada Lovelace' })
  })

  test('attribute names are compared without case', () => {
    const settings = ldapSettings({ loginAttribute: 'sAMAccountName', emailAttribute: 'MAIL' })
    const person = mapPerson(entryOf({ samaccountname: ['ada'], Mail: ['a@b'] }), settings, {
      directory: '',
      roles: [],
    })
    expect(person).toMatchObject({ username: 'ada', email: 'a@b', roles: [] })
  })

  test.each([[[]], [['no address']], [['@b']], [['a b@c']], [['a@b@c']]])('%j is no address', (mail) => {
    expect(map(entryOf({ uid: ['a'], mail })).email).toBeNull()
  })

  test('the full name falls back to displayName, then cn, then nothing', () => {
    expect(map(entryOf({ sn: ['L'] })).fullName).toBe('L')
    expect(map(entryOf({ displayName: ['Ada L.'], cn: ['x'] })).fullName).toBe('Ada L.')
    expect(map(entryOf({ cn: ['x'] })).fullName).toBe('x')
    expect(map(entryOf({})).fullName).toBeNull()
  })
})

describe('the entry’s id', () => {
  const guid = Buffer.from('33221100554477668899aabbccddeeff', 'hex')

  test('a binary objectGUID is written as Windows writes it', () => {
    expect(formatGuid(guid)).toBe('00112233-4455-6677-8899-aabbccddeeff')
    expect(entryId(entryOf({ objectGUID: [guid] }), ldapSettings({}))).toBe(
      '00112233-4455-6677-8899-aabbccddeeff',
    )
    expect(entryId(entryOf({ objectGUID: [guid] }), ldapSettings({ uuidAttribute: 'OBJECTGUID' }))).toMatch(
      /^00112233/,
    )
  })

  test('the first of the known attributes counts, or the configured one alone', () => {
    const entry = entryOf({ entryUUID: ['A-1'], nsUniqueId: ['b-2'] })
    expect(entryId(entry, ldapSettings({}))).toBe('a-1')
    expect(entryId(entry, ldapSettings({ uuidAttribute: 'nsUniqueId' }))).toBe('b-2')
    expect(entryId(entry, ldapSettings({ uuidAttribute: 'ipaUniqueID' }))).toBe('uid=ada,dc=test')
  })

  test('without one it is the DN, in one spelling', () => {
    expect(entryId(entryOf({}, 'UID=Ada, DC=Test'), ldapSettings({}))).toBe('uid=ada,dc=test')
  })
})

describe('administrative locks', () => {
  const now = new Date('2026-01-01T00:00:00Z')
  const windows = (date: string) => String((BigInt(Date.parse(date)) + 11_644_473_600_000n) * 10_000n)

  test.each<[Record<string, string[]>, string | null]>([
    [{}, null],
    [{ userAccountControl: ['512'] }, null],
    [{ userAccountControl: ['514'] }, 'LDAP_USER_DISABLED'],
    [{ userAccountControl: ['66050'] }, 'LDAP_USER_DISABLED'],
    [{ nsAccountLock: ['TRUE'] }, 'LDAP_USER_DISABLED'],
    [{ nsAccountLock: ['false'] }, null],
    [{ pwdAccountLockedTime: ['000001010000Z'] }, 'LDAP_USER_DISABLED'],
    [{ pwdAccountLockedTime: ['20251231120000Z'] }, null],
    [{ lockoutTime: ['133000000000000000'] }, null],
    [{ accountExpires: ['0'] }, null],
    [{ accountExpires: ['9223372036854775807'] }, null],
    [{ accountExpires: [windows('2025-12-31T23:59:59Z')] }, 'LDAP_USER_EXPIRED'],
    [{ accountExpires: [windows('2026-01-01T00:00:01Z')] }, null],
    [{ accountExpires: ['soon'] }, null],
  ])('%j is %s', (attributes, expected) => {
    expect(administrativeLock(entryOf(attributes), now)).toBe(expected)
  })
})
