import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { migrations } from '../../../migrations'
import type { Database } from '../../../src-main/core/db/database'
import { openDatabase } from '../../../src-main/core/db/database'
import { createUserStore } from '../../../src-main/core/users/user-store'
import { silentLogger, stoppedClock, temporaryHome, type TestHome } from '../../support/database'

const addProvider = migrations.findIndex(({ name }) => name.endsWith('-add-user-auth-provider'))
const older = migrations.slice(0, addProvider)
const at = '2024-05-05T05:05:05.000Z'

interface OldUser {
  readonly name: string
  readonly hash: string | null
  readonly identity: 'oidc' | 'ldap' | null
}
const oldUsers: readonly OldUser[] = [
  { name: 'hash-only', hash: 'h', identity: null },
  { name: 'identity-only', hash: null, identity: 'oidc' },
  { name: 'both', hash: 'h', identity: 'oidc' },
  { name: 'neither', hash: null, identity: null },
  { name: 'müller', hash: null, identity: 'oidc' },
]

async function fill(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    for (const { name, hash, identity } of oldUsers) {
      await database.run(tx, {
        sql: `INSERT INTO users (id, username, username_folded, username_sort, search_text, password_hash, created_at)
          VALUES ($name, $name, $name, $name, $name, $hash, $at)`,
        bind: { name, hash, at },
      })
      await database.run(tx, {
        sql: `INSERT INTO role_grants (account, role, source, granted_at) VALUES ($name, $role, 'manual', $at)`,
        bind: { name, role: name === 'both' ? 'helpdesk' : 'user', at },
      })
      await database.run(tx, {
        sql: `INSERT INTO sessions (id, account, via, host, started_at, last_seen_at, expires_at)
          VALUES ($name, $name, 'local', 'desk', $at, $at, $at)`,
        bind: { name, at },
      })
      if (identity === null) continue
      await database.run(tx, {
        sql: `INSERT INTO identities (account, kind, issuer, subject) VALUES ($name, $identity, 'https://i', $name)`,
        bind: { name, identity },
      })
    }
  })
}

const anyRow = z.record(z.string(), z.unknown())

