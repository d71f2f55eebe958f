import { z } from 'zod'
import { inspectFindingSchema } from './inspection'

/** What people say is wrong with a sign-in by a provider. */
export const oidcSymptoms = [
  'buttonMissing',
  'redirectUri',
  'missingClaims',
  'notAdmin',
  'logoutStays',
  'loop',
  'providerNotFound',
  'invalidState',
  'provisioningOff',
  'invalidGrant',
  'unlinkLast',
  'teamsMalformed',
  'invalidIdToken',
  'algorithm',
  'selfSigned',
  'dns',
] as const
export type OidcSymptom = (typeof oidcSymptoms)[number]

/** `asks`: what the checks can use beside the settings; `words` are what it is also searched by. */
export const symptomSchema = z.object({
  id: z.enum(oidcSymptoms),
  title: z.string(),
  words: z.string(),
  asks: z.array(z.enum(['provider', 'person'])),
})
export type SymptomView = z.infer<typeof symptomSchema>

/** What the checks found: the grave things first. `ok`: nothing that explains the symptom. */
export const symptomAnswerSchema = z.object({
  ok: z.boolean(),
  symptom: z.enum(oidcSymptoms),
  title: z.string(),
  findings: z.array(inspectFindingSchema),
})
export type SymptomAnswer = z.infer<typeof symptomAnswerSchema>
