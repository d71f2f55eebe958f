import { z } from 'zod'
import { draftSchema } from './draft'
import { inspectionOf, inspectMost } from './inspection'
import { directoryExplanationSchema } from './ldap-explain'
import { command, local, query } from './procedure'
import { examinedSchema } from './profile-name'
import { keptSchema, stageSchema } from './stages'

/** One value of the read-only summary. A secret's value is `null`; `set` says whether there is one. */
export const settingViewSchema = z.object({
  name: z.string(),
  value: z.string().nullable(),
  set: z.boolean(),
  secret: z.boolean(),
  source: z.enum(['default', 'profile', 'environment']),
})
export type SettingView = z.infer<typeof settingViewSchema>

export const ldapGroups = ['server', 'bind', 'people', 'groups', 'trust'] as const

export const ldapSummarySchema = z.object({
  enabled: z.boolean(),
  groups: z.array(z.object({ id: z.enum(ldapGroups), settings: z.array(settingViewSchema) })),
  sample: z.object({ handle: z.string(), name: z.string() }).nullable(),
})
export type LdapSummary = z.infer<typeof ldapSummarySchema>

/** The directories that are set up differently; `other` is any that does not say which of them it is. */
export const directoryKinds = ['activeDirectory', 'openldap', '389ds', 'freeipa', 'lldap', 'other'] as const
export type DirectoryKind = (typeof directoryKinds)[number]

export const ladderSchema = z.object({
  ok: z.boolean(),
  target: z.object({
    host: z.string().nullable(),
    port: z.number().int().nullable(),
    encryption: z.enum(['ldaps', 'starttls', 'none', 'file']),
  }),
  summary: z.string(),
  stages: z.array(stageSchema),
  kept: keptSchema.optional(),
  /** What the directory says it is; absent where it was not asked or said nothing. */
  directory: z.object({ kind: z.enum(directoryKinds), product: z.string().nullable() }).optional(),
  user: z
    .object({
      dn: z.string(),
      username: z.string().nullable(),
      email: z.string().nullable(),
      fullName: z.string().nullable(),
    })
    .optional(),
})
export type Ladder = z.infer<typeof ladderSchema>

/** A result belongs to the draft that was tested; `draft` stands for exactly that one. */
export const draftLadderSchema = ladderSchema.extend({ draft: z.string() })

const runSchema = z.object({
  runId: z.string().max(100),
  user: z.string().trim().max(200).nullable().default(null),
  password: z.string().max(1024).nullable().default(null),
})

export const ldapInspectKinds = ['error', 'dn', 'filter', 'certificate', 'key', 'unknown'] as const
export const ldapInspectionSchema = inspectionOf(ldapInspectKinds)
export type LdapInspection = z.infer<typeof ldapInspectionSchema>

const explainSchema = z.object({ runId: z.string().max(100), name: z.string().trim().min(1).max(200) })

export const snapshotSchema = z.object({
  file: z.string(),
  entries: z.number().int(),
  bytes: z.number().int(),
  people: z.number().int(),
  groups: z.number().int(),
  /** Whether the directory showed its schema. */
  schema: z.boolean(),
  /** With aliases: the settings that fit the file; null without. */
  settings: z.record(z.string(), z.string()).nullable(),
  aliases: z.array(z.object({ name: z.string(), alias: z.string() })),
})
export type Snapshot = z.infer<typeof snapshotSchema>

export const ldapContract = {
  summary: query('diagnostics:run', z.object({ profile: examinedSchema }), ldapSummarySchema),
  test: command(
    { permission: 'diagnostics:run', audit: 'gate' },
    runSchema.extend({
      against: z.string().max(200).nullable().default(null),
      profile: examinedSchema,
      /** Whether a name without a password is accepted, in place of everything from the bind on. */
      probe: z.enum(['empty-password']).nullable().default(null),
    }),
    ladderSchema,
  ),
  /** The same with settings that nobody has saved. */
  testDraft: command(
    { permission: 'settings:write', audit: 'gate' },
    runSchema.extend({ draft: draftSchema }),
    draftLadderSchema,
  ),
  /** Explains what was pasted; it is neither kept nor sent anywhere, and nobody is asked. */
  inspect: local(
    'diagnostics:run',
    z.object({ text: z.string().min(1).max(inspectMost), profile: examinedSchema }),
    ldapInspectionSchema,
  ),
  /** One person's sign-in decided, without a password and with nothing written. */
  explain: command(
    { permission: 'diagnostics:run', audit: 'intent' },
    explainSchema.extend({ against: z.string().max(200).nullable().default(null), profile: examinedSchema }),
    directoryExplanationSchema,
  ),
  /** The same with settings that nobody has saved. */
  explainDraft: command(
    { permission: 'settings:write', audit: 'intent' },
    explainSchema.extend({ draft: draftSchema }),
    directoryExplanationSchema,
  ),
  /** Saves people, groups, root DSE and schema into a chosen file, whole or not at all; cancelled by its `runId`. */
  snapshot: command(
    { permission: 'sync:run', audit: 'intent' },
    z.object({
      runId: z.string().max(100),
      file: z.string().max(200),
      /** `redacted`: stable aliases stand for people, groups, addresses and names. */
      values: z.enum(['real', 'redacted']).default('real'),
      /** Names whose aliases are to be told; the file does not hold what they stand for. */
      aliasOf: z.array(z.string().min(1).max(200)).max(100).default([]),
      profile: examinedSchema,
    }),
    snapshotSchema,
  ),
  chooseFile: local(
    'diagnostics:run',
    z.object({}),
    z.object({ file: z.object({ handle: z.string(), name: z.string() }).nullable() }),
  ),
}
