import type { Watched } from '../../contract/history'
import type { Facets } from '../diagnostics/facets'
import { compareRuns, type Comparable } from './compare-runs'

/** So many days before its end a certificate needs somebody's attention. */
export const soonDays = 30
const dayMs = 86_400_000

export interface WatchedRuns {
  readonly subject: string
  readonly newest: Comparable & { readonly id: number; readonly at: string }
  /** The newest good test before it. */
  readonly lastGood: Comparable | null
  /** Whether the settings have a client secret; nowhere is it written when it expires. */
  readonly secret: 'set' | 'notSet'
  /** When somebody last got in this way. */
  readonly lastSignIn: Date | null
}

/** What the newest test of a subject says about what is going to fail, without asking anybody. */
export function watch(runs: WatchedRuns, now: Date): Watched {
  const { subject, newest, secret } = runs
  return {
    ...{ subject, run: newest.id, at: newest.at },
    certificate: certificateOf(newest.facets, now),
    secret: subject === 'ldap' || secret === 'notSet' ? 'none' : 'unknown',
    changed: changedOf(runs),
  }
}

function certificateOf(facets: Facets, now: Date): Watched['certificate'] {
  const validTo = facets['certificate.validTo']
  if (typeof validTo !== 'string') return null
  const days = Math.floor((Date.parse(validTo) - now.getTime()) / dayMs)
  if (Date.parse(validTo) <= now.getTime()) return { validTo, state: 'expired', days }
  return { validTo, state: days <= soonDays ? 'soon' : 'good', days }
}

/** A sign-in that succeeded after the test has shown that the new keys and metadata do. */
function changedOf({ newest, lastGood, lastSignIn }: WatchedRuns): Watched['changed'] {
  if (lastGood === null) return []
  if (lastSignIn !== null && lastSignIn.getTime() > Date.parse(newest.at)) return []
  const areas = new Set(
    compareRuns(lastGood, newest).changes.map(({ facet }) => facet.slice(0, facet.indexOf('.'))),
  )
  return (['keys', 'metadata'] as const).filter((area) => areas.has(area))
}
