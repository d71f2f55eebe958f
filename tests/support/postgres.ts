import { execFile, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

export interface Postgres {
  readonly port: number
  /** An address of this database as the console takes it; without a user, the superuser. */
  readonly url: (database: string, user?: string) => string
  /** Makes a database and fills it. */
  readonly create: (database: string, sql: string) => Promise<void>
  /** Rows past the console, every value as the server writes it. */
  readonly query: (database: string, sql: string) => Promise<Record<string, string | null>[]>
  /** A connection whose transaction the test holds open itself. */
  readonly connect: (database: string) => Promise<pg.Client>
  readonly stop: () => Promise<void>
}

const versions = '/usr/lib/postgresql'

/** Debian keeps the server's programs beside each other by version; elsewhere they are in the path. */
function program(name: string): string {
  const folders = existsSync(versions) ? readdirSync(versions).toSorted().toReversed() : []
  return folders.map((folder) => join(versions, folder, 'bin', name)).find((path) => existsSync(path)) ?? name
}

/** The server refuses to run as root, so that root's tests start it as the user that its package makes. */
async function serverUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (which) => Number((await run('id', [which, 'postgres'])).stdout)),
  )
  return { uid: uid ?? 65_534, gid: gid ?? 65_534 }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const asWritten = { getTypeParser: () => (value: string) => value } as unknown as NonNullable<
  pg.ClientConfig['types']
>

/** Only the role `app` has to prove who it is. */
const access = ['host all app 127.0.0.1/32 scram-sha-256', 'host all all 127.0.0.1/32 trust', ''].join('\n')

function tied(command: readonly string[]): readonly [string, ...string[]] {
  const tool = '/usr/bin/setpriv'
  const [first = '', ...rest] = existsSync(tool) ? [tool, '--pdeathsig', 'INT', ...command] : command
  return [first, ...rest]
}

/** A real server of its own on a free loopback port; nothing of it is left behind. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-postgres-'))
  const user = await serverUser()
  if (user) chownSync(folder, user.uid, user.gid)
  const as = user ?? {}
  const data = join(folder, 'data')
  const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  await run(program('initdb'), ['-D', data, ...options], { ...as, cwd: folder })
  writeFileSync(join(data, 'pg_hba.conf'), access)
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', `port=${port}`]
  const [command, ...argv] = tied([
    program('postgres'),
    '-D',
    data,
    ...settings.flatMap((setting) => ['-c', setting]),
  ])
  const server = spawn(command, argv, { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('error', reject)
    void ended.then(() => reject(new Error(said)))
  })
  const connect = async (database: string) => {
    const client = new pg.Client({
      ...{ host: '127.0.0.1', port, user: 'postgres', database, types: asWritten },
    })
    await client.connect()
    return client
  }
  const query: Postgres['query'] = async (database, sql) => {
    const client = await connect(database)
    try {
      const answer = await client.query<Record<string, string | null>>(sql)
      // Several statements have several answers.
      return Array.isArray(answer) ? [] : answer.rows
    } finally {
      await client.end()
    }
  }
  return {
    port,
    url: (database, name = 'postgres') => `postgres://${name}@127.0.0.1:${port}/${database}`,
    create: async (database, sql) => {
      await query('postgres', `CREATE DATABASE "${database}"`)
      await query(database, sql)
    },
    query,
    connect,
    stop: async () => {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
