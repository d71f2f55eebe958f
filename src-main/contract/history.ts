import { z } from 'zod'
import { timeSchema } from './app'
import { codeSchema } from './errors'
import { query } from './procedure'
import { examinedSchema } from './profile-name'
import { stageStatuses } from './stages'

/** What was tested: the directory, or one provider by its short name. */
export const subjectSchema = z.string().regex(/^(?:ldap|oidc:.{1,100})$/)

/** Where a difference lies, in the order in which a test meets it. */
export const facetAreas = [
  ...['settings', 'addresses', 'tls', 'certificate', 'chain', 'rootdse', 'bind', 'counts', 'groups'],
  ...['metadata', 'keys', 'client', 'clock'],
] as const

const runId = z.number().int().positive()

export const testRunSchema = z.object({
  id: runId,
  profile: z.string(),
  subject: z.string(),
  at: timeSchema,
  actor: z.string(),
  ok: z.boolean(),
  /** Of the first stage that failed. */
  code: codeSchema.nullable(),
})
export type TestRun = z.infer<typeof testRunSchema>

export const runStageSchema = z.object({
  id: z.string(),
  status: z.enum(stageStatuses),
  code: codeSchema.nullable(),
  ms: z.number().int().nonnegative(),
})
export type RunStage = z.infer<typeof runStageSchema>

const facetViewSchema = z.object({
  area: z.string(),
  name: z.string(),
  label: z.string(),
  value: z.string(),
})
export type FacetView = z.infer<typeof facetViewSchema>

/** One thing that is different; of a list, what came and what went. */
export const changeViewSchema = z.object({
  area: z.string(),
  name: z.string(),
  label: z.string(),
  before: z.string(),
  after: z.string(),
  added: z.array(z.string()),
  removed: z.array(z.string()),
})
export type ChangeView = z.infer<typeof changeViewSchema>

export const comparisonSchema = z.object({
  before: testRunSchema,
  after: testRunSchema,
  changes: z.array(changeViewSchema),
  /** Stages that ended otherwise; null where a run had none of that name. */
  stages: z.array(
    z.object({ id: z.string(), before: runStageSchema.nullable(), after: runStageSchema.nullable() }),
  ),
  /** What only one of the two got to see, by its label: nothing is known of a difference there. */
  unseen: z.array(z.object({ area: z.string(), labels: z.array(z.string()) })),
})
export type Comparison = z.infer<typeof comparisonSchema>

/** `neverWorked`: no good run is kept from before; `firstGood`: this one is good, and the first. */
export const sinceLastGoodSchema = z.object({
  answer: z.enum(['compared', 'neverWorked', 'firstGood', 'untested']),
  run: testRunSchema.nullable(),
  comparison: comparisonSchema.nullable(),
})

/** What the newest test of a subject says about what is going to fail. */
export const watchedSchema = z.object({
  subject: z.string(),
  run: runId,
  at: timeSchema,
  /** null: the test saw none. `days` are whole ones until its end. */
  certificate: z
    .object({ validTo: timeSchema, state: z.enum(['good', 'soon', 'expired']), days: z.number().int() })
    .nullable(),
  /** `unknown`: there is a client secret, and neither settings nor metadata say when it expires. */
  secret: z.enum(['none', 'unknown']),
  /** Since the last good test before, unless somebody signed in after this one. */
  changed: z.array(z.enum(['keys', 'metadata'])),
})
export type Watched = z.infer<typeof watchedSchema>

export const historyContract = {
  /** The newest first; `next` is the keyset of the page after. */
  list: query(
    'diagnostics:run',
    z.object({
      profile: examinedSchema,
      subject: subjectSchema.nullable().default(null),
      after: runId.nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    z.object({
      runs: z.array(testRunSchema),
      next: runId.nullable(),
      total: z.number().int(),
      /** Everything that has runs, for a choice. */
      subjects: z.array(z.string()),
    }),
  ),
  show: query(
    'diagnostics:run',
    z.object({ run: runId }),
    z.object({ run: testRunSchema, stages: z.array(runStageSchema), facets: z.array(facetViewSchema) }),
  ),
  /** Of the directory and each provider that were tested; nobody is asked. */
  watch: query(
    'diagnostics:run',
    z.object({ profile: examinedSchema }),
    z.object({ watched: z.array(watchedSchema) }),
  ),
  compare: query('diagnostics:run', z.object({ before: runId, after: runId }), comparisonSchema),
  /** The last good run before `run` (null: the newest) compared with it. */
  sinceLastGood: query(
    'diagnostics:run',
    z.object({ profile: examinedSchema, subject: subjectSchema, run: runId.nullable().default(null) }),
    sinceLastGoodSchema,
  ),
}
