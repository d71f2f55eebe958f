export type Dialect = 'sqlite' | 'postgres'

/** A row as text: numbers and flags too, so that both dialects read alike. */
export type Row = Readonly<Record<string, string | null>>

/** SQL with `$1`, `$2` … for its values. */
export interface Statement {
  readonly sql: string
  readonly values: readonly string[]
}

export interface Reading {
  readonly dialect: Dialect
  readonly select: (statement: Statement) => Promise<readonly Row[]>
}

export interface Writing extends Reading {
  /** How many rows it changed. */
  readonly change: (statement: Statement) => Promise<number>
}

/**
 * An application's own database. Each call has a connection of its own, so that a file that the application replaces
 * is never read from a connection to the old one. Failures are `AppError`s with their `DB_…` code.
 */
export interface ApplicationDatabase {
  readonly dialect: Dialect
  /** Where it is, without a password. */
  readonly place: string
  /** Opened so that it may be written: `mode=ro` in its address says no. */
  readonly opened: 'read-only' | 'read-write'
  /** One snapshot, on a connection that cannot write. */
  readonly read: <T>(work: (reading: Reading) => Promise<T>) => Promise<T>
  /** One transaction; an error takes everything back. */
  readonly write: <T>(work: (writing: Writing) => Promise<T>) => Promise<T>
}

/** An identifier as both dialects quote it (SQL:2023, delimited identifier). */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
