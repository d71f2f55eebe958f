import { chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())
beforeEach(() => (home = makeHome()))
afterEach(() => home.remove())

const user = z.strictObject({
  id: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  fullName: z.string().nullable(),
  role: z.string(),
  authProvider: z.string(),
  state: z.string(),
  lastSignIn: z.string().nullable(),
})
const page = z.strictObject({
  ok: z.literal(true),
  users: z.array(user),
  next: z.string().nullable(),
  total: z.number(),
})
const failure = z.strictObject({
  ok: z.literal(false),
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(1),
    details: z.record(z.string(), z.json()),
  }),
})

const password = 'violet staple harbour 71 wren'

describe('accounts', () => {
  const runWith = (stdin: string, ...argv: string[]) =>
    runCli({ file: cli.file, home: home.home, stdin }, ...argv)
  const run = (...argv: string[]) => runWith('', ...argv)
  const create = (name: string, ...more: string[]) =>
    run('users', 'create', name, '--email', `${name}@example.org`, ...more)
  const json = async <S extends z.ZodType>(schema: S, ...argv: string[]) => {
    const { code, stdout } = await run(...argv, '--json')
    return { code, document: schema.parse(JSON.parse(stdout)) }
  }

  it('makes the first administrator of an empty home, and keeps the home private', async () => {
    const made = z.strictObject({ ok: z.literal(true), user, passphrase: z.string() })
    const { code, document } = await json(
      made,
      'users',
      'create',
      'ada',
      '--email',
      'ada@example.org',
      '--role',
      'admin',
    )
    expect(code).toBe(0)
    expect(document.user).toMatchObject({
      username: 'ada',
      role: 'admin',
      authProvider: 'local',
      state: 'must-change-password',
    })
    expect(document.passphrase.split('-').length).toBeGreaterThanOrEqual(6)
    expect(statSync(join(home.home, 'authdesk.sqlite')).mode & 0o077).toBe(0)
    expect(readFileSync(join(home.home, 'authdesk.sqlite')).includes(document.passphrase)).toBe(false)
  })

  it('takes a password from standard input, and shows it nowhere', async () => {
    const { code, stdout, stderr } = await runWith(
      `${password}\n`,
      'users',
      'create',
      'ada',
      '--password-stdin',
      '--json',
    )
    expect(code).toBe(0)
    expect(stdout + stderr).not.toContain(password)
    expect(JSON.parse(stdout)).not.toHaveProperty('passphrase')
  })

  it('refuses what the rules refuse', async () => {
    await create('ada', '--role', 'admin')
    const refused = async (expected: string, exit: number, ...argv: string[]) => {
      const { code, document } = await json(failure, ...argv)
      expect([document.error.code, code]).toEqual([expected, exit])
    }
    await refused('NAME_TAKEN', 1, 'users', 'create', 'ADA', '--email', 'other@example.org')
    await refused('LAST_ADMIN', 1, 'users', 'disable', 'ada')
    await refused('NOT_FOUND', 1, 'users', 'show', 'nobody')
    await refused('INVALID_INPUT', 2, 'users', 'create', 'bob', '--email', 'no-address')
    await refused('INVALID_INPUT', 2, 'users', 'create', 'bob', '--password-stdin')
  })

  it('lists in pages', async () => {
    for (const name of ['ada', 'bob', 'cy']) await create(name)
    const first = await json(page, 'users', 'list', '--limit', '2')
    expect(first.document.users.map(({ username }) => username)).toEqual(['ada', 'bob'])
    expect(first.document.total).toBe(3)
    const second = await json(page, 'users', 'list', '--limit', '2', '--after', first.document.next ?? '')
    expect(second.document.users.map(({ username }) => username)).toEqual(['cy'])
    expect(second.document.next).toBeNull()
    expect((await json(page, 'users', 'list', '--search', 'bo')).document.users).toHaveLength(1)
    expect((await json(page, 'users', 'list', '--provider', 'ldap')).document.users).toEqual([])
  })

  it('disables and enables', async () => {
    await create('bob')
    const disabled = await run('users', 'disable', 'bob', '--reason', 'left the company', '--json')
    expect(JSON.parse(disabled.stdout)).toMatchObject({ ok: true, user: { state: 'disabled' } })
    const enabled = await run('users', 'enable', 'bob', '--json')
    expect(JSON.parse(enabled.stdout)).toMatchObject({ ok: true, user: { state: 'must-change-password' } })
  })

  it('resets the password of local accounts, and of no others', async () => {
    await create('bob')
    await create('eve', '--provider', 'ldap')
    const reset = z.strictObject({
      ok: z.literal(true),
      user,
      passphrase: z.string(),
      sessionsEnded: z.number(),
    })
    expect((await json(reset, 'users', 'reset-password', 'bob', '--reason', 'asked by phone')).code).toBe(0)
    const refused = await json(failure, 'users', 'reset-password', 'eve', '--reason', 'asked by phone')
    expect([refused.document.error.code, refused.code]).toEqual(['PASSWORD_NOT_LOCAL', 1])
  })

  it('writes down the operating-system user', async () => {
    await create('bob')
    const { stdout } = await run('users', 'show', 'bob', '--json')
    const { events } = z
      .object({ user: z.object({ events: z.array(z.object({ actor: z.string() })) }) })
      .parse(JSON.parse(stdout)).user
    expect(events[0]?.actor).toMatch(/^os:[^@]+@.+/)
  })

  it('looks at the database, brings it up to date and copies it', async () => {
    const status = z.strictObject({
      ok: z.literal(true),
      applied: z.array(z.string()),
      pending: z.array(z.string()),
      dialect: z.literal('sqlite'),
      path: z.string(),
    })
    const before = await json(status, 'db', 'status')
    expect(before.document.applied).toEqual([])
    expect(before.document.pending.length).toBeGreaterThan(0)
    expect(existsSync(join(home.home, 'authdesk.sqlite'))).toBe(false)
    expect((await json(failure, 'db', 'backup', join(home.home, 'early.sqlite'))).document.error.code).toBe(
      'NOT_FOUND',
    )
    const after = await json(status, 'db', 'migrate')
    expect(after.document).toMatchObject({ applied: before.document.pending, pending: [] })
    const copy = join(home.home, 'copy.sqlite')
    const backup = await json(status.extend({ file: z.string(), bytes: z.number() }), 'db', 'backup', copy)
    expect(backup.document).toMatchObject({ file: copy, bytes: statSync(copy).size })
    expect(statSync(copy).mode & 0o077).toBe(0)
    expect((await json(failure, 'db', 'backup', copy)).document.error.code).toBe('CONFLICT')
  })

  it('uses another database file with --db', async () => {
    const other = join(home.home, 'other.sqlite')
    await create('bob', '--db', `sqlite:${other}`)
    expect((await json(page, 'users', 'list', '--db', `sqlite:${other}`)).document.total).toBe(1)
    expect((await json(page, 'users', 'list')).document.total).toBe(0)
  })

  describe('--as', () => {
    it('refuses a wrong password like the window does', async () => {
      await create('ada', '--role', 'admin')
      const { code, stdout } = await runWith(
        'wrong\n',
        'users',
        'list',
        '--as',
        'ada',
        '--password-stdin',
        '--json',
      )
      expect(code).toBe(1)
      expect(failure.parse(JSON.parse(stdout)).error.code).toBe('SIGN_IN_REFUSED')
    })

    it('lets nobody act before a password that must be changed is changed', async () => {
      await runWith(`${password}\n`, 'users', 'create', 'ada', '--role', 'admin', '--password-stdin')
      const { code, stdout } = await runWith(
        `${password}\n`,
        'users',
        'list',
        '--as',
        'ada',
        '--password-stdin',
        '--json',
      )
      expect(code).toBe(1)
      expect(failure.parse(JSON.parse(stdout)).error.code).toBe('PASSWORD_MUST_CHANGE')
    })

    it('acts with the rights of the account, and no others', async () => {
      await runWith(`${password}\n`, 'users', 'create', 'hal', '--role', 'helpdesk', '--password-stdin')
      const database = new DatabaseSync(join(home.home, 'authdesk.sqlite'))
      database.exec('UPDATE users SET must_change_password = 0')
      database.close()
      const asHal = (...argv: string[]) =>
        runWith(`${password}\n`, ...argv, '--as', 'hal', '--password-stdin', '--json')
      const listed = await asHal('users', 'list')
      expect({ code: listed.code, total: page.parse(JSON.parse(listed.stdout)).total }).toEqual({
        code: 0,
        total: 1,
      })
      const refused = await asHal('users', 'disable', 'hal', '--reason', 'a joke')
      expect([refused.code, failure.parse(JSON.parse(refused.stdout)).error.code]).toEqual([1, 'FORBIDDEN'])
    })

    it('is not decided by the caller’s environment', async () => {
      await create('ada', '--role', 'admin')
      const environment = { AUTH_METHOD: 'none' }
      const run = { file: cli.file, home: home.home, environment, stdin: '\n' }
      const { code, stdout } = await runCli(run, 'users', 'list', '--as', 'ada', '--password-stdin', '--json')
      expect([code, failure.parse(JSON.parse(stdout)).error.code]).toEqual([1, 'SIGN_IN_REFUSED'])
    })

    it('needs a terminal or --password-stdin', async () => {
      expect((await json(failure, 'users', 'list', '--as', 'ada')).code).toBe(2)
    })
  })

  it.skipIf(process.getuid?.() !== 0)('on another user’s home is refused without --as', async () => {
    await create('ada', '--role', 'admin')
    chownSync(home.home, 4711, 4711)
    const { code, document } = await json(failure, 'users', 'list')
    expect([document.error.code, code]).toEqual(['FORBIDDEN', 1])
    chownSync(home.home, 0, 0)
    chownSync(join(home.home, 'authdesk.sqlite'), 4711, 4711)
    expect((await json(failure, 'users', 'list')).document.error.code).toBe('FORBIDDEN')
  })

  it('moves accounts in and out, a preview first', async () => {
    await create('ada', '--role', 'admin')
    const file = join(home.home, 'people.csv')
    writeFileSync(file, 'username,auth_provider\ngrace,ldap\nADA,\nx,saml\n')
    const loose = z.looseObject({ mode: z.string(), counts: z.record(z.string(), z.number()) })
    const seen = await json(loose, 'users', 'import', file)
    expect(seen).toMatchObject({
      code: 0,
      document: { mode: 'preview', counts: { create: 1, skip: 1, refuse: 1 } },
    })
    expect((await json(page, 'users', 'list')).document.total).toBe(1)
    expect(await json(loose, 'users', 'import', file, '--apply')).toMatchObject({ code: 0 })
    expect((await json(page, 'users', 'list')).document.total).toBe(2)
    const out = join(home.home, 'out.json')
    expect((await run('users', 'export', out, '--provider', 'ldap')).stdout).toContain(`1 accounts in ${out}`)
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject([
      { username: 'grace', auth_provider: 'ldap' },
    ])
    expect((await run('users', 'import', join(home.home, 'people.txt'))).code).toBe(2)
  })

  it('does one thing to many, a preview first', async () => {
    await create('ada', '--role', 'admin')
    await create('lin', '--provider', 'ldap')
    await create('liu', '--provider', 'ldap')
    const bulk = (...more: string[]) =>
      run('users', 'bulk', 'disable', '--reason', 'directory retired', ...more)
    expect((await bulk('--provider', 'ldap')).stdout).toContain('2 would change')
    expect((await bulk('--provider', 'ldap', '--apply')).stdout).toContain('2 of 2 changed')
    const all = await bulk('--apply')
    expect(all).toMatchObject({ code: 1 })
    expect(all.stdout).toContain('ada  LAST_ADMIN')
    expect((await run('users', 'bulk', 'explode', '--reason', 'why not')).code).toBe(2)
  })

  it('unlocks, forces a change, gives a role and deletes, each with its record', async () => {
    await create('ada', '--role', 'admin')
    const made = await create('grace')
    expect(made.code).toBe(0)
    expect((await run('users', 'unlock', 'grace', '--reason', 'called in')).code).toBe(1)
    expect((await run('users', 'force-change', 'grace', '--reason', 'called in')).stderr).toContain(
      'CONFLICT',
    )
    expect((await run('users', 'set-role', 'grace', 'auditor')).stdout).toMatch(/Role +auditor/)
    expect((await run('users', 'set-role', 'grace', 'king')).code).toBe(2)
    expect((await run('users', 'delete', 'grace', '--reason', 'left')).code).toBe(0)
    expect((await create('Grace')).stderr).toContain('NAME_RESERVED')
    expect((await run('users', 'set-role', 'ada', 'user')).stderr).toContain('LAST_ADMIN')
    expect((await run('requests', 'list')).stdout).toContain('No request.')
  })
})
