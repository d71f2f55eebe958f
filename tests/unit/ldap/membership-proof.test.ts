import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DirectoryConnection } from '../../../src-main/core/ldap/directory-connection'
import type { Entry } from '../../../src-main/core/ldap/entry'
import { createFileDirectory } from '../../../src-main/core/ldap/file-directory'
import { membershipsOf } from '../../../src-main/core/ldap/groups'
import { proveMembership } from '../../../src-main/core/ldap/membership-proof'
import { ldapSettings } from '../../support/ldap-settings'

const never = new AbortController().signal
const base = 'dc=example,dc=test'
const settings = ldapSettings({})
const personDn = `uid=ada,ou=people,${base}`
const groupDn = (index: number) => `cn=g${index},ou=groups,${base}`

function entryOf(dn: string, attributes: Readonly<Record<string, readonly (string | Buffer)[]>>): Entry {
  const values = Object.entries(attributes).map(
    ([name, all]) => [name, all.map((one) => Buffer.from(one))] as const,
  )
  return { dn, attributes: new Map(values) }
}
const ada = entryOf(personDn, { uid: ['ada'] })

function groupsOf(holds: readonly (readonly number[])[], direct: ReadonlySet<number>): Entry[] {
  return holds.map((children, index) =>
    entryOf(groupDn(index), {
      objectclass: ['groupOfNames'],
      cn: [`g${index}`],
      // Upper case: names are names, whatever their spelling.
      member: [
        ...(direct.has(index) ? [personDn.toUpperCase()] : []),
        ...children.map((child) => groupDn(child).toUpperCase()),
        `uid=somebody,ou=people,${base}`,
      ],
    }),
  )
}

/** Everything that can be reached, by trying again until nothing is new: slow, and plainly right. */
function oracle(holds: readonly (readonly number[])[], direct: ReadonlySet<number>): Set<number> {
  const reached = new Set(direct)
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    holds.forEach((children, index) => {
      if (children.some((child) => reached.has(child))) reached.add(index)
    })
  }
  return reached
}

const graph = fc.integer({ min: 1, max: 14 }).chain((size) => {
  const one = fc.integer({ min: 0, max: size - 1 })
  return fc.record({
    holds: fc.array(fc.array(one, { maxLength: 3 }), { minLength: size, maxLength: size }),
    direct: fc.array(one, { maxLength: 3 }).map((all) => new Set(all)),
  })
})

describe('a membership and its proof', () => {
  test('on any graph, cycles included, equal what brute force finds', async () => {
    await fc.assert(
      fc.asyncProperty(graph, async ({ holds, direct }) => {
        const connection = createFileDirectory(groupsOf(holds, direct))
        const memberships = await membershipsOf(connection, { settings, person: ada }, never)
        const reached = oracle(holds, direct)
        expect(memberships.incomplete).toBeNull()
        expect(new Set([...memberships.groups.values()].map(({ name }) => name))).toEqual(
          new Set([...reached].map((index) => `g${index}`)),
        )
        for (const [index] of holds.entries()) {
          const what = { settings, memberships, group: groupDn(index) }
          const way = (await proveMembership(connection, what, never))?.map(({ name }) =>
            Number(name.slice(1)),
          )
          if (!reached.has(index)) {
            expect(way).toBeUndefined()
            continue
          }
          expect(way?.at(-1)).toBe(index)
          expect(direct.has(way?.[0] ?? -1)).toBe(true)
          way?.slice(1).forEach((above, step) => expect(holds[above]).toContain(way[step]))
        }
      }),
      { numRuns: 150 },
    )
  })

  test('goes twelve groups up', async () => {
    const holds = Array.from({ length: 13 }, (_, index) => (index === 0 ? [] : [index - 1]))
    const connection = createFileDirectory(groupsOf(holds, new Set([0])))
    const memberships = await membershipsOf(connection, { settings, person: ada }, never)
    const way = await proveMembership(connection, { settings, memberships, group: groupDn(12) }, never)
    expect(way?.map(({ name }) => name)).toEqual(holds.map((_, index) => `g${index}`))
  })

  const sid = Buffer.from('010500000000000515000000c7f7fed77c7755c8945ace01f5030000', 'hex')
  const domainUsers = Buffer.from(sid)
  domainUsers.writeUInt32LE(513, sid.length - 4)
  const primary = entryOf(`cn=Domain Users,cn=Users,${base}`, {
    cn: ['Domain Users'],
    objectsid: [domainUsers],
  })
  const staff = entryOf(groupDn(1), {
    objectclass: ['groupOfNames'],
    cn: ['staff'],
    member: [primary.dn],
  })

  test('Active Directory’s primary group counts, and so do the groups that hold it', async () => {
    const person = entryOf(personDn, { uid: ['ada'], objectsid: [sid], primarygroupid: ['513'] })
    const connection = createFileDirectory([primary, staff])
    const memberships = await membershipsOf(connection, { settings, person }, never)
    expect([...memberships.groups.values()].map(({ name, how }) => `${name} ${how}`)).toEqual([
      'Domain Users primary',
      'staff nested',
    ])
    const way = await proveMembership(connection, { settings, memberships, group: staff.dn }, never)
    expect(way?.map(({ name }) => name)).toEqual(['Domain Users', 'staff'])
  })

  test('a POSIX account’s primary group counts where groups list login names', async () => {
    const posix = ldapSettings({ groupObjectClass: 'posixGroup', groupMemberAttribute: 'memberUid' })
    const person = entryOf(personDn, { uid: ['ada'], gidnumber: ['100'] })
    const users = entryOf(groupDn(0), { objectclass: ['posixGroup'], cn: ['users'], gidnumber: ['100'] })
    const { groups } = await membershipsOf(createFileDirectory([users]), { settings: posix, person }, never)
    expect([...groups.values()].map(({ name, how }) => `${name} ${how}`)).toEqual(['users primary'])
  })

  test('a slice of memberOf that cannot be fetched leaves the answer incomplete', async () => {
    const person = entryOf(personDn, { uid: ['ada'], 'memberof;range=0-1': [groupDn(0), groupDn(1)] })
    const whole = createFileDirectory(groupsOf([[], []], new Set([0])))
    const connection: DirectoryConnection = {
      search: (request, signal) =>
        request.attributes.some((name) => name.includes(';range='))
          ? Promise.resolve({ entries: [], extent: 'complete', references: [] })
          : whole.search(request, signal),
    }
    expect((await membershipsOf(connection, { settings, person }, never)).incomplete).toMatchObject({
      code: 'LDAP_GROUP_INCOMPLETE',
      details: { reason: 'range' },
    })
  })
})
