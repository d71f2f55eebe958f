import { AppError } from '../../contract/errors'
import type { SyncCounts, SyncPreview } from '../../contract/sync'
import { actorName } from '../app/call-audit'
import type { CallContext } from '../app/ports'
import { applyRefusal } from './safety-valve'
import { adminsLeft, alone, type SyncDeps } from './sync-deps'

/** What was read longer ago says too little about who is gone. */
const freshMs = 60 * 60_000

export interface ApplyInput {
  readonly runId: string
  readonly preview: string
  readonly maxRemovals: number | null
}

/** Does what the preview says in one transaction, or nothing where an account is no longer as it was seen. */
export function applySync(
  deps: SyncDeps,
  input: ApplyInput,
  context: CallContext,
): Promise<{ run: string | null; counts: SyncCounts }> {
  const { rooms, runs, applying, clock } = deps
  const { actor, audit } = context
  return alone(deps, () =>
    rooms.transaction(async (tx) => {
      const now = clock.now()
      const stored = await runs.preview(input.preview, tx)
      if (!stored) throw new AppError('NOT_FOUND', { details: { preview: input.preview } })
      const { summary: preview, directory } = stored
      requireApplicable(preview, input.maxRemovals)
      const isOld = now.getTime() - Date.parse(preview.readAt) > freshMs
      if (isOld || (await applying.outdated(tx, directory)) > 0)
        throw new AppError('CONFLICT', { text: 'syncOutdated' })
      const { counts, id } = preview
      const { create, link, update, disable } = counts
      const run = create + link + update + disable > 0 ? id : null
      if (run !== null) {
        const admins = await adminsLeft(deps, tx)
        await applying.apply(tx, { run, directory, now })
        await admins.require()
        await runs.finish(tx, { id, actor: actorName(actor), now })
      }
      await audit.record(tx, { target: directory, after: { run, ...counts } })
      return { run, counts }
    }),
  )
}

function requireApplicable(preview: SyncPreview, allowed: number | null): void {
  const { completeness, entries, disablements, code } = preview
  const { planned, limit, enabledLinked } = disablements
  const refusal = applyRefusal({ completeness, entries, disablements: planned, enabledLinked, allowed })
  if (refusal === null) return
  const details = { completeness, code, entries, removals: planned, limit, enabledLinked }
  throw new AppError(refusal, { details })
}
