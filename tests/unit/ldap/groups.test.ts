import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import type { DirectoryConnection } from '../../../src-main/core/ldap/directory-connection'
import type { Entry } from '../../../src-main/core/ldap/entry'
import { createFileDirectory } from '../../../src-main/core/ldap/file-directory'
import { findGroup, membershipsOf } from '../../../src-main/core/ldap/groups'
import { directoryName } from '../../../src-main/core/ldap/root-dse'
import { ldapSettings } from '../../support/ldap-settings'

const never = new AbortController().signal
const base = 'dc=example,dc=test'
const dnOf = (cn: string) => `cn=${cn},ou=groups,${base}`

function group(
  cn: string,
  members: readonly string[],
  change: { attribute?: string; objectClass?: string } = {},
): Entry {
  const { attribute = 'member', objectClass = 'groupOfNames' } = change
  const values = { objectclass: [objectClass], cn: [cn], [attribute.toLowerCase()]: members }
  return {
    dn: dnOf(cn),
    attributes: new Map(
      Object.entries(values).map(([name, all]) => [name, all.map((one) => Buffer.from(one))]),
    ),
  }
}
const person = (attributes: Readonly<Record<string, readonly string[]>> = {}): Entry => ({
  dn: `uid=ada,ou=people,${base}`,
  attributes: new Map(
    Object.entries({ uid: ['ada'], ...attributes }).map(([name, all]) => [
      name,
      all.map((one) => Buffer.from(one)),
    ]),
  ),
})
const held = async (connection: DirectoryConnection, ada = person(), settings = ldapSettings({})) => {
  const { groups, incomplete } = await membershipsOf(connection, { settings, person: ada }, never)
  return { names: [...groups.values()].map(({ name, how }) => `${name} ${how}`).sort(), incomplete }
}

describe('memberships', () => {
  const chain = [
    group('a', ['UID=Ada, OU=People, DC=Example, DC=Test']),
    group('b', [dnOf('a')]),
    group('c', [dnOf('b')]),
    group('other', ['uid=grace']),
  ]

  test('direct and nested, whatever the spelling of the names', async () => {
    const { names, incomplete } = await held(createFileDirectory(chain))
    expect(names).toEqual(['a direct', 'b nested', 'c nested'])
    expect(incomplete).toBeNull()
  })

  test('only direct ones with nesting off', async () => {
    expect(
      (await held(createFileDirectory(chain), person(), ldapSettings({ nestedGroups: false }))).names,
    ).toEqual(['a direct'])
  })

  test('a cycle ends', async () => {
    const ada = person().dn
    const loop = [
      group('a', [dnOf('c'), ada]),
      group('b', [dnOf('a')]),
      group('c', [dnOf('b')]),
      group('self', [dnOf('self'), ada]),
    ]
    expect((await held(createFileDirectory(loop))).names).toEqual([
      'a direct',
      'b nested',
      'c nested',
      'self direct',
    ])
  })

  test('groups that only the entry itself names count, and so do those above them', async () => {
    const ada = person({ memberof: ['CN=b,OU=groups,DC=example,DC=test'] })
    expect(
      (await held(createFileDirectory([group('b', ['uid=x']), group('c', [dnOf('b')])]), ada)).names,
    ).toEqual(['b direct', 'c nested'])
  })

  test('posixGroup lists login names', async () => {
    const settings = ldapSettings({ groupObjectClass: 'posixGroup', groupMemberAttribute: 'memberUid' })
    const posix = group('p', ['ada'], { attribute: 'memberUid', objectClass: 'posixGroup' })
    expect((await held(createFileDirectory([posix]), person(), settings)).names).toEqual(['p direct'])
  })

  test('a search that ends early leaves the answer incomplete, never "not a member"', async () => {
    const whole = createFileDirectory(chain)
    const cut: DirectoryConnection = {
      search: async (request, signal) => ({ ...(await whole.search(request, signal)), extent: 'size-limit' }),
    }
    expect((await held(cut)).incomplete?.code).toBe('LDAP_GROUP_INCOMPLETE')
    const limited: DirectoryConnection = { search: () => Promise.reject(new AppError('LDAP_TIME_LIMIT')) }
    expect((await held(limited)).incomplete?.code).toBe('LDAP_TIME_LIMIT')
    const stopped: DirectoryConnection = { search: () => Promise.reject(new AppError('CANCELLED')) }
    await expect(held(stopped)).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  test('several hundred groups are asked for in portions', async () => {
    const many = Array.from({ length: 130 }, (_, index) => group(`g${index}`, [person().dn]))
    const top = group('top', [dnOf('g129')])
    const directory = createFileDirectory([...many, top])
    let searches = 0
    const counted: DirectoryConnection = {
      search: (request, signal) => {
        searches += 1
        return directory.search(request, signal)
      },
    }
    const { names } = await held(counted)
    expect(names.length).toBe(131)
    expect(names).toContain('top nested')
    expect(searches).toBe(5)
  })
})

describe('a configured group', () => {
  const twice = group('twice', ['x'])
  const directory = createFileDirectory([
    group('once', ['x']),
    twice,
    { ...twice, dn: `cn=twice,ou=more,ou=groups,${base}` },
  ])
  const find = (name: string, groupBase = `ou=groups,${base}`) =>
    findGroup(directory, { settings: ldapSettings({ groupBase }), group: name }, never)

  test('is found by name in any case, or by DN in any spelling', async () => {
    expect((await find('ONCE')).dn).toBe(dnOf('once'))
    expect((await find(`CN=Twice, OU=Groups, ${base}`)).dn).toBe(dnOf('twice'))
  })

  test.each([
    ['twice', 'LDAP_GROUP_AMBIGUOUS'],
    ['gone', 'LDAP_GROUP_NOT_FOUND'],
    ['*', 'LDAP_GROUP_NOT_FOUND'],
    [`cn=gone,${base}`, 'LDAP_GROUP_NOT_FOUND'],
  ])('%s is %s', async (name, code) => {
    await expect(find(name)).rejects.toMatchObject({ code })
  })

  test('below a base that does not exist there is none', async () => {
    await expect(find('once', 'ou=gone,dc=test')).rejects.toMatchObject({ code: 'LDAP_GROUP_NOT_FOUND' })
  })
})

test('a directory is named by the longest naming context that holds the base', () => {
  const rootDse = (...namingContexts: string[]) => ({
    namingContexts,
    product: null,
    kind: 'other' as const,
    defaultNamingContext: null,
    paging: 'supported' as const,
  })
  expect(directoryName(rootDse('DC=Test', 'OU=Sub, DC=Test', 'cn=config'), 'ou=people,ou=sub,dc=test')).toBe(
    'ou=sub,dc=test',
  )
  expect(directoryName(rootDse('', 'dc=other'), 'DC=Example, DC=Test')).toBe('dc=example,dc=test')
  expect(directoryName(null, 'dc=test')).toBe('dc=test')
})
