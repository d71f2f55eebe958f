import { z } from 'zod'
import { timeSchema } from './app'
import { settingViewSchema } from './ldap'
import { command } from './procedure'
import { stageSchema } from './stages'

export const reportFormats = ['html', 'md', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** A line for a POSIX shell that asks the same as the test did. A secret is asked for by the tool, never written. */
export const reportCommandSchema = z.object({ purpose: z.string(), line: z.string() })
export type ReportCommand = z.infer<typeof reportCommandSchema>

/** One directory or one provider that was tested. */
export const reportSubjectSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  summary: z.string(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  stages: z.array(stageSchema),
  /** A secret's value is null; `set` says whether there is one. */
  settings: z.array(settingViewSchema),
  commands: z.array(reportCommandSchema),
  notes: z.array(z.string()),
})
export type ReportSubject = z.infer<typeof reportSubjectSchema>

/** A run as it is written into a file: the JSON form is this, Markdown and HTML show it. No part holds a secret. */
export const reportSchema = z.object({
  /** The form of this document; another one would have another number. */
  report: z.literal(1),
  kind: z.enum(['ldap', 'oidc']),
  ok: z.boolean(),
  made: timeSchema,
  profile: z.string(),
  versions: z.object({
    authdesk: z.string(),
    electron: z.string().nullable(),
    node: z.string(),
    openssl: z.string(),
    platform: z.string(),
  }),
  subjects: z.array(reportSubjectSchema),
})
export type Report = z.infer<typeof reportSchema>

export const reportsContract = {
  /** Writes a run that has ended, by the id that it was started with. */
  save: command(
    { permission: 'diagnostics:run', audit: 'intent' },
    z.object({ run: z.string().max(100), format: z.enum(reportFormats), file: z.string().max(100) }),
    z.object({ file: z.string(), bytes: z.number().int() }),
  ),
}
