import { z } from 'zod'
import { authProviderSchema, timeSchema } from './app'
import { command, query } from './procedure'
import { roleSchema } from './permissions'

/** Whether the provider of a session is asked again whether it holds; `at`: vouched for, or not reachable since. */
export const renewalSchema = z.object({
  state: z.enum(['none', 'renewed', 'offline']),
  at: timeSchema.nullable(),
})
export type Renewal = z.infer<typeof renewalSchema>

/** An open session of the console. */
export const openSessionSchema = z.object({
  id: z.string(),
  account: z.object({
    id: z.string(),
    username: z.string(),
    fullName: z.string().nullable(),
    authProvider: authProviderSchema,
    role: roleSchema,
  }),
  /** The caller's own. */
  own: z.boolean(),
  via: z.string(),
  host: z.string(),
  startedAt: timeSchema,
  lastSeenAt: timeSchema,
  expiresAt: timeSchema,
  renewal: renewalSchema,
  /** Whether the caller may end it. */
  mayEnd: z.boolean(),
})
export type OpenSession = z.infer<typeof openSessionSchema>

const reason = z.string().trim().min(3).max(500)

export const sessionsContract = {
  list: query(
    'users:read',
    z.object({ account: z.string().max(200).nullable().default(null) }),
    z.object({ sessions: z.array(openSessionSchema) }),
  ),
  end: command(
    { permission: 'users:sessions', audit: 'transaction' },
    z.object({ id: z.string().max(200), reason }),
    z.object({ sessionsEnded: z.number().int() }),
  ),
  /** All but the caller's own. */
  endOthers: command(
    { permission: 'users:manage', audit: 'transaction' },
    z.object({ reason }),
    z.object({ sessionsEnded: z.number().int() }),
  ),
}
