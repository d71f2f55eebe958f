import { z } from 'zod'
import { codeSchema } from './errors'

/** So much text is looked at, in characters: a key set, a chain of certificates or an error is far shorter. */
export const inspectMost = 1_000_000

export const inspectFindingSchema = z.object({
  status: z.enum(['passed', 'warning', 'failed']),
  code: codeSchema.nullable(),
  message: z.string(),
  detail: z.array(z.object({ label: z.string(), value: z.string() })),
  next: z.string().nullable(),
})
export type InspectFinding = z.infer<typeof inspectFindingSchema>

/** What a pasted text is (`title` in words), and what is to be said of it. */
export const inspectionOf = <K extends readonly [string, ...string[]]>(kinds: K) =>
  z.object({
    ok: z.boolean(),
    kind: z.enum(kinds),
    title: z.string(),
    findings: z.array(inspectFindingSchema),
  })
