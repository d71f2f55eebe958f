import type { CallContext } from '../app/ports'
import type { Events } from '../../contract'

export interface SyncProgress {
  readonly reached: (done: number) => void
}

type Told = Events['sync.progress']

/** Tells how far the work is and how fast it goes, at most five times a second. */
export function createProgress(
  run: { readonly context: Pick<CallContext, 'emit'>; readonly input: { readonly runId: string } },
  { phase, expected }: Pick<Told, 'phase' | 'expected'>,
): SyncProgress {
  const started = performance.now()
  let told = -Infinity
  return {
    reached: (done) => {
      const now = performance.now()
      if (now - told < 200) return
      told = now
      const perSecond = Math.round((done * 1000) / Math.max(1, now - started))
      run.context.emit('sync.progress', { runId: run.input.runId, phase, done, expected, perSecond })
    },
  }
}
