import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

const fixtures = join(import.meta.dirname, '../../fixtures/applications')

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())
beforeEach(() => (home = makeHome()))
afterEach(() => home.remove())

const run = (...argv: string[]) => runCli({ file: cli.file, home: home.home }, ...argv)
const profile = (name: string) => join(home.home, 'profiles', `${name}.env`)
async function json(...argv: string[]): Promise<{ code: number | null; document: unknown }> {
  const { code, stdout } = await run(...argv, '--json')
  return { code, document: JSON.parse(stdout) as unknown }
}

describe('profiles', () => {
  it('are added from an application’s file, and say what became of its secrets', async () => {
    const added = await run('profiles', 'add', 'tasks', join(fixtures, 'vikunja.yml'))
    expect(added.code).toBe(0)
    expect(added.stdout).toContain('Secrets that are not kept: LDAP_BIND_PASSWORD')
    expect(added.stdout).toContain('service.jwtsecret')
    expect(readFileSync(profile('tasks'), 'utf8')).not.toMatch(/client-secret|reader-password/)
    expect(await json('profiles', 'list')).toMatchObject({
      code: 0,
      document: {
        ok: true,
        profiles: [
          { name: 'default', governs: true, file: null },
          { name: 'tasks', kind: 'vikunja', governs: false, file: profile('tasks') },
        ],
      },
    })
  })

  it('are examined with --profile, and only by what examines', async () => {
    await run('profiles', 'add', 'time', join(fixtures, 'timetracker.env'))
    writeFileSync(profile('default'), 'AUTH_METHOD=local\n', { mode: 0o600 })
    expect(await json('config', 'check', '--profile', 'time')).toMatchObject({
      document: { file: profile('time') },
    })
    expect(await json('config', 'check')).toMatchObject({ code: 0, document: { method: 'local' } })
    expect(await json('oidc', 'test', '--profile', 'nobody')).toMatchObject({
      document: { error: { code: 'NOT_FOUND' } },
    })
    expect(await json('users', 'list', '--profile', 'time')).toMatchObject({
      code: 2,
      document: { error: { code: 'INVALID_INPUT' } },
    })
  })

  it('are copied, compared, shown, exported, renamed and removed', async () => {
    await run('profiles', 'add', 'todo', join(fixtures, 'tududi-numbered.env'))
    expect((await run('profiles', 'copy', 'todo', 'staging')).code).toBe(0)
    expect((await run('profiles', 'diff', 'todo', 'staging')).stdout).toContain('do not differ')
    writeFileSync(
      profile('staging'),
      readFileSync(profile('todo'), 'utf8').replace('OIDC_ENABLED=true', 'OIDC_ENABLED=false'),
    )
    expect(await json('profiles', 'diff', 'todo', 'staging')).toMatchObject({
      document: {
        settings: [{ name: 'OIDC_ENABLED', differs: true, sides: [{ value: 'true' }, { value: 'false' }] }],
      },
    })
    expect((await run('profiles', 'show', 'todo')).stdout).toContain('Sign-in mode: both')
    const file = join(home.home, 'out.yaml')
    const exported = await json('profiles', 'export', 'todo', file, '--format', 'compose')
    expect(exported).toMatchObject({ code: 0, document: { application: 'tududi', file, leftOut: [] } })
    expect(readFileSync(file, 'utf8')).toContain('OIDC_PROVIDER_1_ISSUER: "https://accounts.google.com"')
    expect((await run('profiles', 'rename', 'staging', 'old')).code).toBe(0)
    expect((await run('profiles', 'remove', 'old')).code).toBe(0)
    expect([existsSync(profile('staging')), existsSync(profile('old'))]).toEqual([false, false])
    expect(await json('profiles', 'remove', 'default')).toMatchObject({
      code: 1,
      document: { error: { code: 'CONFLICT' } },
    })
  })

  it('drop what the desktop kept for them, which the command line cannot read', async () => {
    const secrets = join(home.home, 'secrets.json')
    writeFileSync(secrets, '{"todo/OIDC_CLIENT_SECRET":"AAAA","default/LDAP_BIND_PASSWORD":"BBBB"}')
    await run('profiles', 'add', 'todo', join(fixtures, 'tududi-single.env'))
    expect(JSON.parse(readFileSync(secrets, 'utf8'))).toEqual({ 'default/LDAP_BIND_PASSWORD': 'BBBB' })
  })

  it('govern only with --apply; without it their impact is shown', async () => {
    await run('profiles', 'add', 'pulse', join(fixtures, 'pulse.env'))
    const preview = await json('profiles', 'govern', 'pulse')
    expect(preview).toMatchObject({
      code: 0,
      document: { mode: 'preview', governing: 'default', methods: ['local', 'both'] },
    })
    expect(await json('profiles', 'list')).toMatchObject({
      document: { profiles: [{ governs: true }, { governs: false }] },
    })
    expect((await run('profiles', 'govern', 'pulse', '--apply')).stdout).toContain(
      'pulse governs. 0 sessions ended.',
    )
    expect(await json('config', 'check')).toMatchObject({
      document: { method: 'both', file: profile('pulse') },
    })
  })
})

describe('--env-file with Vikunja’s config.yml', () => {
  it('is judged like any settings file, with its lines', async () => {
    const file = join(home.home, 'config.yml')
    writeFileSync(file, 'auth:\n  openid:\n    enabled: perhaps\n', { mode: 0o600 })
    const { code, stdout } = await run('config', 'check', '--env-file', file)
    expect(code).toBe(1)
    expect(stdout).toContain('CONFIG_INVALID  auth.openid.enabled, line 3')
  })
})
