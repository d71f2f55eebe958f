import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { productMetadata } from '../../unit/oidc/rule-book/metadata-fixtures'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())
beforeEach(() => (home = makeHome()))
afterEach(() => home.remove())

const inspect = (stdin: string, ...argv: string[]) =>
  runCli({ file: cli.file, home: home.home, stdin }, 'oidc', 'inspect', ...argv)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${encode({ alg: 'HS256' })}.${encode({ sub: 'canary-subject' })}.c2lnbmF0dXJl`

/** Without an interface nothing can be asked of anybody; only the superuser may make such a namespace. */
const alone = process.getuid?.() === 0 ? (['unshare', '--net'] as const) : ([] as const)
function inspectAlone(stdin: string): unknown {
  const [command, ...rest] = [...alone, process.execPath, cli.file, '--home', home.home]
  try {
    const argv = [...rest, '--json', 'oidc', 'inspect']
    return JSON.parse(execFileSync(command, argv, { input: stdin, encoding: 'utf8', stdio: 'pipe' }))
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout)
  }
}

describe('oidc inspect', () => {
  it('says what standard input is and what is wrong with it', async () => {
    const ended = await inspect('AADSTS7000222: The provided client secret keys are expired.')
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('OIDC_CLIENT_REJECTED')
    expect(ended.stdout).toContain('The client secret has expired.')
    expect(ended.stdout).toContain('Certificates & secrets')
  })

  it('is well where nothing is wrong, with the settings at hand', async () => {
    const [metadata = {}] = productMetadata.keycloak
    const lines = ['AUTH_METHOD=oidc', `OIDC_ISSUER=${String(metadata['issuer'])}`, 'OIDC_CLIENT_ID=desk']
    writeFileSync(join(home.home, 'profiles', 'default.env'), lines.join('\n'), { mode: 0o600 })
    const ended = await inspect(JSON.stringify(metadata), '--json')
    expect([ended.code, JSON.parse(ended.stdout)]).toMatchObject([
      0,
      { ok: true, kind: 'discovery', product: 'keycloak' },
    ])
  })

  it('keeps nothing of a token', async () => {
    const ended = await inspect(token, '--json')
    expect(JSON.parse(ended.stdout)).toMatchObject({ ok: false, kind: 'id-token' })
    const grep = spawnSync('grep', ['-rlE', `canary-subject|${token.slice(0, 20)}`, home.home])
    expect([grep.status, grep.stdout.toString()]).toEqual([1, ''])
  })

  it('refuses an empty input', async () => {
    const ended = await inspect(' \n', '--json')
    expect([ended.code, JSON.parse(ended.stdout)]).toMatchObject([2, { error: { code: 'INVALID_INPUT' } }])
  })

  it.runIf(alone.length > 0)('answers the same where there is no network at all', async () => {
    for (const text of [token, JSON.stringify(productMetadata.entra[1]), 'Invalid parameter: redirect_uri']) {
      expect(inspectAlone(text)).toEqual(JSON.parse((await inspect(text, '--json')).stdout))
    }
  })
})