describe('migrations', () => {
  let home: TestHome
  beforeEach(async () => (home = await temporaryHome()))
  afterEach(() => home.remove())

  async function populatedOlder(): Promise<Database> {
    const database = await home.open({ migrations: older })
    await fill(database)
    return database
  }

  it('go forward on a populated older database and keep every row', async () => {
    const old = await populatedOlder()
    const tables = ['users', 'identities', 'role_grants', 'sessions']
    const all = (database: Database) =>
      Promise.all(
        tables.map((table) => database.select(anyRow, { sql: `SELECT * FROM ${table} ORDER BY 1, 2` })),
      )
    const before = await all(old)
    await old.close()

    const database = await home.open()
    const after = await all(database)
    after.forEach((rows, table) => {
      expect(rows).toHaveLength(before[table]?.length ?? -1)
      rows.forEach((row, index) => expect(row).toMatchObject(before[table]?.[index] ?? { missing: true }))
    })
    expect(await database.select(anyRow, { sql: 'PRAGMA foreign_key_check' })).toEqual([])
    expect(await database.select(anyRow, { sql: 'PRAGMA integrity_check' })).toEqual([
      { integrity_check: 'ok' },
    ])
    expect((await database.status()).pending).toEqual([])
  })

  it('fill in the provider: identity and no hash is oidc, everything else local', async () => {
    await (await populatedOlder()).close()
    const database = await home.open()
    const rows = await database.select(z.object({ name: z.string(), provider: z.string() }), {
      sql: 'SELECT username AS name, auth_provider AS provider FROM users ORDER BY seq',
    })
    expect(Object.fromEntries(rows.map(({ name, provider }) => [name, provider]))).toEqual({
      'hash-only': 'local',
      'identity-only': 'oidc',
      both: 'local',
      neither: 'local',
      müller: 'oidc',
    })
  })

  it('fold names in full; two that become one keep the second as it was', async () => {
    const before = migrations.slice(
      0,
      migrations.findIndex(({ name }) => name.endsWith('-fold-names')),
    )
    const old = await home.open({ migrations: before })
    const names = ['groß', 'ad\u200bmin', 'strasse', 'straße', 'νίκος']
    await old.transaction(async (tx) => {
      for (const name of names) {
        await old.run(tx, {
          sql: `INSERT INTO users (id, username, username_folded, username_sort, search_text, email_folded, created_at)
            VALUES ($name, $name, $name, $name, $name, $name, $at)`,
          bind: { name, at },
        })
      }
    })
    await old.close()
    const database = await home.open()
    const users = createUserStore(database)
    const found = await Promise.all(
      ['GROSS', 'ADMIN', 'Straße', 'ΝΊΚΟΣ'].map(async (name) => (await users.byName(name))?.id),
    )
    expect(found).toEqual(['groß', 'ad\u200bmin', 'strasse', 'νίκος'])
    expect((await users.byEmail('GROSS')).map(({ id }) => id)).toEqual(['groß'])
    expect(await users.byId('straße')).not.toBeNull()
  })

  it('let no other provider in and none out', async () => {
    await (await populatedOlder()).close()
    const database = await home.open()
    for (const value of ["'saml'", "''", 'NULL']) {
      const change = database.transaction((tx) =>
        database.run(tx, { sql: `UPDATE users SET auth_provider = ${value}` }),
      )
      await expect(change).rejects.toThrow()
    }
  })

  it('fill in the highest role and the search of old accounts', async () => {
    await (await populatedOlder()).close()
    const users = createUserStore(await home.open())
    const query = { providers: [], roles: [], states: [], after: null, limit: 10 }
    const sort = { by: 'username', direction: 'asc' } as const
    const helpdesk = await users.page({ ...query, search: '', sort, roles: ['helpdesk'] }, new Date(at))
    expect(helpdesk.users.map(({ username }) => username)).toEqual(['both'])
    const found = await users.page({ ...query, search: 'identity', sort }, new Date(at))
    expect(found.users.map(({ username }) => username)).toEqual(['identity-only'])
  })

  it('back the old database up before the first step, with what was only in the write-ahead log', async () => {
    const old = await populatedOlder()
    const migrated = await home.open()
    const [name] = await readdir(join(home.folder, 'backups'))
    await old.close()
    await migrated.close()
    expect(name).toMatch(/-before-\d{3}-add-user-auth-provider\.sqlite$/)
    const file = join(home.folder, 'backups', name ?? '')
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    const backup = await home.open({ path: file, migrations: older })
    const count = await backup.select(z.object({ n: z.number() }), { sql: 'SELECT count(*) AS n FROM users' })
    expect(count).toEqual([{ n: oldUsers.length }])
  })

  it('make no backup of a database that was just made', async () => {
    await home.open()
    await expect(readdir(join(home.folder, 'backups'))).rejects.toThrow('ENOENT')
  })

  it('stop at the first failure and keep what came before it', async () => {
    await (await home.open({ migrations: older })).close()
    const broken = [
      ...older,
      { name: '900-good', statements: ['CREATE TABLE good (x)'] },
      { name: '901-bad', statements: ['CREATE TABLE half (x)', 'INSERT INTO nowhere VALUES (1)'] },
      { name: '902-never', statements: ['CREATE TABLE never (x)'] },
    ]
    await expect(home.open({ migrations: broken })).rejects.toThrow('nowhere')
    const database = await home.open({ migrations: broken, migrationsMode: 'check' })
    expect((await database.status()).pending).toEqual(['901-bad', '902-never'])
    const tables = await database.select(z.object({ name: z.string() }), {
      sql: "SELECT name FROM sqlite_schema WHERE name IN ('good', 'half', 'never')",
    })
    expect(tables).toEqual([{ name: 'good' }])
  })

  it('refuse a step that orphans rows', async () => {
    const old = await populatedOlder()
    await old.close()
    const orphaning = [
      ...older,
      {
        name: '900-orphan',
        statements: [
          'CREATE TABLE parent (id INTEGER PRIMARY KEY)',
          'CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)',
          'INSERT INTO child VALUES (7)',
        ],
      },
    ]
    await expect(home.open({ migrations: orphaning })).rejects.toThrow('leaves child without its parent')
  })

  it('are applied once when two programs start at the same time', async () => {
    await (await populatedOlder()).close()
    const [one, other] = await Promise.all([
      home.open({ busyTimeoutMs: 5000, clock: stoppedClock('2025-03-01T09:00:00.001Z') }),
      home.open({ busyTimeoutMs: 5000, clock: stoppedClock('2025-03-01T09:00:00.002Z') }),
    ])
    const names = migrations.map(({ name }) => name)
    expect((await one.status()).applied).toEqual(names)
    expect((await other.status()).applied).toEqual(names)
  })

  it('wait for `migrate` in check mode, and a missing file stays missing until then', async () => {
    const database = await home.open({ migrationsMode: 'check' })
    const names = migrations.map(({ name }) => name)
    expect(await database.status()).toEqual({
      applied: [],
      pending: names,
      dialect: 'sqlite',
      path: home.path,
    })
    await expect(stat(home.path)).rejects.toThrow('ENOENT')
    expect((await database.migrate()).applied).toEqual(names)
    expect((await database.migrate()).pending).toEqual([])
  })

  it('keep the newest three of their backups', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const steps = Array.from({ length: round }, (_, index) => ({
        name: `00${index + 1}-step`,
        statements: [`CREATE TABLE t${index} (x)`],
      }))
      const database = await openDatabase({
        path: home.path,
        migrationsMode: 'apply',
        clock: stoppedClock(`2025-03-0${round}T00:00:00.000Z`),
        logger: silentLogger,
        backupsDir: join(home.folder, 'backups'),
        migrations: steps,
      })
      await database.backup(join(home.folder, 'backups', `mine-${round}.sqlite`))
      await database.close()
    }
    const names = await readdir(join(home.folder, 'backups'))
    expect(names.filter((name) => name.includes('-before-')).sort()).toEqual([
      'authdesk-20250303T000000000Z-before-003-step.sqlite',
      'authdesk-20250304T000000000Z-before-004-step.sqlite',
      'authdesk-20250305T000000000Z-before-005-step.sqlite',
    ])
    expect(names.filter((name) => name.startsWith('mine-'))).toHaveLength(5)
  })
})
