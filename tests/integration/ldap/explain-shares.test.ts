import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createDirectory } from '../../../src-main/core/ldap/directory'
import { createLdapExplain } from '../../../src-main/core/ldap/explain-person'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'
import { startSlapd, type Slapd } from '../../support/slapd'

/**
 * The explanation of a person asks by the functions that the real sign-in asks with: break one, and both answers change
 * in the same way.
 */
const broken = vi.hoisted(() => ({ what: 'nothing' }))

vi.mock(import('../../../src-main/core/ldap/person-state'), async (load) => {
  const real = await load()
  return {
    ...real,
    administrativeLock: (...given) =>
      broken.what === 'lock' ? 'LDAP_USER_DISABLED' : real.administrativeLock(...given),
  }
})
vi.mock(import('../../../src-main/core/ldap/person-mapping'), async (load) => {
  const real = await load()
  const mapPerson: typeof real.mapPerson = (...given) => {
    const person = real.mapPerson(...given)
    if (broken.what === 'e-mail') return { ...person, email: null }
    return broken.what === 'name' ? { ...person, username: 'somebody-else' } : person
  }
  return { ...real, mapPerson }
})
vi.mock(import('../../../src-main/core/ldap/groups'), async (load) => {
  const real = await load()
  const membershipsOf: typeof real.membershipsOf = async (...given) => {
    const found = await real.membershipsOf(...given)
    return broken.what === 'groups' ? { ...found, groups: new Map() } : found
  }
  return { ...real, membershipsOf }
})

let slapd: Slapd
beforeAll(async () => {
  slapd = await startSlapd()
})
afterAll(() => slapd.stop())
afterEach(() => {
  broken.what = 'nothing'
})

async function both() {
  const settings = ldapSettings({ port: slapd.ldapPort, requiredGroup: 'staff' })
  const deps = { logger: quietLogger, clock: { now: () => new Date() } }
  const { signal } = new AbortController()
  const who = { username: 'grace', password: slapd.passwords['grace'] ?? '' }
  const signedIn = await createDirectory(deps)(settings)
    .signIn(who, signal)
    .then(
      ({ username }) => username,
      (error: unknown) => (error as { code: string }).code,
    )
  const found = await createLdapExplain(deps)({ settings, user: 'grace', against: null, signal })
  return [signedIn, found.refusal ?? found.person?.username]
}

test.each([
  ['nothing', 'grace'],
  ['lock', 'LDAP_USER_DISABLED'],
  ['e-mail', 'LDAP_USER_NO_EMAIL'],
  ['groups', 'LDAP_USER_NOT_IN_REQUIRED_GROUP'],
  ['name', 'somebody-else'],
])('with %s broken, the sign-in and its explanation both say %s', async (what, answer) => {
  broken.what = what
  expect(await both()).toEqual([answer, answer])
})
