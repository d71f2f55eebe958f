import { describe, expect, test } from 'vitest'
import type { DirectoryConnection, SearchRequest } from '../../../src-main/core/ldap/directory-connection'
import type { Entry } from '../../../src-main/core/ldap/entry'
import { createFileDirectory } from '../../../src-main/core/ldap/file-directory'
import { formatFilter, type Filter } from '../../../src-main/core/ldap/filter'
import { membershipsOf } from '../../../src-main/core/ldap/groups'
import { findPerson, personFilters } from '../../../src-main/core/ldap/person-search'
import type { RootDse } from '../../../src-main/core/ldap/root-dse'
import { parseSid } from '../../../src-main/core/ldap/sid'
import { AppError } from '../../../src-main/contract/errors'
import { ldapSettings } from '../../support/ldap-settings'

const never = new AbortController().signal
const domain = 'dc=corp,dc=example'
const rootDse: RootDse = {
  ...{ kind: 'activeDirectory', product: 'Active Directory', paging: 'supported' },
  namingContexts: [domain, `cn=configuration,${domain}`],
  defaultNamingContext: domain,
}
const settings = ldapSettings({
  ...{ baseDn: `ou=site,${domain}`, userBase: `ou=site,${domain}`, groupBase: `ou=site,${domain}` },
  ...{ userObjectClass: 'user', groupObjectClass: 'group', loginAttribute: 'sAMAccountName' },
})
const entry = (dn: string, values: Readonly<Record<string, readonly (string | Buffer)[]>>): Entry => ({
  dn,
  attributes: new Map(
    Object.entries(values).map(([name, all]) => [name.toLowerCase(), all.map((one) => Buffer.from(one))]),
  ),
})
const sid = (rid: number) => parseSid(`S-1-5-21-1-2-3-${rid}`) ?? Buffer.alloc(0)
const dnOf = (cn: string) => `cn=${cn},ou=site,${domain}`
const ada = entry(dnOf('ada'), {
  ...{ objectClass: ['user'], sAMAccountName: ['ada'], userPrincipalName: ['a.lovelace@corp.example'] },
  ...{ primaryGroupID: ['513'], objectSid: [sid(1104)] },
})
const group = (cn: string, members: readonly string[]) =>
  entry(dnOf(cn), { objectClass: ['group'], cn: [cn], member: members })
const domainUsers = entry(`cn=Domain Users,cn=Users,${domain}`, {
  ...{ objectClass: ['group'], cn: ['Domain Users'], objectSid: [sid(513)] },
})
const entries = [
  ...[ada, domainUsers, group('a', [dnOf('ada')]), group('b', [dnOf('a')]), group('c', [dnOf('b')])],
  ...[group('d', [domainUsers.dn]), group('other', [dnOf('grace')])],
]

const inChain = '1.2.840.113556.1.4.1941'
type Asked = SearchRequest[]

/** The asserted members of a chain search; null for any other. */
function chainOf(filter: Filter): readonly string[] | null {
  if ('filters' in filter) {
    const all = filter.filters.flatMap((each) => chainOf(each) ?? [])
    return all.length > 0 ? all : null
  }
  return filter.kind === 'extensible' && filter.rule === inChain ? [filter.value] : null
}

/** A directory that goes up by itself, or answers a chain search in another way. */
function domainController(
  chain: 'walks' | 'knows nothing' | 'refuses',
  asked: Asked = [],
): DirectoryConnection {
  const file = createFileDirectory(entries)
  return {
    search: async (request, signal) => {
      asked.push(request)
      const from = chainOf(request.filter)
      if (!from) return file.search(request, signal)
      if (chain === 'refuses') throw new AppError('LDAP_SERVER_ERROR', { details: { resultCode: 18 } })
      if (chain === 'knows nothing') return { entries: [], extent: 'complete', references: [] }
      const { groups } = await membershipsOf(file, { settings, person: ada }, signal)
      const above = await membershipsOf(file, { settings, person: domainUsers }, signal)
      const dns = new Set([...groups.values(), ...above.groups.values()].map(({ dn }) => dn))
      return { entries: entries.filter(({ dn }) => dns.has(dn)), extent: 'complete', references: [] }
    },
  }
}

