import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { homeAt } from '../../../src-main/core/app/home'
import type { SecretStore } from '../../../src-main/core/app/ports'
import { createFiles } from '../../../src-main/core/app/files'
import { createTexts } from '../../../src-main/core/app/texts'
import { createAuditLog } from '../../../src-main/core/audit/audit-log'
import type { Database } from '../../../src-main/core/db/database'
import { prepareDemo, sampleDirectory } from '../../../src-main/core/demo/demo-home'
import { sampleAdminName, samplePersonName } from '../../../src-main/core/demo/sample-accounts'
import { textOf, textsOf, type Entry } from '../../../src-main/core/ldap/entry'
import { readLdif } from '../../../src-main/core/ldap/ldif'
import { readTextFile } from '../../../src-main/core/ldap/ldif-lines'
import { createLdapTest } from '../../../src-main/core/ldap/ldap-test'
import { createSettings } from '../../../src-main/core/settings/create-settings'
import { createAttemptStore } from '../../../src-main/core/sign-in/attempt-store'
import { createUserStore } from '../../../src-main/core/users/user-store'
import { silentLogger, stoppedClock, temporaryHome, type TestHome } from '../../support/database'

const clock = stoppedClock()

function memorySecrets(): SecretStore {
  const kept = new Map<string, string>()
  return {
    kind: 'memory',
    get: (key) => Promise.resolve(kept.get(key) ?? null),
    set: (key, value) => Promise.resolve(void kept.set(key, value)),
    remove: (key) => Promise.resolve(void kept.delete(key)),
  }
}

