import { z } from 'zod'
import { authMethodSchema } from './app'
import { authorityInput, authoritySchema, pinInput, pinnedSchema } from './authority'
import { draftSchema } from './draft'
import { codeSchema } from './errors'
import { settingViewSchema } from './ldap'
import { command, query } from './procedure'
import { examinedSchema } from './profile-name'

/** One finding of the settings' lint. `severity` error makes `config check` fail. */
export const findingSchema = z.object({
  code: codeSchema,
  severity: z.enum(['error', 'warning', 'info']),
  setting: z.string().nullable(),
  message: z.string(),
  next: z.string(),
  /** The file's own name for the setting, where it is another one. */
  written: z.string().nullable(),
  line: z.number().int().nullable(),
  /** Where in the value the fault is (characters from 0), and what was probably meant. */
  fault: z
    .object({ value: z.string(), position: z.number().int(), proposal: z.string().nullable() })
    .nullable(),
})
export type Finding = z.infer<typeof findingSchema>

export const configCheckSchema = z.object({
  ok: z.boolean(),
  method: authMethodSchema.nullable(),
  file: z.string().nullable(),
  findings: z.array(findingSchema),
  settings: z.array(settingViewSchema),
})
export type ConfigCheck = z.infer<typeof configCheckSchema>

/** What a form needs to know about one setting. `choices` is empty where any text may be typed. */
export const settingFieldSchema = z.object({
  name: z.string(),
  group: z.string(),
  groupTitle: z.string(),
  expected: z.string(),
  choices: z.array(z.string()),
  default: z.string().nullable(),
  description: z.string(),
  secret: z.boolean(),
  /** An empty text is a value of its own. */
  mayBeEmpty: z.boolean(),
})
export type SettingField = z.infer<typeof settingFieldSchema>

export const draftViewSchema = z.object({
  profile: z.string(),
  /** Of the file that a save would replace. */
  revision: z.string(),
  /** false: a file that was only opened for this run is never written. */
  writable: z.boolean(),
  findings: z.array(findingSchema),
  settings: z.array(settingViewSchema),
  changed: z.array(z.string()),
  /** Secrets that do not follow, since where they would be sent has changed. */
  retype: z.array(z.string()),
  /** Set by the process environment, which no file can change. */
  locked: z.array(z.string()),
  /** With what must be registered with each. */
  providers: z.array(
    z.object({
      ...{ slug: z.string(), name: z.string(), redirectUri: z.string() },
      /** null: the provider that has no number. */
      n: z.number().int().nullable(),
    }),
  ),
})
export type DraftView = z.infer<typeof draftViewSchema>

export const settingsContract = {
  form: query(
    'settings:read',
    z.object({ profile: examinedSchema }),
    z.object({ fields: z.array(settingFieldSchema) }),
  ),
  /** What a draft would mean. Of secrets only the names of those that were typed. */
  draft: query(
    'settings:write',
    draftSchema.omit({ secrets: true }).extend({ typed: z.array(z.string().max(100)).max(100) }),
    draftViewSchema,
  ),
  save: command(
    { permission: 'settings:write', audit: 'transaction' },
    z.object({ draft: draftSchema, revision: z.string().max(100) }),
    z.object({
      file: z.string(),
      changed: z.array(z.string()),
      tested: z.enum(['passed', 'failed', 'untested']),
    }),
  ),
  /** The root that the draft's server shows and that is not trusted; nothing is sent but a handshake. */
  authority: query('settings:write', authorityInput, authoritySchema),
  pinAuthority: command({ permission: 'settings:write', audit: 'intent' }, pinInput, pinnedSchema),
  check: query('settings:read', z.object({ profile: examinedSchema }), configCheckSchema),
}
