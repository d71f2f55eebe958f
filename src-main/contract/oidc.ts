import { z } from 'zod'
import { inspectionOf, inspectMost } from './inspection'
import { draftSchema } from './draft'
import { command, local, query } from './procedure'
import { settingViewSchema } from './ldap'
import { oidcLoginSchema } from './oidc-login'
import { oidcSymptoms, symptomAnswerSchema, symptomSchema } from './oidc-symptoms'
import { providerProductSchema } from './oidc-product'
import { examinedSchema } from './profile-name'
import { stageSchema } from './stages'

export const oidcReportSchema = z.object({
  slug: z.string(),
  name: z.string(),
  ok: z.boolean(),
  /** What kind of provider it is, where the rule book knows. */
  product: providerProductSchema.nullable(),
  stages: z.array(stageSchema),
})
export type OidcReport = z.infer<typeof oidcReportSchema>

const isWebAddress = (text: string): boolean =>
  /^https?:\/\/[^\s/@?#]+(?:[/?#]\S*)?$/i.test(text) && URL.canParse(text)

/** The address of an application, or the one where its single sign-on begins. It holds no user name or password. */
const appSchema = z.string().trim().max(2000).refine(isWebAddress).nullable().default(null)

const loginInputSchema = z.object({
  runId: z.string().max(100),
  provider: z.string().max(100),
  /** `login`: the provider asks who is there, also somebody whom it knows already. */
  prompt: z.literal('login').nullable().default(null),
})

export const inspectKinds = [
  'discovery',
  'jwks',
  'id-token',
  'encrypted-token',
  'opaque-token',
  'token-answer',
  'callback',
  'request',
  'address',
  'claims',
  'error',
  'unknown',
] as const

/** `product` names the kind of provider, if it is known. */
export const inspectionSchema = inspectionOf(inspectKinds).extend({ product: z.string().nullable() })
export type Inspection = z.infer<typeof inspectionSchema>

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
          /** By the issuer's form alone; a test knows more. */
          product: providerProductSchema.nullable(),
          settings: z.array(settingViewSchema),
        }),
      ),
    }),
  ),
  /** Explains what was pasted; it is neither kept nor sent anywhere, and nobody is asked. */
  inspect: local(
    'diagnostics:run',
    z.object({ text: z.string().min(1).max(inspectMost), profile: examinedSchema }),
    inspectionSchema,
  ),
  symptoms: query('diagnostics:run', z.object({}), z.object({ symptoms: z.array(symptomSchema) })),
  /** Runs the checks that decide a symptom; `person` is the name of an account whose last claims are looked at. */
  symptom: command(
    { permission: 'diagnostics:run', audit: 'intent' },
    z.object({
      runId: z.string().max(100),
      symptom: z.enum(oidcSymptoms),
      provider: z.string().max(100).nullable().default(null),
      person: z.string().trim().min(1).max(200).nullable().default(null),
      profile: examinedSchema,
    }),
    symptomAnswerSchema,
  ),
  test: command(
    { permission: 'diagnostics:run', audit: 'intent' },
    z.object({
      runId: z.string().max(100),
      provider: z.string().max(100).nullable().default(null),
      app: appSchema,
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
      app: appSchema,
      draft: draftSchema,
    }),
    z.object({ ok: z.boolean(), providers: z.array(oidcReportSchema), draft: z.string() }),
  ),
  /** A sign-in through the browser that is decided and explained; nothing but the audit keeps anything of it. */
  login: command(
    { permission: 'diagnostics:run', audit: 'intent' },
    loginInputSchema.extend({ profile: examinedSchema }),
    oidcLoginSchema,
  ),
  /** The same with settings that nobody has saved. */
  loginDraft: command(
    { permission: 'settings:write', audit: 'intent' },
    loginInputSchema.extend({ draft: draftSchema }),
    oidcLoginSchema,
  ),
}
