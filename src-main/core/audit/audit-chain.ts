import { createHash, createHmac } from 'node:crypto'

/** A record as it is stored; `before` and `after` are the JSON text itself, so that its hash never depends on a parser. */
export interface StoredRecord {
  readonly sequence: number
  readonly phase: 'done' | 'intent' | 'outcome'
  readonly intent: number | null
  readonly at: string
  readonly actor: string
  readonly osUser: string
  readonly host: string
  readonly action: string
  readonly target: string | null
  readonly account: string | null
  readonly code: string
  readonly reason: string | null
  readonly before: string | null
  readonly after: string | null
}

export interface ChainedRecord extends StoredRecord {
  readonly previousHash: string
  readonly hash: string
  readonly mac: string | null
}

/** The end of the chain: how many records there are and the hash of the last. */
export interface AuditHead {
  readonly sequence: number
  readonly hash: string
}

export const emptyHead: AuditHead = { sequence: 0, hash: '0'.repeat(64) }

/** SHA-256 over the record in one fixed order and the hash of the record before. */
export function hashOf(record: StoredRecord, previousHash: string): string {
  const { sequence, phase, intent, at, actor, osUser, host, action, target, account, code, reason } = record
  const canonical = JSON.stringify([
    ...[sequence, phase, intent, at, actor, osUser, host, action, target, account, code, reason],
    ...[record.before, record.after, previousHash],
  ])
  return createHash('sha256').update(canonical).digest('hex')
}

/** What only who has the key can make: without it the whole chain could be written anew. */
export function macOf(hash: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(hash).digest('hex')
}

export type ChainFault = 'altered' | 'removed' | 'inserted' | 'cut-tail'

export interface Break {
  readonly sequence: number
  readonly fault: ChainFault
}

function misplacedAfter(head: AuditHead, sequence: number): Break | null {
  if (sequence > head.sequence + 1) return { sequence: head.sequence + 1, fault: 'removed' }
  return sequence < head.sequence + 1 ? { sequence, fault: 'inserted' } : null
}

/** What is wrong with a record that follows `head` and holds what no record can hold. */
export function unreadableAfter(head: AuditHead, sequence: number): Break {
  return misplacedAfter(head, sequence) ?? { sequence, fault: 'altered' }
}

/** What is wrong with the record that follows `head`, or null. */
export function faultAfter(head: AuditHead, record: ChainedRecord, key: Uint8Array | null): Break | null {
  const { sequence } = record
  const misplaced = misplacedAfter(head, sequence)
  if (misplaced) return misplaced
  if (hashOf(record, record.previousHash) !== record.hash) return { sequence, fault: 'altered' }
  if (record.previousHash !== head.hash) return { sequence, fault: 'inserted' }
  if (key && record.mac !== null && macOf(record.hash, key) !== record.mac)
    return { sequence, fault: 'altered' }
  return null
}

/** Compares where the chain ends with where it was written to end. */
export function faultAtEnd(found: AuditHead, written: AuditHead): Break | null {
  if (found.sequence < written.sequence) return { sequence: found.sequence + 1, fault: 'cut-tail' }
  if (found.sequence > written.sequence) return { sequence: written.sequence + 1, fault: 'inserted' }
  return found.hash === written.hash ? null : { sequence: found.sequence, fault: 'altered' }
}
