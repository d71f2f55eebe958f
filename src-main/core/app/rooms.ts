import type { AuditLog } from '../audit/audit-log'
import type { Database } from '../db/database'
import type { LinkStore } from '../links/link-store'
import type { RequestStore } from '../requests/request-store'
import type { TeamStore } from '../teams/team-store'
import type { AttemptStore, SessionStore, UserStore } from '../users/account'
import type { Tx } from './ports'

/** What stands on the database, opened together on first use. */
export interface Rooms {
  readonly database: Database
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly attempts: AttemptStore
  readonly requests: RequestStore
  readonly links: LinkStore
  readonly teams: TeamStore
  readonly audit: AuditLog
}

/** Runs once, on first use. */
export interface Lazy<T> {
  (): Promise<T>
  /** Whether anybody has asked for it yet. */
  readonly started: () => boolean
}

/** Runs `make` once and keeps what it made; a failure is forgotten, so that the next call tries again. */
export function lazily<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | null = null
  const get = () => {
    made ??= make().catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }
  return Object.assign(get, { started: () => made !== null })
}
