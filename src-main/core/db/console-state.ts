import { z } from 'zod'
import type { Details } from '../../contract/errors'
import type { Tx } from '../app/ports'
import type { Queries } from './connections'
import { jsonColumn } from './sql'

const stateRow = z.object({ value: z.string() })

/** A value of the console itself (its installation id, the audit's head, preferences); never a setting. */
export async function readState<S extends z.ZodType>(
  queries: Queries,
  entry: { key: string; schema: S },
  tx?: Tx,
): Promise<z.output<S> | null> {
  const sql = 'SELECT value FROM console_state WHERE key = $key'
  const [found] = await queries.select(stateRow, { sql, bind: { key: entry.key } }, tx)
  return found ? jsonColumn(entry.schema).parse(found.value) : null
}

export async function writeState(
  queries: Queries,
  tx: Tx,
  entry: { key: string; value: Details[string] },
): Promise<void> {
  await queries.run(tx, {
    sql: `INSERT INTO console_state (key, value) VALUES ($key, $value)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    bind: { key: entry.key, value: JSON.stringify(entry.value) },
  })
}
