import { z } from 'zod'
import { settingViewSchema } from './setting-view'
import { stageSchema } from './stages'

export const reportFormats = ['json', 'md', 'html'] as const
export const reportFormatSchema = z.enum(reportFormats)
export type ReportFormat = z.infer<typeof reportFormatSchema>

/** A test's result to hand on: what was asked, what was answered, under which settings; no secret in any form. */
export const runReportSchema = z.object({
  kind: z.enum(['ldap-test']),
  made: z.iso.datetime(),
  version: z.string(),
  runtime: z.string(),
  /** Null: the profile that governs. */
  profile: z.string().nullable(),
  ok: z.boolean(),
  summary: z.string(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  stages: z.array(stageSchema),
  settings: z.array(settingViewSchema),
  /** What asks the same with the tools of OpenLDAP and OpenSSL, for a POSIX shell; passwords are prompted for. */
  commands: z.array(z.object({ purpose: z.string(), line: z.string() })),
})
export type RunReport = z.infer<typeof runReportSchema>

export const reportAskSchema = z.object({
  /** The `runId` of a test that this process has run. */
  run: z.string().max(100),
  /** The handle of the file to write. */
  file: z.string().max(200),
  format: reportFormatSchema,
})
export type ReportAsk = z.infer<typeof reportAskSchema>
export const reportWrittenSchema = z.object({ file: z.string(), bytes: z.number().int() })
