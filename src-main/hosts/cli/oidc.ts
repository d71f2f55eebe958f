import type { Command } from 'commander'
import type { OidcReport } from '../../contract/oidc'
import { exits } from './exit-codes'
import { failsInConfig, stagesText } from './ladder-text'
import { plain, type Style } from './output'
import type { Desk } from './perform'
import type { Act } from './run'

const examples = `
Examples:
  authdesk oidc test
  authdesk oidc test keycloak --json`

function providerText(report: OidcReport, style: Style): string {
  const name = `${plain(report.name)} (${plain(report.slug)})`
  return [report.ok ? style.green(name) : style.red(name), stagesText(report.stages, style)].join('\n')
}

export function oidcText(providers: readonly OidcReport[], style: Style): string {
  if (providers.length === 0) return 'No OpenID provider is described in the settings.'
  return providers.map((report) => providerText(report, style)).join('\n\n')
}

async function test(provider: string | undefined, { api, profile, runId }: Desk) {
  const report = await api.oidc.test({ runId, profile, provider: provider ?? null })
  const invalid = report.providers.some(({ stages }) => failsInConfig(stages))
  const text = (style: Style) => oidcText(report.providers, style)
  return { document: report, text, ...(invalid ? { exit: exits.usage } : {}) }
}

export function addOidcCommands(program: Command, act: Act): void {
  const oidc = program.command('oidc').description('OpenID Connect providers')
  oidc
    .command('test')
    .argument('[provider]', 'the short name of one provider; without it, all are tested')
    .description('test a provider stage by stage, without a browser')
    .addHelpText('after', examples)
    .action((provider: string | undefined) =>
      act({ migrations: 'apply', settings: 'judged', profile: 'examined' }, (desk) => test(provider, desk)),
    )
}
