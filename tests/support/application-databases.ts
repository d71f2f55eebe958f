import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sqlite3 from 'sqlite3'
import { readPlace } from '../../src-main/core/application/application-place'
import type { ApplicationDatabase } from '../../src-main/core/application/application-database'
import { postgresDatabase } from '../../src-main/core/application/postgres-store'
import { sqliteDatabase } from '../../src-main/core/application/sqlite-store'
import type { Dialect } from './application-tables'
import { startPostgres, type Postgres } from './postgres'

/** Every row of every table, each value as the database writes it. */
export type Dump = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string | null>>>>>>

export interface Application {
  readonly database: ApplicationDatabase
  readonly url: string
  readonly dump: () => Promise<Dump>
  readonly run: (sql: string) => Promise<void>
}

const withFile = async <T>(file: string, work: (database: sqlite3.Database) => Promise<T>): Promise<T> => {
  const database = new sqlite3.Database(file)
  try {
    return await work(database)
  } finally {
    await new Promise<void>((resolve) => database.close(() => resolve()))
  }
}
const execute = (database: sqlite3.Database, sql: string) =>
  new Promise<void>((resolve, reject) => {
    database.exec(sql, (error) => (error ? reject(error) : resolve()))
  })
const rows = (database: sqlite3.Database, sql: string) =>
  new Promise<Record<string, string | null>[]>((resolve, reject) => {
    database.all<Record<string, string | null>>(sql, (error, found) =>
      error ? reject(error) : resolve(found),
    )
  })

const keyed = (found: readonly Record<string, string | null>[]) =>
  Object.fromEntries(found.map((row) => [row['id'] ?? row['sid'] ?? row['name'] ?? JSON.stringify(row), row]))

async function dumpFile(file: string): Promise<Dump> {
  return withFile(file, async (database) => {
    const tables = await rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    const dumped: Record<string, Dump[string]> = {}
    for (const { name } of tables) {
      const columns = await rows(database, `SELECT name FROM pragma_table_info('${name}')`)
      const list = columns.map((column) => `quote("${column['name']}") AS "${column['name']}"`)
      dumped[name ?? ''] = keyed(await rows(database, `SELECT ${list.join(', ')} FROM "${name}"`))
    }
    return dumped
  })
}

async function dumpServer(postgres: Postgres, name: string): Promise<Dump> {
  const client = await postgres.connect(name)
  try {
    const tables = await client.query<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    )
    const dumped: Record<string, Dump[string]> = {}
    for (const { tablename } of tables.rows)
      dumped[tablename] = keyed(
        (await client.query<Record<string, string | null>>(`SELECT * FROM "${tablename}"`)).rows,
      )
    return dumped
  } finally {
    await client.end()
  }
}

/** What differs between two dumps: `table.key.column`, or `table.key` for a row that is gone or new. */
export function differences(before: Dump, after: Dump): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((table) => {
    const [old = {}, now = {}] = [before[table], after[table]]
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => {
      const [was, is] = [old[key], now[key]]
      if (!was || !is) return [`${table}.${key}`]
      return Object.keys({ ...was, ...is })
        .filter((column) => was[column] !== is[column])
        .map((column) => `${table}.${key}.${column}`)
    })
  })
}

export interface Databases {
  readonly make: (sql: string, dialect: Dialect, query?: string) => Promise<Application>
  readonly postgres: () => Promise<Postgres>
  readonly remove: () => Promise<void>
}

/** Makes databases in both dialects; the server starts with the first that needs it. */
export function createDatabases(): Databases {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-apps-'))
  let count = 0
  let server: Promise<Postgres> | null = null
  const postgres = () => (server ??= startPostgres())
  return {
    postgres,
    make: async (sql, dialect, query = '') => {
      const name = `app${(count += 1)}`
      if (dialect === 'sqlite') {
        const file = join(folder, `${name}.db`)
        await withFile(file, (database) => execute(database, sql))
        return {
          url: `sqlite:${file}${query}`,
          database: sqliteDatabase(file, query === '' ? 'read-write' : 'read-only'),
          dump: () => dumpFile(file),
          run: (statement) => withFile(file, (database) => execute(database, statement)),
        }
      }
      const running = await postgres()
      await running.create(name, sql)
      const url = running.url(name) + query
      const place = readPlace(url)
      if (typeof place === 'string' || place.dialect !== 'postgres') throw new Error(`not an address: ${url}`)
      return {
        url,
        database: postgresDatabase(place, null),
        dump: () => dumpServer(running, name),
        run: async (statement) => {
          await running.query(name, statement)
        },
      }
    },
    remove: async () => {
      if (server) await (await server).stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
