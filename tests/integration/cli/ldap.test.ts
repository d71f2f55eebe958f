import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildCli, makeHome, runCli, type Cli } from './cli-process'

let cli: Cli
let home: ReturnType<typeof makeHome>
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())
beforeEach(() => (home = makeHome()))
afterEach(() => home.remove())

const ldif = `dn: dc=example,dc=org
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=users,dc=example,dc=org
objectClass: organizationalUnit
ou: users

dn: uid=ada,ou=users,dc=example,dc=org
objectClass: inetOrgPerson
uid: ada
cn: Ada Lovelace
sn: Lovelace
givenName: Ada
mail: ada@example.org
`

interface Ladder {
  readonly ok: boolean
  readonly stages: readonly { readonly id: string; readonly status: string; readonly code: string | null }[]
}

function settings(port: number): void {
  const lines = [
    'AUTH_METHOD=ldap',
    'LDAP_HOST=127.0.0.1',
    `LDAP_PORT=${port}`,
    'LDAP_TIMEOUT=60',
    'LDAP_BASE_DN=dc=example,dc=org',
    'LDAP_BIND_DN=cn=reader,dc=example,dc=org',
  ]
  writeFileSync(join(home.home, 'profiles', 'default.env'), lines.join('\n'), { mode: 0o600 })
}

const environment = { LDAP_BIND_PASSWORD: 'hunter2 of the service account' }
const run = (...argv: string[]) => runCli({ file: cli.file, home: home.home, environment }, ...argv)

/** Takes connections and never says a word. */
async function silentServer(): Promise<{ server: Server; port: number; asked: Promise<void> }> {
  let heard: () => void = () => undefined
  const asked = new Promise<void>((resolve) => (heard = resolve))
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    heard()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port, asked }
}

describe('ldap test', () => {
  it('against a file passes from the base on', async () => {
    settings(389)
    writeFileSync(join(home.home, 'directory.ldif'), ldif)
    const file = join(home.home, 'directory.ldif')
    const { code, stdout, stderr } = await run('ldap', 'test', '--user', 'ada', '--against', file, '--json')
    const ladder = JSON.parse(stdout) as Ladder
    expect({ code, ok: ladder.ok }).toEqual({ code: 0, ok: true })
    expect(ladder).toMatchObject({ target: { encryption: 'file' }, user: { email: 'ada@example.org' } })
    expect(ladder.stages.map(({ id }) => id)).not.toContain('tcp')
    expect(stdout + stderr).not.toContain('hunter2')
  })

  it('writes a report in the form that the ending says, and no other', async () => {
    settings(389)
    const ldifFile = join(home.home, 'directory.ldif')
    writeFileSync(ldifFile, `${ldif}userPassword: {SSHA}aGlkZGVuLWhhc2gtb2YtYWRh\n`)
    const beginnings = { html: '<!doctype html>', md: '# Directory test', json: '{\n  "report": 1,' }
    for (const [ending, beginning] of Object.entries(beginnings)) {
      const file = join(home.home, `run.${ending}`)
      const asked = ['--user', 'ada', '--against', ldifFile, '--report', file, '--json']
      const { code, stdout } = await run('ldap', 'test', ...asked)
      expect({ code, report: (JSON.parse(stdout) as { report: string }).report }).toEqual({
        code: 0,
        report: file,
      })
      const text = readFileSync(file, 'utf8')
      expect(text.startsWith(beginning)).toBe(true)
      expect(text).toContain('cn=reader,dc=example,dc=org')
      expect(text).not.toMatch(/hunter2|aGlkZGVu/)
      expect(statSync(file).mode & 0o077).toBe(0)
    }
    const { code, stderr } = await run('ldap', 'test', '--report', join(home.home, 'run.pdf'))
    expect(code).toBe(2)
    expect(stderr).toContain('.html, .md or .json')
  }, 60_000)

  it('ends with 1 where the directory is not well', async () => {
    const { server, port } = await silentServer()
    await new Promise((resolve) => server.close(resolve))
    settings(port)
    const { code, stdout, stderr } = await run('ldap', 'test', '--json')
    const ladder = JSON.parse(stdout) as Ladder
    expect({ code, ok: ladder.ok }).toEqual({ code: 1, ok: false })
    expect(ladder.stages).toContainEqual(expect.objectContaining({ id: 'tcp', code: 'LDAP_CONNECT_REFUSED' }))
    expect(stdout + stderr).not.toContain('hunter2')
  })

  it('ends with 2 where the settings are to blame', async () => {
    const { code, stdout } = await run('ldap', 'test', '--json')
    expect(code).toBe(2)
    expect((JSON.parse(stdout) as Ladder).stages[0]).toMatchObject({ id: 'config', status: 'failed' })
  })

  it('ends with 2 for a file that is not there', async () => {
    settings(389)
    expect((await run('ldap', 'test', '--against', join(home.home, 'absent.ldif'))).code).toBe(2)
  })

  it('ends with 130 when it is interrupted, and leaves nothing running', async () => {
    const { server, port, asked } = await silentServer()
    settings(port)
    const started = (kill: (signal: NodeJS.Signals) => void) => void asked.then(() => kill('SIGINT'))
    const { code } = await runCli(
      { file: cli.file, home: home.home, environment, started },
      'ldap',
      'test',
      '--json',
    )
    server.close()
    expect(code).toBe(130)
  })

  it('stops after --timeout', async () => {
    const { server, port } = await silentServer()
    settings(port)
    const { code } = await run('ldap', 'test', '--timeout', '3', '--json')
    server.close()
    expect(code).toBe(1)
  })
})

describe('oidc test', () => {
  it('does not know a provider that is not described', async () => {
    const { code, stdout } = await run('oidc', 'test', 'nowhere', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'OIDC_PROVIDER_NOT_FOUND' } })
  })
})
