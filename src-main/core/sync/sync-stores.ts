import type { Queries } from '../db/connections'
import { createApplyStore } from './apply-store'
import { createRunStore } from './run-store'
import { createPlannedRows, createStagingStore } from './staging-store'
import { createUndoStore } from './undo-store'

/** The room's stores on one database. */
export function createSyncStores(queries: Queries) {
  return {
    staging: createStagingStore(queries),
    planned: createPlannedRows(queries),
    runs: createRunStore(queries),
    applying: createApplyStore(queries),
    undoing: createUndoStore(queries),
  }
}
