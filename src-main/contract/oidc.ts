import { z } from 'zod'
import { draftSchema } from './draft'
import { command, query } from './procedure'
import { settingViewSchema } from './ldap'
import { examinedSchema } from './profile-name'
import { stageSchema } from './stages'

export const oidcReportSchema = z.object({
  slug: z.string(),
  name: z.string(),
  ok: z.boolean(),
  stages: z.array(stageSchema),
})
export type OidcReport = z.infer<typeof oidcReportSchema>

export const oidcContract = {
  providers: query(
    'diagnostics:run',
    z.object({ profile: examinedSchema }),
    z.object({
      providers: z.array(
        z.object({
          slug: z.string(),
          name: z.string(),
          redirectUri: z.string(),
          settings: z.array(settingViewSchema),
        }),
      ),
    }),
  ),
  test: command(
    { permission: 'diagnostics:run', audit: 'intent' },
    z.object({
      runId: z.string().max(100),
      provider: z.string().max(100).nullable().default(null),
      profile: examinedSchema,
    }),
    z.object({ ok: z.boolean(), providers: z.array(oidcReportSchema) }),
  ),
  /** The same with settings that nobody has saved; `draft` stands for exactly the one that was tested. */
  testDraft: command(
    { permission: 'settings:write', audit: 'intent' },
    z.object({
      runId: z.string().max(100),
      provider: z.string().max(100).nullable().default(null),
      draft: draftSchema,
    }),
    z.object({ ok: z.boolean(), providers: z.array(oidcReportSchema), draft: z.string() }),
  ),
}
