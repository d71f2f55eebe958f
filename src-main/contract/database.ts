import { z } from 'zod'
import { command, query } from './procedure'

export const dbStatusSchema = z.object({
  applied: z.array(z.string()),
  pending: z.array(z.string()),
  dialect: z.string(),
  path: z.string(),
})
export type DbStatus = z.infer<typeof dbStatusSchema>

export const databaseContract = {
  status: query('settings:read', z.object({}), dbStatusSchema),
  migrate: command({ permission: 'settings:write', audit: 'intent' }, z.object({}), dbStatusSchema),
  /** `file` is a handle that the host gave out; the command line's host gives one for its argument. */
  backup: command(
    { permission: 'settings:write', audit: 'intent' },
    z.object({ file: z.string() }),
    dbStatusSchema.extend({ file: z.string(), bytes: z.number().int() }),
  ),
}
