import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machine, middle, round } from '../support/measure'
import { startSlapd, type Slapd } from '../support/slapd'

/**
 * `authdesk ldap test --user` with a password against a real slapd, as a multiple of the same operations by ldapsearch
 * and ldapwhoami; and the command line's start, as a multiple of a bare `node -e 0`: to the end of `--help`, and to the
 * first connection of `ldap test`, which comes after the event of its first stage. What is compared takes turns. One
 * JSON document on stdout. `bench ldap-test -- NODE` measures with another Node than the one that runs this.
 */
const node = process.argv[2] ?? process.execPath
const rounds = 15
const cli = join('out', 'cli', 'authdesk.js')

interface Place {
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
}

function makePlace(name: string, port: number, slapd: Slapd): Place {
  const folder = mkdtempSync(join(tmpdir(), `authdesk-bench-${name}-`))
  mkdirSync(join(folder, 'profiles'))
  const lines = ['AUTH_METHOD=ldap', 'LDAP_HOST=127.0.0.1', `LDAP_PORT=${port}`]
  const search = [
    ...[`LDAP_BASE_DN=${slapd.baseDn}`, `LDAP_USER_DN=ou=people,${slapd.baseDn}`],
    ...[`LDAP_GROUP_DN=ou=groups,${slapd.baseDn}`, `LDAP_BIND_DN=${slapd.bindDn}`],
  ]
  writeFileSync(join(folder, 'profiles', 'default.env'), [...lines, ...search].join('\n'), { mode: 0o600 })
  writeFileSync(join(folder, 'service'), slapd.bindPassword, { mode: 0o600 })
  writeFileSync(join(folder, 'ada'), slapd.passwords['ada'] ?? '', { mode: 0o600 })
  const environment = {
    ...{ PATH: process.env['PATH'], HOME: folder, AUTHDESK_HOME: folder },
    LDAP_BIND_PASSWORD: slapd.bindPassword,
  }
  return { folder, environment }
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function must(
  program: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; input?: string },
) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', ...options })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`)
}

function whole(slapd: Slapd, { folder, environment }: Place) {
  const server = ['-x', '-H', `ldap://${slapd.host}:${slapd.ldapPort}`]
  const ada = `uid=ada,ou=people,${slapd.baseDn}`
  const tools = () => {
    const found = ['-D', slapd.bindDn, '-y', join(folder, 'service'), '-b', slapd.baseDn, '(uid=ada)']
    must('ldapsearch', [...server, ...found], {})
    must('ldapwhoami', [...server, '-D', ada, '-y', join(folder, 'ada')], {})
  }
  const ladder = () => {
    const input = `${slapd.passwords['ada'] ?? ''}\n`
    const args = [cli, 'ldap', 'test', '--user', 'ada', '--password-stdin', '--json']
    must(node, args, { env: environment, input })
  }
  ladder()
  return compared('ldapsearch and ldapwhoami', tools, () => timed(ladder))
}

const bare = () => must(node, ['-e', '0'], {})

async function compared(what: string, floor: () => void, work: () => number | Promise<number>) {
  floor()
  const floors: number[] = []
  const times: number[] = []
  for (let at = 0; at < rounds; at += 1) {
    floors.push(timed(floor))
    times.push(await work())
  }
  const [floorMs, medianMs] = [middle(floors), middle(times)]
  return {
    floor: { what, medianMs: round(floorMs) },
    medianMs: round(medianMs),
    ratio: round(medianMs / floorMs),
  }
}

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once('close', () => resolve()))

/** From the spawn to the connection that `ldap test` makes. */
async function firstConnection(slapd: Slapd) {
  let connected: () => void = () => undefined
  const server = createServer((socket) => {
    connected()
    socket.on('error', () => undefined).destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const place = makePlace('start', (server.address() as AddressInfo).port, slapd)
  try {
    return await compared('node -e 0', bare, async () => {
      const heard = new Promise<void>((resolve) => (connected = resolve))
      const start = performance.now()
      const child = spawn(node, [cli, 'ldap', 'test'], { env: place.environment, stdio: 'ignore' })
      await heard
      const taken = performance.now() - start
      await ended(child)
      return taken
    })
  } finally {
    server.close()
    rmSync(place.folder, { recursive: true, force: true })
  }
}

async function main(): Promise<void> {
  execFileSync(process.execPath, [join('build', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] })
  const slapd = await startSlapd()
  const place = makePlace('ldap', slapd.ldapPort, slapd)
  try {
    const results = {
      ldapTest: await whole(slapd, place),
      help: await compared('node -e 0', bare, () => timed(() => must(node, [cli, '--help'], {}))),
      firstConnection: await firstConnection(slapd),
    }
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
    const report = { bench: 'ldap-test', rounds, node: version, results, ...machine() }
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  } finally {
    await slapd.stop()
    rmSync(place.folder, { recursive: true, force: true })
  }
}

await main()
