import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startFake, type FakeProvider } from '../../support/oidc-fake'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
let fake: FakeProvider
beforeAll(async () => {
  ;[cli, fake] = await Promise.all([buildCli(), startFake()])
})
afterAll(async () => {
  cli.remove()
  await fake.stop()
})
beforeEach(() => {
  fake.script = {}
  home = makeHome()
  const lines = [
    'AUTH_METHOD=both',
    `OIDC_ISSUER=${fake.issuer}`,
    'OIDC_CLIENT_ID=desk',
    'OIDC_PROVIDER_SLUG=fake',
  ]
  writeFileSync(join(home.home, 'profiles', 'default.env'), lines.join('\n'), { mode: 0o600 })
})
afterEach(() => home.remove())

/** A browser that follows redirects. */
function browser(): string {
  const file = join(home.home, 'browser.mjs')
  writeFileSync(file, 'await (await fetch(process.argv[2])).text()')
  return `${process.execPath} ${file}`
}
const login = (BROWSER: string, ...argv: string[]) =>
  runCli({ file: cli.file, home: home.home, environment: { BROWSER } }, 'oidc', 'login', ...argv)

describe('oidc login', () => {
  it('explains a sign-in through BROWSER as one JSON document', async () => {
    const ended = await login(browser(), 'fake', '--dry-run', '--json')
    expect([ended.code, JSON.parse(ended.stdout)]).toMatchObject([
      0,
      {
        ok: true,
        decision: { allowed: true },
        account: { action: 'create', username: 'ada' },
        claims: expect.arrayContaining([
          { name: 'email', value: 'ada@example.org', origin: 'id-token', use: 'email' },
        ]) as unknown,
      },
    ])
    expect(ended.stderr).toContain(`${fake.issuer}/authorize`)
  })

  it('says it in words, and ends with 1 where nobody would get in', async () => {
    fake.script = { idToken: { claims: { nonce: 'old' } } }
    const ended = await login(browser(), 'fake', '--dry-run')
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('OIDC_NONCE')
    expect(ended.stdout).toContain('Nothing was kept')
  })

  it('needs --dry-run, and a browser that starts', async () => {
    expect((await login(browser(), 'fake')).code).toBe(2)
    const ended = await login('/nowhere/browser', 'fake', '--dry-run', '--json')
    expect([ended.code, JSON.parse(ended.stdout)]).toMatchObject([1, { decision: { code: 'OIDC_BROWSER' } }])
  })
})

describe('oidc symptom', () => {
  const symptom = (...argv: string[]) =>
    runCli({ file: cli.file, home: home.home }, 'oidc', 'symptom', ...argv)

  it('runs the checks of the one that is meant', async () => {
    fake.script = { token: () => ({ status: 401, body: { error: 'invalid_client' } }) }
    const ended = await symptom('invalid_grant', '--json')
    expect([ended.code, JSON.parse(ended.stdout)]).toMatchObject([
      1,
      {
        ok: false,
        symptom: 'invalidGrant',
        findings: [{ status: 'failed', code: 'OIDC_CLIENT_REJECTED' }, {}, {}],
      },
    ])
  })

  it('knows an account’s name that is not there, lists all, and refuses words that nothing has', async () => {
    const ended = await symptom('notAdmin', '--user', 'ada', '--json')
    expect(JSON.parse(ended.stdout)).toMatchObject({ findings: [{ code: 'ROLE_NOT_GRANTED' }] })
    expect((await symptom()).stdout).toContain('buttonMissing')
    expect((await symptom('zebra')).code).toBe(2)
  })
})
