import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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

const run = (noun: 'ldap' | 'oidc', stdin: string, ...argv: string[]) =>
  runCli({ file: cli.file, home: home.home, stdin }, noun, 'inspect', ...argv)
const inspect = (stdin: string, ...argv: string[]) => run('oidc', stdin, ...argv)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${encode({ alg: 'HS256' })}.${encode({ sub: 'canary-subject' })}.c2lnbmF0dXJl`

/** Without an interface nothing can be asked of anybody; only the superuser may make such a namespace. */
const alone = process.getuid?.() === 0 ? (['unshare', '--net'] as const) : ([] as const)
function inspectAlone(noun: 'ldap' | 'oidc', stdin: string | Buffer): unknown {
  const [command, ...rest] = [...alone, process.execPath, cli.file, '--home', home.home]
  try {
    const argv = [...rest, '--json', noun, 'inspect']
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
      expect(inspectAlone('oidc', text)).toEqual(JSON.parse((await inspect(text, '--json')).stdout))
    }
  })
})

describe('ldap inspect', () => {
  it('explains an error as the test of a directory would', async () => {
    const ended = await run(
      'ldap',
      'ldap_bind: Invalid credentials (49)\n additional info: … data 775, v4563\n',
    )
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('LDAP_USER_LOCKED')
  })

  it.runIf(alone.length > 0)('takes a certificate in PEM and in DER for the same, without a network', () => {
    const folder = mkdtempSync(join(tmpdir(), 'authdesk-inspect-'))
    const file = join(folder, 'cert.pem')
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '30',
        ],
        ...['-subj', '/CN=ldap.example.org', '-keyout', join(folder, 'key.pem'), '-out', file],
      ],
      { stdio: 'ignore' },
    )
    const der = execFileSync('openssl', ['x509', '-in', file, '-outform', 'DER'])
    const seen = inspectAlone('ldap', readFileSync(file))
    rmSync(folder, { recursive: true })
    expect(seen).toMatchObject({ ok: true, kind: 'certificate' })
    expect(inspectAlone('ldap', der)).toEqual(seen)
  })
})
