import { z } from 'zod'
import { timeSchema } from '../../contract/app'
import { syncActionSchema, syncPreviewSchema, type SyncPreview } from '../../contract/sync'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { jsonColumn } from '../db/sql'

/** The state of an account as a run found or left it; null where it was not there. */
export const stateSchema = z.object({
  email: z.string().nullable(),
  fullName: z.string().nullable(),
  provider: z.enum(['local', 'oidc', 'ldap']),
  disabledAt: z.string().nullable(),
  disabledSource: z.string().nullable(),
  disabledReason: z.string().nullable(),
  /** Whether there was one; linking deletes it. */
  password: z.union([z.literal(0), z.literal(1)]),
  roles: z.string(),
  subject: z.string().nullable(),
})
export type AccountState = z.infer<typeof stateSchema>

const stateColumn = z
  .string()
  .nullable()
  .transform((text): AccountState | null => (text === null ? null : stateSchema.parse(JSON.parse(text))))

const runRow = z.object({
  id: z.string(),
  directory: z.string(),
  mode: z.enum(['preview', 'apply']),
  summary: jsonColumn(syncPreviewSchema),
  actor: z.string(),
  startedAt: timeSchema,
  finishedAt: timeSchema.nullable(),
  undoneAt: timeSchema.nullable(),
})
export type StoredRun = z.infer<typeof runRow>

const changeRow = z.object({
  position: z.number().int(),
  accountId: z.string().nullable(),
  username: z.string(),
  action: syncActionSchema,
  before: stateColumn,
  after: stateColumn,
})
export type StoredChange = z.infer<typeof changeRow>

const selectRun = `SELECT id, directory, mode, counts AS summary, actor, started_at AS startedAt,
  finished_at AS finishedAt, undone_at AS undoneAt FROM sync_runs`

/** After so long without a sign of life a sync is taken to have died. */
const deadMs = 5 * 60_000

export interface RunStore {
  /** False where another sync runs, in this program or another. */
  readonly take: (tx: Tx, run: string, now: Date) => Promise<boolean>
  /** False where another has taken over. */
  readonly beat: (tx: Tx, run: string, now: Date) => Promise<boolean>
  readonly release: (tx: Tx, run: string) => Promise<void>
  readonly savePreview: (tx: Tx, preview: SyncPreview, actor: string) => Promise<void>
  readonly preview: (id: string | null, tx?: Tx) => Promise<StoredRun | null>
  readonly run: (id: string, tx?: Tx) => Promise<StoredRun | null>
  readonly runs: (after: string | null, limit: number) => Promise<readonly StoredRun[]>
  readonly finish: (tx: Tx, run: { id: string; actor: string; now: Date }) => Promise<void>
  readonly markUndone: (tx: Tx, id: string, now: Date) => Promise<void>
  readonly changes: (
    run: string,
    page: { readonly after: number; readonly limit: number },
    tx?: Tx,
  ) => Promise<readonly StoredChange[]>
}

function createLock(queries: Queries): Pick<RunStore, 'take' | 'beat' | 'release'> {
  return {
    take: async (tx, run, now) => {
      const taken = await queries.run(tx, {
        sql: `INSERT INTO sync_lock (one, run, beat) VALUES (1, $run, $now)
          ON CONFLICT (one) DO UPDATE SET run = excluded.run, beat = excluded.beat WHERE beat < $dead`,
        bind: { run, now: now.toISOString(), dead: new Date(now.getTime() - deadMs).toISOString() },
      })
      return taken > 0
    },
    beat: async (tx, run, now) => {
      const sql = 'UPDATE sync_lock SET beat = $now WHERE run = $run'
      return (await queries.run(tx, { sql, bind: { run, now: now.toISOString() } })) > 0
    },
    release: async (tx, run) => {
      await queries.run(tx, { sql: 'DELETE FROM sync_lock WHERE run = $run', bind: { run } })
    },
  }
}

/** Runs of the sync: the newest preview, and those that were applied with what they changed. */
export function createRunStore(queries: Queries): RunStore {
  const one = async (where: string, bind: Record<string, string>, tx?: Tx) =>
    (await queries.select(runRow, { sql: `${selectRun} WHERE ${where}`, bind }, tx))[0] ?? null
  return {
    ...createLock(queries),
    savePreview: async (tx, preview, actor) => {
      const { id, directory, completeness, readAt } = preview
      await queries.run(tx, {
        sql: `INSERT INTO sync_runs (id, directory, mode, completeness, counts, actor, started_at)
          VALUES ($id, $directory, 'preview', $completeness, $counts, $actor, $readAt)`,
        bind: { id, directory, completeness, counts: JSON.stringify(preview), actor, readAt },
      })
    },
    preview: (id, tx) =>
      id === null ? one(`mode = 'preview'`, {}, tx) : one(`mode = 'preview' AND id = $id`, { id }, tx),
    run: (id, tx) => one(`mode = 'apply' AND id = $id`, { id }, tx),
    runs: (after, limit) =>
      queries.select(runRow, {
        sql: `${selectRun} WHERE mode = 'apply' AND ($after = ''
            OR (finished_at, id) < (SELECT finished_at, id FROM sync_runs WHERE id = $after))
          ORDER BY finished_at DESC, id DESC LIMIT $limit`,
        bind: { after: after ?? '', limit },
      }),
    finish: async (tx, { id, actor, now }) => {
      const sql = `UPDATE sync_runs SET mode = 'apply', actor = $actor, finished_at = $now WHERE id = $id`
      await queries.run(tx, { sql, bind: { id, actor, now: now.toISOString() } })
    },
    markUndone: async (tx, id, now) => {
      const sql = 'UPDATE sync_runs SET undone_at = $now WHERE id = $id'
      await queries.run(tx, { sql, bind: { id, now: now.toISOString() } })
    },
    changes: (run, { after, limit }, tx) =>
      queries.select(
        changeRow,
        {
          sql: `SELECT c.position, c.account AS accountId, coalesce(u.username, c.username, '') AS username, c.action,
              c.before, c.after FROM sync_changes c LEFT JOIN users u ON u.id = c.account
            WHERE c.run = $run AND c.position > $after ORDER BY c.position LIMIT $limit`,
          bind: { run, after, limit },
        },
        tx,
      ),
  }
}
