import type { UpkeepJob } from '../upkeep/upkeep'
import type { AuditLog } from './audit-log'

const day = 86_400_000
/** So many records go in one transaction, so that nobody has to wait for long. */
const piece = 5000

/** Removes the records whose time is over; the retention is in days. */
export function auditPruning(log: AuditLog, retention: () => Promise<number>): UpkeepJob {
  return {
    name: 'audit',
    run: async (now) => {
      const before = new Date(now.getTime() - (await retention()) * day)
      let total = 0
      for (;;) {
        const removed = await log.prune(before, piece)
        total += removed
        if (removed === 0) return total
      }
    },
  }
}
