import type { RunStage } from '../../contract/history'
import type { Facets, FacetValue } from '../diagnostics/facets'

/** What is kept of a run that can be compared. */
export interface Comparable {
  readonly stages: readonly RunStage[]
  readonly facets: Facets
}

export interface Change {
  /** `area.name` */
  readonly facet: string
  readonly before: FacetValue
  readonly after: FacetValue
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

export interface Difference {
  readonly changes: readonly Change[]
  readonly stages: readonly { id: string; before: RunStage | null; after: RunStage | null }[]
  /** Facets that only one of the two runs got to see. */
  readonly unseen: readonly string[]
}

/** People come and go: a count is another one when it differs by more than this part of it, and by one at least. */
export const countTolerance = 0.01
/** Seconds by which a clock may wander between two tests, beside what the measurements leave open. */
export const clockTolerance = 5

/** A facet that only repeats a setting is not named beside it. */
const consequences: Readonly<Record<string, readonly string[]>> = {
  'bind.identity': ['settings.LDAP_BIND_DN'],
  'tls.expectedName': ['settings.LDAP_HOST', 'settings.LDAP_TLS_SERVER_NAME'],
}

/** What is different between two runs of the same subject; what one of them did not get to see is no difference. */
export function compareRuns(before: Comparable, after: Comparable): Difference {
  const names = [...new Set([...Object.keys(before.facets), ...Object.keys(after.facets)])]
  const unseen = names.filter((name) => !(name in before.facets && name in after.facets))
  const found = names
    .filter((name) => !unseen.includes(name))
    .map((name) => changeOf(name, before.facets[name] ?? null, after.facets[name] ?? null))
    .filter((change) => change !== null)
  const changed = new Set(found.map(({ facet }) => facet))
  const changes = found.filter(({ facet }) => !consequences[facet]?.some((cause) => changed.has(cause)))
  return { changes, unseen, stages: stageChanges(before.stages, after.stages) }
}

function changeOf(facet: string, before: FacetValue, after: FacetValue): Change | null {
  if (isSame(before, after)) return null
  const one = new Set(Array.isArray(before) ? before : [])
  const other = new Set(Array.isArray(after) ? after : [])
  const lists = Array.isArray(before) || Array.isArray(after)
  return {
    ...{ facet, before, after },
    added: lists ? [...other].filter((each) => !one.has(each)) : [],
    removed: lists ? [...one].filter((each) => !other.has(each)) : [],
  }
}

type Structured = Exclude<FacetValue, string | null | string[]>

const isStructured = (value: FacetValue): value is Structured =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isSame(before: FacetValue, after: FacetValue): boolean {
  if (isStructured(before) && isStructured(after)) return isSameStructure(before, after)
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.toSorted().join('\n') === after.toSorted().join('\n')
  }
  return before === after
}

function isSameStructure(before: Structured, after: Structured): boolean {
  if ('count' in before && 'count' in after) return isSameCount(before, after)
  if ('seconds' in before && 'seconds' in after) {
    const allowed = clockTolerance + before.uncertainty + after.uncertainty
    return Math.abs(after.seconds - before.seconds) <= allowed
  }
  return 'set' in before && 'set' in after && isSameSecret(before, after)
}

type Count = Extract<Structured, { count: number }>

/** "At least n" is contradicted only by a whole count below it. */
function isSameCount(before: Count, after: Count): boolean {
  const both = [before, after]
  const least = both.filter(({ whole }) => !whole).map(({ count }) => count)
  const whole = both.filter((each) => each.whole).map(({ count }) => count)
  if (least.length > 0) return whole.every((count) => count >= Math.max(...least))
  const apart = Math.abs(after.count - before.count)
  if (before.count === 0 || after.count === 0) return apart === 0
  return apart <= Math.floor(before.count * countTolerance)
}

type Secret = Extract<Structured, { set: boolean }>

/** Marks of different keys say nothing about each other. */
function isSameSecret(before: Secret, after: Secret): boolean {
  if (before.set !== after.set) return false
  if (before.mark === null || after.mark === null) return true
  const keyOf = (mark: string) => mark.split(':')[0]
  return keyOf(before.mark) !== keyOf(after.mark) || before.mark === after.mark
}

/** Only what came out of a stage counts, not how long it took. */
function stageChanges(before: readonly RunStage[], after: readonly RunStage[]): Difference['stages'] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))]
  const of = (stages: readonly RunStage[], id: string) => stages.find((stage) => stage.id === id) ?? null
  return ids
    .map((id) => ({ id, before: of(before, id), after: of(after, id) }))
    .filter((one) => one.before?.status !== one.after?.status || one.before?.code !== one.after?.code)
}
