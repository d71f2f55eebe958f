import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import type {
  DirectoryConnection,
  SearchAnswer,
  SearchRequest,
} from '../../../src-main/core/ldap/directory-connection'
import type { Entry } from '../../../src-main/core/ldap/entry'
import { createFileDirectory } from '../../../src-main/core/ldap/file-directory'
import { membershipsOf } from '../../../src-main/core/ldap/groups'
import { mayHoldGroups } from '../../../src-main/core/ldap/reference'
import { ldapSettings } from '../../support/ldap-settings'

const never = new AbortController().signal
const base = 'dc=example,dc=test'
const settings = ldapSettings({})
const personDn = `uid=ada,ou=people,${base}`
const groupDn = (index: number) => `CN=G${index},OU=Groups,${base.toUpperCase()}`

function entryOf(dn: string, attributes: Readonly<Record<string, readonly string[]>>): Entry {
  const values = Object.entries(attributes).map(
    ([name, all]) => [name, all.map((one) => Buffer.from(one))] as const,
  )
  return { dn, attributes: new Map(values) }
}

/** The directory with one of its answers spoiled, counted from 0. */
function spoiled(
  whole: DirectoryConnection,
  at: number,
  spoil: (answer: SearchAnswer) => SearchAnswer,
): DirectoryConnection & { readonly asked: () => number } {
  let asked = 0
  return {
    asked: () => asked,
    search: async (request: SearchRequest, signal) => {
      const answer = await whole.search(request, signal)
      return asked++ === at ? spoil(answer) : answer
    },
  }
}
const names = (groups: ReadonlyMap<string, { readonly name: string }>) =>
  [...groups.values()].map(({ name }) => name)

const chain = Array.from({ length: 13 }, (_, index) =>
  entryOf(groupDn(index), {
    objectclass: ['groupOfNames'],
    cn: [`g${index}`],
    member: [index === 0 ? personDn.toUpperCase() : groupDn(index - 1), groupDn((index + 5) % 13)],
  }),
)

describe('whatever is missing leaves the answer incomplete, never "no"', () => {
  const ada = entryOf(personDn, { uid: ['ada'] })
  const ways: readonly (readonly [string, (answer: SearchAnswer) => SearchAnswer])[] = [
    ['cut by a limit', (answer) => ({ ...answer, entries: [], extent: 'size-limit' })],
    ['one page of more', (answer) => ({ ...answer, entries: [], extent: 'more-pages' })],
    [
      'elsewhere',
      (answer) => ({
        ...answer,
        entries: [],
        references: ['ldap://other.example.test/ou=x,dc=example,dc=test'],
      }),
    ],
    [
      'refused',
      () => {
        throw new AppError('LDAP_BUSY')
      },
    ],
    [
      'dropped',
      () => {
        throw new AppError('LDAP_DROPPED')
      },
    ],
  ]
  test.each(ways)('a search that is %s, whichever it is', async (_, spoil) => {
    const all = spoiled(createFileDirectory(chain), -1, spoil)
    const whole = await membershipsOf(all, { settings, person: ada }, never)
    expect(whole.incomplete).toBeNull()
    expect(names(whole.groups).length).toBe(13)
    for (let at = 0; at < all.asked(); at += 1) {
      const part = spoiled(createFileDirectory(chain), at, spoil)
      const { groups, incomplete } = await membershipsOf(part, { settings, person: ada }, never)
      expect(incomplete).not.toBeNull()
      expect(names(whole.groups)).toEqual(expect.arrayContaining(names(groups)))
    }
  })

  test('what an incomplete search did find still counts, and so do the groups above', async () => {
    const reference = (answer: SearchAnswer): SearchAnswer => ({
      ...answer,
      references: ['ldap://child.example.test/dc=child,dc=example,dc=test'],
    })
    const part = spoiled(createFileDirectory(chain), 0, reference)
    const { groups, incomplete } = await membershipsOf(part, { settings, person: ada }, never)
    expect(names(groups).length).toBe(13)
    expect(incomplete).toMatchObject({ code: 'LDAP_GROUP_INCOMPLETE', details: { reason: 'reference' } })
  })

  test('5,000 groups in slices: all of them, and without any one slice none is denied', async () => {
    const count = 5000
    const slice = 700
    const all = Array.from({ length: count }, (_, index) => groupDn(index))
    const sliceAt = (from: number, dropped: number): Entry => {
      const end = from + slice >= count ? '*' : String(from + slice - 1)
      const values =
        from === dropped ? {} : { [`memberof;range=${from}-${end}`]: all.slice(from, from + slice) }
      return entryOf(personDn, values)
    }
    const directory = (dropped: number): DirectoryConnection => ({
      search: (request) => {
        const from = /;range=(\d+)-/.exec(request.attributes[0] ?? '')?.[1]
        const entries = from === undefined ? [] : [sliceAt(Number(from), dropped)]
        return Promise.resolve({ entries, extent: 'complete', references: [] })
      },
    })
    const person = entryOf(personDn, { uid: ['ada'], [`memberof;range=0-${slice - 1}`]: all.slice(0, slice) })
    const whole = await membershipsOf(directory(-1), { settings, person }, never)
    expect([whole.groups.size, whole.incomplete]).toEqual([count, null])
    for (let dropped = slice; dropped < count; dropped += slice) {
      const { incomplete } = await membershipsOf(directory(dropped), { settings, person }, never)
      expect(incomplete?.code).toBe('LDAP_GROUP_INCOMPLETE')
    }
  })
})

test('partitions that hold no groups of people are known; anything else may hold some', () => {
  expect(mayHoldGroups('ldap://DomainDnsZones.corp.test/DC=DomainDnsZones,DC=corp,DC=test')).toBe(false)
  expect(mayHoldGroups('ldap://ForestDnsZones.corp.test/DC=ForestDnsZones,DC=corp,DC=test??sub')).toBe(false)
  expect(mayHoldGroups('ldaps://corp.test/CN=Configuration,DC=corp,DC=test')).toBe(false)
  expect(mayHoldGroups('ldap://child.corp.test/DC=child,DC=corp,DC=test')).toBe(true)
  expect(mayHoldGroups('ldap://corp.test/OU=Configuration%20of%20us,DC=corp')).toBe(true)
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(typeof mayHoldGroups(text)).toBe('boolean')
    }),
  )
  expect(mayHoldGroups('')).toBe(true)
})
