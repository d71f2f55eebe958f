import { z } from 'zod'
import { authMethodSchema, authProviderSchema } from './app'
import { command, local, query } from './procedure'
import { profileNameSchema } from './profile-name'
import { findingSchema } from './settings'

/** The applications whose settings a profile can be. */
export const applicationKinds = ['timetracker', 'tududi', 'pulse', 'vikunja', 'authdesk'] as const
export const applicationSchema = z.enum(applicationKinds)
export type ApplicationKind = z.infer<typeof applicationSchema>

export const profileSchema = z.object({
  name: z.string(),
  kind: applicationSchema,
  governs: z.boolean(),
  production: z.boolean(),
  /** null: the governing profile has no file yet, so the defaults hold. */
  file: z.string().nullable(),
  /** null: its settings are not valid. */
  method: authMethodSchema.nullable(),
})
export type ProfileView = z.infer<typeof profileSchema>

/** `encrypted`: in the system's key store. `memory`: until this program ends, since there is no key store. */
const storeKindSchema = z.enum(['encrypted', 'memory'])

export const adoptionSchema = z.object({
  profile: profileSchema,
  /** Names as they stood in the file. */
  taken: z.array(z.string()),
  secrets: z.array(z.string()),
  secretsKept: storeKindSchema,
  leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
  findings: z.array(findingSchema),
})
export type Adoption = z.infer<typeof adoptionSchema>

/** A secret is only ever `set` or not; `differs` says whether two are the same. */
export const differenceSchema = z.object({
  name: z.string(),
  secret: z.boolean(),
  differs: z.boolean(),
  sides: z.array(z.object({ value: z.string().nullable(), set: z.boolean() })).length(2),
})
export type Difference = z.infer<typeof differenceSchema>

export const exportFormats = ['env', 'compose', 'kubernetes', 'vikunja'] as const
export const exportFormatSchema = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof exportFormatSchema>

const exportInput = z.object({
  name: profileNameSchema,
  format: exportFormatSchema,
  /** null: the application that the profile is recognised as. */
  application: applicationSchema.nullable().default(null),
  file: z.string().max(200),
})
export const exportedSchema = z.object({
  file: z.string(),
  bytes: z.number().int(),
  application: applicationSchema,
  names: z.array(z.string()),
  secrets: z.enum(['none', 'placeholders', 'revealed']),
  /** Settings of the profile that the application has no name for. */
  leftOut: z.array(z.string()),
})
export type Exported = z.infer<typeof exportedSchema>

const waySchema = z.object({
  provider: authProviderSchema,
  accounts: z.number().int(),
  on: z.array(z.boolean()).length(2),
})

/** What would change if the profile governed; pairs are now and then. */
export const impactSchema = z.object({
  name: z.string(),
  governing: z.string(),
  methods: z.array(authMethodSchema.nullable()).length(2),
  ways: z.array(waySchema),
  /** Accounts with a way in, as the sign-in itself decides. */
  wayIn: z.array(z.number().int()).length(2),
  openSessions: z.number().int(),
  /** Why it cannot govern as it is. */
  obstacles: z.array(findingSchema),
})
export type ProfileImpact = z.infer<typeof impactSchema>

const names = z.object({ from: profileNameSchema, to: profileNameSchema })
const changed = z.object({ profile: profileSchema })
const changes = { permission: 'settings:write', audit: 'intent' } as const

export const profilesContract = {
  list: query(
    'diagnostics:run',
    z.object({}),
    z.object({ profiles: z.array(profileSchema), secretStore: storeKindSchema }),
  ),
  chooseFile: local(
    'settings:write',
    z.object({}),
    z.object({ file: z.object({ handle: z.string(), name: z.string() }).nullable() }),
  ),
  /** Without a file: a new profile that says nothing yet. */
  add: command(
    changes,
    z.object({ name: profileNameSchema, file: z.string().max(200).nullable() }),
    adoptionSchema,
  ),
  copy: command(changes, names, changed),
  rename: command(changes, names, changed),
  remove: command(changes, z.object({ name: profileNameSchema }), z.object({})),
  diff: query(
    'settings:read',
    z.object({ names: z.tuple([profileNameSchema, profileNameSchema]) }),
    z.object({ names: z.array(z.string()).length(2), settings: z.array(differenceSchema) }),
  ),
  export: command({ permission: 'settings:read', audit: 'intent' }, exportInput, exportedSchema),
  /** The same with the secrets in clear text. */
  exportRevealed: command(changes, exportInput, exportedSchema),
  impact: query('settings:read', z.object({ name: profileNameSchema }), impactSchema),
  govern: command(
    { permission: 'settings:write', audit: 'transaction' },
    z.object({ name: profileNameSchema }),
    z.object({ profile: profileSchema, sessionsEnded: z.number().int() }),
  ),
}
