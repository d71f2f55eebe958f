import { z } from 'zod'
import { authMethodSchema, authProviderSchema, timeSchema } from './app'
import { codeSchema } from './errors'
import { roleSchema } from './permissions'
import { command, query } from './procedure'
import { accountStateSchema } from './users'

/** In the order in which a sign-in meets them. */
export const signInRules = [
  ...(['mode', 'limit', 'account', 'enabled', 'provider', 'password'] as const),
  ...(['directory', 'lists', 'identity', 'lock', 'change'] as const),
] as const
export type SignInRule = (typeof signInRules)[number]

/**
 * `not-needed`: this way does not ask it. `not-reached`: an earlier rule has refused. `unknown`: nobody could be asked.
 */
export const ruleOutcomes = ['passed', 'warning', 'refused', 'unknown', 'not-needed', 'not-reached'] as const

export const ruleSchema = z.object({
  id: z.enum(signInRules),
  outcome: z.enum(ruleOutcomes),
  code: codeSchema.nullable(),
  evidence: z.string(),
})
export type RuleView = z.infer<typeof ruleSchema>

export const waySchema = z.object({
  /** `form`, `break-glass` or `oidc:<slug>`. */
  id: z.string(),
  name: z.string(),
  /** Null where it could not be known. */
  allowed: z.boolean().nullable(),
  code: codeSchema.nullable(),
  rules: z.array(ruleSchema),
})
export type WayView = z.infer<typeof waySchema>

export const explanationSchema = z.object({
  name: z.string(),
  account: z
    .object({
      id: z.string(),
      username: z.string(),
      authProvider: authProviderSchema,
      role: roleSchema,
      state: accountStateSchema,
      lastSignIn: timeSchema.nullable(),
    })
    .nullable(),
  method: authMethodSchema.nullable(),
  /** Of the way that is this account's own. */
  decision: z.object({
    way: z.string(),
    allowed: z.boolean().nullable(),
    code: codeSchema.nullable(),
    next: z.string().nullable(),
  }),
  rules: z.array(ruleSchema),
  ways: z.array(waySchema),
})
export type Explanation = z.infer<typeof explanationSchema>

export const impactChanges = ['keep', 'lose', 'gain', 'without'] as const
export const impactChangeSchema = z.enum(impactChanges)
export type ImpactChange = z.infer<typeof impactChangeSchema>

export const impactPersonSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: authProviderSchema,
  role: roleSchema,
  change: impactChangeSchema,
  /** Why there is no way in under the new method; null where there is one. */
  code: codeSchema.nullable(),
})
export type ImpactPerson = z.infer<typeof impactPersonSchema>

export const impactSchema = z.object({
  from: authMethodSchema.nullable(),
  to: authMethodSchema,
  counts: z.record(impactChangeSchema, z.number().int()),
  /** Enabled administrators who would have a way in, the one for local administrators included. */
  admins: z.number().int(),
  people: z.array(impactPersonSchema),
  next: z.string().nullable(),
})
export type Impact = z.infer<typeof impactSchema>

const changes = z.array(impactChangeSchema).default([])

export const authContract = {
  /** Decides a sign-in of this name now, without a password and without writing anything. */
  explain: query('users:read', z.object({ name: z.string().trim().min(1).max(200) }), explanationSchema),
  /** Who would keep, lose or gain a way in under another AUTH_METHOD; `changes` narrows the list, not the counts. */
  impact: query(
    'users:read',
    z.object({
      method: authMethodSchema,
      changes,
      after: z.string().max(500).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    impactSchema,
  ),
  exportImpact: command(
    { permission: 'users:manage', audit: 'intent' },
    z.object({
      method: authMethodSchema,
      changes,
      file: z.string().max(100),
      format: z.enum(['csv', 'json']),
    }),
    z.object({ file: z.string(), people: z.number().int(), bytes: z.number().int() }),
  ),
}