describe('groups of a domain', () => {
  test.each(['walks', 'knows nothing', 'refuses'] as const)(
    'a server that %s on the chain rule gives the same groups',
    async (chain) => {
      const question = { settings, person: ada, rootDse }
      const { groups, incomplete } = await membershipsOf(domainController(chain), question, never)
      const names = [...groups.values()].map(({ name, how }) => `${name} ${how}`).sort()
      expect(names).toEqual(['Domain Users primary', 'a direct', 'b nested', 'c nested', 'd nested'])
      expect(incomplete).toBeNull()
    },
  )

  test('one search goes up all levels; elsewhere and on demand they are walked', async () => {
    const count = async (question: Partial<Parameters<typeof membershipsOf>[1]>) => {
      const asked: Asked = []
      await membershipsOf(domainController('walks', asked), { settings, person: ada, ...question }, never)
      return asked.filter(({ filter }) => chainOf(filter) !== null).length
    }
    expect(await count({ rootDse })).toBe(1)
    expect(await count({ rootDse, nesting: 'walk' })).toBe(0)
    expect(await count({ rootDse: { ...rootDse, kind: 'openldap' } })).toBe(0)
    expect(await count({ rootDse, settings: { ...settings, nestedGroups: false } })).toBe(0)
  })

  test('the primary group is found outside of the base where the naming context is known', async () => {
    const primary = async (known: RootDse | null) => {
      const question = { settings, person: ada, rootDse: known, nesting: 'walk' } as const
      const { groups } = await membershipsOf(createFileDirectory(entries), question, never)
      return [...groups.values()].filter(({ how }) => how === 'primary').length
    }
    expect(await primary(rootDse)).toBe(1)
    expect(await primary(null)).toBe(0)
  })

  test('another domain that was named and not asked leaves the answer open', async () => {
    const references = ['ldap://emea.corp.example/DC=emea,DC=corp,DC=example']
    const naming: DirectoryConnection = {
      search: async (request, signal) => ({
        ...(await createFileDirectory(entries).search(request, signal)),
        references: request.scope === 'sub' ? references : [],
      }),
    }
    const { groups, incomplete } = await membershipsOf(naming, { settings, person: ada, rootDse }, never)
    expect(groups.size).toBe(5)
    expect(incomplete).toMatchObject({ code: 'LDAP_GROUP_INCOMPLETE', details: { references } })
  })
})

describe('names of a domain', () => {
  const filters = (typed: string, kind: RootDse['kind'] = 'activeDirectory') =>
    personFilters(settings, typed, kind).map((filter) =>
      formatFilter(filter).slice('(&(objectClass=user)'.length, -1),
    )

  test.each([
    ['ada', ['(sAMAccountName=ada)']],
    ['CORP\\ada', ['(sAMAccountName=corp\\5cada)', '(sAMAccountName=ada)']],
    [
      'A.Lovelace@corp.example',
      [
        '(userPrincipalName=a.lovelace@corp.example)',
        '(sAMAccountName=a.lovelace@corp.example)',
        '(sAMAccountName=a.lovelace)',
      ],
    ],
  ])('%s', (typed, expected) => {
    expect(filters(typed)).toEqual(expected)
  })

  test('the principal name is Active Directory’s alone', () => {
    expect(filters('ada@x.test', 'openldap')).toEqual(['(sAMAccountName=ada@x.test)', '(sAMAccountName=ada)'])
  })

  test.each(['ada', 'CORP\\ada', 'a.lovelace@corp.example', 'A.LOVELACE@CORP.EXAMPLE'])(
    '%s is found',
    async (name) => {
      const found = await findPerson(createFileDirectory(entries), { settings, name, rootDse }, never)
      expect(found.dn).toBe(ada.dn)
    },
  )
})

describe('references', () => {
  const child = 'ldap://emea.corp.example/DC=emea,DC=corp,DC=example'
  const own = [
    'ldap://DomainDnsZones.corp.example/DC=DomainDnsZones,DC=corp,DC=example',
    'ldap://ForestDnsZones.corp.example/DC=ForestDnsZones,DC=corp,DC=example',
    'ldap://corp.example/CN=Configuration,DC=corp,DC=example',
    'ldaps://corp.example:636/cn=configuration%2Cdc=corp%2Cdc=example??sub',
  ]
  const answering = (references: readonly string[]): DirectoryConnection => ({
    search: () => Promise.resolve({ entries: [], extent: 'complete', references }),
  })
  const code = (references: readonly string[]) =>
    findPerson(answering(references), { settings, name: 'ada', rootDse }, never).catch(
      (error: unknown) => error,
    )

  test('only references and no entry: the person may be elsewhere', async () => {
    expect(await code([child, ...own])).toMatchObject({
      code: 'LDAP_REFERRAL',
      details: { references: [child] },
    })
  })

  test('the partitions that every domain names hold nobody', async () => {
    expect(await code(own)).toMatchObject({ code: 'LDAP_USER_NOT_FOUND' })
  })
})
