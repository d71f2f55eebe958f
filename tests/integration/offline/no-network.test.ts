import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { productMetadata } from '../../unit/oidc/rule-book/metadata-fixtures'
import { buildCli, makeHome, runCli, type Cli } from '../cli/cli-process'
import { seedLdif } from '../../support/slapd-seed'

/**
 * The C library asks a cache daemon of this machine who the user is, over a socket of the file system: no network, and
 * nothing of ours. A connection to any other place counts.
 */
const isUserLookUp = (line: string) => /socket\(AF_UNIX|sun_path="\/(?:var\/)?run\/nscd\/socket"/.test(line)

/** A namespace without interfaces, not even loopback; where the kernel refuses one, there is nothing to be tested. */
const namespaces = [
  ['unshare', '--net'],
  ['unshare', '--user', '--map-root-user', '--net'],
] as const
const works = (command: readonly string[]) =>
  spawnSync(command[0] ?? '', [...command.slice(1), 'true']).status === 0
const alone = namespaces.find(works)
const hasStrace = spawnSync('strace', ['-V']).status === 0

let cli: Cli
let home: ReturnType<typeof makeHome>
let folder: string
beforeAll(async () => {
  cli = await buildCli()
  home = makeHome()
  folder = mkdtempSync(join(tmpdir(), 'authdesk-offline-'))
  writeFileSync(join(folder, 'directory.ldif'), seedLdif())
  const lines = [
    ...['AUTH_METHOD=all', 'LDAP_HOST=ldap.example.test', 'LDAP_USE_SSL=true', 'LDAP_REQUIRED_GROUP=staff'],
    ...['LDAP_BASE_DN=dc=example,dc=test', 'LDAP_USER_DN=ou=people', 'OIDC_CLIENT_ID=desk'],
    ...['LDAP_BIND_DN=cn=reader,dc=example,dc=test', 'LDAP_BIND_PASSWORD=never-sent'],
    'OIDC_ISSUER=https://id.example.test',
  ]
  writeFileSync(join(home.home, 'profiles', 'default.env'), lines.join('\n'), { mode: 0o600 })
  // The database is made once, so that each run asks the same of the same.
  await runCli({ file: cli.file, home: home.home }, 'db', 'migrate')
})
afterAll(() => {
  cli.remove()
  home.remove()
  rmSync(folder, { recursive: true, force: true })
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const against = () => ['--against', join(folder, 'directory.ldif')]
const people = ['ada', 'alan', 'nobody', 'twin', 'edsger', 'nomail', 'locked', 'mustchange']
const texts = [
  'ldap_bind: Invalid credentials (49)',
  '80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 775, v4563',
  '(&(uid=ada)',
  'uid=ada,ou=people,dc=example,dc=test',
  'AADSTS50011: The redirect URI does not match',
  'http://127.0.0.1/callback?error=access_denied&state=x',
  `${encode({ alg: 'none' })}.${encode({ sub: 'u1', iss: 'https://id.example.test' })}.`,
  ...Object.values(productMetadata).flatMap((all) => all.map((metadata) => JSON.stringify(metadata))),
]
const runs: readonly (readonly [name: string, argv: () => readonly string[], stdin: string])[] = [
  ['ldap test', () => ['ldap', 'test', ...against()], ''],
  ...people.map(
    (user) => [`ldap test ${user}`, () => ['ldap', 'test', '--user', user, ...against()], ''] as const,
  ),
  ...people.map(
    (user) => [`ldap explain ${user}`, () => ['ldap', 'explain', user, ...against()], ''] as const,
  ),
  ['ldap sync', () => ['ldap', 'sync', ...against()], ''],
  ['lab open', () => ['lab', 'open', join(folder, 'directory.ldif')], ''],
  ['lab filter', () => ['lab', 'filter', '(&(mail=*)(title=none))', ...against()], ''],
  ...texts.map((text) => [`lab inspect ${text.slice(0, 50)}`, () => ['lab', 'inspect'], text] as const),
]

/** Times differ from run to run; nothing else may. */
const withoutTimes = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => (key === 'ms' || key === 'id' ? null : value))

interface Traced {
  readonly answer: unknown
  /** Every socket that was made or connected, those of resolvers too. */
  readonly sockets: readonly string[]
}

function traced(argv: readonly string[], stdin: string, prefix: readonly string[]): Promise<Traced> {
  const trace = join(folder, `trace-${Math.random()}`)
  const strace = ['strace', '-f', '-qq', '-e', 'trace=socket,connect,sendto', '-o', trace]
  const [command = '', ...rest] = [...prefix, ...strace, process.execPath, cli.file, '--json', ...argv]
  const environment = { PATH: process.env['PATH'] ?? '', HOME: home.home, AUTHDESK_HOME: home.home }
  return new Promise((resolve, reject) => {
    const child = execFile(command, rest, { env: environment }, (_error, stdout, stderr) => {
      try {
        const lines = readFileSync(trace, 'utf8').split('\n')
        const sockets = lines.filter((line) => /\b(?:socket|connect)\(/.test(line) && !isUserLookUp(line))
        resolve({ answer: withoutTimes(stdout), sockets })
      } catch (cause) {
        reject(new Error(stderr, { cause }))
      }
    })
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(stdin)
  })
}

describe.skipIf(!alone || !hasStrace)('without a network', () => {
  it('the trace would show a socket', async () => {
    const { sockets } = await traced(['ldap', 'test'], '', alone ?? [])
    expect(sockets).not.toEqual([])
  })

  it.each(runs)('%s answers the same, and opens no socket', async (_name, argv, stdin) => {
    const there = await runCli({ file: cli.file, home: home.home, stdin }, '--json', ...argv())
    const { answer, sockets } = await traced(argv(), stdin, alone ?? [])
    expect(sockets).toEqual([])
    expect(answer).toEqual(withoutTimes(there.stdout))
  })
})
