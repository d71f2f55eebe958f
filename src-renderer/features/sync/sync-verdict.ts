import {
  syncFreshMs,
  type SyncCounts,
  type SyncListed,
  type SyncPreview,
} from '../../../src-main/contract/sync'

/** What changes accounts, in the order in which it is named. */
export const changingActions = ['create', 'link', 'update', 'enable', 'disable'] as const
type Changing = (typeof changingActions)[number]

export interface Part<A extends string> {
  readonly action: A
  readonly count: number
}

/** How often each thing would be done; what would not be done at all is left out. */
export function partsOf({ facets }: Pick<SyncPreview, 'facets'>): readonly Part<Changing>[] {
  return changingActions
    .map((action) => ({ action, count: countOf(facets, action) }))
    .filter(({ count }) => count > 0)
}

/** What a run did; accounts that were enabled again count as updated there. */
export function doneParts(counts: SyncCounts): readonly Part<'create' | 'link' | 'update' | 'disable'>[] {
  return (['create', 'link', 'update', 'disable'] as const)
    .map((action) => ({ action, count: counts[action] }))
    .filter(({ count }) => count > 0)
}

export function countOf(facets: SyncPreview['facets'], action: SyncListed): number {
  return facets.filter((facet) => facet.action === action).reduce((sum, { count }) => sum + count, 0)
}

export type PreviewState = 'nothing' | 'changes' | 'valve' | 'partial' | 'failed' | 'empty' | 'old'

/** What is to be said first of a preview. */
export function previewState(preview: SyncPreview, now: number): PreviewState {
  if (preview.completeness !== 'complete') return preview.completeness
  if (preview.refusal === 'SYNC_EMPTY_SOURCE') return 'empty'
  if (partsOf(preview).length === 0) return 'nothing'
  if (now - Date.parse(preview.readAt) > syncFreshMs) return 'old'
  return preview.refusal === 'SYNC_TOO_MANY_REMOVALS' ? 'valve' : 'changes'
}

/** `12 s` or `3 min`, rounded up. */
export function shortTime(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  return `${Math.ceil(seconds / 60)} min`
}
