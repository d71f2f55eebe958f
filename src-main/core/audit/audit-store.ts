import { z } from 'zod'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { readState, writeState } from '../db/console-state'
import { emptyHead, type AuditHead, type ChainedRecord } from './audit-chain'

const headKey = 'audit.head'
const headSchema = z.object({ sequence: z.number().int().nonnegative(), hash: z.string() })

const columns = `sequence, phase, intent, at, actor, os_user AS osUser, host, action, target, account, code, reason,
  before, after, previous_hash AS previousHash, hash, mac`

const recordRow = z.object({
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

export interface AuditStore {
  readonly head: (tx?: Tx) => Promise<AuditHead>
  /** Writes the record and moves the head to it. */
  readonly add: (tx: Tx, record: ChainedRecord) => Promise<void>
  readonly after: (sequence: number, limit: number) => Promise<readonly ChainedRecord[]>
  readonly ofAccount: (accountId: string, limit: number) => Promise<readonly ChainedRecord[]>
  readonly openIntents: () => Promise<readonly ChainedRecord[]>
}

/** The audit's rows and, in `console_state`, the head of their chain. */
export function createAuditStore(queries: Queries): AuditStore {
  return {
    head: async (tx) => (await readState(queries, { key: headKey, schema: headSchema }, tx)) ?? emptyHead,
    add: async (tx, record) => {
      await queries.run(tx, {
        sql: `INSERT INTO audit_events (sequence, phase, intent, at, actor, os_user, host, action, target, account,
            code, reason, before, after, previous_hash, hash, mac)
          VALUES ($sequence, $phase, $intent, $at, $actor, $osUser, $host, $action, $target, $account,
            $code, $reason, $before, $after, $previousHash, $hash, $mac)`,
        bind: { ...record },
      })
      await writeState(queries, tx, { key: headKey, value: { sequence: record.sequence, hash: record.hash } })
    },
    after: (sequence, limit) => {
      const sql = `SELECT ${columns} FROM audit_events WHERE sequence > $sequence ORDER BY sequence LIMIT $limit`
      return queries.select(recordRow, { sql, bind: { sequence, limit } })
    },
    ofAccount: (account, limit) => {
      const sql = `SELECT ${columns} FROM audit_events WHERE account = $account ORDER BY sequence DESC LIMIT $limit`
      return queries.select(recordRow, { sql, bind: { account, limit } })
    },
    openIntents: () => {
      const sql = `SELECT ${columns} FROM audit_events o WHERE phase = 'intent'
        AND NOT EXISTS (SELECT 1 FROM audit_events e WHERE e.intent = o.sequence) ORDER BY sequence`
      return queries.select(recordRow, { sql })
    },
  }
}
