import { z } from 'zod'
import { authMethodSchema, authProviderSchema, timeSchema } from './app'
import { codeSchema } from './errors'
import { query } from './procedure'

const outcome = z.object({ at: timeSchema, code: codeSchema.nullable() })

/** One way to sign in: the local passwords, the directory, or one OIDC provider. */
export const methodSchema = z.object({
  provider: authProviderSchema,
  slug: z.string().nullable(),
  name: z.string(),
  on: z.boolean(),
  configured: z.boolean(),
  missing: z.array(z.string()),
  reachable: z.object({ ok: z.boolean(), at: timeSchema, code: codeSchema.nullable() }).nullable(),
  accounts: z.number().int(),
  lastSuccess: timeSchema.nullable(),
  lastFailure: outcome.nullable(),
})
export type SignInMethod = z.infer<typeof methodSchema>

const ways = z.array(z.enum(['form', 'button']))

/** Who gets in and how in a mode; an empty list is "no". */
export const modeRowSchema = z.object({
  method: authMethodSchema,
  local: ways,
  ldap: ways,
  oidc: ways,
  nobody: ways,
})
export type ModeRow = z.infer<typeof modeRowSchema>
export type ModeWay = ModeRow['local'][number]

const findingSchema = z.object({ code: codeSchema, text: z.string(), link: z.string().nullable() })

export const methodsContract = {
  status: query(
    'users:read',
    z.object({}),
    z.object({
      method: authMethodSchema,
      methods: z.array(methodSchema),
      modes: z.array(modeRowSchema),
    }),
  ),
  overview: query(
    'users:read',
    z.object({}),
    z.object({
      accounts: z.number().int(),
      byProvider: z.record(authProviderSchema, z.number().int()),
      byState: z.record(z.string(), z.number().int()),
      methods: z.array(methodSchema),
      attention: z.array(findingSchema),
    }),
  ),
}
