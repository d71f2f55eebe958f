import { z } from 'zod'
import { authProviderSchema } from '../../contract/app'
import type { Queries } from '../db/connections'
import { asTime, timeColumn } from '../db/sql'
import type { AttemptStore } from '../users/account'

const atRow = z.object({ at: timeColumn }).transform(({ at }) => at)
const lastRow = z
  .object({
    provider: authProviderSchema,
    slug: z.string().nullable(),
    success: timeColumn.nullable(),
    failedAt: timeColumn.nullable(),
    failedCode: z.string().nullable(),
  })
  .transform(({ failedAt, failedCode, ...row }) => ({
    ...row,
    failure: failedAt && failedCode ? { at: failedAt, code: failedCode } : null,
  }))

const latest = (column: string, test: string) => `(SELECT ${column} FROM sign_in_attempts a
  WHERE a.provider = w.provider AND a.slug IS w.slug AND a.code ${test} ORDER BY a.at DESC, a.id DESC LIMIT 1)`

/** Tries to sign in: they count for the limits and say when each way last worked. */
export function createAttemptStore(queries: Queries): AttemptStore {
  return {
    record: async (tx, { key, provider, slug, code, at }) => {
      await queries.run(tx, {
        sql: `INSERT INTO sign_in_attempts (key, provider, slug, code, at)
          VALUES ($key, $provider, $slug, $code, $at)`,
        bind: { key, provider, slug, code, at: asTime(at) },
      })
    },
    failures: (key, since, tx) => {
      const sql = `SELECT at FROM sign_in_attempts WHERE key = $key AND at >= $since AND code IS NOT NULL
          AND id > coalesce((SELECT max(id) FROM sign_in_attempts WHERE key = $key AND code IS NULL), 0)
        ORDER BY at, id`
      return queries.select(atRow, { sql, bind: { key, since: asTime(since) } }, tx)
    },
    asked: (key, since, tx) => {
      const sql = 'SELECT at FROM sign_in_attempts WHERE key = $key AND at >= $since ORDER BY at, id'
      return queries.select(atRow, { sql, bind: { key, since: asTime(since) } }, tx)
    },
    consoleFailures: (since, tx) => {
      const sql = 'SELECT at FROM sign_in_attempts WHERE at >= $since AND code IS NOT NULL ORDER BY at, id'
      return queries.select(atRow, { sql, bind: { since: asTime(since) } }, tx)
    },
    last: () => {
      const sql = `SELECT w.provider, w.slug, ${latest('at', 'IS NULL')} AS success,
          ${latest('at', 'IS NOT NULL')} AS failedAt, ${latest('code', 'IS NOT NULL')} AS failedCode
        FROM (SELECT DISTINCT provider, slug FROM sign_in_attempts WHERE provider IS NOT NULL) w
        ORDER BY w.provider, w.slug`
      return queries.select(lastRow, { sql })
    },
  }
}
