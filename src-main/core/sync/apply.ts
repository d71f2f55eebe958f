import { AppError } from '../../contract/errors'
import { syncFreshMs, type SyncCounts, type SyncPreview } from '../../contract/sync'
import { actorName } from '../app/call-audit'
import type { CallContext } from '../app/ports'
import { applySteps } from './apply-store'
import { createProgress } from './progress'
import { applyRefusal } from './safety-valve'
import { adminsLeft, alone, type SyncDeps } from './sync-deps'

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
      const isOld = now.getTime() - Date.parse(preview.readAt) > syncFreshMs
      if (isOld || (await applying.outdated(tx, directory)) > 0)
        throw new AppError('CONFLICT', { text: 'syncOutdated' })
      const { counts, id } = preview
      const { create, link, update, disable } = counts
      const run = create + link + update + disable > 0 ? id : null
      if (run !== null) {
        const admins = await adminsLeft(deps, tx)
        const onStep = stepsOf(input, context)
        await applying.apply(tx, { run, directory, now, onStep })
        await admins.require()
        await runs.finish(tx, { id, actor: actorName(actor), now })
      }
      await audit.record(tx, { target: directory, after: { run, ...counts } })
      return { run, counts }
    }),
  )
}

/** Between two steps it can still be cancelled, which takes all of them back. */
function stepsOf(input: ApplyInput, context: CallContext): (done: number) => void {
  const progress = createProgress({ context, input }, { phase: 'applying', expected: applySteps })
  return (done) => {
    if (context.signal.aborted) throw new AppError('CANCELLED')
    progress.reached(done)
  }
}

function requireApplicable(preview: SyncPreview, allowed: number | null): void {
  const { completeness, entries, disablements, code } = preview
  const { planned, limit, enabledLinked } = disablements
  const refusal = applyRefusal({ completeness, entries, disablements: planned, enabledLinked, allowed })
  if (refusal === null) return
  const details = { completeness, code, entries, removals: planned, limit, enabledLinked }
  throw new AppError(refusal, { details })
}
