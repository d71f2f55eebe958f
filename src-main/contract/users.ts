import { z } from 'zod'
import { authProviderSchema, timeSchema } from './app'
import { command, query } from './procedure'
import { roleSchema } from './permissions'

export const accountStates = [
  'enabled',
  'disabled',
  'locked',
  'must-change-password',
  'pending-link',
] as const
export const accountStateSchema = z.enum(accountStates)
export type AccountState = z.infer<typeof accountStateSchema>

export const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  fullName: z.string().nullable(),
  role: roleSchema,
  authProvider: authProviderSchema,
  state: accountStateSchema,
  lastSignIn: timeSchema.nullable(),
})
export type User = z.infer<typeof userSchema>

/** What can be done to this account by this actor; a refused action names its code, so the page can say why. */
export const actionSchema = z.object({ allowed: z.boolean(), code: z.string().nullable() })

export const userDetailSchema = userSchema.extend({
  createdAt: timeSchema,
  passwordChangedAt: timeSchema.nullable(),
  hasPassword: z.boolean(),
  mustChangePassword: z.boolean(),
  lockedUntil: timeSchema.nullable(),
  disabled: z.object({ at: timeSchema, source: z.string(), reason: z.string().nullable() }).nullable(),
  roles: z.array(z.object({ role: roleSchema, source: z.string(), grantedAt: timeSchema })),
  identities: z.array(
    z.object({
      kind: z.enum(['oidc', 'ldap']),
      issuer: z.string(),
      subject: z.string(),
      slug: z.string().nullable(),
      email: z.string().nullable(),
      name: z.string().nullable(),
      claims: z.array(z.object({ name: z.string(), value: z.string() })),
      linkedAt: timeSchema.nullable(),
      firstSignIn: timeSchema.nullable(),
      lastSignIn: timeSchema.nullable(),
    }),
  ),
  teams: z.array(z.object({ id: z.string(), name: z.string(), provider: z.string().nullable() })),
  sessions: z.array(
    z.object({
      id: z.string(),
      startedAt: timeSchema,
      lastSeenAt: timeSchema,
      via: z.string(),
      host: z.string(),
    }),
  ),
  events: z.array(
    z.object({
      id: z.string(),
      at: timeSchema,
      actor: z.string(),
      action: z.string(),
      code: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  actions: z.object({
    resetPassword: actionSchema,
    disable: actionSchema,
    enable: actionSchema,
    endSessions: actionSchema,
    unlock: actionSchema,
    forceChange: actionSchema,
    setRole: actionSchema,
    delete: actionSchema,
  }),
})
export type UserDetail = z.infer<typeof userDetailSchema>

export const userSorts = ['username', 'email', 'fullName', 'authProvider', 'lastSignIn'] as const

export const userFilterSchema = z.object({
  search: z.string().trim().max(200).default(''),
  providers: z.array(authProviderSchema).default([]),
  roles: z.array(roleSchema).default([]),
  states: z.array(accountStateSchema).default([]),
})
export type UserFilter = z.infer<typeof userFilterSchema>

/** Keyset paging: `after` is the opaque cursor that the page before returned as `next`. */
export const userQuerySchema = userFilterSchema.extend({
  sort: z
    .object({ by: z.enum(userSorts), direction: z.enum(['asc', 'desc']) })
    .default({ by: 'username', direction: 'asc' }),
  after: z.string().max(1000).nullable().default(null),
  limit: z.number().int().min(1).max(500).default(100),
})
export type UserQuery = z.infer<typeof userQuerySchema>

export const userPageSchema = z.object({
  users: z.array(userSchema),
  next: z.string().nullable(),
  total: z.number().int(),
})
export type UserPage = z.infer<typeof userPageSchema>

/** Counts for the chips, each within the search but ignoring the chips of its own group. */
export const userFacetsSchema = z.object({
  all: z.number().int(),
  providers: z.record(authProviderSchema, z.number().int()),
  roles: z.record(roleSchema, z.number().int()),
  states: z.record(accountStateSchema, z.number().int()),
})
export type UserFacets = z.infer<typeof userFacetsSchema>

const reference = z.object({ id: z.string().max(200) })
const reason = z.string().trim().min(3).max(500)
const changes = { permission: 'users:manage', audit: 'transaction' } as const

export const usersContract = {
  list: query('users:read', userQuerySchema, userPageSchema),
  facets: query('users:read', userFilterSchema, userFacetsSchema),
  get: query('users:read', reference, userDetailSchema),
  find: query('users:read', z.object({ username: z.string().max(200) }), userDetailSchema),
  create: command(
    changes,
    z.object({
      username: z.string().trim().min(1).max(200),
      email: z.email().max(200).nullable(),
      fullName: z.string().trim().max(200).nullable().default(null),
      role: roleSchema.default('user'),
      authProvider: authProviderSchema.default('local'),
      password: z.string().max(1024).nullable().default(null),
    }),
    z.object({ user: userSchema, passphrase: z.string().nullable() }),
  ),
  disable: command(
    changes,
    reference.extend({ reason: reason.nullable().default(null) }),
    z.object({ user: userSchema }),
  ),
  enable: command(changes, reference, z.object({ user: userSchema })),
  resetPassword: command(
    { permission: 'users:reset', audit: 'transaction' },
    reference.extend({ reason }),
    z.object({ user: userSchema, passphrase: z.string(), sessionsEnded: z.number().int() }),
  ),
  endSessions: command(
    { permission: 'users:sessions', audit: 'transaction' },
    reference.extend({ reason }),
    z.object({ user: userSchema, sessionsEnded: z.number().int() }),
  ),
  /** Lifts the lock that failed sign-ins have set. */
  unlock: command(
    { permission: 'users:reset', audit: 'transaction' },
    reference.extend({ reason }),
    z.object({ user: userSchema }),
  ),
  /** A local password must be changed at the next sign-in; an open session can do nothing else before. */
  forceChange: command(
    { permission: 'users:reset', audit: 'transaction' },
    reference.extend({ reason }),
    z.object({ user: userSchema }),
  ),
  /** Replaces the role that was given by hand; what a mapping gave stays. */
  setRole: command(
    changes,
    reference.extend({ role: roleSchema, reason: reason.nullable().default(null) }),
    z.object({ user: userSchema }),
  ),
  /** The account's name stays reserved. */
  delete: command(changes, reference.extend({ reason }), z.object({ user: userSchema })),
}
