import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError, type Code } from '../../contract/errors'

/** Less than this is left on a disk that SQLite calls a failed read or write for. */
const fullBelowBytes = 256 * 1024

const codeByVendor: Readonly<Record<string, Code>> = {
  SQLITE_READONLY: 'DB_READ_ONLY',
  EROFS: 'DB_READ_ONLY',
  SQLITE_FULL: 'DB_DISK_FULL',
  ENOSPC: 'DB_DISK_FULL',
  EDQUOT: 'DB_DISK_FULL',
  SQLITE_CORRUPT: 'DB_CORRUPT',
  SQLITE_NOTADB: 'DB_CORRUPT',
  SQLITE_BUSY: 'DB_BUSY',
  SQLITE_LOCKED: 'DB_BUSY',
  SQLITE_CANTOPEN: 'DB_UNAVAILABLE',
  SQLITE_IOERR: 'DB_UNAVAILABLE',
  SQLITE_PERM: 'DB_UNAVAILABLE',
  EACCES: 'DB_UNAVAILABLE',
  EPERM: 'DB_UNAVAILABLE',
  ENOENT: 'DB_UNAVAILABLE',
  ENOTDIR: 'DB_UNAVAILABLE',
  EISDIR: 'DB_UNAVAILABLE',
  EEXIST: 'DB_UNAVAILABLE',
  ELOOP: 'DB_UNAVAILABLE',
  EIO: 'DB_UNAVAILABLE',
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

/** The driver's or the file system's own error inside Sequelize's, umzug's and our wrappings. */
export function vendorError(error: unknown): { code: string; message: string } | null {
  let inner = error
  for (let depth = 0; depth < 6 && inner !== undefined; depth += 1) {
    const code = field(inner, 'code')
    if (typeof code === 'string' && !(inner instanceof AppError)) {
      const message = field(inner, 'message')
      return { code, message: typeof message === 'string' ? message : '' }
    }
    inner = field(inner, 'original') ?? field(inner, 'cause')
  }
  return null
}

function isDiskFull(path: string): boolean {
  try {
    const disk = statfsSync(dirname(path))
    return disk.bavail * disk.bsize < fullBelowBytes
  } catch {
    return false
  }
}

function isAppErrorInside(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  const cause = field(error, 'cause')
  return cause === undefined ? null : isAppErrorInside(cause)
}

/**
 * The one translation of SQLite's, Sequelize's and the file system's errors into codes; what is not about the
 * file (a constraint, a bug) comes back as it is. A failed write on a full disk may arrive as a plain I/O error.
 */
export function translateDbError(error: unknown, path: string): Error {
  const known = isAppErrorInside(error)
  if (known) return known
  const vendor = vendorError(error)
  const code = vendor && codeByVendor[vendor.code]
  if (!vendor || !code) return error instanceof Error ? error : new Error(String(error))
  const full = vendor.code === 'SQLITE_IOERR' && isDiskFull(path)
  return new AppError(full ? 'DB_DISK_FULL' : code, { cause: error })
}

/** Whether the error says that another row has the same value in `table.column`. */
export function isUniqueViolation(error: unknown, column: string): boolean {
  const match = /UNIQUE constraint failed: (.+)$/.exec(vendorError(error)?.message ?? '')
  return match?.[1]?.split(', ').includes(column) ?? false
}
