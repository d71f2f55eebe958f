import { expect, test } from 'vitest'
import type { SearchRequest } from '../../../src-main/core/ldap/directory-connection'
import type { Entry } from '../../../src-main/core/ldap/entry'
import { createFileDirectory } from '../../../src-main/core/ldap/file-directory'
import { parseFilter } from '../../../src-main/core/ldap/filter-parser'
import { readLdif } from '../../../src-main/core/ldap/ldif'

const ldif = `
dn: dc=test
objectClass: domain

dn: ou=People,dc=test
objectClass: organizationalUnit

dn: uid=ada,ou=people,dc=test
uid: ada

dn: uid=grace,OU=PEOPLE,DC=TEST
uid: grace

dn: cn=x\\,ou\\=people,dc=test
cn: x

dn: uid=deep,ou=glue,ou=people,dc=test
uid: deep
`
const entries: Entry[] = []
for await (const entry of readLdif([ldif])) entries.push(entry)
const directory = createFileDirectory(entries)
const never = new AbortController().signal
const search = (change: Partial<SearchRequest>) =>
  directory.search(
    {
      base: 'dc=test',
      scope: 'sub',
      filter: parseFilter('(objectClass=*)'),
      attributes: [],
      sizeLimit: 0,
      page: null,
      ...change,
    },
    never,
  )
const everything = parseFilter('(|(uid=*)(objectClass=*)(cn=*))')
const names = async (change: Partial<SearchRequest>) =>
  (await search({ filter: everything, ...change })).entries.map(({ dn }) => dn.split(',')[0])

test('base, one level and the subtree', async () => {
  expect(await names({ base: 'OU=people, dc=Test', scope: 'base' })).toEqual(['ou=People'])
  expect(await names({ base: 'ou=people,dc=test', scope: 'one' })).toEqual(['uid=ada', 'uid=grace'])
  expect(await names({ base: 'ou=people,dc=test', scope: 'sub' })).toEqual([
    'ou=People',
    'uid=ada',
    'uid=grace',
    'uid=deep',
  ])
  expect((await names({ base: '' })).length).toBe(6)
})

test('a place that only its descendants prove is glue, one that nothing proves is not found', async () => {
  const answer = await search({ base: 'ou=glue,ou=people,dc=test', scope: 'base' })
  expect(answer.entries[0]?.attributes.get('objectclass')?.map(String)).toContain('glue')
  await expect(search({ base: 'ou=gone,dc=test' })).rejects.toMatchObject({ code: 'LDAP_BASE_NOT_FOUND' })
  await expect(search({ base: 'nonsense' })).rejects.toMatchObject({ code: 'LDAP_DN_SYNTAX' })
})

test('limits are told from the whole', async () => {
  const filter = parseFilter('(uid=*)')
  expect(await search({ filter })).toMatchObject({ extent: 'complete' })
  expect(await search({ filter, sizeLimit: 3 })).toMatchObject({ extent: 'complete' })
  expect(await search({ filter, sizeLimit: 2 })).toMatchObject({ extent: 'size-limit' })
  expect(await search({ filter, page: 2 })).toMatchObject({ extent: 'more-pages' })
  expect((await search({ filter, page: 2 })).entries.length).toBe(2)
})

test('a cancelled search is cancelled', async () => {
  const stopped = AbortSignal.abort()
  const request = {
    base: 'dc=test',
    scope: 'sub',
    filter: everything,
    attributes: [],
    sizeLimit: 0,
    page: null,
  } as const
  await expect(directory.search(request, stopped)).rejects.toMatchObject({ code: 'CANCELLED' })
})
