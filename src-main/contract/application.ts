import { z } from 'zod'
import { authMethodSchema, timeSchema } from './app'
import { impactChangeSchema } from './auth'
import { command, query } from './procedure'
import { profileNameSchema } from './profile-name'
import { actionSchema } from './users'

/** Whose tables a database holds; `mapped`: described by hand in the settings. */
export const applicationDatabases = ['timetracker', 'tududi', 'vikunja', 'mapped'] as const
export type ApplicationDatabaseKind = (typeof applicationDatabases)[number]

/** `other`: a value that nobody knows, or an account that is no person's. */
export const applicationProviders = ['local', 'oidc', 'ldap', 'other'] as const
export type ApplicationProvider = (typeof applicationProviders)[number]

export const applicationStates = ['enabled', 'disabled', 'locked', 'unconfirmed'] as const
export type ApplicationState = (typeof applicationStates)[number]

/** What does not fit together in an account's row, gravest first. */
export const applicationFindings = [
  'claimable',
  'password-left',
  'directory-with-oidc',
  'provider-stale',
  'no-way-in',
] as const
export type ApplicationFindingId = (typeof applicationFindings)[number]

/** Why nothing is written; `null` beside it means that everything the kind can do is offered. */
export const readOnlyReasons = ['version', 'shape', 'opened', 'server'] as const

export const applicationAccountSchema = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  fullName: z.string().nullable(),
  admin: z.boolean(),
  provider: z.enum(applicationProviders),
  /** What the row itself says; null where the application has no such column. */
  storedProvider: z.string().nullable(),
  state: z.enum(applicationStates),
  hasPassword: z.boolean(),
  lastSignIn: timeSchema.nullable(),
  findings: z.array(z.enum(applicationFindings)),
})
export type ApplicationAccount = z.infer<typeof applicationAccountSchema>

export const applicationFindingSchema = z.object({
  id: z.enum(applicationFindings),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  next: z.string(),
})

export const applicationDetailSchema = applicationAccountSchema.extend({
  /** What a change must name: it is refused once the row looks otherwise. */
  revision: z.string(),
  /** The stored hash's format and parameters, never the hash. */
  passwordFormat: z.string().nullable(),
  identities: z.array(
    z.object({
      issuer: z.string().nullable(),
      slug: z.string().nullable(),
      subject: z.string(),
      email: z.string().nullable(),
      lastSignIn: timeSchema.nullable(),
    }),
  ),
  /** null: the application keeps no sessions in its database. */
  sessions: z.number().int().nullable(),
  /** API tokens that a reset leaves alone; null where the application has none in its database. */
  tokens: z.number().int().nullable(),
  /** The application's own record of sign-ins, newest first; null where it keeps none in its database. */
  events: z
    .array(
      z.object({
        at: timeSchema.nullable(),
        event: z.string(),
        method: z.string().nullable(),
        provider: z.string().nullable(),
        address: z.string().nullable(),
      }),
    )
    .nullable(),
  explained: z.array(applicationFindingSchema),
  actions: z.object({ resetPassword: actionSchema, disable: actionSchema, enable: actionSchema }),
})
export type ApplicationDetail = z.infer<typeof applicationDetailSchema>

export const applicationStatusSchema = z.object({
  profile: z.string(),
  kind: z.enum(applicationDatabases),
  dialect: z.enum(['sqlite', 'postgres']),
  /** Where it is, without a password. */
  place: z.string(),
  /** The application's own mark of its schema; null where it has none. */
  version: z.string().nullable(),
  readOnly: z.object({ reason: z.enum(readOnlyReasons), message: z.string() }).nullable(),
  accounts: z.number().int(),
  admins: z.number().int(),
  /** The AUTH_METHOD of the profile; null where it cannot be read. */
  method: authMethodSchema.nullable(),
  /** The modes that the application has. */
  methods: z.array(authMethodSchema),
  findings: z.array(applicationFindingSchema.extend({ accounts: z.number().int() })),
})
export type ApplicationStatus = z.infer<typeof applicationStatusSchema>

/** How an application lets somebody in, by its own rules. */
export const applicationWays = ['password', 'claim', 'name', 'directory', 'provider'] as const
export type ApplicationWay = (typeof applicationWays)[number]

/** What is unsafe in a way that an application leaves open. */
export const applicationHazards = ['claimable', 'no-password', 'provider-ignored', 'passwords-stay'] as const
export type ApplicationHazard = (typeof applicationHazards)[number]

const wayInSchema = z.object({
  way: z.enum(applicationWays),
  message: z.string(),
  hazard: z.object({ id: z.enum(applicationHazards), message: z.string() }).nullable(),
})

export const applicationExplanationSchema = z.object({
  account: applicationAccountSchema,
  method: authMethodSchema,
  /** The ways in that the application's own rules leave open; an unknown person at a provider is none. */
  ways: z.array(wayInSchema),
  /** What Authdesk's rules would say of the same account. */
  safe: z.boolean(),
})
export type ApplicationExplanation = z.infer<typeof applicationExplanationSchema>

