import { AppError, type Details } from '../../contract/errors'
import type { UserDetail } from '../../contract/users'
import type { Clock, Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import {
  emptyHead,
  faultAfter,
  faultAtEnd,
  hashOf,
  macOf,
  type AuditHead,
  type Break,
  type ChainedRecord,
  type StoredRecord,
} from './audit-chain'
import { createAuditStore, type AuditStore } from './audit-store'
import { redactSecrets } from './redact-secrets'

/** One record's content; the log adds number, time, operating-system user, host and hashes. */
export interface AuditRecord {
  /** `done`: written with its change. `intent` and `outcome`: before and after what no transaction can hold. */
  readonly phase: 'done' | 'intent' | 'outcome'
  /** An outcome's intent, as `append` returned it. */
  readonly intent: string | null
  readonly actor: string
  /** The contract's path, as `users.disable`. */
  readonly action: string
  readonly target: string | null
  readonly accountId: string | null
  /** `OK`, or the code of the refusal. */
  readonly code: string
  readonly reason: string | null
  readonly before: Details | null
  readonly after: Details | null
}

/** A command that was begun and has no outcome: it runs, or it was cut off. */
export interface OpenIntent {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly target: string | null
}

export type Verification =
  | { readonly ok: true; readonly records: number; readonly head: AuditHead }
  | {
      readonly ok: false
      readonly records: number
      readonly head: AuditHead
      readonly first: Break
      readonly code: 'AUDIT_TAMPERED'
    }

export interface AuditLog {
  /** Adds a record in the change's own transaction and returns its id; `AUDIT_WRITE_FAILED` takes the change back. */
  readonly append: (tx: Tx, record: AuditRecord) => Promise<string>
  /** The newest records about an account, newest first. */
  readonly recent: (accountId: string, limit: number) => Promise<UserDetail['events']>
  readonly openIntents: () => Promise<readonly OpenIntent[]>
  readonly head: () => Promise<AuditHead>
  /** Walks the chain to its first break; `expected` is a head that was noted outside of the database. */
  readonly verify: (expected?: AuditHead) => Promise<Verification>
}

export interface AuditLogDeps {
  readonly queries: Queries
  readonly clock: Clock
  readonly osUser: string
  readonly host: string
  /** From the secret store, where there is one; records that were written with it are checked with it. */
  readonly key?: Uint8Array | null
}

const batch = 1000

/** A record that follows the head, with its hashes. */
function chained(record: AuditRecord, head: AuditHead, deps: AuditLogDeps): ChainedRecord {
  const stored: StoredRecord = {
    sequence: head.sequence + 1,
    phase: record.phase,
    intent: record.intent === null ? null : Number(record.intent),
    at: deps.clock.now().toISOString(),
    actor: record.actor,
    osUser: deps.osUser,
    host: deps.host,
    action: record.action,
    target: record.target,
    account: record.accountId,
    code: record.code,
    reason: record.reason,
    before: record.before && JSON.stringify(redactSecrets(record.before)),
    after: record.after && JSON.stringify(redactSecrets(record.after)),
  }
  const hash = hashOf(stored, head.hash)
  return { ...stored, previousHash: head.hash, hash, mac: deps.key ? macOf(hash, deps.key) : null }
}

async function findBreak(
  store: AuditStore,
  key: Uint8Array | null,
  ends: { written: AuditHead; expected: AuditHead | null },
): Promise<{ records: number; head: AuditHead; first: Break | null }> {
  let head = emptyHead
  let records = 0
  for (;;) {
    const rows = await store.after(head.sequence, batch)
    for (const row of rows) {
      const first = faultAfter(head, row, key)
      if (first) return { records, head, first }
      head = row
      records += 1
      const noted = ends.expected?.sequence === head.sequence ? ends.expected : head
      if (noted.hash !== head.hash)
        return { records, head, first: { sequence: head.sequence, fault: 'altered' } }
    }
    if (rows.length < batch) break
  }
  const cut = ends.expected && ends.expected.sequence > head.sequence ? faultAtEnd(head, ends.expected) : null
  return { records, head, first: cut ?? faultAtEnd(head, ends.written) }
}

export function createAuditLog(deps: AuditLogDeps): AuditLog {
  const store = createAuditStore(deps.queries)
  return {
    append: async (tx, record) => {
      try {
        const next = chained(record, await store.head(tx), deps)
        await store.add(tx, next)
        return String(next.sequence)
      } catch (error) {
        throw new AppError('AUDIT_WRITE_FAILED', { cause: error })
      }
    },
    recent: async (accountId, limit) => {
      const records = await store.ofAccount(accountId, limit)
      return records.map(({ sequence, at, actor, action, code, reason }) => ({
        ...{ id: String(sequence), at, actor },
        ...{ action, code, reason },
      }))
    },
    openIntents: async () => {
      const records = await store.openIntents()
      return records.map(({ sequence, at, actor, action, target }) => ({
        id: String(sequence),
        ...{ at, actor, action, target },
      }))
    },
    head: () => store.head(),
    verify: async (expected) => {
      const ends = { written: await store.head(), expected: expected ?? null }
      const { records, head, first } = await findBreak(store, deps.key ?? null, ends)
      const { sequence, hash } = head
      const found = { records, head: { sequence, hash } }
      return first ? { ok: false, ...found, first, code: 'AUDIT_TAMPERED' } : { ok: true, ...found }
    },
  }
}
