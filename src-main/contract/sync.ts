import { z } from 'zod'
import { timeSchema } from './app'
import { codeSchema } from './errors'
import { command, query } from './procedure'

/** What a sync would do with an entry; `enable` lifts a disablement that a sync made. */
export const syncActions = ['create', 'link', 'update', 'disable', 'enable', 'skip', 'conflict'] as const
export const syncActionSchema = z.enum(syncActions)
export type SyncListed = z.infer<typeof syncActionSchema>

const count = z.number().int().min(0)

/** Entries by what happens to them; accounts that are enabled again count as updated. */
export const syncCountsSchema = z.object({
  create: count,
  link: count,
  update: count,
  disable: count,
  unchanged: count,
  skip: count,
  conflict: count,
})
export type SyncCounts = z.infer<typeof syncCountsSchema>

/** What the newest preview found. Nothing of it has been done. */
export const syncPreviewSchema = z.object({
  id: z.string(),
  directory: z.string(),
  /** The file's name that took the server's place; null: the server. */
  against: z.string().nullable(),
  /** `partial`: not everybody was read, `failed`: nobody; then nobody is found to be gone, and nothing can be applied. */
  completeness: z.enum(['complete', 'partial', 'failed']),
  /** What cut the read short. */
  code: codeSchema.nullable(),
  /** Why no roles were read: a mapped group is missing or ambiguous. Roles stay as they are. */
  rolesCode: codeSchema.nullable(),
  /** People that were read. */
  entries: count,
  counts: syncCountsSchema,
  disablements: z.object({
    /** Enabled accounts that would be disabled. */
    planned: count,
    /** The most that are disabled without the number being typed in. */
    limit: count,
    /** Enabled accounts that are linked with this directory. */
    enabledLinked: count,
  }),
  /** Why it cannot be applied as it is; `SYNC_TOO_MANY_REMOVALS` can with `maxRemovals`. */
  refusal: codeSchema.nullable(),
  /** Rows by what happens and why, for the filters. */
  facets: z.array(z.object({ action: syncActionSchema, code: codeSchema.nullable(), count })),
  readAt: timeSchema,
})
export type SyncPreview = z.infer<typeof syncPreviewSchema>

export const syncChangeSchema = z.object({
  field: z.enum(['email', 'fullName', 'roles', 'state', 'provider']),
  before: z.string().nullable(),
  after: z.string().nullable(),
})

export const syncRowSchema = z.object({
  position: count,
  /** Empty for an account whose entry is gone. */
  dn: z.string(),
  username: z.string(),
  action: syncActionSchema,
  code: codeSchema.nullable(),
  accountId: z.string().nullable(),
  changes: z.array(syncChangeSchema),
})
export type SyncRow = z.infer<typeof syncRowSchema>

export const syncRunSchema = z.object({
  id: z.string(),
  directory: z.string(),
  actor: z.string(),
  counts: syncCountsSchema,
  startedAt: timeSchema,
  finishedAt: timeSchema,
  undoneAt: timeSchema.nullable(),
})
export type SyncRun = z.infer<typeof syncRunSchema>

/** What a sync that began by itself came to. */
export const scheduledOutcomeSchema = z.object({
  at: timeSchema,
  /** Why it did nothing, or not all; null: it is done. */
  code: codeSchema.nullable(),
  /** What lies behind `SYNC_PARTIAL`: why the directory was not read to its end. */
  cause: codeSchema.nullable(),
  /** What it did or, where it was refused, would have done. */
  counts: syncCountsSchema.nullable(),
  /** Null where there was nothing to do, or nothing was done. */
  run: z.string().nullable(),
})
export type ScheduledOutcome = z.infer<typeof scheduledOutcomeSchema>

export const scheduledSchema = z.object({
  last: scheduledOutcomeSchema.nullable(),
  /** The newest one that gave way to another sync, or to the end of the console. */
  skipped: z.object({ at: timeSchema, code: codeSchema }).nullable(),
})
export type Scheduled = z.infer<typeof scheduledSchema>

