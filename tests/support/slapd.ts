import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createPki, type Pki, type ServerCertificate } from './pki'
import { baseDn, bindDn, bindPassword, passwords, seedLdif } from './slapd-seed'

const run = promisify(execFile)

export interface SlapdOptions {
  /** The server's certificate; `none` offers neither LDAPS nor StartTLS. Default `good`. */
  readonly tls?: ServerCertificate | 'none'
  /** A directory of one's own instead of the seeded one; its suffix must be `dc=example,dc=test`. */
  readonly ldif?: string
  /** Further lines of slapd.conf, before and inside the database section. */
  readonly globalConfig?: readonly string[]
  readonly databaseConfig?: readonly string[]
  /** Shared by several servers of one test; otherwise made and removed with the server. */
  readonly pki?: Pki
}

export interface Slapd {
  readonly host: '127.0.0.1'
  readonly ldapPort: number
  readonly ldapsPort: number
  readonly baseDn: string
  readonly bindDn: string
  readonly bindPassword: string
  /** What a client must trust for `tls: 'good'`. */
  readonly caFile: string
  /** Passwords of the seeded people by user name: ada, grace, alan, katherine, edsger … */
  readonly passwords: Readonly<Record<string, string>>
  readonly pid: () => number | null
  /** What `slapcat` writes of the whole directory. */
  readonly slapcat: () => Promise<string>
  /** Ends the server and keeps its data and ports; `start` brings it back. */
  readonly halt: () => Promise<void>
  readonly start: () => Promise<void>
  /** Ends the server and removes everything it made. */
  readonly stop: () => Promise<void>
}

const modules = ['/usr/lib/ldap', '/usr/lib/openldap', '/usr/lib64/openldap', '/usr/libexec/openldap']
const schemas = ['/etc/ldap/schema', '/etc/openldap/schema']

function first(paths: readonly string[], fallback: string): string {
  return paths.find((path) => existsSync(path)) ?? fallback
}
/** Where OpenLDAP keeps its schemas, for tests that need another one. */
export const schemaFolder = first(schemas, '/etc/ldap/schema')
const binary = (name: string): string => first([`/usr/sbin/${name}`, `/usr/libexec/${name}`], name)

/** Where util-linux can do it, the server ends with the test process, even if that one crashes. */
function tiedToUs(command: readonly [string]): readonly [string, ...string[]] {
  const tool = '/usr/bin/setpriv'
  return existsSync(tool) ? [tool, '--pdeathsig', 'TERM', ...command] : command
}

/** Loopback ports that nobody listens on at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

function configuration(folder: string, pki: Pki, options: SlapdOptions): string {
  const tls = options.tls ?? 'good'
  const files = tls === 'none' ? null : pki.server(tls)
  return [
    ...['core', 'cosine', 'inetorgperson'].map((name) => `include ${schemaFolder}/${name}.schema`),
    `modulepath ${first(modules, '/usr/lib/ldap')}`,
    ...['back_mdb', 'memberof', 'ppolicy'].map((name) => `moduleload ${name}`),
    `pidfile ${folder}/slapd.pid`,
    `argsfile ${folder}/slapd.args`,
    ...(files ? [`TLSCertificateFile ${files.cert}`, `TLSCertificateKeyFile ${files.key}`] : []),
    'TLSVerifyClient never',
    ...(options.globalConfig ?? []),
    'database mdb',
    'maxsize 67108864',
    `suffix "${baseDn}"`,
    `directory ${folder}/db`,
    'index objectClass,uid,cn,member eq',
    'overlay memberof',
    'overlay ppolicy',
    `ppolicy_default "cn=default,ou=policies,${baseDn}"`,
    'ppolicy_use_lockout',
    ...(options.databaseConfig ?? []),
    'access to attrs=userPassword by self write by anonymous auth by * none',
    `access to dn.subtree="ou=vault,${baseDn}" by * disclose`,
    `access to * by dn.exact="${bindDn}" read by self read by * none`,
    '',
  ].join('\n')
}

/** Resolves once slapd says that it starts; rejects with its words if it ends before. */
function starting(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.setEncoding('utf8')
    child.stderr?.on('data', (text: string) => {
      said += text
      if (said.includes('slapd starting')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`slapd ended with status ${String(code)}:\n${said}`)))
  })
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** slapd says that it starts a moment before it listens. */
async function listening(child: ChildProcess, ports: readonly number[]): Promise<void> {
  await starting(child)
  const deadline = Date.now() + 10_000
  for (const port of ports) {
    while (!(await accepts(port))) {
      if (Date.now() > deadline || child.exitCode !== null)
        throw new Error(`slapd does not listen on ${port}.`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 5000)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** A real directory on free loopback ports, unprivileged, in the foreground, with a throw-away database. */
export async function startSlapd(options: SlapdOptions = {}): Promise<Slapd> {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-slapd-'))
  const pki = options.pki ?? createPki()
  const config = join(folder, 'slapd.conf')
  const ldif = join(folder, 'seed.ldif')
  const server: { child: ChildProcess | null } = { child: null }
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true })
    if (!options.pki) pki.remove()
  }
  try {
    mkdirSync(join(folder, 'db'))
    writeFileSync(config, configuration(folder, pki, options))
    writeFileSync(ldif, options.ldif ?? seedLdif())
    await run(binary('slapadd'), ['-q', '-f', config, '-l', ldif])
    const [ldapPort = 0, ldapsPort = 0] = await freePorts(2)
    const urls =
      options.tls === 'none'
        ? `ldap://127.0.0.1:${ldapPort}`
        : `ldap://127.0.0.1:${ldapPort} ldaps://127.0.0.1:${ldapsPort}`
    const start = async (): Promise<void> => {
      const [command, ...leading] = tiedToUs([binary('slapd')])
      const args = [...leading, '-f', config, '-h', urls, '-d', 'none']
      const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
      server.child = child
      await listening(child, options.tls === 'none' ? [ldapPort] : [ldapPort, ldapsPort])
    }
    const halt = async (): Promise<void> => {
      if (server.child) await end(server.child)
      server.child = null
    }
    await start()
    return {
      ...{ host: '127.0.0.1', ldapPort, ldapsPort, baseDn, bindDn, bindPassword, passwords },
      caFile: pki.caFile,
      pid: () => server.child?.pid ?? null,
      slapcat: async () => (await run(binary('slapcat'), ['-f', config])).stdout,
      halt,
      start,
      stop: async () => {
        await halt()
        remove()
      },
    }
  } catch (error) {
    if (server.child) await end(server.child)
    remove()
    throw error
  }
}