export const applicationImpactSchema = z.object({
  from: authMethodSchema,
  to: authMethodSchema,
  counts: z.record(impactChangeSchema, z.number().int()),
  /** Administrators who would have a way in. */
  admins: z.number().int(),
  /** How many would have one if the application followed Authdesk's rules. */
  safe: z.number().int(),
  hazards: z.array(
    z.object({ id: z.enum(applicationHazards), message: z.string(), accounts: z.number().int() }),
  ),
  /** Who loses or gains a way in, in the order of their names; `more`: there are others. */
  people: z.array(
    z.object({
      id: z.string(),
      username: z.string(),
      provider: z.enum(applicationProviders),
      admin: z.boolean(),
      change: z.enum(['lose', 'gain']),
    }),
  ),
  more: z.boolean(),
})
export type ApplicationImpact = z.infer<typeof applicationImpactSchema>

/** What does not fit between the directory and the application. */
export const comparisonKinds = [
  'not-in-directory',
  'disabled-in-directory',
  'not-in-group',
  'no-account',
  'duplicate-email',
] as const

export const comparisonRowSchema = z.object({
  kind: z.enum(comparisonKinds),
  accountId: z.string().nullable(),
  username: z.string(),
  email: z.string().nullable(),
  dn: z.string().nullable(),
})
export type ComparisonRow = z.infer<typeof comparisonRowSchema>

export const applicationComparisonSchema = z.object({
  entries: z.number().int(),
  accounts: z.number().int(),
  counts: z.record(z.enum(comparisonKinds), z.number().int()),
  /** The first of them; `more`: there are others, which an export has. */
  rows: z.array(comparisonRowSchema),
  more: z.boolean(),
})
export type ApplicationComparison = z.infer<typeof applicationComparisonSchema>

const of = z.object({ profile: profileNameSchema.nullable().default(null) })
export const applicationQuerySchema = of.extend({
  search: z.string().trim().max(200).default(''),
  providers: z.array(z.enum(applicationProviders)).default([]),
  states: z.array(z.enum(applicationStates)).default([]),
  findings: z.array(z.enum(applicationFindings)).default([]),
  /** Keyset paging: the opaque cursor that the page before returned as `next`. */
  after: z.string().max(1000).nullable().default(null),
  limit: z.number().int().min(1).max(500).default(100),
})
export type ApplicationQuery = z.infer<typeof applicationQuerySchema>

const target = of.extend({ id: z.string().max(200), revision: z.string().max(100) })
const reason = z.string().trim().min(3).max(500)
const changed = z.object({ account: applicationAccountSchema })
const manages = { permission: 'users:manage', audit: 'intent' } as const

/** The accounts of an application in its own database, which its profile names. */
export const applicationContract = {
  status: query('users:read', of, applicationStatusSchema),
  list: query(
    'users:read',
    applicationQuerySchema,
    z.object({
      accounts: z.array(applicationAccountSchema),
      next: z.string().nullable(),
      total: z.number().int(),
    }),
  ),
  get: query('users:read', of.extend({ id: z.string().max(200) }), applicationDetailSchema),
  /** By the name that is typed to sign in, the e-mail address, or `id:` and the id. */
  find: query('users:read', of.extend({ name: z.string().trim().min(1).max(200) }), applicationDetailSchema),
  /** Under the profile's AUTH_METHOD, or another one that is asked for; nothing is written. */
  explain: query(
    'users:read',
    of.extend({
      name: z.string().trim().min(1).max(200),
      method: authMethodSchema.nullable().default(null),
    }),
    applicationExplanationSchema,
  ),
  impact: query('users:read', of.extend({ method: authMethodSchema }), applicationImpactSchema),
  /** Reads everybody in the profile's directory, or in an LDIF file, next to every account; nothing is written. */
  compare: query(
    'diagnostics:run',
    of.extend({ against: z.string().max(100).nullable().default(null) }),
    applicationComparisonSchema,
  ),
  exportComparison: command(
    manages,
    of.extend({
      against: z.string().max(100).nullable().default(null),
      file: z.string().max(100),
      format: z.enum(['csv', 'json']),
    }),
    z.object({ file: z.string(), rows: z.number().int(), bytes: z.number().int() }),
  ),
  resetPassword: command(
    { permission: 'users:reset', audit: 'intent' },
    target.extend({ reason }),
    changed.extend({
      passphrase: z.string(),
      /** The application will ask for a new password at the next sign-in. */
      mustChange: z.boolean(),
      sessionsEnded: z.number().int().nullable(),
      tokensLeft: z.number().int().nullable(),
    }),
  ),
  disable: command(manages, target.extend({ reason }), changed),
  enable: command(manages, target.extend({ reason: reason.nullable().default(null) }), changed),
}
