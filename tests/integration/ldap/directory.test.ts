import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LdapSettings } from '../../../src-main/core/app/ports'
import { createDirectory } from '../../../src-main/core/ldap/directory'
import { agree, entry, result, startFakeDirectory } from '../../support/ldap-fake'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'
import { startSlapd, type Slapd } from '../../support/slapd'

let slapd: Slapd
beforeAll(async () => {
  slapd = await startSlapd()
})
afterAll(() => slapd.stop())

const roleGroups = [
  { role: 'admin', group: 'desk-admins' },
  { role: 'helpdesk', group: 'desk-helpdesk' },
] as const
const never = new AbortController().signal

function directory(change: Partial<LdapSettings> & { port?: number } = {}) {
  const servers = [{ host: '127.0.0.1', port: slapd.ldapPort, encryption: 'starttls' }] as const
  const settings = ldapSettings({
    servers,
    caFile: slapd.caFile,
    requiredGroup: 'staff',
    roleGroups,
    ...change,
  })
  return createDirectory({ logger: quietLogger, clock: { now: () => new Date() } })(settings)
}
const signIn = (
  username: string,
  password = slapd.passwords[username] ?? '',
  change: Partial<LdapSettings> = {},
) => directory(change).signIn({ username, password }, never)

describe('signing in', () => {
  test('gives the person with identity, data and roles', async () => {
    const person = await signIn('ada')
    expect(person).toMatchObject({
      directory: 'dc=example,dc=test',
      dn: 'uid=ada,ou=people,dc=example,dc=test',
      username: 'ada',
      email: 'ada@example.test',
      fullName: 'Ada Lovelace',
      roles: ['admin'],
    })
    expect(person.entryId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(Object.keys(person.attributes)).toEqual(expect.arrayContaining(['uid', 'mail', 'givenName', 'sn']))
    expect(JSON.stringify(person)).not.toContain('SSHA')
  })

  test('folds the name, and gives the same identity for every spelling of it', async () => {
    const typed = ['ADA', ' ada ', 'ada@example.test', 'CORP\\Ada', 'ａｄａ']
    const people = await Promise.all(typed.map((name) => signIn(name, slapd.passwords['ada'])))
    expect(new Set(people.map(({ entryId }) => entryId)).size).toBe(1)
    expect(new Set(people.map(({ username }) => username))).toEqual(new Set(['ada']))
  })

  test('makes an address lower case, finds nested roles, and takes DNs with special characters', async () => {
    expect((await signIn('grace')).email).toBe('grace@example.test')
    expect((await signIn('alan')).roles).toEqual(['helpdesk'])
    expect((await signIn('pat')).fullName).toBe("Pat O'Neil")
  })

  test.each([
    ['nobody', 'x', 'LDAP_USER_NOT_FOUND'],
    ['twin', 'x', 'LDAP_USER_AMBIGUOUS'],
    ['edsger', undefined, 'LDAP_USER_NOT_IN_REQUIRED_GROUP'],
    ['ada', 'wrong', 'LDAP_USER_PASSWORD'],
    ['ada', '', 'LDAP_USER_PASSWORD'],
    ['ada', '   ', 'LDAP_USER_PASSWORD'],
    ['locked', undefined, 'LDAP_USER_DISABLED'],
    ['mustchange', undefined, 'LDAP_USER_MUST_CHANGE_PASSWORD'],
    ['nomail', undefined, 'LDAP_USER_NO_EMAIL'],
    ['*', 'x', 'LDAP_USER_NOT_FOUND'],
  ])('%s with %j is refused with %s', async (username, password, code) => {
    await expect(signIn(username, password)).rejects.toMatchObject({ code })
  })

  test('a required group that is missing or ambiguous lets nobody in', async () => {
    await expect(signIn('ada', undefined, { requiredGroup: 'gone' })).rejects.toMatchObject({
      code: 'LDAP_GROUP_NOT_FOUND',
    })
    await expect(signIn('ada', undefined, { requiredGroup: 'double' })).rejects.toMatchObject({
      code: 'LDAP_GROUP_AMBIGUOUS',
    })
  })

  test('roles are null, not empty, where nothing is mapped or a group could not be checked', async () => {
    expect((await signIn('ada', undefined, { roleGroups: [] })).roles).toBeNull()
    const typo = [{ role: 'admin', group: 'desk-admin' }] as const
    expect((await signIn('ada', undefined, { roleGroups: typo })).roles).toBeNull()
    const double = [...roleGroups, { role: 'auditor', group: 'double' }] as const
    expect((await signIn('ada', undefined, { roleGroups: double })).roles).toBeNull()
    expect((await signIn('katherine')).roles).toEqual([])
  })

  test('a blank password and an impossible name cause no traffic', async () => {
    const fake = await startFakeDirectory({ reply: agree })
    const settings = ldapSettings({ port: fake.port })
    const { signIn: enter, lookUp } = createDirectory({
      logger: quietLogger,
      clock: { now: () => new Date() },
    })(settings)
    await expect(enter({ username: 'ada', password: ' ' }, never)).rejects.toMatchObject({
      code: 'LDAP_USER_PASSWORD',
    })
    await expect(enter({ username: ' ', password: 'x' }, never)).rejects.toMatchObject({
      code: 'LDAP_USER_NOT_FOUND',
    })
    await expect(lookUp('a\u0000', never)).rejects.toMatchObject({ code: 'LDAP_USER_NOT_FOUND' })
    expect(fake.connections()).toBe(0)
    await fake.stop()
  })
})

describe('looking up', () => {
  test('needs no password of the person, and reports a missing address as null', async () => {
    expect(await directory().lookUp('nomail', never)).toMatchObject({ username: 'nomail', email: null })
    expect((await directory().lookUp('edsger', never)).fullName).toBe('Edsger Dijkstra')
  })
})

describe('an outage is never "wrong password"', () => {
  test.each([
    ['a wrong service password', { bindPassword: 'wrong' }, 'LDAP_BIND_CREDENTIALS'],
    ['an untrusted certificate', { caFile: null }, 'LDAP_TLS_UNTRUSTED_CA'],
    ['a base that is gone', { userBase: 'ou=gone,dc=example,dc=test' }, 'LDAP_BASE_NOT_FOUND'],
    [
      'a service account that is locked',
      { bindDn: 'uid=locked,ou=people,dc=example,dc=test', bindPassword: 'locked-pass-1' },
      'LDAP_USER_LOCKED',
    ],
    ['no server', { servers: [] }, 'LDAP_CONFIG_INVALID'],
  ] as const)('%s', async (_, change, code) => {
    await expect(signIn('ada', undefined, change)).rejects.toMatchObject({
      code: 'LDAP_UNAVAILABLE',
      details: { code },
    })
  })

  test('a server that drops the connection at the person’s bind', async () => {
    const dn = 'uid=ada,ou=people,dc=example,dc=test'
    const found = { uid: ['ada'], mail: ['ada@example.test'] }
    const fake = await startFakeDirectory({
      reply: (request) => {
        if (request.kind === 'bind' && request.name === dn) return 'reset'
        const people = request.scope === 'sub' && request.name.startsWith('ou=people')
        const done = agree(request)
        return people && Buffer.isBuffer(done) ? Buffer.concat([entry(request.id, dn, found), done]) : done
      },
    })
    const servers = [{ host: '127.0.0.1', port: fake.port, encryption: 'none' }] as const
    const refused = signIn('ada', 'x', { servers, requiredGroup: null, roleGroups: [] })
    await expect(refused).rejects.toMatchObject({
      code: 'LDAP_UNAVAILABLE',
      details: { code: 'LDAP_DROPPED' },
    })
    await fake.stop()
  })

  test('a stopped server, until it is back', async () => {
    const own = await startSlapd({ tls: 'none' })
    await own.halt()
    await expect(
      signIn('ada', 'x', { servers: [{ host: '127.0.0.1', port: own.ldapPort, encryption: 'none' }] }),
    ).rejects.toMatchObject({ code: 'LDAP_UNAVAILABLE', details: { code: 'LDAP_CONNECT_REFUSED' } })
    await own.start()
    const back = await signIn('ada', undefined, {
      servers: [{ host: '127.0.0.1', port: own.ldapPort, encryption: 'none' }],
    })
    expect(back.username).toBe('ada')
    await own.stop()
  })

  test('the second server takes over, but a refused service account is not tried everywhere', async () => {
    const fake = await startFakeDirectory({
      reply: (request) =>
        request.kind === 'bind' ? result({ id: request.id, tag: 0x61 }, 49) : agree(request),
    })
    const good = { host: '127.0.0.1', port: slapd.ldapPort, encryption: 'none' } as const
    const refusing = { host: '127.0.0.1', port: fake.port, encryption: 'none' } as const
    const closed = { host: 'nowhere.invalid', port: 389, encryption: 'none' } as const
    expect((await signIn('ada', undefined, { servers: [closed, good] })).username).toBe('ada')
    await expect(signIn('ada', undefined, { servers: [refusing, good] })).rejects.toMatchObject({
      details: { code: 'LDAP_BIND_CREDENTIALS' },
    })
    await fake.stop()
  })

  test('cancelling is cancelling', async () => {
    const controller = new AbortController()
    controller.abort()
    const who = { username: 'ada', password: 'x' }
    await expect(directory().signIn(who, controller.signal)).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})
