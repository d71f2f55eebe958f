import { z } from 'zod'
import { command, query } from './procedure'
import { userFilterSchema } from './users'

export const bulkActions = ['disable', 'enable', 'forceChange'] as const
export type BulkAction = (typeof bulkActions)[number]

/** Either accounts by id, or all that a filter finds. */
const whose = z.union([
  z.object({ ids: z.array(z.string().max(200)).min(1).max(200_000) }),
  z.object({ filter: userFilterSchema }),
])
export type BulkTarget = z.infer<typeof whose>

export const bulkRowSchema = z.object({
  id: z.string(),
  username: z.string(),
  /** `OK`, `CONFLICT` where it was so already, or the code of the refusal. */
  code: z.string(),
})
export type BulkRow = z.infer<typeof bulkRowSchema>

export const bulkProgressSchema = z.object({
  runId: z.string().max(100),
  done: z.number().int(),
  total: z.number().int(),
})

const many = { permission: 'users:manage', audit: 'intent' } as const

/** What is done to many accounts at once. */
export const accountsBulkContract = {
  bulkPreview: query(
    'users:manage',
    z.object({ action: z.enum(bulkActions), target: whose }),
    z.object({
      total: z.number().int(),
      changes: z.number().int(),
      unchanged: z.number().int(),
      refused: z.array(z.object({ code: z.string(), count: z.number().int() })),
    }),
  ),
  /** A row's change and its audit record are one transaction; cancelling leaves the rest as it was. */
  bulk: command(
    many,
    z.object({
      runId: z.string().max(100),
      action: z.enum(bulkActions),
      target: whose,
      reason: z.string().trim().min(3).max(500),
    }),
    z.object({ rows: z.array(bulkRowSchema), total: z.number().int(), cancelled: z.boolean() }),
  ),
  export: command(
    many,
    z.object({ file: z.string().max(100), format: z.enum(['csv', 'json']), target: whose }),
    z.object({ file: z.string(), accounts: z.number().int(), bytes: z.number().int() }),
  ),
}
