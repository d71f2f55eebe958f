import { z } from 'zod'
import type { AuditFilter, SignInFailure } from '../../contract/audit'
import { timeSchema } from '../../contract/app'
import type { Queries } from '../db/connections'
import { listOf, type Statement } from '../db/sql'
import type { ChainedRecord } from './audit-chain'
import { auditColumns, auditRow } from './audit-store'

/** Counting stops here: what is more is said as "more than". */
export const countedTo = 10_000

export interface AuditQueryStore {
  /** Newest first, before the record with the number `after`. */
  readonly page: (
    filter: AuditFilter,
    place: { after: number | null; limit: number },
  ) => Promise<readonly ChainedRecord[]>
  readonly count: (filter: AuditFilter) => Promise<number>
  readonly one: (sequence: number) => Promise<ChainedRecord | null>
  /** Oldest first, behind the record with the number `after` and not behind `last`; intents included. */
  readonly following: (
    filter: AuditFilter,
    place: { after: number; last: number; limit: number },
  ) => Promise<readonly ChainedRecord[]>
  readonly failures: (asked: {
    search: string
    since: string | null
    limit: number
  }) => Promise<SignInFailure[]>
}

const countRow = z.object({ count: z.number().int() })
const failureRow = z.object({
  ...{ target: z.string().nullable(), account: z.string().nullable(), action: z.string(), code: z.string() },
  ...{ count: z.number().int(), first: timeSchema, last: timeSchema, host: z.string() },
})

const outcomeConditions: Readonly<Record<AuditFilter['outcome'], readonly string[]>> = {
  all: [],
  done: [`code = 'OK'`],
  refused: [`code NOT IN ('OK', 'INTENT')`],
}

/** An intent that has its outcome is told by the outcome. */
const withoutAnswered = `NOT (phase = 'intent' AND EXISTS (SELECT 1 FROM audit_events e WHERE e.intent = a.sequence AND e.phase = 'outcome'))`

/** Letters of ASCII count in either case, as SQLite's `lower` has it. */
const holds = (column: string) => `instr(lower(${column}), $search) > 0`
const asSearched = (search: string) => search.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

function given<V>(value: V | null | '', statement: (value: V) => Required<Statement>): Required<Statement>[] {
  return value === null || value === '' ? [] : [statement(value)]
}

function conditionsOf(filter: AuditFilter): Required<Statement> {
  const rooms = filter.rooms.length === 0 ? null : listOf('room', filter.rooms)
  const parts = [
    ...given(filter.search, (search) => ({
      sql: `(${['target', 'actor', 'reason'].map((column) => holds(column)).join(' OR ')})`,
      bind: { search: asSearched(search) },
    })),
    ...given(filter.account, (account) => ({ sql: 'account = $account', bind: { account } })),
    ...given(rooms, ({ sql, bind }) => ({
      sql: `substr(action, 1, instr(action, '.') - 1) IN ${sql}`,
      bind,
    })),
    ...given(filter.since, (since) => ({ sql: 'at >= $since', bind: { since } })),
    ...given(filter.until, (until) => ({ sql: 'at < $until', bind: { until } })),
    ...outcomeConditions[filter.outcome].map((sql) => ({ sql, bind: {} })),
  ]
  return {
    sql: ['true', ...parts.map(({ sql }) => sql)].join(' AND '),
    bind: Object.assign({}, ...parts.map(({ bind }) => bind)) as Required<Statement>['bind'],
  }
}

/** The audit as it is read: filtered, page by page, and by what sign-ins failed for. */
export function createAuditQueryStore(queries: Queries): AuditQueryStore {
  return {
    page: (filter, { after, limit }) => {
      const { sql, bind } = conditionsOf(filter)
      return queries.select(auditRow, {
        sql: `SELECT ${auditColumns} FROM audit_events a
          WHERE sequence < $before AND ${sql} AND ${withoutAnswered} ORDER BY sequence DESC LIMIT $limit`,
        bind: { ...bind, before: after ?? Number.MAX_SAFE_INTEGER, limit },
      })
    },
    count: async (filter) => {
      const { sql, bind } = conditionsOf(filter)
      const counted = `SELECT 1 FROM audit_events a WHERE ${sql} AND ${withoutAnswered} LIMIT $countedTo`
      const [row] = await queries.select(countRow, {
        sql: `SELECT count(*) AS count FROM (${counted})`,
        bind: { ...bind, countedTo },
      })
      return row?.count ?? 0
    },
    one: async (sequence) => {
      const sql = `SELECT ${auditColumns} FROM audit_events WHERE sequence = $sequence`
      return (await queries.select(auditRow, { sql, bind: { sequence } }))[0] ?? null
    },
    following: (filter, { after, last, limit }) => {
      const { sql, bind } = conditionsOf(filter)
      return queries.select(auditRow, {
        sql: `SELECT ${auditColumns} FROM audit_events a
          WHERE sequence > $after AND sequence <= $last AND ${sql} ORDER BY sequence LIMIT $limit`,
        bind: { ...bind, after, last, limit },
      })
    },
    failures: ({ search, since, limit }) =>
      queries.select(failureRow, {
        sql: `SELECT target, account, action, code, count(*) AS count, min(at) AS first, max(at) AS last, host
          FROM audit_events
          WHERE action LIKE 'session.signIn%' AND code NOT IN ('OK', 'INTENT') AND at >= $since
            AND ($search = '' OR ${holds('target')})
          GROUP BY target, account, action, code ORDER BY max(sequence) DESC LIMIT $limit`,
        bind: { search: asSearched(search), since: since ?? '', limit },
      }),
  }
}
