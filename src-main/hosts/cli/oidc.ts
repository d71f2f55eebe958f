import type { Command } from 'commander'
import { AppError } from '../../contract/errors'
import type { OidcReport } from '../../contract/oidc'
import { symptomsFor } from './symptom-search'
import { exits } from './exit-codes'
import { failsInConfig, stagesText } from './ladder-text'
import { loginText } from './oidc-login-text'
import { columns, plain, type Style } from './output'
import type { Desk } from './perform'
import { reportOption, savedText, saveReport, type ReportFile } from './report-file'
import type { Act } from './run'
import { inspectionText, pastedText } from './inspection-text'

const examples = `
Examples:
  authdesk oidc test
  authdesk oidc test keycloak --json
  authdesk oidc test keycloak --report provider.md
  authdesk oidc test keycloak --app https://tracker.example.org

--app follows the application’s own way to the provider without credentials: from its address, or from the address where
its single sign-on begins, to the request that it would send. That request is compared with the settings, not sent.

--report writes the run, without secrets, as the file’s ending says: .html, .md or .json.`

function providerText(report: OidcReport, style: Style): string {
  const name = `${plain(report.name)} (${plain(report.slug)})`
  const kind = report.product === null ? [] : [style.dim(plain(report.product.name))]
  const head = report.ok ? style.green(name) : style.red(name)
  return [head, ...kind, stagesText(report.stages, style)].join('\n')
}

export function oidcText(providers: readonly OidcReport[], style: Style): string {
  if (providers.length === 0) return 'No OpenID provider is described in the settings.'
  return providers.map((report) => providerText(report, style)).join('\n\n')
}

interface TestOptions {
  readonly report?: ReportFile
  readonly app?: string
}

async function test(provider: string | undefined, options: TestOptions, desk: Desk) {
  const { api, profile, runId } = desk
  const report = await api.oidc.test({ runId, profile, provider: provider ?? null, app: options.app ?? null })
  const invalid = report.providers.some(({ stages }) => failsInConfig(stages))
  const saved = options.report === undefined ? null : await saveReport(options.report, desk)
  const text = (style: Style) => [oidcText(report.providers, style), ...savedText(saved)].join('\n')
  const document = { ...report, ...(saved && { report: saved }) }
  return { document, text, ...(invalid ? { exit: exits.usage } : {}) }
}

const loginExamples = `
The sign-in goes through the browser (BROWSER, or the system’s own) as a real one does. Whose account it would be and
what would become of its roles is said; no session, account, link or token is kept.

Examples:
  authdesk oidc login keycloak --dry-run
  authdesk oidc login keycloak --dry-run --ask --json`

interface LoginOptions {
  readonly dryRun?: true
  readonly ask?: true
}

async function login(slug: string, options: LoginOptions, { api, profile, runId }: Desk) {
  if (!options.dryRun) {
    const message =
      'Nobody stays signed in on the command line: --dry-run explains a sign-in without keeping it.'
    throw new AppError('INVALID_INPUT', { message })
  }
  const prompt = options.ask ? ('login' as const) : null
  const found = await api.oidc.login({ runId, profile, provider: slug, prompt })
  const invalid = failsInConfig(found.stages)
  const text = (style: Style) => loginText(found, style)
  return { document: found, text, ...(invalid ? { exit: exits.usage } : {}) }
}

const symptomExamples = `
Without words the known symptoms are listed. The checks that decide one are run: settings, the provider’s test, and with
--user an account’s last claims.

Examples:
  authdesk oidc symptom
  authdesk oidc symptom button
  authdesk oidc symptom notAdmin --user ada --provider keycloak --json`

interface SymptomOptions {
  readonly provider?: string
  readonly user?: string
}

async function symptom(words: readonly string[], options: SymptomOptions, { api, profile, runId }: Desk) {
  const { symptoms } = await api.oidc.symptoms({})
  const fitting = symptomsFor(symptoms, words)
  const [one] = fitting
  if (fitting.length !== 1 || one === undefined) {
    if (words.length > 0 && one === undefined)
      throw new AppError('INVALID_INPUT', {
        message: 'No known symptom has these words; without words all are listed.',
      })
    const rows = fitting.map(({ id, title }) => [id, plain(title)])
    return { document: { symptoms: fitting }, text: () => columns([['SYMPTOM', 'WHAT IS SEEN'], ...rows]) }
  }
  const { provider = null, user = null } = options
  const answer = await api.oidc.symptom({ runId, profile, symptom: one.id, provider, person: user })
  return { document: answer, text: (style: Style) => inspectionText(answer, style) }
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
    .option('--app <URL>', 'also look at the application’s own way to the provider')
    .addOption(reportOption())
    .addHelpText('after', examples)
    .action((provider: string | undefined, options: TestOptions) =>
      act({ migrations: 'apply', settings: 'judged', profile: 'examined' }, (desk) =>
        test(provider, options, desk),
      ),
    )
  oidc
    .command('login')
    .argument('<provider>', 'the short name of the provider')
    .description('sign in through the browser without keeping anything, and explain what would happen')
    .option('--dry-run', 'decide and explain, keep nothing')
    .option('--ask', 'have the provider ask who is there (prompt=login)')
    .addHelpText('after', loginExamples)
    .action((provider: string, options: LoginOptions) =>
      act({ migrations: 'apply', settings: 'judged', profile: 'examined' }, (desk) =>
        login(provider, options, desk),
      ),
    )
  oidc
    .command('symptom')
    .argument('[words...]', 'a symptom’s name, or words of it')
    .description('say what is seen to be wrong, and have the checks run that decide it')
    .option('--provider <PROVIDER>', 'the short name of the provider')
    .option('--user <NAME>', 'an account whose last claims are looked at')
    .addHelpText('after', symptomExamples)
    .action((words: string[], options: SymptomOptions) =>
      act({ migrations: 'apply', settings: 'judged', profile: 'examined' }, (desk) =>
        symptom(words, options, desk),
      ),
    )
  oidc
    .command('inspect')
    .description('explain a pasted document, token, address or error, without a network')
    .addHelpText('after', inspectExamples)
    .action(() => act({ migrations: 'apply', settings: 'judged', profile: 'examined' }, inspect))
}
