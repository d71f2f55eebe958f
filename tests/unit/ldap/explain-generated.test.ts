import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { createLdapExplain } from '../../../src-main/core/ldap/explain-person'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'

/** Generated people in generated groups, explained from a file, and compared with what plain brute force says. */
const base = 'dc=example,dc=test'
const folder = mkdtempSync(join(tmpdir(), 'authdesk-generated-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const groupCount = 7
const groupIndex = fc.integer({ min: 0, max: groupCount - 1 })
const personArbitrary = fc.record({
  email: fc.constantFrom('yes', 'none'),
  lock: fc.constantFrom(null, null, 'pwdAccountLockedTime: 000001010000Z', 'nsAccountLock: TRUE'),
  temporary: fc.constantFrom(null, 'pwdAccountLockedTime: 20260101000000Z'),
  twin: fc.constantFrom(false, false, false, true),
  groups: fc.uniqueArray(groupIndex, { maxLength: 3 }),
})
type Person = typeof personArbitrary extends fc.Arbitrary<infer T> ? T : never
const directory = fc.record({
  people: fc.array(personArbitrary, { minLength: 1, maxLength: 12 }),
  /** Which groups each group holds; cycles are welcome. */
  holds: fc.array(fc.uniqueArray(groupIndex, { maxLength: 2 }), {
    ...{ minLength: groupCount, maxLength: groupCount },
  }),
})
type Directory = typeof directory extends fc.Arbitrary<infer T> ? T : never

const groupDn = (at: number) => `cn=g${at},ou=groups,${base}`
const personDn = (at: number) => `uid=p${at},ou=people,${base}`

function ldifOf({ people, holds }: Directory): string {
  const entry = (dn: string, lines: readonly (string | null)[]) =>
    [`dn: ${dn}`, ...lines.filter((line) => line !== null), ''].join('\n')
  const ofPerson = (person: Person, at: number) => {
    const lines = [
      ...['objectClass: inetOrgPerson', `uid: p${at}`, `cn: Person ${at}`, `sn: ${at}`],
      ...[person.email === 'yes' ? `mail: p${at}@example.test` : null, person.lock],
      person.lock?.startsWith('pwd') === true ? null : person.temporary,
    ]
    const twin = `cn=twin of p${at},ou=people,${base}`
    return [entry(personDn(at), lines), ...(person.twin ? [entry(twin, lines)] : [])].join('\n')
  }
  const ofGroup = (held: readonly number[], at: number) =>
    entry(groupDn(at), [
      ...['objectClass: groupOfNames', `cn: g${at}`],
      ...held.map((each) => `member: ${groupDn(each)}`),
      ...people.flatMap(({ groups }, index) => (groups.includes(at) ? [`member: ${personDn(index)}`] : [])),
    ])
  const top = [`dn: ${base}`, 'objectClass: dcObject', 'dc: example', ''].join('\n')
  return [top, ...people.map(ofPerson), ...holds.map(ofGroup)].join('\n')
}

/** All groups above, by trying until nothing is new. */
function reached({ holds }: Directory, { groups }: Person): ReadonlySet<number> {
  const found = new Set(groups)
  for (let before = -1; before !== found.size;) {
    before = found.size
    holds.forEach((held, at) => {
      if (held.some((each) => found.has(each))) found.add(at)
    })
  }
  return found
}

function expected(all: Directory, person: Person) {
  const inGroups = reached(all, person)
  const refusal = person.twin
    ? 'LDAP_USER_AMBIGUOUS'
    : !inGroups.has(0)
      ? 'LDAP_USER_NOT_IN_REQUIRED_GROUP'
      : person.lock !== null
        ? 'LDAP_USER_DISABLED'
        : person.email === 'none'
          ? 'LDAP_USER_NO_EMAIL'
          : null
  const roles = [...(inGroups.has(1) ? ['admin'] : []), ...(inGroups.has(2) ? ['helpdesk'] : [])]
  const names = [...inGroups].map((at) => `g${at}`).sort()
  return person.twin ? { refusal, roles: undefined, names: [] } : { refusal, roles, names }
}

const settings = ldapSettings({
  requiredGroup: 'g0',
  roleGroups: [
    { role: 'admin', group: 'g1' },
    { role: 'helpdesk', group: 'g2' },
  ],
})
const explain = createLdapExplain({
  logger: quietLogger,
  clock: { now: () => new Date('2026-06-01T00:00:00Z') },
})

test('any person of any directory is explained as brute force decides', async () => {
  const file = join(folder, 'generated.ldif')
  await fc.assert(
    fc.asyncProperty(directory, async (all) => {
      writeFileSync(file, ldifOf(all))
      const { signal } = new AbortController()
      for (const [at, person] of all.people.entries()) {
        const found = await explain({ settings, user: `p${at}`, against: file, signal })
        const names = found.groups.map(({ name }) => name).sort()
        expect({ refusal: found.refusal, roles: found.person?.roles, names }).toEqual(expected(all, person))
        for (const { below, via } of found.groups) expect(below === null).toBe(via.length === 0)
      }
      const nobody = await explain({ settings, user: 'nobody', against: file, signal })
      expect(nobody.refusal).toBe('LDAP_USER_NOT_FOUND')
    }),
    { numRuns: 40 },
  )
})
