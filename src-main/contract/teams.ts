import { z } from 'zod'
import { authProviderSchema } from './app'
import { command, query } from './procedure'
import { accountStateSchema } from './users'

/** A team: made here by an administrator, or kept by a provider whose claim names it. */
export const teamSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  isPublic: z.boolean(),
  members: z.number().int(),
  /** Who keeps it, by the provider's name in the settings; null: it was made here. */
  provider: z.string().nullable(),
  /** With the issuer its identity, where a provider keeps it. */
  externalId: z.string().nullable(),
  issuer: z.string().nullable(),
})
export type Team = z.infer<typeof teamSchema>

export const teamMemberSchema = z.object({
  id: z.string(),
  username: z.string(),
  fullName: z.string().nullable(),
  authProvider: authProviderSchema,
  state: accountStateSchema,
})
export type TeamMember = z.infer<typeof teamMemberSchema>

const search = z.string().max(200).default('')
const limit = z.number().int().min(1).max(1000).default(200)
const id = z.string().max(100)
const name = z.string().trim().min(1).max(250)
const manage = { permission: 'users:manage', audit: 'transaction' } as const
const answer = z.object({ team: teamSchema })

export const teamsContract = {
  /** By name; `total` counts all that the search finds. */
  list: query(
    'users:read',
    z.object({ search, limit }),
    z.object({ teams: z.array(teamSchema), total: z.number().int() }),
  ),
  /** By its id, or by its name where only one team has it. */
  find: query('users:read', z.object({ team: z.string().trim().min(1).max(250) }), answer),
  /** By user name; `total` counts all that the search finds. */
  members: query(
    'users:read',
    z.object({ id, search, limit }),
    z.object({ members: z.array(teamMemberSchema), total: z.number().int() }),
  ),
  /** The following change teams that were made here; a provider's teams change there alone. */
  create: command(manage, z.object({ name }), answer),
  rename: command(manage, z.object({ id, name }), answer),
  delete: command(manage, z.object({ id }), answer),
  add: command(manage, z.object({ id, account: z.string().max(200) }), answer),
  remove: command(manage, z.object({ id, account: z.string().max(200) }), answer),
}
