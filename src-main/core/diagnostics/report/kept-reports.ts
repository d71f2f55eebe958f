import type { Report } from '../../../contract/reports'
import type { Actor } from '../../app/ports'

/** The last runs' reports, until they are saved or others take their place; none holds a secret. */
export interface KeptReports {
  readonly keep: (whose: Actor, run: string, report: Report) => void
  /** Only who ran the test has its report; null where there is none. */
  readonly of: (whose: Actor, run: string) => Report | null
}

const most = 20

export function createKeptReports(): KeptReports {
  const kept = new Map<string, Report>()
  return {
    keep: (whose, run, report) => {
      kept.set(keyOf(whose, run), report)
      for (const key of [...kept.keys()].slice(0, -most)) kept.delete(key)
    },
    of: (whose, run) => kept.get(keyOf(whose, run)) ?? null,
  }
}

function keyOf(whose: Actor, run: string): string {
  return JSON.stringify([whose.kind, whose.kind === 'account' ? whose.id : '', run])
}
