import type { Queries } from '../db/connections'
import type { Bindable } from '../db/sql'
import type { UpkeepJob } from './upkeep'

const day = 86_400_000
const ago = (now: Date, days: number) => new Date(now.getTime() - days * day).toISOString()

/** The newest success and the newest failure of each way stay: the Sign-in methods page tells of them. */
const newestOfEachWay = `SELECT max(id) FROM sign_in_attempts WHERE provider IS NOT NULL
  GROUP BY provider, slug, code IS NULL`

/** The newest good run of each subject stays: it answers what changed since it last worked. */
const lastGoodRuns = 'SELECT max(id) FROM test_runs WHERE ok = 1 GROUP BY profile, subject'
const keptRuns = 100
const pastRuns = `SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY profile, subject ORDER BY id DESC)
  AS place FROM test_runs) WHERE place > ${keptRuns}`

/** What is over: sessions and done requests after a while, attempts once no limit counts them any more. */
export function expiryJobs(queries: Queries): readonly UpkeepJob[] {
  const remove = (sql: string, bind: Readonly<Record<string, Bindable>>) =>
    queries.transaction((tx) => queries.run(tx, { sql, bind }))
  return [
    {
      name: 'sessions',
      run: (now) =>
        remove('DELETE FROM sessions WHERE coalesce(ended_at, expires_at) < $before', {
          before: ago(now, 30),
        }),
    },
    {
      name: 'attempts',
      run: (now) =>
        remove(`DELETE FROM sign_in_attempts WHERE at < $before AND id NOT IN (${newestOfEachWay})`, {
          before: ago(now, 1),
        }),
    },
    {
      name: 'requests',
      run: (now) => remove('DELETE FROM requests WHERE done_at < $before', { before: ago(now, 90) }),
    },
    {
      name: 'test runs',
      run: (now) =>
        remove(
          `DELETE FROM test_runs WHERE (at < $before OR id IN (${pastRuns})) AND id NOT IN (${lastGoodRuns})`,
          { before: ago(now, 400) },
        ),
    },
  ]
}