describe('the demo’s home', () => {
  let test: TestHome
  let database: Database
  let adminId: string
  const secrets = memorySecrets()
  const entries = new Map<string, Entry>()
  beforeAll(async () => {
    test = await temporaryHome()
    const home = homeAt(test.folder)
    await mkdir(home.profiles)
    database = await test.open()
    const prepared = await prepareDemo({ home, queries: database, secrets, clock })
    adminId = prepared.adminId
    const path = createFilesPath(home.path)
    for await (const entry of readLdif(readTextFile(path))) entries.set(entry.dn, entry)
  })
  afterAll(() => test.remove())

  function createFilesPath(path: string): string {
    const files = createFiles()
    const sample = sampleDirectory({ path }, files)
    expect(sample.name).toBe('sample-directory.ldif')
    return files.path(sample.handle) ?? ''
  }

  it('holds 250 accounts of every provider, role and state, and its administrator', async () => {
    const users = createUserStore(database)
    const facets = await users.facets({ search: '', providers: [], roles: [], states: [] }, clock.now())
    expect(facets.all).toBe(250)
    for (const group of [facets.providers, facets.roles, facets.states]) {
      for (const count of Object.values(group)) expect(count).toBeGreaterThan(2)
    }
    const admin = await users.byId(adminId)
    expect(admin).toMatchObject({ username: sampleAdminName, authProvider: 'local', disabled: null })
    expect(admin?.grants.map(({ role }) => role)).toEqual(['admin'])
  })

  it('has teams, sessions, tries and a whole audit', async () => {
    const tables = ['teams', 'team_members', 'sessions', 'sign_in_attempts', 'identities', 'audit_events']
    for (const table of tables) {
      const [row] = await database.select(z.object({ n: z.number() }), {
        sql: `SELECT count(*) AS n FROM ${table}`,
      })
      expect(row?.n, table).toBeGreaterThan(2)
    }
    const log = createAuditLog({ queries: database, clock, osUser: 'demo', host: 'demo' })
    expect(await log.verify()).toMatchObject({ ok: true })
    const ways = await createAttemptStore(database).last()
    expect(ways.map(({ provider, slug }) => slug ?? provider).sort()).toEqual(
      expect.arrayContaining(['example-id', 'ldap', 'local', 'partner']),
    )
  })

  it('locks nobody out by its own failures', async () => {
    const halfAnHourAgo = new Date(clock.now().getTime() - 30 * 60_000)
    expect(await createAttemptStore(database).consoleFailures(halfAnHourAgo)).toEqual([])
  })

  it('has a profile without findings: everything on, two providers, the directory over LDAPS', async () => {
    const home = homeAt(test.folder)
    const room = createSettings({ home, profile: null, envFile: null, environment: {}, secrets })
    const settings = await room.current()
    expect(settings.findings).toEqual([])
    expect(settings.method).toBe('all')
    expect(settings.profile.name).toBe('demo')
    expect(settings.ldap.servers).toEqual([{ host: 'ldap.example.org', port: 636, encryption: 'ldaps' }])
    expect(settings.oidc.map(({ slug, name, issuer }) => [slug, name, issuer])).toEqual([
      ['example-id', 'Example ID', 'https://id.example.org'],
      ['partner', 'Partner Login', 'https://login.partner.example'],
    ])
    const file = await readFile(join(home.profiles, 'demo.env'), 'utf8')
    expect(file).not.toMatch(/PASSWORD|SECRET/)
    if (process.platform !== 'win32')
      expect((await stat(join(home.profiles, 'demo.env'))).mode & 0o777).toBe(0o600)
  })

  it('has a directory entry for every directory account, with the same identity', async () => {
    const rows = await database.select(
      z.object({ name: z.string(), subject: z.string(), issuer: z.string() }),
      {
        sql: `SELECT u.username AS name, i.subject, i.issuer FROM users u JOIN identities i ON i.account = u.id
        WHERE i.kind = 'ldap'`,
      },
    )
    expect(rows.length).toBeGreaterThan(40)
    for (const { name, subject, issuer } of rows) {
      const entry = entries.get(`uid=${name},ou=people,dc=example,dc=org`)
      expect(entry && textOf(entry, 'entryUUID'), name).toBe(subject)
      expect(issuer).toBe('dc=example,dc=org')
    }
  })

  it('has groups whose members exist, with memberOf on the other side', () => {
    const groups = [...entries.values()].filter((entry) =>
      textsOf(entry, 'objectClass').includes('groupOfNames'),
    )
    expect(groups.map((group) => textOf(group, 'cn'))).toEqual(
      expect.arrayContaining(['admins', 'helpdesk', 'auditors', 'staff']),
    )
    for (const group of groups) {
      const members = textsOf(group, 'member')
      expect(members.length).toBeGreaterThan(0)
      for (const member of members) {
        const entry = entries.get(member)
        expect(entry && textsOf(entry, 'memberOf'), member).toContain(group.dn)
      }
    }
  })

  it('lets its sample person in through a nested group', () => {
    const person = entries.get(`uid=${samplePersonName},ou=people,dc=example,dc=org`)
    const [department] = person ? textsOf(person, 'memberOf') : []
    const staff = entries.get('cn=staff,ou=groups,dc=example,dc=org')
    expect(department).not.toBe(staff?.dn)
    expect(staff && textsOf(staff, 'member')).toContain(department)
  })

  it('passes the whole LDAP test for its sample person, without a server', async () => {
    const home = homeAt(test.folder)
    const room = createSettings({ home, profile: 'demo', envFile: null, environment: {}, secrets })
    const { ldap } = await room.current()
    const ladder = await createLdapTest({ texts: createTexts(), logger: silentLogger, clock })({
      settings: ldap,
      user: samplePersonName,
      password: null,
      against: createFilesPath(home.path),
      signal: new AbortController().signal,
      onStage: () => undefined,
    })
    expect(ladder.stages.filter(({ status }) => status === 'failed' || status === 'warning')).toEqual([])
    expect(ladder.ok).toBe(true)
    expect(ladder.user).toMatchObject({
      username: samplePersonName,
      email: `${samplePersonName}@example.org`,
    })
  })

  it('can be made once only', async () => {
    const again = prepareDemo({ home: homeAt(test.folder), queries: database, secrets, clock })
    await expect(again).rejects.toMatchObject({ code: 'NAME_TAKEN' })
  })
})
