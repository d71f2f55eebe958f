import { z } from 'zod'
import { timeSchema } from './app'
import { codeSchema } from './errors'
import { inspectFindingSchema, inspectMost } from './inspection'
import { local, query } from './procedure'
import { examinedSchema } from './profile-name'
import { reportSubjectSchema } from './reports'

/** So many bytes of a dropped file at a time. */
export const pieceMost = 4 * 1024 * 1024
/** So large a file can be dropped; a larger one is chosen with the dialog and read where it lies. */
export const dropMost = 512 * 1024 * 1024
/** So many entries of a tried filter are shown. */
export const matchesMost = 20

const count = z.number().int().min(0)

/** A run that was saved as JSON earlier, as its ladders. */
export const earlierReportSchema = z.object({
  kind: z.enum(['ldap', 'oidc']),
  ok: z.boolean(),
  /** Null where the document does not say it. */
  made: timeSchema.nullable(),
  profile: z.string().nullable(),
  subjects: z.array(
    reportSubjectSchema.pick({ name: true, ok: true, summary: true, facts: true, stages: true }),
  ),
})
export type EarlierReport = z.infer<typeof earlierReportSchema>

/** What a text is, whichever room knows it, and what is to be said of it. */
export const explainedTextSchema = z.object({
  ok: z.boolean(),
  of: z.enum(['directory', 'provider', 'report', 'unknown']),
  /** As `ldap inspect` or `oidc inspect` calls it. */
  kind: z.string(),
  title: z.string(),
  findings: z.array(inspectFindingSchema),
  report: earlierReportSchema.nullable(),
})
export type ExplainedText = z.infer<typeof explainedTextSchema>

/** Who and what is in a file of entries, by the settings that a sign-in would search it with. */
export const filePictureSchema = z.object({
  name: z.string(),
  bytes: count,
  entries: count,
  groups: count,
  /** Whom the settings find below `base`; null where they cannot search, and `code` says why. */
  people: count.nullable(),
  code: codeSchema.nullable(),
  base: z.string(),
  filter: z.string().nullable(),
  /** The topmost names, and how many entries lie at or below each. */
  tops: z.array(z.object({ dn: z.string(), entries: count })),
  classes: z.array(z.object({ name: z.string(), entries: count })),
})
export type FilePicture = z.infer<typeof filePictureSchema>

const fileHandle = z.string().max(100)

/** A filter that was tried: what it finds, and how many entries each of its parts would find alone. */
export const triedFilterSchema = z.object({
  filter: z.string(),
  base: z.string(),
  count,
  matches: z.array(
    z.object({ dn: z.string(), username: z.string().nullable(), email: z.string().nullable() }),
  ),
  parts: z.array(z.object({ depth: count, text: z.string(), count })),
})
export type TriedFilter = z.infer<typeof triedFilterSchema>

export const labContract = {
  /** Explains what was pasted; it is neither kept nor sent anywhere, and nobody is asked. */
  inspect: local(
    'diagnostics:run',
    z.object({ text: z.string().min(1).max(inspectMost), profile: examinedSchema }),
    explainedTextSchema,
  ),
  /** What a chosen file is: a directory, or a text to explain. */
  read: query(
    'diagnostics:run',
    z.object({ file: fileHandle, profile: examinedSchema }),
    z.object({ directory: filePictureSchema.nullable(), text: explainedTextSchema.nullable() }),
  ),
  /** Searches a file with a filter of any kind. */
  filter: query(
    'diagnostics:run',
    z.object({
      file: fileHandle,
      filter: z.string().trim().min(1).max(10_000),
      /** Null: where the settings look for people; '' is the whole file. */
      base: z.string().trim().max(2000).nullable().default(null),
      profile: examinedSchema,
    }),
    triedFilterSchema,
  ),
  chooseFile: local(
    'diagnostics:run',
    z.object({}),
    z.object({ file: z.object({ handle: z.string(), name: z.string() }).nullable() }),
  ),
  /**
   * A file that was dropped on the page, piece by piece in order. A text stays in memory and is explained with the last
   * piece; a directory is kept in a file for its owner only until the next one is dropped, or the console ends.
   */
  drop: local(
    'diagnostics:run',
    z.object({
      upload: z.string().max(100),
      name: z.string().min(1).max(255),
      at: count.max(dropMost),
      bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= pieceMost),
      piece: z.enum(['more', 'last']),
      profile: examinedSchema,
    }),
    z.object({
      file: z.object({ handle: z.string(), name: z.string() }).nullable(),
      text: explainedTextSchema.nullable(),
    }),
  ),
}
