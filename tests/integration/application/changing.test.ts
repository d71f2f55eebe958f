import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabases, differences, type Databases } from '../../support/application-databases'
import { fixtureOf, fixtures, scryptHash, type Fixture } from '../../support/application-tables'
import { codeOf, helpdesk, passphrase, pythonVerifies } from './accounts'

let databases: Databases
beforeAll(() => {
  databases = createDatabases()
})
afterAll(() => databases.remove())

const make = (kind: Fixture['kind'], age: Fixture['age'] = 'new', query = '') =>
  databases.make(fixtureOf(kind, age).sql('sqlite'), 'sqlite', query)

describe('a password that was reset', () => {
  it.each(fixtures)('verifies by another implementation: $kind, $age', async (fixture) => {
    const application = await databases.make(fixture.sql('sqlite'), 'sqlite')
    await helpdesk(application).act('resetPassword', '2')
    const column = fixture.columns.password[0]?.split('.')[1] ?? ''
    const stored = ((await application.dump())['users']?.['2']?.[column] ?? '').replace(/^'|'$/g, '')
    if (fixture.kind === 'timetracker') {
      // The parameters are those of the hashes that were there: scrypt, or PBKDF2 where nothing else was.
      const method = fixture.age === 'new' ? 'scrypt:32768:8:1$' : 'pbkdf2:sha256:1000$'
      expect(stored.slice(0, method.length)).toBe(method)
      expect(pythonVerifies(stored, passphrase)).toBe(true)
      expect(pythonVerifies(stored, `${passphrase}x`)).toBe(false)
      return
    }
    const cost = fixture.kind === 'vikunja' ? '$2a$11$' : fixture.age === 'new' ? '$2b$10$' : '$2b$12$'
    expect(stored.slice(0, 7)).toBe(cost)
    // pgcrypto's bcrypt knows only the older sign of the same function.
    const postgres = await databases.postgres()
    const older = stored.replace('$2b$', '$2a$')
    await postgres.query('postgres', 'CREATE EXTENSION IF NOT EXISTS pgcrypto')
    const verifies = (password: string) =>
      postgres.query('postgres', `SELECT crypt('${password}', '${older}') = '${older}' AS same`)
    expect(await verifies(passphrase)).toEqual([{ same: 't' }])
    expect(await verifies(`${passphrase}x`)).toEqual([{ same: 'f' }])
  })

  it('must be changed where the application can ask for it, and the answer says what goes on', async () => {
    const timetracker = await make('timetracker')
    expect(await helpdesk(timetracker).act('resetPassword', '2')).toMatchObject({
      ...{ passphrase, mustChange: true, sessionsEnded: null, tokensLeft: null },
    })
    expect((await timetracker.dump())['users']?.['2']).toMatchObject({ password_change_required: '1' })
    expect(await helpdesk(await make('tududi')).act('resetPassword', '2')).toMatchObject({
      ...{ mustChange: false, sessionsEnded: 2, tokensLeft: 1 },
    })
  })
})

describe('the audit', () => {
  it('holds the row as it was, without its secrets', async () => {
    const desk = helpdesk(await make('timetracker'))
    await desk.act('resetPassword', '2')
    const [entry] = desk.audited
    const said = JSON.stringify(entry)
    expect(entry).toMatchObject({
      target: 'ada',
      reason: 'asked by telephone',
      before: { application: { profile: 'shop', kind: 'timetracker', id: '2' } },
      after: { columns: ['password_hash', 'password_change_required'] },
    })
    const row = (entry?.before?.['row'] ?? []) as { column: string; value: string | null }[]
    expect(row.find(({ column }) => column === 'theme')?.value).toBe('dark')
    expect(row.find(({ column }) => column === 'password_hash')?.value).toMatch(/^sha256:[0-9a-f]{16}$/)
    for (const secret of [scryptHash.slice(20), 'JBSWY3DPEHPK3PXP', passphrase])
      expect(said).not.toContain(secret)
  })

  it.each(['sqlite', 'postgres'] as const)(
    'comes first: without it nothing changes (%s)',
    async (dialect) => {
      const application = await databases.make(fixtureOf('vikunja', 'new').sql(dialect), dialect)
      const before = await application.dump()
      const desk = helpdesk(application, { auditFails: true })
      expect(await codeOf(desk.act('resetPassword', '2'))).toBe('AUDIT_WRITE_FAILED')
      expect(differences(before, await application.dump())).toEqual([])
    },
  )
})

