import type { Stage, StageEvent } from '../../src-main/contract/stages'

/** One rung on the screen: running while `stage` is null. */
export interface Rung {
  readonly key: string
  readonly id: string
  readonly target: string | null
  readonly stage: Stage | null
}

/** What a run has shown so far. */
export interface LadderProgress {
  readonly runId: string
  readonly rungs: readonly Rung[]
}

export function emptyProgress(runId: string): LadderProgress {
  return { runId, rungs: [] }
}

function isOpen(rung: Rung, event: StageEvent): boolean {
  return rung.id === event.id && rung.target === event.target && rung.stage === null
}

/** Adds an event: a start opens a rung, an end closes the open rung of the same stage and target. */
export function advance(progress: LadderProgress, event: StageEvent): LadderProgress {
  if (event.runId !== progress.runId) return progress
  const { rungs } = progress
  const open = rungs.find((rung) => isOpen(rung, event))
  if (open !== undefined) {
    if (event.stage === null) return progress
    return {
      ...progress,
      rungs: rungs.map((rung) => (rung === open ? { ...rung, stage: event.stage } : rung)),
    }
  }
  const key = `${rungs.length}-${event.id}`
  return { ...progress, rungs: [...rungs, { key, id: event.id, target: event.target, stage: event.stage }] }
}

/** The final answer's stages as rungs. */
export function rungsOf(stages: readonly Stage[]): readonly Rung[] {
  return stages.map((stage, index) => ({ key: `${index}-${stage.id}`, id: stage.id, target: null, stage }))
}

/** When a stage began and how long it took, as parts of the whole run. */
export interface Span {
  readonly from: number
  readonly length: number
}

/** One after the other, as they ran: where each rung's bar begins and how long it is, between 0 and 1. */
export function spansOf(rungs: readonly Rung[]): readonly Span[] {
  const times = rungs.map((rung) => rung.stage?.ms ?? 0)
  const whole = Math.max(
    1,
    times.reduce((sum, ms) => sum + ms, 0),
  )
  let begun = 0
  return times.map((ms) => {
    const span = { from: begun / whole, length: ms / whole }
    begun += ms
    return span
  })
}
