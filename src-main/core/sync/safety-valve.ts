import type { Code } from '../../contract/errors'

export interface SyncRead {
  readonly completeness: 'complete' | 'partial' | 'failed'
  /** People that were read. */
  readonly entries: number
  /** Enabled accounts that the run would disable, gone and locked ones together. */
  readonly disablements: number
  /** Enabled accounts that are linked with this directory. */
  readonly enabledLinked: number
  /** The number that an administrator typed in; null where nobody did. */
  readonly allowed: number | null
}

/** The most accounts that a run disables without being told the number. */
export function removalLimit(enabledLinked: number): number {
  return Math.min(20, Math.max(1, Math.floor(enabledLinked / 10)))
}

/** Why nothing of this run may be applied; null where it may. A failed or cut read says nothing about who is gone. */
export function applyRefusal(read: SyncRead): Code | null {
  if (read.completeness !== 'complete') return 'SYNC_PARTIAL'
  if (read.entries === 0) return 'SYNC_EMPTY_SOURCE'
  const limit = Math.max(removalLimit(read.enabledLinked), read.allowed ?? 0)
  return read.disablements > limit ? 'SYNC_TOO_MANY_REMOVALS' : null
}
