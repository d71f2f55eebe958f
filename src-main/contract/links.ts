import { renewalSchema } from './sessions'
import { z } from 'zod'
import { authProviderSchema, sessionViewSchema, timeSchema } from './app'
import { command, query } from './procedure'
import { roleSchema } from './permissions'
import { accountStateSchema, userSchema } from './users'

const reason = z.string().trim().min(3).max(500)

/** An identity that a directory or a provider has vouched for, and the account that it may belong to. */
export const pendingLinkSchema = z.object({
  id: z.string(),
  account: z.object({
    id: z.string(),
    username: z.string(),
    email: z.string().nullable(),
    authProvider: authProviderSchema,
    role: roleSchema,
    state: accountStateSchema,
  }),
  kind: z.enum(['oidc', 'ldap']),
  issuer: z.string(),
  subject: z.string(),
  slug: z.string().nullable(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  login: z.string().nullable(),
  tries: z.number().int(),
  createdAt: timeSchema,
  lastAt: timeSchema,
  refused: z.object({ at: timeSchema, by: z.string() }).nullable(),
})
export type PendingLink = z.infer<typeof pendingLinkSchema>

export const linksContract = {
  /** Those that wait, the oldest first; of one account where it is given, refused ones too. */
  list: query(
    'users:read',
    z.object({ account: z.string().max(200).nullable().default(null) }),
    z.object({ links: z.array(pendingLinkSchema) }),
  ),
  /** Makes the identity the account's; a directory entry makes the account `ldap` and deletes its password. */
  confirm: command(
    { permission: 'users:manage', audit: 'transaction' },
    z.object({ id: z.string().max(100) }),
    z.object({ user: userSchema }),
  ),
  refuse: command(
    { permission: 'users:manage', audit: 'transaction' },
    z.object({ id: z.string().max(100), reason }),
    z.object({ user: userSchema }),
  ),
}

const identity = z.object({
  id: z.string().max(200),
  kind: z.enum(['oidc', 'ldap']),
  issuer: z.string().trim().min(1).max(500),
  subject: z.string().trim().min(1).max(500),
})
const manage = { permission: 'users:manage', audit: 'transaction' } as const

/** What an administrator does with an account's identities. */
export const accountLinksContract = {
  link: command(manage, identity.extend({ reason }), z.object({ user: userSchema })),
  unlink: command(manage, identity.omit({ kind: true }).extend({ reason }), z.object({ user: userSchema })),
  /** Makes the account local: it gets a passphrase that is shown once and must be changed. */
  convert: command(
    manage,
    z.object({ id: z.string().max(200), reason }),
    z.object({ user: userSchema, passphrase: z.string(), sessionsEnded: z.number().int() }),
  ),
}

export const ownIdentitySchema = z.object({
  kind: z.enum(['oidc', 'ldap']),
  issuer: z.string(),
  subject: z.string(),
  slug: z.string().nullable(),
  /** What the provider is called in the settings; null where it is not configured any more. */
  provider: z.string().nullable(),
  email: z.string().nullable(),
  linkedAt: timeSchema.nullable(),
  lastSignIn: timeSchema.nullable(),
})
export type OwnIdentity = z.infer<typeof ownIdentitySchema>

/** Everyone's own account. */
export const accountContract = {
  get: query(
    'session',
    z.object({}),
    z.object({
      username: z.string(),
      fullName: z.string().nullable(),
      email: z.string().nullable(),
      hasPassword: z.boolean(),
      identities: z.array(ownIdentitySchema),
      /** Providers whose button could be connected. */
      providers: z.array(z.object({ slug: z.string(), name: z.string() })),
      sessions: z.array(
        z.object({
          id: z.string(),
          own: z.boolean(),
          startedAt: timeSchema,
          lastSeenAt: timeSchema,
          via: z.string(),
          host: z.string(),
          renewal: renewalSchema,
        }),
      ),
      /** Whether the account can be made local now: only right after a sign-in with its provider. */
      canConvert: z.boolean(),
    }),
  ),
  /** Signs in with a provider in the browser and connects that identity to the account that asked. */
  connect: command(
    { permission: 'session', audit: 'transaction' },
    z.object({ runId: z.string().max(100), provider: z.string().max(100) }),
    z.object({}),
  ),
  disconnect: command(
    { permission: 'session', audit: 'transaction' },
    z.object({ issuer: z.string().max(500), subject: z.string().max(500) }),
    z.object({}),
  ),
  endSession: command(
    { permission: 'session', audit: 'transaction' },
    z.object({ id: z.string().max(200).nullable() }),
    z.object({ sessionsEnded: z.number().int() }),
  ),
  /** An oidc account becomes local with a password of its owner's choice; its linked identities stay. */
  convert: command(
    { permission: 'session', audit: 'transaction' },
    z.object({ password: z.string().max(1024) }),
    z.object({ session: sessionViewSchema }),
  ),
}
