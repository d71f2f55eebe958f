import { z } from 'zod'
import { timeSchema } from '../../contract/app'
import { codeSchema } from '../../contract/errors'
import { runStageSchema } from '../../contract/history'
import type { Queries } from '../db/connections'
import { asFlag, flagColumn, jsonColumn } from '../db/sql'
import { facetsSchema } from '../diagnostics/facets'

const runRow = z.object({
  id: z.number().int(),
  profile: z.string(),
  subject: z.string(),
  at: timeSchema,
  actor: z.string(),
  ok: flagColumn,
  code: codeSchema.nullable(),
})
export type StoredRun = z.infer<typeof runRow>

const wholeRow = runRow.extend({
  stages: jsonColumn(z.array(runStageSchema)),
  facets: jsonColumn(facetsSchema),
})
export type WholeRun = z.infer<typeof wholeRow>

export interface HistoryPage {
  readonly profile: string
  readonly subject: string | null
  readonly after: number | null
  readonly limit: number
}

export interface HistoryStore {
  /** Resolves with the new run's number. */
  readonly add: (run: Omit<WholeRun, 'id'>) => Promise<number>
  readonly list: (page: HistoryPage) => Promise<readonly StoredRun[]>
  readonly count: (of: Pick<HistoryPage, 'profile' | 'subject'>) => Promise<number>
  readonly subjects: (profile: string) => Promise<readonly string[]>
  readonly run: (id: number) => Promise<WholeRun | null>
  readonly newest: (profile: string, subject: string) => Promise<WholeRun | null>
  /** The newest good run before that one. */
  readonly lastGoodBefore: (run: Pick<StoredRun, 'id' | 'profile' | 'subject'>) => Promise<WholeRun | null>
}

const columns = 'id, profile, subject, at, actor, ok, code'
const ofPage = `profile = $profile AND ($subject = '' OR subject = $subject)`

/** Past tests, the newest last; what is in it holds no secret. */
export function createHistoryStore(queries: Queries): HistoryStore {
  const one = async (where: string, bind: Readonly<Record<string, string | number>>) => {
    const sql = `SELECT ${columns}, stages, facets FROM test_runs WHERE ${where} ORDER BY id DESC LIMIT 1`
    return (await queries.select(wholeRow, { sql, bind }))[0] ?? null
  }
  return {
    add: (run) => queries.transaction((tx) => insert(queries, tx, run)),
    list: ({ profile, subject, after, limit }) =>
      queries.select(runRow, {
        sql: `SELECT ${columns} FROM test_runs WHERE ${ofPage} AND ($after = 0 OR id < $after)
          ORDER BY id DESC LIMIT $limit`,
        bind: { profile, subject: subject ?? '', after: after ?? 0, limit },
      }),
    count: async ({ profile, subject }) => {
      const sql = `SELECT count(*) AS count FROM test_runs WHERE ${ofPage}`
      const found = await queries.select(z.object({ count: z.number() }), {
        ...{ sql, bind: { profile, subject: subject ?? '' } },
      })
      return found[0]?.count ?? 0
    },
    subjects: async (profile) => {
      const sql = 'SELECT DISTINCT subject FROM test_runs WHERE profile = $profile ORDER BY subject'
      const found = await queries.select(z.object({ subject: z.string() }), { sql, bind: { profile } })
      return found.map(({ subject }) => subject)
    },
    run: (id) => one('id = $id', { id }),
    newest: (profile, subject) => one('profile = $profile AND subject = $subject', { profile, subject }),
    lastGoodBefore: ({ id, profile, subject }) =>
      one('profile = $profile AND subject = $subject AND ok = 1 AND id < $id', { id, profile, subject }),
  }
}

async function insert(
  queries: Queries,
  tx: Parameters<Queries['run']>[0],
  run: Omit<WholeRun, 'id'>,
): Promise<number> {
  const { profile, subject, at, actor, code } = run
  await queries.run(tx, {
    sql: `INSERT INTO test_runs (profile, subject, at, actor, ok, code, stages, facets)
      VALUES ($profile, $subject, $at, $actor, $ok, $code, $stages, $facets)`,
    bind: {
      ...{ profile, subject, at, actor, code, ok: asFlag(run.ok) },
      ...{ stages: JSON.stringify(run.stages), facets: JSON.stringify(run.facets) },
    },
  })
  const sql = 'SELECT max(id) AS id FROM test_runs'
  return (await queries.select(z.object({ id: z.number() }), { sql }, tx))[0]?.id ?? 0
}
