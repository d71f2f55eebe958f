import { z } from 'zod'
import { examinedSchema } from './profile-name'

const nameSchema = z.string().max(100)

/**
 * A profile's saved settings and what a person would change: a value, or null to leave it out. Secrets come apart; one
 * that is null is to be removed, one that is not named stays as it is.
 */
export const draftSchema = z.object({
  profile: examinedSchema,
  changes: z.record(nameSchema, z.string().max(20_000).nullable()),
  secrets: z.record(nameSchema, z.string().max(1024).nullable()),
})
export type DraftInput = z.infer<typeof draftSchema>
