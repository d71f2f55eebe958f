import { z } from 'zod'
import { chainSchema } from './chain'
import { codeSchema } from './errors'

export const stageStatuses = ['passed', 'warning', 'failed', 'skipped'] as const

/** One rung of a ladder. `ms` is whole milliseconds; `because` names the stage that a skipped one depends on. */
export const stageSchema = z.object({
  id: z.string(),
  status: z.enum(stageStatuses),
  code: codeSchema.nullable(),
  ms: z.number().int().nonnegative(),
  summary: z.string(),
  detail: z.array(z.object({ label: z.string(), value: z.string() })),
  next: z.string().nullable(),
  because: z.string().optional(),
  /** Of `tls`, where the server shows its certificates. */
  chain: chainSchema.optional(),
})
export type Stage = z.infer<typeof stageSchema>
export type StageStatus = Stage['status']

/** What a subscriber sees while a ladder runs: a stage starts, then ends with its result. */
export const stageEventSchema = z.object({
  runId: z.string(),
  target: z.string(),
  id: z.string(),
  stage: stageSchema.nullable(),
})
export type StageEvent = z.infer<typeof stageEventSchema>

/** In order, with what each stage depends on. */
export const ldapStages = {
  config: [],
  dns: ['config'],
  tcp: ['dns'],
  tls: ['tcp'],
  rootdse: ['tls'],
  bind: ['tls'],
  base: ['bind'],
  users: ['base'],
  groups: ['bind'],
  user: ['base'],
  membership: ['user', 'groups'],
  userbind: ['user'],
  mapping: ['user'],
  decision: [],
} as const satisfies Record<string, readonly string[]>
export type LdapStageId = keyof typeof ldapStages

export const oidcStages = {
  config: [],
  dns: ['config'],
  tcp: ['dns'],
  tls: ['tcp'],
  discovery: ['tls'],
  issuer: ['discovery'],
  endpoints: ['discovery'],
  jwks: ['endpoints'],
  client: ['endpoints'],
  redirect: ['endpoints'],
  pkce: ['discovery'],
  clock: ['discovery'],
} as const satisfies Record<string, readonly string[]>
export type OidcStageId = keyof typeof oidcStages

/** What an application's address adds: its own way to the provider, the request that it would send, its cookies. */
export const oidcAppStages = {
  ...oidcStages,
  app: ['config'],
  appredirect: ['app'],
  appcookie: ['app'],
} as const satisfies Record<string, readonly string[]>
export type OidcAppStageId = keyof typeof oidcAppStages

/** What a sign-in through the browser adds to the doctor's stages, with what each depends on. */
export const oidcLoginStages = {
  ...oidcStages,
  authorize: ['issuer', 'jwks', 'client', 'redirect'],
  callback: ['authorize'],
  token: ['callback'],
  idtoken: ['token'],
  userinfo: ['idtoken'],
  claims: ['idtoken'],
  decision: [],
} as const satisfies Record<string, readonly string[]>
export type OidcLoginStageId = keyof typeof oidcLoginStages
