import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { largeDirectory } from '../support/large-directory'
import { machine, middle, round } from '../support/measure'
import { startSlapd, type Slapd } from '../support/slapd'

/**
 * `authdesk ldap sync --apply` against a real slapd, as a multiple of `ldapsearch -E pr=1000/noprompt` of the same
 * attributes: a first import into an empty home, and then with nothing changed; and `--against` the same people as LDIF,
 * as a multiple of reading the file's lines. Peak memory is the process's own. What is compared takes turns. One JSON
 * document on stdout. `bench ldap-sync -- 25000,100000` measures other sizes, in thousands of people.
 */
const sizes = (process.argv[2] ?? '25000,50000,100000,200000,400000').split(',').map(Number)
const groups = 200
const rounds = 3
const cli = join('out', 'cli', 'authdesk.js')
const attributes = [
  ...[
    'uid',
    'mail',
    'givenName',
    'sn',
    'cn',
    'displayName',
    'memberOf',
    'primaryGroupID',
    'objectSid',
    'gidNumber',
  ],
  ...['entryUUID', 'pwdAccountLockedTime', 'pwdReset'],
]

const peak = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))`

interface Place {
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
}

function makePlace(slapd: Slapd): Place {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-bench-sync-'))
  mkdirSync(join(folder, 'profiles'), { mode: 0o700 })
  const lines = [
    ...['AUTH_METHOD=ldap', 'LDAP_HOST=127.0.0.1', `LDAP_PORT=${slapd.ldapPort}`, 'LDAP_TIMEOUT=60'],
    ...[`LDAP_BASE_DN=${slapd.baseDn}`, 'LDAP_USER_DN=ou=people', 'LDAP_GROUP_DN=ou=groups'],
    ...[`LDAP_BIND_DN=${slapd.bindDn}`, 'LDAP_HELPDESK_GROUP=group1', 'LDAP_AUDITOR_GROUP=group2'],
  ]
  writeFileSync(join(folder, 'profiles', 'default.env'), lines.join('\n'), { mode: 0o600 })
  writeFileSync(join(folder, 'service'), slapd.bindPassword, { mode: 0o600 })
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

function search(slapd: Slapd, { folder }: Place): void {
  const server = ['-x', '-LLL', '-H', `ldap://${slapd.host}:${slapd.ldapPort}`, '-D', slapd.bindDn]
  const what = ['-y', join(folder, 'service'), '-b', `ou=people,${slapd.baseDn}`, '-E', 'pr=1000/noprompt']
  const filter = '(&(objectClass=inetOrgPerson)(uid=*))'
  const done = spawnSync('ldapsearch', [...server, ...what, filter, ...attributes], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`ldapsearch ended with ${done.status}: ${done.stderr}`)
}

/** Milliseconds, peak memory in MB and the counts of one run. */
function sync({ environment }: Place, ...args: readonly string[]) {
  const start = performance.now()
  const command = ['--import', peak, cli, 'ldap', 'sync', '--json', '--quiet', ...args]
  const done = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    env: environment,
    maxBuffer: 1 << 28,
  })
  const ms = performance.now() - start
  const kilobytes = /peak (\d+)/.exec(done.stderr)?.[1]
  if (done.status !== 0 || kilobytes === undefined) throw new Error(`ldap sync: ${done.stdout}${done.stderr}`)
  const { counts } = JSON.parse(done.stdout) as { counts: Record<string, number> }
  return { ms, megabytes: Number(kilobytes) / 1024, counts }
}

const summed = (runs: readonly ReturnType<typeof sync>[], floors: readonly number[]) => ({
  medianMs: round(middle(runs.map(({ ms }) => ms))),
  ratio: round(middle(runs.map(({ ms }) => ms)) / middle(floors)),
  peakMb: Math.round(Math.max(...runs.map(({ megabytes }) => megabytes))),
  counts: runs[0]?.counts,
})

async function measure(people: number) {
  const slapd = await startSlapd({ tls: 'none', ...largeDirectory(people, groups) })
  const places: Place[] = []
  const [floors, imports, unchanged]: [number[], ReturnType<typeof sync>[], ReturnType<typeof sync>[]] = [
    [],
    [],
    [],
  ]
  try {
    const warm = makePlace(slapd)
    places.push(warm)
    search(slapd, warm)
    for (let at = 0; at < rounds; at += 1) {
      const place = makePlace(slapd)
      places.push(place)
      floors.push(timed(() => search(slapd, place)))
      imports.push(sync(place, '--apply'))
      floors.push(timed(() => search(slapd, place)))
      unchanged.push(sync(place, '--apply'))
    }
    return {
      people,
      floor: { what: 'ldapsearch -E pr=1000/noprompt', medianMs: round(middle(floors)) },
      firstImport: summed(imports, floors),
      unchanged: summed(unchanged, floors),
    }
  } finally {
    await slapd.stop()
    for (const { folder } of places) rmSync(folder, { recursive: true, force: true })
  }
}

async function main(): Promise<void> {
  execFileSync(process.execPath, [join('build', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] })
  const results = []
  for (const people of sizes) results.push(await measure(people))
  process.stdout.write(
    `${JSON.stringify({ bench: 'ldap-sync', rounds, groups, results, ...machine() }, null, 2)}\n`,
  )
}

await main()