export const syncProgressSchema = z.object({
  runId: z.string(),
  phase: z.enum(['reading', 'planning', 'applying']),
  done: count,
  /** Reading: as many as are linked already, null where none are; applying: the steps of the one transaction. */
  expected: count.nullable(),
  perSecond: count,
  /** Null where it is not known how many there are, or nothing was done yet. */
  secondsLeft: count.nullable(),
})
export type SyncProgressView = z.infer<typeof syncProgressSchema>

/** A preview that was read longer ago says too little about who is gone to be applied. */
export const syncFreshMs = 60 * 60_000

/** Which rows of a preview; an empty list is all of them. */
const filter = {
  actions: z.array(syncActionSchema).default([]),
  codes: z.array(codeSchema).default([]),
  search: z.string().max(200).default(''),
}

const runId = z.string().max(100)
const limit = z.number().int().min(1).max(500).default(100)

export const syncContract = {
  /** Reads everybody and plans; cancelled by its `runId`. It takes the place of the preview before. */
  preview: command(
    { permission: 'sync:run', audit: 'intent' },
    z.object({
      runId,
      /** The handle of an LDIF file that takes the server's place. */
      against: z.string().max(100).nullable().default(null),
      /**
       * `reviewed`: an administrator looks at each link before it is applied, which confirms it. `unseen`: an e-mail
       * address links only with LDAP_EMAIL_TRUSTED.
       */
      links: z.enum(['reviewed', 'unseen']).default('unseen'),
    }),
    syncPreviewSchema,
  ),
  /** The newest preview that was not applied yet. */
  current: query('sync:read', z.object({}), z.object({ preview: syncPreviewSchema.nullable() })),
  /** Its rows, those that change nothing left out. */
  rows: query(
    'sync:read',
    z.object({
      preview: z.string().max(100),
      ...filter,
      after: count.nullable().default(null),
      limit,
    }),
    z.object({ rows: z.array(syncRowSchema), next: count.nullable(), total: count }),
  ),
  /** Writes the rows of the filter into a chosen file. */
  exportRows: command(
    { permission: 'sync:run', audit: 'intent' },
    z.object({
      preview: z.string().max(100),
      ...filter,
      file: z.string().max(100),
      format: z.enum(['csv', 'json']),
    }),
    z.object({ file: z.string(), rows: count, bytes: count }),
  ),
  /** Does what the preview says, or nothing; `run` is null where there was nothing to do. */
  apply: command(
    { permission: 'sync:run', audit: 'transaction' },
    z.object({ runId, preview: z.string().max(100), maxRemovals: count.nullable().default(null) }),
    z.object({ run: z.string().nullable(), counts: syncCountsSchema }),
  ),
  runs: query(
    'sync:read',
    z.object({ after: z.string().max(100).nullable().default(null), limit }),
    z.object({ runs: z.array(syncRunSchema), next: z.string().nullable() }),
  ),
  /** What a run changed, account by account. */
  changes: query(
    'sync:read',
    z.object({ run: z.string().max(100), after: count.nullable().default(null), limit }),
    z.object({
      rows: z.array(
        z.object({
          position: count,
          accountId: z.string().nullable(),
          username: z.string(),
          action: syncActionSchema,
          changes: z.array(syncChangeSchema),
        }),
      ),
      next: count.nullable(),
    }),
  ),
  /** When the console syncs by itself, and what came of it; `next` is null where it never does. */
  schedule: query(
    'sync:read',
    z.object({}),
    z.object({
      expression: z.string().nullable(),
      next: timeSchema.nullable(),
      running: z.boolean(),
      ...scheduledSchema.shape,
    }),
  ),
  /** Gives every account back what the run changed; what somebody else changed since stays and is named. */
  undo: command(
    { permission: 'sync:run', audit: 'transaction' },
    z.object({ run: z.string().max(100) }),
    z.object({
      counts: z.object({ restored: count, removed: count, conflict: count }),
      conflicts: z.array(
        z.object({ accountId: z.string().nullable(), username: z.string(), fields: z.array(z.string()) }),
      ),
    }),
  ),
}
