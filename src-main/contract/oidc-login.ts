import { z } from 'zod'
import { codeSchema } from './errors'
import { explainedAccountSchema } from './ldap-explain'
import { providerProductSchema } from './oidc-product'
import { oidcLoginStages, stageSchema, type OidcLoginStageId } from './stages'

/** What a sign-in does with a claim; `protocol` is checked and belongs to no person, `none` is not read. */
export const claimUses = [
  'issuer',
  'subject',
  'username',
  'fullName',
  'email',
  'emailVerified',
  'groups',
  'picture',
  'protocol',
  'none',
] as const
export type ClaimUse = (typeof claimUses)[number]

const claimSchema = z.object({
  name: z.string(),
  /** Text as it came; lists and objects as JSON. What is worth something to a thief is replaced by its length. */
  value: z.string(),
  origin: z.enum(['id-token', 'userinfo']),
  use: z.enum(claimUses),
})
export type LoginClaim = z.infer<typeof claimSchema>

/** A claim that the settings name and that did not come; `scope` is the one that would bring it and is not asked for. */
const missingClaimSchema = z.object({
  name: z.string(),
  use: z.enum(claimUses),
  scope: z.string().nullable(),
  code: codeSchema.nullable(),
  next: z.string(),
})
export type MissingClaim = z.infer<typeof missingClaimSchema>

/** An ID token taken apart: header and checked content, without signature and secrets. Times are ISO 8601. */
const anatomySchema = z.object({
  header: z.array(z.object({ label: z.string(), value: z.string() })),
  issuer: z.string(),
  subject: z.string(),
  audience: z.array(z.string()),
  party: z.string().nullable(),
  times: z.array(
    z.object({ claim: z.enum(['iat', 'nbf', 'exp', 'auth_time']), at: z.string(), seconds: z.number() }),
  ),
})
export type TokenAnatomy = z.infer<typeof anatomySchema>

export const oidcLoginSchema = z.object({
  ok: z.boolean(),
  slug: z.string(),
  name: z.string(),
  product: providerProductSchema.nullable(),
  stages: z.array(stageSchema),
  claims: z.array(claimSchema),
  missing: z.array(missingClaimSchema),
  token: anatomySchema.nullable(),
  decision: z.object({
    allowed: z.boolean(),
    code: codeSchema.nullable(),
    /** Where the sign-in ended, or would end. */
    stage: z.enum(Object.keys(oidcLoginStages) as [OidcLoginStageId]),
    reason: z.string(),
    next: z.string().nullable(),
  }),
  account: explainedAccountSchema.nullable(),
})
export type OidcLogin = z.infer<typeof oidcLoginSchema>
