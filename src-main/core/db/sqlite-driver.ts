import type sqlite3 from 'sqlite3'

export type SqliteLibrary = typeof sqlite3
export interface Driver {
  readonly library: SqliteLibrary
  /** sqlite3's module as Sequelize takes it, every connection of it set up before its first statement. */
  readonly dialectModule: object
}

/**
 * Set on every connection: foreign keys are off by default, deleted password hashes must not stay behind in free
 * pages, and 16 MiB of cache hold the index that the list counts by.
 */
const connectionSetup = [
  'foreign_keys = ON',
  'secure_delete = ON',
  'trusted_schema = OFF',
  'cache_size = -16384',
]
  .map((pragma) => `PRAGMA ${pragma};`)
  .join(' ')

type Callback = (error: Error | null) => void

/** Loads sqlite3's binary on first use, so that what needs no database does not wait for it. */
export async function loadDriver(busyTimeoutMs: number): Promise<Driver> {
  const { default: library } = await import('sqlite3')

  function Database(file: string, mode: number, done: Callback): sqlite3.Database {
    const database = new library.Database(file, mode, (error) => {
      if (error) done(error)
      else database.exec(connectionSetup, done)
    })
    database.configure('busyTimeout', busyTimeoutMs)
    return database
  }
  return { library, dialectModule: { ...library, Database } }
}

/** Runs read-only queries on an own short-lived connection to a file that nothing may change. */
export async function readOnly<T>(
  driver: Driver,
  uri: string,
  work: (all: (sql: string) => Promise<readonly unknown[]>) => Promise<T>,
): Promise<T> {
  const { library } = driver
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new library.Database(uri, library.OPEN_READONLY | library.OPEN_URI, (error) =>
      error ? reject(error) : resolve(opened),
    )
  })
  const all = (sql: string) =>
    new Promise<readonly unknown[]>((resolve, reject) => {
      database.all(sql, (error, rows) => (error ? reject(error) : resolve(rows)))
    })
  try {
    return await work(all)
  } finally {
    await new Promise<void>((resolve, reject) =>
      database.close((error) => (error ? reject(error) : resolve())),
    )
  }
}
