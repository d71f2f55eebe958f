import type { DbStatus } from '../../contract/database'
import { AppError } from '../../contract/errors'
import type { Clock, Logger } from '../app/ports'
import { migrations as shippedMigrations } from '../../../migrations'
import { backUp, backUpBefore } from './backup'
import { openConnections, type Connections, type Queries } from './connections'
import { translateDbError } from './db-errors'
import { pendingOf, type Migration } from './history'
import { inspectFile, requireWritable } from './inspect-file'
import { applyPending, appliedNames } from './migrator'
import { keepPrivate, makePrivateFile } from './private-files'
import { loadDriver, type Driver } from './sqlite-driver'

export interface DatabaseOptions {
  readonly path: string
  /** `apply` brings the file up to date; `check` opens it as it is, and makes none where there is none. */
  readonly migrationsMode: 'apply' | 'check'
  readonly clock: Clock
  readonly logger: Logger
  readonly backupsDir: string
  /** How long to wait for another program's lock, in milliseconds. */
  readonly busyTimeoutMs?: number
  /** Another list of steps, for tests of the history. */
  readonly migrations?: readonly Migration[]
}

export interface Database extends Queries {
  readonly path: string
  /** The steps that opening it has applied. */
  readonly appliedOnOpening: readonly string[]
  readonly status: () => Promise<DbStatus>
  /** Applies what is pending after a backup of what is there. */
  readonly migrate: () => Promise<DbStatus>
  /** Copies the database into a new file and returns its size in bytes. */
  readonly backup: (file: string) => Promise<number>
  readonly close: () => Promise<void>
}

async function requireSound(connections: Connections): Promise<void> {
  const [first] = await connections.maintain({ sql: 'PRAGMA quick_check(1)' })
  const found = Object.values(first ?? {}).join()
  if (found !== 'ok') throw new AppError('DB_CORRUPT', { details: { found: found.slice(0, 500) } })
}

/** Returns the names of the steps that were applied. */
async function migrateFile(options: DatabaseOptions, connections: Connections): Promise<readonly string[]> {
  const migrations = options.migrations ?? shippedMigrations
  const names = migrations.map(({ name }) => name)
  const applied = await appliedNames(connections)
  const pending = pendingOf(applied, names)
  const [first] = pending
  if (first === undefined) return []
  if (applied.length > 0) {
    await requireSound(connections)
    const at = options.clock.now()
    const file = await backUpBefore(connections, options.backupsDir, { name: first, at })
    options.logger.info({ file }, 'database backed up before its first pending migration')
  }
  const { clock, logger } = options
  await applyPending({ queries: connections, migrations, clock, logger })
  return pending
}

/** The file in its state: not looked at, ready for use, and what it takes to get from one to the other. */
function createFile(options: DatabaseOptions, driver: Driver, connections: Connections) {
  const { path } = options
  const available = (options.migrations ?? shippedMigrations).map(({ name }) => name)
  let prepared = false

  const inspect = async () => {
    const found = await inspectFile(driver, path)
    pendingOf(found.applied, available)
    if (found.exists) await requireWritable(path)
    return found
  }
  /** Makes the file where it is missing, takes others' rights from it, and switches it to the write-ahead log. */
  const prepare = async () => {
    if (prepared) return
    if (!(await inspect()).exists) await makePrivateFile(path)
    for (const suffix of ['', '-wal', '-shm']) await keepPrivate(path + suffix)
    await connections.maintain({ sql: 'PRAGMA journal_mode = WAL' })
    prepared = true
  }
  return {
    status: async (): Promise<DbStatus> => {
      const applied = prepared ? await appliedNames(connections) : (await inspectFile(driver, path)).applied
      return { applied: [...applied], pending: [...pendingOf(applied, available)], dialect: 'sqlite', path }
    },
    open: async (): Promise<readonly string[]> => {
      if ((await inspect()).exists) await prepare()
      return []
    },
    migrate: async (): Promise<readonly string[]> => {
      await prepare()
      return migrateFile(options, connections)
    },
  }
}

/**
 * Opens the console's SQLite database. A file that is refused (newer, another history, read-only, damaged,
 * locked) is left byte for byte as it was.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { path } = options
  const driver = await loadDriver(options.busyTimeoutMs ?? 5000)
  const connections = await openConnections(driver, path)
  const file = createFile(options, driver, connections)
  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw translateDbError(error, path)
    }
  }

  let appliedOnOpening: readonly string[]
  try {
    appliedOnOpening = await translated(options.migrationsMode === 'apply' ? file.migrate : file.open)
  } catch (error) {
    await connections.close()
    throw error
  }
  return {
    path,
    appliedOnOpening,
    select: connections.select,
    run: connections.run,
    transaction: connections.transaction,
    close: connections.close,
    status: () => translated(file.status),
    backup: (target) => backUp(connections, target),
    migrate: () => translated(() => file.migrate().then(file.status)),
  }
}
