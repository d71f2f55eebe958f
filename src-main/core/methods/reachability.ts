import type { Stage } from '../../contract/stages'
import type { Clock } from '../app/ports'
import type { Reached } from './method-policy'

/** What these stages find is about one person and says nothing of the directory. */
export const aboutPerson: ReadonlySet<string> = new Set([
  'user',
  'membership',
  'userbind',
  'mapping',
  'decision',
])

/** What the last test of each target found; it lives as long as the console. */
export interface Reachability {
  readonly saw: (target: string, stages: readonly Stage[]) => void
  readonly of: (target: string) => Reached
}

export function createReachability(clock: Clock): Reachability {
  const found = new Map<string, NonNullable<Reached>>()
  return {
    saw: (target, stages) => {
      const failed = stages.find((stage) => stage.status === 'failed' && !aboutPerson.has(stage.id))
      found.set(target, { ok: !failed, at: clock.now().toISOString(), code: failed?.code ?? null })
    },
    of: (target) => found.get(target) ?? null,
  }
}
