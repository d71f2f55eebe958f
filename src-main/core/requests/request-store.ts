import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { authProviderSchema, timeSchema } from '../../contract/app'
import { accountStateSchema } from '../../contract/users'
import type { HelpRequest } from '../../contract/requests'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { jsonColumn } from '../db/sql'
import { stateColumn } from '../users/user-store-filter'

const detailsSchema = z.object({
  host: z.string(),
  outcome: z.enum(['done', 'refused']).optional(),
  reason: z.string().nullable().optional(),
})

const requestRow = z
  .object({
    id: z.string(),
    kind: z.literal('password'),
    accountId: z.string(),
    username: z.string(),
    fullName: z.string().nullable(),
    authProvider: authProviderSchema,
    state: accountStateSchema,
    details: jsonColumn(detailsSchema),
    createdAt: timeSchema,
    doneAt: timeSchema.nullable(),
    doneBy: z.string().nullable(),
  })
  .transform((row): HelpRequest => {
    const { id, kind, accountId, username, fullName, authProvider, state, details, createdAt } = row
    const { outcome = 'done', reason = null, host } = details
    return {
      ...{ id, kind, host, createdAt },
      account: { id: accountId, username, fullName, authProvider, state },
      done: row.doneAt === null ? null : { at: row.doneAt, by: row.doneBy ?? '', outcome, reason },
    }
  })

const selectRequest = `SELECT r.id, r.kind, u.id AS accountId, u.username, u.full_name AS fullName,
    u.auth_provider AS authProvider, ${stateColumn} AS state, r.details, r.created_at AS createdAt,
    r.done_at AS doneAt, r.done_by AS doneBy
  FROM requests r JOIN users u ON u.id = r.account AND u.deleted_at IS NULL`

const countRow = z.object({ count: z.number().int() })

export interface Closing {
  readonly by: string
  readonly outcome: 'done' | 'refused'
  readonly reason: string | null
  readonly now: Date
}

export interface RequestStore {
  readonly list: (asked: { state: 'open' | 'done'; limit: number; now: Date }) => Promise<HelpRequest[]>
  readonly open: () => Promise<number>
  readonly one: (id: string, now: Date, tx?: Tx) => Promise<HelpRequest | null>
  /** Files a request for a password, unless one of the account is open; says whether it did. */
  readonly filePassword: (tx: Tx, request: { account: string; host: string; now: Date }) => Promise<boolean>
  readonly close: (tx: Tx, id: string, closing: Closing) => Promise<void>
  /** Closes what is open for an account, and returns how many that were. */
  readonly closeOf: (tx: Tx, account: string, closing: Closing) => Promise<number>
}

/** What people ask the helpdesk for. */
export function createRequestStore(queries: Queries): RequestStore {
  const close = (tx: Tx, where: { sql: string; id: string }, { by, outcome, reason, now }: Closing) =>
    queries.run(tx, {
      sql: `UPDATE requests SET done_at = $now, done_by = $by,
          details = json_set(details, '$.outcome', $outcome, '$.reason', $reason)
        WHERE ${where.sql} AND done_at IS NULL`,
      bind: { id: where.id, now: now.toISOString(), by, outcome, reason },
    })
  return {
    list: ({ state, limit, now }) => {
      const [condition, order] =
        state === 'open' ? ['IS NULL', 'r.created_at'] : ['IS NOT NULL', 'r.done_at DESC']
      const sql = `${selectRequest} WHERE r.done_at ${condition} ORDER BY ${order}, r.id LIMIT $limit`
      return queries.select(requestRow, { sql, bind: { limit, now: now.toISOString() } })
    },
    open: async () => {
      const sql = `SELECT count(*) AS count FROM requests r JOIN users u ON u.id = r.account
        WHERE r.done_at IS NULL AND u.deleted_at IS NULL`
      return (await queries.select(countRow, { sql }))[0]?.count ?? 0
    },
    one: async (id, now, tx) => {
      const bind = { id, now: now.toISOString() }
      return (
        (await queries.select(requestRow, { sql: `${selectRequest} WHERE r.id = $id`, bind }, tx))[0] ?? null
      )
    },
    filePassword: async (tx, { account, host, now }) => {
      const filed = await queries.run(tx, {
        sql: `INSERT INTO requests (id, kind, account, details, created_at)
          SELECT $id, 'password', $account, json_object('host', $host), $now WHERE NOT EXISTS (
            SELECT 1 FROM requests WHERE account = $account AND kind = 'password' AND done_at IS NULL)`,
        bind: { id: randomUUID(), account, host, now: now.toISOString() },
      })
      return filed > 0
    },
    close: async (tx, id, closing) => {
      await close(tx, { sql: 'id = $id', id }, closing)
    },
    closeOf: (tx, account, closing) => close(tx, { sql: 'account = $id', id: account }, closing),
  }
}
