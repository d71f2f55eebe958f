import { randomUUID } from 'node:crypto'
import { codeSchema, type Code, type ErrorBody } from '../../contract/errors'
import type { Result } from '../../contract/errors'
import { syncContract, type ScheduledOutcome } from '../../contract/sync'
import type { Dispatch, Emit } from '../app/call'
import type { Clock } from '../app/ports'
import type { Rooms } from '../app/rooms'
import { writeScheduled } from './scheduled-store'

export interface ByItselfDeps {
  readonly dispatch: Dispatch
  readonly rooms: Pick<Rooms, 'users' | 'transaction' | 'database'>
  readonly clock: Clock
  readonly emit: Emit
}

type Ended = Omit<ScheduledOutcome, 'at'>

/** Another sync is at work, or the console ends: nothing is wrong, and the time before still says how it went. */
const givesWay: ReadonlySet<Code> = new Set(['SYNC_RUNNING', 'CANCELLED'])

/**
 * Reads, plans and applies as an administrator would who only looks at the numbers: never more removals than the limit,
 * nothing after a cut read, no link that waits for somebody to look at it. It comes through the one door, so that it is
 * audited like anybody's sync. Before the first administrator is made it leaves the accounts alone.
 */
export async function syncByItself(deps: ByItselfDeps): Promise<void> {
  const { rooms, clock, emit } = deps
  if ((await rooms.users.count()) === 0) return
  const at = clock.now().toISOString()
  emit('sync.scheduled', { running: true })
  try {
    const ended = await previewAndApply(deps)
    const { code } = ended
    const gaveWay = code !== null && givesWay.has(code)
    const changed = gaveWay ? { skipped: { at, code } } : { last: { at, ...ended } }
    await rooms.transaction((tx) => writeScheduled(rooms.database, tx, changed))
  } finally {
    emit('sync.scheduled', { running: false })
  }
}

async function previewAndApply({ dispatch, emit }: ByItselfDeps): Promise<Ended> {
  const runId = randomUUID()
  const ask = (path: string, input: object): Promise<Result<unknown>> =>
    dispatch({ path, input: { runId, ...input }, caller: { kind: 'schedule' }, emit })
  const seen = await ask('sync.preview', { links: 'unseen' })
  if (!seen.ok) return failed(seen.error)
  const { id, counts } = syncContract.preview.output.parse(seen.value)
  // What may not be applied is refused there, which leaves its record.
  const applied = await ask('sync.apply', { preview: id })
  if (!applied.ok) return { ...failed(applied.error), counts }
  const { run } = syncContract.apply.output.parse(applied.value)
  return { code: null, cause: null, counts, run }
}

function failed({ code, details }: ErrorBody): Ended {
  const cause = codeSchema.safeParse(details['code']).data ?? null
  return { code, cause, counts: null, run: null }
}
