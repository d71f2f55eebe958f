import { z } from 'zod'
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
  unreadableAfter,
  type AuditHead,
  type Break,
  type ChainedRecord,
  type StoredRecord,
} from './audit-chain'
import type { AuditHeadFile } from './audit-head-file'
import { createAuditStore, type AuditStore } from './audit-store'
import { anchorAfter, anchorDetails, pruneAction } from './audit-anchor'
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

export interface Verification {
  readonly ok: boolean
  readonly records: number
  readonly head: AuditHead
  /** The first record that is wrong, `AUDIT_TAMPERED`; null where none is. */
  readonly first: Break | null
  readonly macs: 'checked' | 'no-key'
}

export interface VerifyOptions {
  /** A head that was noted outside of the database and of the home. */
  readonly expected?: AuditHead | null
  readonly onProgress?: (records: number) => void
  readonly signal?: AbortSignal
}

export interface AuditLog {
  /** Adds a record in the change's own transaction and returns its id; `AUDIT_WRITE_FAILED` takes the change back. */
  readonly append: (tx: Tx, record: AuditRecord) => Promise<string>
  /** The newest records about an account, newest first. */
  readonly recent: (accountId: string, limit: number) => Promise<UserDetail['events']>
  readonly openIntents: () => Promise<readonly OpenIntent[]>
  readonly head: () => Promise<AuditHead>
  /** The last record that was removed when its time was over; `sequence` 0 where none was. */
  readonly anchor: () => Promise<AuditHead>
  /**
   * Notes the head beside the database, unless what is noted there is ahead of it: that is evidence. One after the
   * other; resolves when all that was asked for before is done too.
   */
  readonly noteHead: () => Promise<void>
  /** Walks the chain to its first break; the head that is noted beside the database is expected in it too. */
  readonly verify: (options?: VerifyOptions) => Promise<Verification>
  /** Removes the oldest records from before `time`, at most `limit`, and records that it did; returns how many. */
  readonly prune: (time: Date, limit: number) => Promise<number>
}

export interface AuditLogDeps {
  readonly queries: Queries
  readonly clock: Clock
  readonly osUser: string
  readonly host: string
  /** From the secret store, where there is one; records that were written with it are checked with it. */
  readonly key?: Uint8Array | null
  readonly headFile?: AuditHeadFile
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

/** A state that was altered so that it no longer is one is found, not a failure of finding. */
async function readable(state: Promise<AuditHead>): Promise<AuditHead | null> {
  try {
    return await state
  } catch (error) {
    if (error instanceof z.ZodError) return null
    throw error
  }
}

interface Walk {
  readonly records: number
  readonly head: AuditHead
  readonly first: Break | null
}

/** Walks the records from where the chain begins, each after the one before, to the first that does not fit. */
async function walk(
  store: AuditStore,
  deps: AuditLogDeps,
  {
    expected,
    onProgress,
    signal,
  }: { expected: readonly AuditHead[] } & Pick<VerifyOptions, 'onProgress' | 'signal'>,
): Promise<Walk> {
  // A removal alone writes an anchor: where none can be read, what is missing at the beginning shows.
  const anchor = (await readable(store.anchor())) ?? emptyHead
  let head = anchor
  let named = emptyHead
  let records = 0
  for (;;) {
    signal?.throwIfAborted()
    const rows = await store.after(head.sequence, batch)
    for (const row of rows) {
      if ('unreadable' in row) return { records, head, first: unreadableAfter(head, row.sequence) }
      const first = faultAfter(head, row, deps.key ?? null)
      if (first) return { records, head, first }
      head = row
      named = anchorAfter(row) ?? named
      records += 1
      const noted = expected.find(({ sequence }) => sequence === row.sequence)
      if (noted && noted.hash !== row.hash)
        return { records, head, first: { sequence: row.sequence, fault: 'altered' } }
    }
    onProgress?.(records)
    if (rows.length < batch) break
  }
  // Records may only be missing at the beginning where the record of their removal says so.
  const isAnchored =
    anchor.sequence === 0 || (anchor.sequence === named.sequence && anchor.hash === named.hash)
  return { records, head, first: isAnchored ? null : { sequence: anchor.sequence, fault: 'removed' } }
}

/** A noted head that lies behind what was found tells of a cut tail, even where the database's own fits. */
function atEnd(found: AuditHead, expected: readonly AuditHead[], written: AuditHead): Break | null {
  const cut = expected.find(({ sequence }) => sequence > found.sequence)
  return cut ? faultAtEnd(found, cut) : faultAtEnd(found, written)
}

async function verify(store: AuditStore, deps: AuditLogDeps, options: VerifyOptions): Promise<Verification> {
  const noted = (await deps.headFile?.read()) ?? null
  const expected = [options.expected ?? null, noted].filter((head) => head !== null)
  const state = await readable(store.head())
  const { records, head, first } = await walk(store, deps, { ...options, expected })
  const written = state ?? { sequence: head.sequence, hash: 'unreadable' }
  const found = first ?? atEnd(head, expected, written)
  const { sequence, hash } = head
  const macs = deps.key ? 'checked' : 'no-key'
  return { ok: found === null, records, head: { sequence, hash }, first: found, macs }
}

/** A head that is noted beside the database and is not of its chain, or ahead of it, is left for `verify` to find. */
async function noteHead(store: AuditStore, file: AuditHeadFile): Promise<void> {
  const [head, noted] = [await store.head(), await file.read()]
  if (noted?.sequence === head.sequence || (noted?.sequence ?? 0) > head.sequence) return
  if (noted) {
    const [row] = await store.after(noted.sequence - 1, 1)
    if (row?.sequence === noted.sequence && ('unreadable' in row || row.hash !== noted.hash)) return
  }
  if (head.sequence > 0) await file.write(head)
}

async function prune(store: AuditStore, deps: AuditLogDeps, what: { tx: Tx; time: Date; limit: number }) {
  const anchor = await store.lastBefore(what.tx, what.time.toISOString(), what.limit)
  if (!anchor) return 0
  const removed = await store.removeTo(what.tx, anchor)
  const record: AuditRecord = {
    ...{ phase: 'done', intent: null, actor: 'console', action: pruneAction, target: null, accountId: null },
    ...{ code: 'OK', reason: null, before: null, after: { removed, ...anchorDetails(anchor) } },
  }
  await store.add(what.tx, chained(record, await store.head(what.tx), deps))
  return removed
}

export function createAuditLog(deps: AuditLogDeps): AuditLog {
  const store = createAuditStore(deps.queries)
  let noting: Promise<void> = Promise.resolve()
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
    anchor: () => store.anchor(),
    noteHead: () => {
      const { headFile } = deps
      if (headFile) noting = noting.catch(() => undefined).then(() => noteHead(store, headFile))
      return noting
    },
    verify: (options = {}) => verify(store, deps, options),
    prune: (time, limit) => deps.queries.transaction((tx) => prune(store, deps, { tx, time, limit })),
  }
}
