import { z } from 'zod'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { readState, writeState } from '../db/console-state'
import { emptyHead, type AuditHead, type ChainedRecord } from './audit-chain'

const headSchema = z.object({ sequence: z.number().int().nonnegative(), hash: z.string() })
const headEntry = { key: 'audit.head', schema: headSchema }
const anchorEntry = { key: 'audit.anchor', schema: headSchema }

export const auditColumns = `sequence, phase, intent, at, actor, os_user AS osUser, host, action, target, account, code, reason,
  before, after, previous_hash AS previousHash, hash, mac`

export const auditRow = z.object({
  sequence: z.number().int(),
  phase: z.enum(['done', 'intent', 'outcome']),
  intent: z.number().int().nullable(),
  at: z.string(),
  actor: z.string(),
  osUser: z.string(),
  host: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  account: z.string().nullable(),
  code: z.string(),
  reason: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  previousHash: z.string(),
  hash: z.string(),
  mac: z.string().nullable(),
})

/** A record with a value that no record can have: a type, or a phase, that was changed in the file itself. */
export interface UnreadableRecord {
  readonly sequence: number
  readonly unreadable: true
}

const numbered = z.looseObject({ sequence: z.number() })

function readRecord(row: z.output<typeof numbered>): ChainedRecord | UnreadableRecord {
  const read = auditRow.safeParse(row)
  return read.success ? read.data : { sequence: row.sequence, unreadable: true }
}

export interface AuditStore {
  readonly head: (tx?: Tx) => Promise<AuditHead>
  /** The last record that was removed when its time was over; the chain that is left begins behind it. */
  readonly anchor: (tx?: Tx) => Promise<AuditHead>
  /** The newest of the oldest records that are all from before `time`, at most `limit` of them. */
  readonly lastBefore: (tx: Tx, time: string, limit: number) => Promise<AuditHead | null>
  /** Removes the records up to `anchor` and says how many those were. */
  readonly removeTo: (tx: Tx, anchor: AuditHead) => Promise<number>
  /** Writes the record and moves the head to it. */
  readonly add: (tx: Tx, record: ChainedRecord) => Promise<void>
  /** What follows a record, altered as it may be: who walks the chain has to tell of it. */
  readonly after: (sequence: number, limit: number) => Promise<readonly (ChainedRecord | UnreadableRecord)[]>
  readonly ofAccount: (accountId: string, limit: number) => Promise<readonly ChainedRecord[]>
  readonly openIntents: () => Promise<readonly ChainedRecord[]>
}

/** The audit's rows and, in `console_state`, the head of their chain. */
export function createAuditStore(queries: Queries): AuditStore {
  // A transaction is alone in the database, so the head it wrote is the head until it ends.
  const heads = new WeakMap<Tx, AuditHead>()
  return {
    head: async (tx) => (tx && heads.get(tx)) ?? (await readState(queries, headEntry, tx)) ?? emptyHead,
    anchor: async (tx) => (await readState(queries, anchorEntry, tx)) ?? emptyHead,
    lastBefore: async (tx, time, limit) => {
      const sql = `SELECT sequence, hash FROM audit_events
        WHERE sequence < coalesce(
          (SELECT sequence FROM audit_events WHERE at >= $time ORDER BY sequence LIMIT 1), $end)
        AND sequence < (SELECT min(sequence) FROM audit_events) + $limit
        ORDER BY sequence DESC LIMIT 1`
      const bind = { time, limit, end: Number.MAX_SAFE_INTEGER }
      return (await queries.select(headSchema, { sql, bind }, tx))[0] ?? null
    },
    removeTo: async (tx, { sequence, hash }) => {
      await writeState(queries, tx, { key: anchorEntry.key, value: { sequence, hash } })
      const sql = 'DELETE FROM audit_events WHERE sequence <= $sequence'
      return queries.run(tx, { sql, bind: { sequence } })
    },
    add: async (tx, record) => {
      await queries.run(tx, {
        sql: `INSERT INTO audit_events (sequence, phase, intent, at, actor, os_user, host, action, target, account,
            code, reason, before, after, previous_hash, hash, mac)
          VALUES ($sequence, $phase, $intent, $at, $actor, $osUser, $host, $action, $target, $account,
            $code, $reason, $before, $after, $previousHash, $hash, $mac)`,
        bind: { ...record },
      })
      const head = { sequence: record.sequence, hash: record.hash }
      await writeState(queries, tx, { key: headEntry.key, value: head })
      heads.set(tx, head)
    },
    after: async (sequence, limit) => {
      const sql = `SELECT ${auditColumns} FROM audit_events WHERE sequence > $sequence ORDER BY sequence LIMIT $limit`
      return (await queries.select(numbered, { sql, bind: { sequence, limit } })).map(readRecord)
    },
    ofAccount: (account, limit) => {
      const sql = `SELECT ${auditColumns} FROM audit_events WHERE account = $account ORDER BY sequence DESC LIMIT $limit`
      return queries.select(auditRow, { sql, bind: { account, limit } })
    },
    openIntents: () => {
      const sql = `SELECT ${auditColumns} FROM audit_events o WHERE phase = 'intent'
        AND NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.intent = o.sequence AND e.phase = 'outcome') ORDER BY sequence`
      return queries.select(auditRow, { sql })
    },
  }
}
