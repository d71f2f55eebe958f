import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { SettingView } from '../../contract/ldap'
import type { OidcReport } from '../../contract/oidc'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, OidcSettings, Settings } from '../app/ports'
import { redirectUrisToRegister } from './addresses'
import type { OidcTest } from './oidc-test'
import { viewsOf } from './provider-views'

export interface OidcHandlerDeps {
  /** Of the named profile; without a name, of the governing one. */
  readonly settings: (profile: string | null) => Promise<Settings>
  readonly test: OidcTest
  /** Told about each finished report, such as for the reachability of the sign-in methods. */
  readonly onReport?: (report: OidcReport) => void
}

export function createOidcHandlers(deps: OidcHandlerDeps): Handlers<Contract['oidc'], CallContext> {
  return {
    providers: async (input) => {
      const { oidc, views } = await deps.settings(input.profile)
      return { providers: oidc.map((provider) => providerView(provider, views)) }
    },
    test: async (input, context) => {
      const examined = input.profile === null ? {} : { profile: input.profile }
      context.audit.note({ target: input.provider, ...(input.profile !== null && { after: examined }) })
      const chosen = choose((await deps.settings(input.profile)).oidc, input.provider)
      const providers: OidcReport[] = []
      for (const provider of chosen) {
        const report = await deps.test({
          provider,
          signal: context.signal,
          onStage: (id, stage) =>
            context.emit('oidc.stage', { runId: input.runId, target: provider.slug, id, stage }),
        })
        // The overview speaks of the ways to sign in here: another profile's providers are none of them.
        if (input.profile === null) deps.onReport?.(report)
        providers.push(report)
      }
      context.audit.note({
        target: input.provider,
        after: { ...Object.fromEntries(providers.map(outcome)), ...examined },
      })
      return { ok: providers.every(({ ok }) => ok), providers }
    },
  }
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
