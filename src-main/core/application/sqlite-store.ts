import { open, stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type sqlite3 from 'sqlite3'
import { translateDbError } from '../db/db-errors'
import type { ApplicationDatabase, Reading, Row, Statement, Writing } from './application-database'

/** How long the application may hold its own lock before we give up, in milliseconds. */
const busyTimeoutMs = 5000
/** Offset of the file format's read version in the header; 2 is the write-ahead log (SQLite file format §1.3.3). */
const formatOffset = 19

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )

async function usesLog(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, formatOffset)
    return bytesRead === 1 && buffer[0] === 2
  } finally {
    await file.close()
  }
}

/**
 * A database with a write-ahead log but no log file is open nowhere; it is read as immutable, so that looking at it
 * leaves no side files behind that the application could not use.
 */
async function readingUri(path: string): Promise<string> {
  const uri = pathToFileURL(path).href
  const alone = (await usesLog(path)) && !(await isThere(`${path}-wal`))
  return `${uri}?mode=ro${alone ? '&immutable=1' : ''}`
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  return Buffer.isBuffer(value) ? value.toString('hex') : null
}

const asRow = (row: unknown): Row =>
  Object.fromEntries(Object.entries(row as object).map(([name, value]) => [name, asText(value)]))

const numbered = ({ sql }: Statement) => sql.replace(/\$(\d+)/g, '?$1')

function writingOn(database: sqlite3.Database): Writing {
  return {
    dialect: 'sqlite',
    select: (statement) =>
      new Promise((resolve, reject) => {
        database.all(numbered(statement), [...statement.values], (error, rows) =>
          error ? reject(error) : resolve(rows.map(asRow)),
        )
      }),
    change: (statement) =>
      new Promise((resolve, reject) => {
        database.run(numbered(statement), [...statement.values], function (error) {
          if (error) reject(error)
          else resolve(this.changes)
        })
      }),
  }
}

const execute = (database: sqlite3.Database, sql: string) =>
  new Promise<void>((resolve, reject) => {
    database.exec(sql, (error) => (error ? reject(error) : resolve()))
  })

async function openFile(name: string, access: 'read' | 'write'): Promise<sqlite3.Database> {
  const { default: library } = await import('sqlite3')
  const mode = access === 'read' ? library.OPEN_READONLY | library.OPEN_URI : library.OPEN_READWRITE
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new library.Database(name, mode, (error) => (error ? reject(error) : resolve(opened)))
  })
  database.configure('busyTimeout', busyTimeoutMs)
  return database
}

const close = (database: sqlite3.Database) =>
  new Promise<void>((resolve, reject) => {
    database.close((error) => (error ? reject(error) : resolve()))
  })

async function within<T>(database: sqlite3.Database, begin: string, work: () => Promise<T>): Promise<T> {
  await execute(database, begin)
  try {
    const result = await work()
    await execute(database, 'COMMIT')
    return result
  } catch (error) {
    // The error that led here is the one to tell.
    await execute(database, 'ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** An application's SQLite file; the application may be running, so its locks are waited for. */
export function sqliteDatabase(path: string, opened: ApplicationDatabase['opened']): ApplicationDatabase {
  const use = async <T>(
    access: 'read' | 'write',
    work: (database: sqlite3.Database) => Promise<T>,
  ): Promise<T> => {
    try {
      const database = await openFile(access === 'read' ? await readingUri(path) : path, access)
      try {
        return await work(database)
      } finally {
        await close(database)
      }
    } catch (error) {
      throw translateDbError(error, path)
    }
  }
  const read: ApplicationDatabase['read'] = (work) =>
    use('read', (database) => within(database, 'BEGIN', () => work(readingOf(writingOn(database)))))
  return {
    dialect: 'sqlite',
    place: path,
    opened,
    read,
    write: (work) =>
      use('write', async (database) => {
        // What the old hash stood in is overwritten; the application's own references hold.
        await execute(database, 'PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;')
        return within(database, 'BEGIN IMMEDIATE', () => work(writingOn(database)))
      }),
  }
}

const readingOf = ({ dialect, select }: Writing): Reading => ({ dialect, select })
