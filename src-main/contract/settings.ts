import { z } from 'zod'
import { authMethodSchema } from './app'
import { codeSchema } from './errors'
import { settingViewSchema } from './ldap'
import { query } from './procedure'
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

export const settingsContract = {
  check: query('settings:read', z.object({ profile: examinedSchema }), configCheckSchema),
}
