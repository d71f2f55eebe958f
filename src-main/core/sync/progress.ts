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
      const left = secondsLeft({ done, expected, perSecond })
      const { runId } = run.input
      run.context.emit('sync.progress', { runId, phase, done, expected, perSecond, secondsLeft: left })
    },
  }
}

/** At the rate so far; null where that says nothing, or where more was done already than was expected. */
export function secondsLeft({
  done,
  expected,
  perSecond,
}: Pick<Told, 'done' | 'expected' | 'perSecond'>): number | null {
  if (expected === null || perSecond === 0 || done > expected) return null
  return Math.ceil((expected - done) / perSecond)
}
