import { z } from 'zod'
import { draftSchema } from './draft'

/** Whose server's certificate authority is meant: a provider of the draft by its slug; null: the directory. */
export const authorityInput = z.object({ draft: draftSchema, provider: z.string().max(100).nullable() })

/** `certificate`: the server's own, self-signed certificate, which is its own authority. */
/** Not its fingerprint: that has to come from somewhere else than the connection that is in doubt. */
export const authoritySchema = z.object({
  server: z.string(),
  setting: z.string(),
  kind: z.enum(['authority', 'certificate']),
  subject: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
})
export type Authority = z.infer<typeof authoritySchema>

/** `saved`: the profile's file refers to it at once; `draft`: whoever edits the draft sets the setting to `value`. */
export const pinInput = authorityInput.extend({
  fingerprint: z.string().max(500),
  reference: z.enum(['draft', 'saved']),
})

export const pinnedSchema = authoritySchema.extend({
  /** SHA-256 of the certificate, pairs of hexadecimal digits with colons. */
  fingerprint: z.string(),
  file: z.string(),
  value: z.string(),
  /** Stored secrets that were for the server as it was trusted before: they must be typed again. */
  secretsForgotten: z.array(z.string()),
})
export type Pinned = z.infer<typeof pinnedSchema>
