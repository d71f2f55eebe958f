import { z } from 'zod'
import { errorBodySchema } from './errors'
import { local, query } from './procedure'
import { roleSchema } from './permissions'

export const authMethods = ['none', 'local', 'oidc', 'ldap', 'both', 'all'] as const
export const authMethodSchema = z.enum(authMethods)
export type AuthMethod = z.infer<typeof authMethodSchema>

export const authProviders = ['local', 'oidc', 'ldap'] as const
export const authProviderSchema = z.enum(authProviders)
export type AuthProvider = z.infer<typeof authProviderSchema>

/** A point in time on the wire: ISO 8601, UTC. */
export const timeSchema = z.iso.datetime()

/** Who is signed in to the console, as the window may know it. */
export const sessionViewSchema = z.object({
  accountId: z.string(),
  username: z.string(),
  fullName: z.string().nullable(),
  role: roleSchema,
  authProvider: authProviderSchema,
  via: z.string(),
  mustChangePassword: z.boolean(),
  /** The desk was left; how it is unlocked: by a password, at the provider, or by a word. */
  locked: z.enum(['password', 'provider', 'word']).nullable(),
  signedInAt: timeSchema,
  permissions: z.array(z.string()),
})
export type SessionView = z.infer<typeof sessionViewSchema>

/** The console's state before and after sign-in; the first thing a window asks. */
export const statusSchema = z.object({
  version: z.string(),
  runtime: z.object({
    kind: z.enum(['official', 'override', 'development', 'node']),
    electron: z.string().nullable(),
    node: z.string(),
  }),
  platform: z.string(),
  demo: z.boolean(),
  profile: z.object({ name: z.string(), production: z.boolean() }),
  method: authMethodSchema.nullable(),
  settingsError: errorBodySchema.nullable(),
  database: z.object({ error: errorBodySchema.nullable(), path: z.string() }),
  logFile: z.string().nullable(),
  firstRun: z.boolean(),
  session: sessionViewSchema.nullable(),
})
export type Status = z.infer<typeof statusSchema>

/** The offline documents that the Help menu opens, by id. */
export const helpPageSchema = z.object({ id: z.string(), title: z.string(), markdown: z.string() })

export const appContract = {
  status: query('public', z.object({}), statusSchema),
  cancel: local('public', z.object({ runId: z.string().max(100) }), z.object({ cancelled: z.boolean() })),
  copy: local('session', z.object({ text: z.string().max(100_000) }), z.object({})),
  /** While a passphrase shows, the window cannot be captured. */
  protect: local('public', z.object({ on: z.boolean() }), z.object({})),
  /** Asks where a file shall be saved; `name` is proposed. The handle is what export commands take. */
  chooseSave: local(
    'session',
    z.object({ name: z.string().regex(/^[\w.-]{1,100}$/) }),
    z.object({ file: z.object({ handle: z.string(), name: z.string() }).nullable() }),
  ),
  openExternal: local('public', z.object({ url: z.url().max(2048) }), z.object({})),
  pageShown: local(
    'public',
    z.object({
      page: z.string().max(500),
      state: z.enum(['ready', 'error']),
      reason: z.string().max(500).nullable(),
    }),
    z.object({}),
  ),
  helpPages: query(
    'public',
    z.object({}),
    z.object({ pages: z.array(z.object({ id: z.string(), title: z.string() })) }),
  ),
  helpPage: query('public', z.object({ id: z.string() }), helpPageSchema),
  preferences: query('public', z.object({}), z.object({ colorScheme: z.enum(['auto', 'light', 'dark']) })),
  setPreferences: local('public', z.object({ colorScheme: z.enum(['auto', 'light', 'dark']) }), z.object({})),
}
