import { z } from 'zod'
import type { Queries } from '../db/connections'
import { asFlag, asTime, flagColumn, timeColumn } from '../db/sql'
import type { Account, SessionRow, SessionStore } from '../users/account'
import { accountColumns, accountRow } from '../users/user-store-rows'

const columns = `
  s.account AS accountId, s.via, s.host, s.started_at AS startedAt, s.last_seen_at AS lastSeenAt,
  s.expires_at AS expiresAt, s.ended_at AS endedAt, s.renewable, s.renewed_at AS renewedAt,
  s.offline_since AS offlineSince`

const sessionFields = z.object({
  accountId: z.string(),
  via: z.string(),
  host: z.string(),
  startedAt: timeColumn,
  lastSeenAt: timeColumn,
  expiresAt: timeColumn,
  endedAt: timeColumn.nullable(),
  renewable: flagColumn,
  renewedAt: timeColumn.nullable(),
  offlineSince: timeColumn.nullable(),
})
const countRow = z.object({ count: z.number() })
const idRow = z.object({ id: z.string() })
const sessionRow = sessionFields.extend({ id: z.string() })

/** The account takes the join's names; the session's id comes under its own. */
const currentRow = z
  .intersection(sessionFields.extend({ sessionId: z.string() }), accountRow)
  .transform(({ sessionId, ...row }): { session: SessionRow; account: Account } => {
    const { accountId, via, host, startedAt, lastSeenAt, expiresAt, endedAt, ...rest } = row
    const { renewable, renewedAt, offlineSince, ...account } = rest
    const times = { startedAt, lastSeenAt, expiresAt, endedAt, renewedAt, offlineSince }
    return { session: { id: sessionId, accountId, via, host, renewable, ...times }, account }
  })

function everybodys(queries: Queries): Pick<SessionStore, 'countOpen' | 'endEveryone'> {
  return {
    countOpen: async (now) => {
      const sql = 'SELECT count(*) AS count FROM sessions WHERE ended_at IS NULL AND expires_at > $now'
      const [row] = await queries.select(countRow, { sql, bind: { now: asTime(now) } })
      return row?.count ?? 0
    },
    endEveryone: (tx, now) => {
      const sql = 'UPDATE sessions SET ended_at = $now WHERE ended_at IS NULL AND expires_at > $now'
      return queries.run(tx, { sql, bind: { now: asTime(now) } })
    },
  }
}

function createEnds(queries: Queries): Pick<SessionStore, 'end' | 'endAll' | 'endOthers'> {
  return {
    endOthers: (tx, { now, keep }) => {
      const sql = `UPDATE sessions SET ended_at = $now
        WHERE ended_at IS NULL AND expires_at > $now AND id IS NOT $keep`
      return queries.run(tx, { sql, bind: { now: asTime(now), keep } })
    },
    end: async (tx, id, now) => {
      const sql = 'UPDATE sessions SET ended_at = $now WHERE id = $id AND ended_at IS NULL'
      await queries.run(tx, { sql, bind: { id, now: asTime(now) } })
    },
    endAll: (tx, account, { now, keep }) => {
      const sql = `UPDATE sessions SET ended_at = $now
        WHERE account = $account AND ended_at IS NULL AND expires_at > $now AND id IS NOT $keep`
      return queries.run(tx, { sql, bind: { account, now: asTime(now), keep } })
    },
  }
}

function createRenewals(queries: Queries): Pick<SessionStore, 'setRenewal' | 'overButRenewable'> {
  return {
    setRenewal: async (tx, id, { renewable, renewedAt, offlineSince }) => {
      const columns = {
        ...(renewable === undefined ? {} : { renewable: asFlag(renewable) }),
        ...(renewedAt === undefined ? {} : { renewed_at: renewedAt && asTime(renewedAt) }),
        ...(offlineSince === undefined ? {} : { offline_since: offlineSince && asTime(offlineSince) }),
      }
      const set = Object.keys(columns).map((column) => `${column} = $${column}`)
      const sql = `UPDATE sessions SET ${set.join(', ')} WHERE id = $id`
      if (set.length > 0) await queries.run(tx, { sql, bind: { id, ...columns } })
    },
    overButRenewable: async (now) => {
      const sql = `SELECT id FROM sessions
        WHERE renewable = 1 AND (ended_at IS NOT NULL OR expires_at <= $now) LIMIT 1000`
      return (await queries.select(idRow, { sql, bind: { now: asTime(now) } })).map(({ id }) => id)
    },
  }
}

/** Console sessions; a row can end what lives in the main process's memory. */
export function createSessionStore(queries: Queries): SessionStore {
  return {
    ...everybodys(queries),
    insert: async (tx, session) => {
      await queries.run(tx, {
        sql: `INSERT INTO sessions (id, account, via, host, started_at, last_seen_at, expires_at)
          VALUES ($id, $account, $via, $host, $started, $started, $expires)`,
        bind: {
          id: session.id,
          account: session.accountId,
          via: session.via,
          host: session.host,
          started: asTime(session.startedAt),
          expires: asTime(session.expiresAt),
        },
      })
    },
    current: async (id) => {
      const sql = `SELECT s.id AS sessionId, ${columns}, ${accountColumns}
        FROM sessions s JOIN users u ON u.id = s.account WHERE s.id = $id AND u.deleted_at IS NULL`
      return (await queries.select(currentRow, { sql, bind: { id } }))[0] ?? null
    },
    touch: async (id, now) => {
      const sql = 'UPDATE sessions SET last_seen_at = $now WHERE id = $id AND ended_at IS NULL'
      await queries.transaction((tx) => queries.run(tx, { sql, bind: { id, now: asTime(now) } }))
    },
    open: (account, now) => {
      const sql = `SELECT s.id, ${columns} FROM sessions s
        WHERE s.account = $account AND s.ended_at IS NULL AND s.expires_at > $now
        ORDER BY s.started_at DESC, s.id`
      return queries.select(sessionRow, { sql, bind: { account, now: asTime(now) } })
    },
    all: (account, now) => {
      const sql = `SELECT s.id AS sessionId, ${columns}, ${accountColumns}
        FROM sessions s JOIN users u ON u.id = s.account
        WHERE s.ended_at IS NULL AND s.expires_at > $now AND u.deleted_at IS NULL
          AND ($account IS NULL OR s.account = $account)
        ORDER BY s.started_at DESC, s.id LIMIT 1000`
      return queries.select(currentRow, { sql, bind: { account, now: asTime(now) } })
    },
    ...createEnds(queries),
    ...createRenewals(queries),
  }
}
