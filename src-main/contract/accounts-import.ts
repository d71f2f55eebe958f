import { z } from 'zod'
import { command, local, query } from './procedure'

/** Why a row is not imported, or what is to be known about one that is. */
export const importProblems = [
  ...(['missing', 'too-long', 'not-plain', 'not-known', 'not-email', 'email-taken'] as const),
  ...(['twice-in-file', 'name-taken', 'name-reserved', 'hash-not-local', 'hash-format'] as const),
  ...(['no-password', 'awaits-identity'] as const),
] as const
export type ImportProblem = (typeof importProblems)[number]

export const importRowSchema = z.object({
  /** The line of the file where the row begins; for JSON the number of the entry. */
  line: z.number().int(),
  username: z.string(),
  action: z.enum(['create', 'skip', 'refuse']),
  code: z.string().nullable(),
  /** The column that the problem is about. */
  field: z.string().nullable(),
  problem: z.enum(importProblems).nullable(),
})
export type ImportRow = z.infer<typeof importRowSchema>

export const importCountsSchema = z.object({
  create: z.number().int(),
  skip: z.number().int(),
  refuse: z.number().int(),
})

const reference = { file: z.string().max(100), format: z.enum(['csv', 'json']) }

export const accountsImportContract = {
  chooseImport: local(
    'users:manage',
    z.object({}),
    z.object({ file: z.object({ handle: z.string(), name: z.string() }).nullable() }),
  ),
  importPreview: query(
    'users:manage',
    z.object(reference),
    z.object({
      counts: importCountsSchema,
      rows: z.array(importRowSchema),
      /** Columns of the file that are not read. */
      ignored: z.array(z.string()),
      /** SHA-256 of the file; what is applied must be what was previewed. */
      digest: z.string(),
    }),
  ),
  import: command(
    { permission: 'users:manage', audit: 'intent' },
    z.object({ ...reference, runId: z.string().max(100), digest: z.string().max(64) }),
    z.object({
      counts: importCountsSchema,
      rows: z.array(importRowSchema),
      cancelled: z.boolean(),
    }),
  ),
}