describe('refused', () => {
  it('is a row that is no longer the one that was shown', async () => {
    const application = await make('timetracker')
    const desk = helpdesk(application)
    const { revision } = await desk.source.get('2', desk.actor)
    await application.run(
      "UPDATE users SET auth_provider = 'local', email = 'other@example.test' WHERE id = 2",
    )
    const before = await application.dump()
    expect(await codeOf(desk.act('resetPassword', '2', revision))).toBe('CONFLICT')
    expect(await application.dump()).toEqual(before)
    await application.run(
      "UPDATE users SET last_login = '2026-07-01 00:00:00', email = 'ada@example.test' WHERE id = 2",
    )
    expect(await codeOf(desk.act('resetPassword', '2', revision))).toBe('OK')
  })

  it.each([
    ['timetracker', "UPDATE alembic_version SET version_num = '199_from_next_year'"],
    ['timetracker', "INSERT INTO alembic_version VALUES ('120_another_head')"],
    ['tududi', "INSERT INTO SequelizeMeta VALUES ('20290101000000-new.js')"],
    ['vikunja', "INSERT INTO migration VALUES ('20290101000000', '')"],
    ['vikunja', 'CREATE TRIGGER t AFTER UPDATE ON users BEGIN DELETE FROM teams; END'],
  ] as const)('is every change of %s after: %s', async (kind, sql) => {
    const application = await make(kind)
    await application.run(sql)
    const before = await application.dump()
    const desk = helpdesk(application)
    expect((await desk.source.status()).readOnly).not.toBeNull()
    expect((await desk.source.get('2', desk.actor)).actions.resetPassword).toEqual({
      ...{ allowed: false, code: 'APP_SCHEMA_UNKNOWN' },
    })
    expect(await codeOf(desk.act('resetPassword', '2'))).toBe('APP_SCHEMA_UNKNOWN')
    expect(await application.dump()).toEqual(before)
  })

  it.each(['sqlite', 'postgres'] as const)(
    'is every change where %s is opened for reading',
    async (dialect) => {
      const application = await databases.make(fixtureOf('vikunja', 'new').sql(dialect), dialect, '?mode=ro')
      const desk = helpdesk(application)
      expect(await codeOf(desk.act('resetPassword', '2'))).toBe('DB_READ_ONLY')
      expect(await codeOf(desk.act('disable', '2'))).toBe('DB_READ_ONLY')
    },
  )

  it('is an administrator of the application to the helpdesk, and everything to an auditor', async () => {
    const application = await make('timetracker')
    expect(await codeOf(helpdesk(application, { role: 'helpdesk' }).act('resetPassword', '1'))).toBe(
      'FORBIDDEN',
    )
    expect(await codeOf(helpdesk(application, { role: 'helpdesk' }).act('resetPassword', '2'))).toBe('OK')
    expect(await codeOf(helpdesk(application, { role: 'helpdesk' }).act('disable', '2'))).toBe('FORBIDDEN')
    expect(await codeOf(helpdesk(application, { role: 'auditor' }).act('resetPassword', '2'))).toBe(
      'FORBIDDEN',
    )
  })
})

describe('while the application is running', () => {
  it.each(['sqlite', 'postgres'] as const)(
    'two administrators cannot disable each other on %s',
    async (dialect) => {
      const second = 'UPDATE users SET is_admin = TRUE WHERE id = 2'
      const application = await databases.make(
        `${fixtureOf('vikunja', 'new').sql(dialect)}; ${second}`,
        dialect,
      )
      const codes = await Promise.all(
        ['1', '2'].map((id) => codeOf(helpdesk(application).act('disable', id))),
      )
      expect(codes.toSorted()).toEqual(['LAST_ADMIN', 'OK'])
    },
  )

  it('waits for a row that the application holds, and sees what it wrote', async () => {
    const fixture = fixtureOf('timetracker', 'new')
    const application = await databases.make(fixture.sql('postgres'), 'postgres')
    const postgres = await databases.postgres()
    const name = new URL(application.url).pathname.slice(1)
    const app = await postgres.connect(name)
    await app.query('BEGIN')
    await app.query("UPDATE users SET auth_provider = 'ldap' WHERE id = 2")
    const reset = codeOf(helpdesk(application).act('resetPassword', '2'))
    let waiting: unknown[] = []
    while (waiting.length === 0)
      waiting = await postgres.query(name, 'SELECT 1 FROM pg_locks WHERE NOT granted')
    await app.query('COMMIT')
    await app.end()
    expect(await reset).toBe('PASSWORD_NOT_LOCAL')
  })

  it('leaves no side files beside a file that nobody has open', async () => {
    const application = await make('timetracker')
    await application.run('PRAGMA journal_mode = WAL')
    const { existsSync } = await import('node:fs')
    await helpdesk(application).source.status()
    expect(existsSync(`${application.database.place}-wal`)).toBe(false)
    expect(existsSync(`${application.database.place}-shm`)).toBe(false)
  })
})

describe('a PostgreSQL server', () => {
  it('is told apart by why it says no', async () => {
    const application = await databases.make(fixtureOf('timetracker', 'new').sql('postgres'), 'postgres')
    const postgres = await databases.postgres()
    const name = new URL(application.url).pathname.slice(1)
    await application.run(
      "CREATE ROLE app LOGIN PASSWORD 'only-here'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO app",
    )
    const { postgresDatabase } = await import('../../../src-main/core/application/postgres-store')
    const { readPlace } = await import('../../../src-main/core/application/application-place')
    const at = (database: string, user: string, password: string) => {
      const place = readPlace(postgres.url(database, user))
      if (typeof place === 'string' || place.dialect !== 'postgres') throw new Error('no place')
      return helpdesk({ database: postgresDatabase(place, password) })
    }
    expect(await codeOf(at(name, 'app', 'wrong').source.status())).toBe('DB_UNAVAILABLE')
    expect(await codeOf(at('nowhere', 'app', 'only-here').source.status())).toBe('DB_UNAVAILABLE')
    const reader = at(name, 'app', 'only-here')
    expect((await reader.source.status()).accounts).toBe(11)
    expect(await codeOf(reader.act('resetPassword', '2'))).toBe('DB_READ_ONLY')
  })
})
