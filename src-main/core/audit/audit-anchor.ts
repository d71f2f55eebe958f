import { z } from 'zod'
import type { Details } from '../../contract/errors'
import { jsonColumn } from '../db/sql'
import type { AuditHead, StoredRecord } from './audit-chain'

/** The record of a removal; it names the last record that was removed, where the chain now begins. */
export const pruneAction = 'audit.prune'

const details = jsonColumn(z.object({ removedTo: z.number().int(), removedToHash: z.string() }))

export function anchorDetails({ sequence, hash }: AuditHead): Details {
  return { removedTo: sequence, removedToHash: hash }
}

/** Where the chain begins by this record, or null where it is none of a removal. */
export function anchorAfter(record: Pick<StoredRecord, 'action' | 'after'>): AuditHead | null {
  if (record.action !== pruneAction || record.after === null) return null
  const parsed = details.safeParse(record.after)
  return parsed.success ? { sequence: parsed.data.removedTo, hash: parsed.data.removedToHash } : null
}
