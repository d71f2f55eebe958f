import type { Command } from 'commander'
import type { OidcReport } from '../../contract/oidc'
import { exits } from './exit-codes'
import { failsInConfig, stagesText } from './ladder-text'
import { plain, type Style } from './output'
import type { Desk } from './perform'
import type { Act } from './run'
import { inspectionText, pastedText } from './inspection-text'

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

const inspectExamples = `
Reads a discovery document, a key set, a token, an address out of the browser or a provider’s error from standard
input and explains it. Nothing is asked of anybody, and the text is not kept.

Examples:
  authdesk oidc inspect < openid-configuration.json
  authdesk oidc inspect --json < token.txt
  echo 'AADSTS50011: The redirect URI …' | authdesk oidc inspect`

async function inspect({ api, profile }: Desk) {
  const inspection = await api.oidc.inspect({ text: await pastedText(process.stdin), profile })
  return { document: inspection, text: (style: Style) => inspectionText(inspection, style) }
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
  oidc
    .command('inspect')
    .description('explain a pasted document, token, address or error, without a network')
    .addHelpText('after', inspectExamples)
    .action(() => act({ migrations: 'apply', settings: 'judged', profile: 'examined' }, inspect))
}
