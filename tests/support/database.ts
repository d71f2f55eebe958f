import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock, Logger } from '../../src-main/core/app/ports'
import { openDatabase, type Database, type DatabaseOptions } from '../../src-main/core/db/database'

const nothing = () => undefined
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** A clock that stands still until it is set. */
export interface StoppedClock extends Clock {
  readonly set: (time: Date) => void
}

export function stoppedClock(start = '2025-03-01T09:00:00.000Z'): StoppedClock {
  let now = new Date(start)
  return { now: () => now, set: (time) => (now = time) }
}

export interface TestHome {
  readonly folder: string
  readonly path: string
  /** Opens the home's database; it is closed with the home. */
  readonly open: (options?: Partial<DatabaseOptions>) => Promise<Database>
  readonly remove: () => Promise<void>
}

/** A temporary home whose database is made by running the migrations. */
export async function temporaryHome(): Promise<TestHome> {
  const folder = await mkdtemp(join(tmpdir(), 'authdesk-db-'))
  const path = join(folder, 'authdesk.sqlite')
  const opened: Database[] = []
  return {
    folder,
    path,
    open: async (options = {}) => {
      const database = await openDatabase({
        path,
        migrationsMode: 'apply',
        clock: stoppedClock(),
        logger: silentLogger,
        backupsDir: join(folder, 'backups'),
        busyTimeoutMs: 200,
        ...options,
      })
      opened.push(database)
      return database
    },
    remove: async () => {
      await Promise.all(opened.map((database) => database.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
