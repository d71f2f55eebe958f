import { z } from 'zod'
import { authProviderSchema, timeSchema } from './app'
import { command, query } from './procedure'
import { accountStateSchema } from './users'

/** Something that a person asks the helpdesk for; `password` comes from "Forgotten password?". */
export const requestSchema = z.object({
  id: z.string(),
  kind: z.enum(['password']),
  account: z.object({
    id: z.string(),
    username: z.string(),
    fullName: z.string().nullable(),
    authProvider: authProviderSchema,
    state: accountStateSchema,
  }),
  /** The computer that it was asked from. */
  host: z.string(),
  createdAt: timeSchema,
  done: z
    .object({
      at: timeSchema,
      by: z.string(),
      outcome: z.enum(['done', 'refused']),
      reason: z.string().nullable(),
    })
    .nullable(),
})
export type HelpRequest = z.infer<typeof requestSchema>

export const requestsContract = {
  /** Open ones, the oldest first; or those that were done, the newest first. */
  list: query(
    'users:reset',
    z.object({
      state: z.enum(['open', 'done']).default('open'),
      limit: z.number().int().min(1).max(500).default(200),
    }),
    z.object({ requests: z.array(requestSchema), open: z.number().int() }),
  ),
  done: command(
    { permission: 'users:reset', audit: 'transaction' },
    z.object({
      id: z.string().max(100),
      outcome: z.enum(['done', 'refused']),
      reason: z.string().trim().min(3).max(500),
    }),
    z.object({ request: requestSchema }),
  ),
}
