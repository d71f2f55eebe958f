import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { SettingView } from '../../contract/ldap'
import type { OidcReport } from '../../contract/oidc'
import type { OidcSymptom } from '../../contract/oidc-symptoms'
import type { Handlers } from '../../contract/procedure'
import type { OidcAppStageId, Stage } from '../../contract/stages'
import type { CallContext, Clock, OidcSettings, Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import type { Reporter } from '../diagnostics/report/reporter'
import type { Drafts } from '../settings/drafts'
import { redirectUrisToRegister } from './addresses'
import type { ThirdClock } from './examination'
import { inspectOidc } from './inspect/inspect'
import type { OidcLoginRun } from './login/login-desk'
import { requireKnownApp } from './application/known-app'
import type { OidcTest } from './oidc-test'
import { withoutQuery } from './oidc-fetch'
import { viewsOf } from './provider-views'
import { productView } from './rule-book/advice'
import { productOfIssuer } from './rule-book/rule-book'
import type { SymptomPerson } from './symptoms/symptom-facts'
import { explainSymptom, needsTest, symptomViews } from './symptoms/symptoms'

export interface OidcHandlerDeps {
  /** Of the named profile; without a name, of the governing one. */
  readonly settings: (profile: string | null) => Promise<Settings>
  readonly drafts: Drafts
  readonly test: OidcTest
  readonly login: OidcLoginRun
  /** An account by its name, with its last claims of an issuer. */
  readonly person: (name: string, issuer: string | null) => Promise<SymptomPerson | null>
  /** What the directory's clock says, for a provider whose clock differs from this computer's. */
  readonly directoryTime?: (settings: Settings, signal: AbortSignal) => ReturnType<ThirdClock>
  readonly texts: Texts
  readonly clock: Clock
  /** Told about each finished report, such as for the reachability of the sign-in methods. */
  readonly onReport?: (report: OidcReport) => void
  /** Keeps each finished test's report until it is saved. */
  readonly reporter?: Reporter
}

export function createOidcHandlers(deps: OidcHandlerDeps): Handlers<Contract['oidc'], CallContext> {
  return {
    providers: async (input) => {
      const { oidc, views } = await deps.settings(input.profile)
      return { providers: oidc.map((provider) => providerView(deps.texts, provider, views)) }
    },
    inspect: async ({ text, profile }) => {
      const { oidc } = await deps.settings(profile)
      return inspectOidc({ t: deps.texts, now: deps.clock.now(), providers: oidc }, text)
    },
    test: async (input, context) => {
      const noted: Examined['noted'] = input.profile === null ? {} : { profile: input.profile }
      const settings = await deps.settings(input.profile)
      const providers = await examine(deps, { ...input, settings, noted }, context)
      // The overview speaks of the ways to sign in here: another profile's providers are none of them.
      if (input.profile === null) for (const report of providers) deps.onReport?.(report)
      return { ok: providers.every(({ ok }) => ok), providers }
    },
    testDraft: async (input, context) => {
      const draft = await deps.drafts.load(input.draft)
      const noted = { draftOf: draft.profile, changed: Object.keys(draft.changes) }
      const { settings } = draft
      const providers = await examine(deps, { ...input, settings, noted }, context)
      const ok = providers.length > 0 && providers.every((report) => report.ok)
      deps.drafts.saw(draft, ok)
      return { ok, providers, draft: draft.id }
    },
    symptoms: () => Promise.resolve({ symptoms: symptomViews(deps.texts) }),
    symptom: (input, context) => lookIntoSymptom(deps, input, context),
    login: async (input, context) => {
      const settings = await deps.settings(input.profile)
      const noted: Examined['noted'] = input.profile === null ? {} : { profile: input.profile }
      return signInDry(deps, { ...input, settings, noted }, context)
    },
    loginDraft: async (input, context) => {
      const { settings, profile, changes } = await deps.drafts.load(input.draft)
      const noted = { draftOf: profile, changed: Object.keys(changes) }
      return signInDry(deps, { ...input, settings, noted }, context)
    },
  }
}

interface Examined {
  readonly runId: string
  /** null: each of them. */
  readonly provider: string | null
  readonly settings: Settings
  /** The application whose own way to the provider is looked at too. */
  readonly app?: string | null
  /** What the audit says beside the outcomes. */
  readonly noted: Record<string, string | string[]>
}

async function examine(deps: OidcHandlerDeps, run: Examined, context: CallContext): Promise<OidcReport[]> {
  const { runId, noted: named, app = null } = run
  if (app !== null) requireKnownApp(app, run.settings, context.actor)
  const noted = app === null ? named : { ...named, app: withoutQuery(app) }
  const target = run.provider
  context.audit.note({ target, ...(Object.keys(noted).length > 0 && { after: noted }) })
  const providers: OidcReport[] = []
  for (const provider of choose(run.settings.oidc, run.provider)) {
    const onStage = (id: OidcAppStageId, stage: Stage | null) =>
      context.emit('oidc.stage', { runId, target: provider.slug, id, stage })
    const thirdClock: ThirdClock = async (signal) => deps.directoryTime?.(run.settings, signal) ?? null
    providers.push(await deps.test({ provider, signal: context.signal, onStage, thirdClock, app }))
  }
  context.audit.note({ target, after: { ...Object.fromEntries(providers.map(outcome)), ...noted } })
  const changed = Array.isArray(noted['changed']) ? noted['changed'] : null
  const { settings } = run
  deps.reporter?.oidc({ actor: context.actor, runId }, { settings, reports: providers, changed })
  return providers
}

interface SymptomInput {
  readonly symptom: OidcSymptom
  readonly provider: string | null
  readonly person: string | null
  readonly profile: string | null
}

async function lookIntoSymptom(deps: OidcHandlerDeps, input: SymptomInput, context: CallContext) {
  const { symptom, provider: named, person: personName } = input
  context.audit.note({ target: symptom })
  const settings = await deps.settings(input.profile)
  const only = named === null && settings.oidc.length === 1 ? settings.oidc[0] : undefined
  const provider = settings.oidc.find(({ slug }) => slug === named) ?? only ?? null
  const report =
    provider !== null && needsTest(symptom) ? await testQuietly(deps, { provider, settings }, context) : null
  const person = personName === null ? null : await deps.person(personName, provider?.issuer ?? null)
  return explainSymptom(symptom, {
    ...{ t: deps.texts, settings, named, provider, report, personName },
    person: personName !== null && person === null ? 'unknown' : person,
  })
}

function testQuietly(
  deps: OidcHandlerDeps,
  { provider, settings }: { provider: OidcSettings; settings: Settings },
  { signal }: CallContext,
): Promise<OidcReport> {
  const thirdClock: ThirdClock = async (limit) => deps.directoryTime?.(settings, limit) ?? null
  return deps.test({ provider, signal, onStage: () => undefined, thirdClock })
}

/** Who came, and whether they would get in; of the claims nothing is kept. */
async function signInDry(
  deps: OidcHandlerDeps,
  run: Examined & { provider: string; prompt: 'login' | null },
  context: CallContext,
) {
  const { runId, noted, settings, prompt } = run
  context.audit.note({ target: run.provider, after: noted })
  const [provider] = choose(settings.oidc, run.provider)
  if (provider === undefined) throw new AppError('OIDC_PROVIDER_NOT_FOUND')
  const login = await deps.login({
    ...{ provider, settings, prompt, signal: context.signal },
    onStage: (id, stage) => context.emit('oidc.stage', { runId, target: provider.slug, id, stage }),
    onProgress: (progress) => context.emit('session.progress', { runId, ...progress }),
  })
  const { code } = login.decision
  const after = { ...noted, decision: code ?? 'passed', account: login.account?.username ?? null }
  context.audit.note({ target: run.provider, ...(code !== null && { code }), after })
  return login
}

function choose(all: readonly OidcSettings[], slug: string | null): readonly OidcSettings[] {
  const chosen = slug === null ? all : all.filter((provider) => provider.slug === slug)
  if (slug !== null && chosen.length === 0) {
    throw new AppError('OIDC_PROVIDER_NOT_FOUND', { details: { provider: slug } })
  }
  return chosen
}

function outcome({ slug, stages }: OidcReport): [string, string] {
  return [slug, stages.find((stage) => stage.status === 'failed')?.code ?? 'passed']
}

function providerView(t: Texts, provider: OidcSettings, views: readonly SettingView[]) {
  return {
    slug: provider.slug,
    name: provider.name,
    redirectUri: redirectUrisToRegister(provider).join(', '),
    product: productView(t, productOfIssuer(provider.issuer)),
    settings: viewsOf(provider, views).map((view) => (view.secret ? { ...view, value: null } : view)),
  }
}
