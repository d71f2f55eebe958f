import { z } from 'zod'
import { AppError } from '../../contract/errors'
import type { Clock, Logger, Tx } from '../app/ports'
import type { Queries } from './connections'
import type { Migration } from './history'

/** The names of the applied steps, in their order. */
export const historyTable = 'schema_migrations'

const nameRow = z.object({ name: z.string() })
const violationRow = z.object({ table: z.string(), parent: z.string() })

interface MigratorDeps {
  readonly queries: Queries
  readonly migrations: readonly Migration[]
  readonly clock: Clock
  readonly logger: Logger
}

export async function appliedNames(queries: Queries, tx?: Tx): Promise<readonly string[]> {
  const table = { sql: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name = '${historyTable}'` }
  if ((await queries.select(nameRow, table, tx)).length === 0) return []
  const rows = await queries.select(
    nameRow,
    { sql: `SELECT name FROM ${historyTable} ORDER BY position` },
    tx,
  )
  return rows.map(({ name }) => name)
}

/** One step and its line in the history, in one transaction; nothing where another process was quicker. */
async function applyStep({ queries, clock }: MigratorDeps, migration: Migration): Promise<void> {
  await queries.transaction(async (tx) => {
    const applied = await appliedNames(queries, tx)
    if (applied.includes(migration.name)) return
    for (const sql of migration.statements) await queries.run(tx, { sql })
    const [violation] = await queries.select(violationRow, { sql: 'PRAGMA foreign_key_check' }, tx)
    if (violation)
      throw new Error(`${migration.name} leaves ${violation.table} without its ${violation.parent}`)
    await queries.run(tx, {
      sql: `CREATE TABLE IF NOT EXISTS ${historyTable} (
        position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, applied_at TEXT NOT NULL)`,
    })
    await queries.run(tx, {
      sql: `INSERT INTO ${historyTable} (position, name, applied_at) VALUES ($position, $name, $at)`,
      bind: { position: applied.length + 1, name: migration.name, at: clock.now().toISOString() },
    })
  })
}

/** Applies what is pending, in order; the first failure stops. Each step writes its own line in the history. */
export async function applyPending(deps: MigratorDeps): Promise<void> {
  const { Umzug } = await import('umzug')
  const written = () => Promise.resolve()
  const umzug = new Umzug({
    migrations: deps.migrations.map((migration) => ({
      name: migration.name,
      up: () => applyStep(deps, migration),
    })),
    storage: {
      executed: async () => [...(await appliedNames(deps.queries))],
      logMigration: written,
      unlogMigration: () =>
        Promise.reject(new AppError('INTERNAL', { message: 'Migrations only go forward.' })),
    },
    logger: undefined,
  })
  umzug.on('migrated', ({ name }) => deps.logger.info({ migration: name }, 'migration applied'))
  await umzug.up()
}
