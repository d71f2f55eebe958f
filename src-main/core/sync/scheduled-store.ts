import { scheduledSchema, type Scheduled } from '../../contract/sync'
import type { Tx } from '../app/ports'
import { readState, writeState } from '../db/console-state'
import type { Queries } from '../db/connections'

const key = 'sync.scheduled'

/** What the syncs that began by themselves came to. */
export async function readScheduled(queries: Queries, tx?: Tx): Promise<Scheduled> {
  return (await readState(queries, { key, schema: scheduledSchema }, tx)) ?? { last: null, skipped: null }
}

export async function writeScheduled(queries: Queries, tx: Tx, changed: Partial<Scheduled>): Promise<void> {
  const value = { ...(await readScheduled(queries, tx)), ...changed }
  await writeState(queries, tx, { key, value })
}
