import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())
beforeEach(() => (home = makeHome()))
afterEach(() => home.remove())

describe('usage', () => {
  const run = (...argv: string[]) => runCli({ file: cli.file, home: home.home }, ...argv)

  it('helps at every level without a home', async () => {
    const nowhere = { file: cli.file, home: '/dev/null/nowhere' }
    for (const path of [[], ['users'], ['users', 'create'], ['ldap', 'test'], ['config', 'check']]) {
      const { code, stdout, stderr } = await runCli(nowhere, ...path, '--help')
      expect({ path, code, stderr }).toEqual({ path, code: 0, stderr: '' })
      expect(stdout).toContain('Usage: authdesk')
      if (path.length !== 1) expect(stdout).toContain('Example')
    }
  })

  it.each([
    ['an unknown noun', ['frobnicate']],
    ['a noun without a verb', ['users']],
    ['an unknown option', ['users', 'list', '--frobnicate=hunter2']],
    ['a missing argument', ['users', 'show']],
    ['a missing reason', ['users', 'reset-password', 'ada']],
    ['a page that is too long', ['users', 'list', '--limit', '501']],
    ['an unknown role', ['users', 'list', '--role', 'king']],
    ['a password as an argument', ['users', 'create', 'ada', '--password=hunter2']],
    ['a password in a database URL', ['users', 'list', '--db', 'postgres://ada:hunter2@db/app']],
    ['PostgreSQL', ['users', 'list', '--db', 'postgres://db/app']],
  ])('ends with 2 for %s', async (_what, argv) => {
    const { code, stdout, stderr } = await run(...argv, '--json')
    expect(code).toBe(2)
    expect(stdout + stderr).not.toContain('hunter2')
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })

  it('refuses a database URL with a password from the environment as plainly', async () => {
    const environment = { AUTHDESK_DB: 'postgres://ada:hunter2@db/app' }
    const { code, stderr } = await runCli({ file: cli.file, home: home.home, environment }, 'users', 'list')
    expect(code).toBe(2)
    expect(stderr).not.toContain('hunter2')
  })

  it('says a refusal on standard error where no JSON is asked for', async () => {
    const { code, stdout, stderr } = await run('users', 'create', 'ada', '--password=hunter2')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('[INVALID_INPUT]')
    expect(stderr).not.toContain('hunter2')
  })

  describe('config check', () => {
    it('is well without any settings', async () => {
      const { code, stdout, stderr } = await run('config', 'check', '--json')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, method: 'local', file: null, findings: [] })
    })

    it('ends with 1 where the settings are not valid, and shows no secret', async () => {
      const file = join(home.home, 'app.env')
      writeFileSync(file, 'AUTH_METHOD=ldap\nLDAP_BIND_PASSWORD=hunter2\nOIDC_CLIENT_SECRET=hunter2\n')
      const json = await run('config', 'check', '--json', '--env-file', file)
      expect(json.code).toBe(1)
      const check = JSON.parse(json.stdout) as { findings: { code: string; setting: string | null }[] }
      expect(check).toMatchObject({ ok: false, method: null, file })
      expect(check.findings.map(({ code, setting }) => [code, setting])).toContainEqual([
        'CONFIG_MISSING',
        'LDAP_HOST',
      ])
      const text = await run('config', 'check', '--env-file', file)
      expect(text.code).toBe(1)
      expect(text.stdout).toContain('CONFIG_MISSING')
      expect(json.stdout + json.stderr + text.stdout + text.stderr).not.toContain('hunter2')
    })

    it('takes the environment for the governing profile', async () => {
      const environment = { LDAP_TIMEOUT: '7' }
      const { stdout } = await runCli(
        { file: cli.file, home: home.home, environment },
        'config',
        'check',
        '--json',
      )
      const { settings } = JSON.parse(stdout) as {
        settings: { name: string; value: string; source: string }[]
      }
      expect(settings).toContainEqual(
        expect.objectContaining({ name: 'LDAP_TIMEOUT', value: '7', source: 'environment' }),
      )
    })

    it('loads no database', async () => {
      await run('config', 'check')
      expect((await run('db', 'status', '--json')).stdout).toContain('"applied": []')
    })
  })

  it('invalid settings end every other command with 2', async () => {
    writeFileSync(join(home.home, 'profiles', 'default.env'), 'AUTH_METHOD=magic\n', { mode: 0o600 })
    for (const argv of [
      ['users', 'list'],
      ['users', 'create', 'ada'],
      ['db', 'status'],
    ]) {
      const { code, stdout } = await run(...argv, '--json')
      expect({ argv, code }).toEqual({ argv, code: 2 })
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        error: { code: 'CONFIG_INVALID', details: { findings: [{ setting: 'AUTH_METHOD' }] } },
      })
    }
  })

  it('says where the home cannot be used', async () => {
    const { code, stdout } = await runCli(
      { file: cli.file, home: '/dev/null/nowhere' },
      'users',
      'list',
      '--json',
    )
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'DB_UNAVAILABLE' } })
  })
})

it('the guide names exactly the commands that there are', async () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/COMMAND_LINE.md'), 'utf8')
  const named = [...guide.matchAll(/^\| `authdesk (\w+) ([\w-]+)/gm)].map(([, noun = '', verb = '']) => [
    noun,
    verb,
  ])
  const verbsOf = async (...path: string[]) => {
    const { stdout } = await runCli({ file: cli.file, home: home.home }, ...path, '--help')
    return [...(stdout.split('Commands:')[1]?.split('Examples:')[0] ?? '').matchAll(/^ {2}([\w-]+)/gm)].map(
      ([, verb = '']) => verb,
    )
  }
  const existing: string[][] = []
  for (const noun of await verbsOf()) existing.push(...(await verbsOf(noun)).map((verb) => [noun, verb]))
  expect(existing.length).toBeGreaterThan(10)
  expect(named.toSorted()).toEqual(existing.toSorted())
})
