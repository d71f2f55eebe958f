import { constants } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { AppError } from '../../contract/errors'
import { historyTable } from './migrator'
import { readOnly, type Driver } from './sqlite-driver'

export interface FileState {
  readonly exists: boolean
  readonly applied: readonly string[]
}

const magic = 'SQLite format 3\0'
const namesSchema = z.array(z.object({ name: z.string() }))

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * Nobody has the file open where it has no side files; it is then read as immutable, so that looking at it
 * leaves none behind.
 */
async function readOnlyUri(path: string): Promise<string> {
  const uri = pathToFileURL(path).href
  const sideFiles = await Promise.all(['-wal', '-shm', '-journal'].map((suffix) => isThere(path + suffix)))
  return sideFiles.includes(true) ? uri : `${uri}?immutable=1`
}

async function readHistory(driver: Driver, path: string): Promise<readonly string[]> {
  return readOnly(driver, await readOnlyUri(path), async (all) => {
    const tables = namesSchema.parse(await all("SELECT name FROM sqlite_schema WHERE type = 'table'"))
    if (tables.length === 0) return []
    if (!tables.some(({ name }) => name === historyTable)) {
      throw new AppError('DB_MIGRATION_MISMATCH', {
        text: 'foreignDatabase',
        details: { path },
      })
    }
    const rows = namesSchema.parse(await all(`SELECT name FROM ${historyTable} ORDER BY position`))
    return rows.map(({ name }) => name)
  })
}

/** Refuses early, by trying, what SQLite would refuse in the middle of the first change. */
export async function requireWritable(path: string): Promise<void> {
  try {
    await (await open(path, 'r+')).close()
    await access(dirname(path), constants.W_OK)
  } catch (error) {
    throw new AppError('DB_READ_ONLY', { details: { path }, cause: error })
  }
}

/** Looks at the database file before anything is opened for writing; what it refuses is left as it was. */
export async function inspectFile(driver: Driver, path: string): Promise<FileState> {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  if (!found) return { exists: false, applied: [] }
  if (!found.isFile()) throw new AppError('DB_UNAVAILABLE', { details: { path } })
  if (found.size > 0 && (await firstBytes(path)) !== magic)
    throw new AppError('DB_CORRUPT', { details: { path } })
  const applied = found.size > 0 ? await readHistory(driver, path) : []
  return { exists: true, applied }
}
