import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { SettingView } from '../../contract/ldap'
import type { OidcReport } from '../../contract/oidc'
import type { Handlers } from '../../contract/procedure'
import type { OidcStageId, Stage } from '../../contract/stages'
import type { CallContext, Clock, OidcSettings, Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import type { Drafts } from '../settings/drafts'
import { redirectUrisToRegister } from './addresses'
import { inspectOidc } from './inspect/inspect'
import type { OidcTest } from './oidc-test'
import { viewsOf } from './provider-views'

export interface OidcHandlerDeps {
  /** Of the named profile; without a name, of the governing one. */
  readonly settings: (profile: string | null) => Promise<Settings>
  readonly drafts: Drafts
  readonly test: OidcTest
  readonly texts: Texts
  readonly clock: Clock
  /** Told about each finished report, such as for the reachability of the sign-in methods. */
  readonly onReport?: (report: OidcReport) => void
}

export function createOidcHandlers(deps: OidcHandlerDeps): Handlers<Contract['oidc'], CallContext> {
  return {
    providers: async (input) => {
      const { oidc, views } = await deps.settings(input.profile)
      return { providers: oidc.map((provider) => providerView(provider, views)) }
    },
    inspect: async ({ text, profile }) => {
      const { oidc } = await deps.settings(profile)
      return inspectOidc({ t: deps.texts, now: deps.clock.now(), providers: oidc }, text)
    },
    test: async (input, context) => {
      const noted: Examined['noted'] = input.profile === null ? {} : { profile: input.profile }
      const { oidc } = await deps.settings(input.profile)
      const providers = await examine(deps, { ...input, oidc, noted }, context)
      // The overview speaks of the ways to sign in here: another profile's providers are none of them.
      if (input.profile === null) for (const report of providers) deps.onReport?.(report)
      return { ok: providers.every(({ ok }) => ok), providers }
    },
    testDraft: async (input, context) => {
      const draft = await deps.drafts.load(input.draft)
      const noted = { draftOf: draft.profile, changed: Object.keys(draft.changes) }
      const { oidc } = draft.settings
      const providers = await examine(deps, { ...input, oidc, noted }, context)
      const ok = providers.length > 0 && providers.every((report) => report.ok)
      deps.drafts.saw(draft, ok)
      return { ok, providers, draft: draft.id }
    },
  }
}

interface Examined {
  readonly runId: string
  /** null: each of them. */
  readonly provider: string | null
  readonly oidc: readonly OidcSettings[]
  /** What the audit says beside the outcomes. */
  readonly noted: Record<string, string | string[]>
}

async function examine(deps: OidcHandlerDeps, run: Examined, context: CallContext): Promise<OidcReport[]> {
  const { runId, noted } = run
  const target = run.provider
  context.audit.note({ target, ...(Object.keys(noted).length > 0 && { after: noted }) })
  const providers: OidcReport[] = []
  for (const provider of choose(run.oidc, run.provider)) {
    const onStage = (id: OidcStageId, stage: Stage | null) =>
      context.emit('oidc.stage', { runId, target: provider.slug, id, stage })
    providers.push(await deps.test({ provider, signal: context.signal, onStage }))
  }
  context.audit.note({ target, after: { ...Object.fromEntries(providers.map(outcome)), ...noted } })
  return providers
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

function providerView(provider: OidcSettings, views: readonly SettingView[]) {
  return {
    slug: provider.slug,
    name: provider.name,
    redirectUri: redirectUrisToRegister(provider).join(', '),
    settings: viewsOf(provider, views).map((view) => (view.secret ? { ...view, value: null } : view)),
  }
}
