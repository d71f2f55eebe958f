import { extname, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { authMethods, type AuthMethod } from '../../contract/app'
import {
  applicationFindings,
  applicationProviders,
  applicationStates,
  type ApplicationFindingId,
  type ApplicationProvider,
  type ApplicationState,
} from '../../contract/application'
import { AppError } from '../../contract/errors'
import { accountText, accountsText, applicationText, changedText, resetText } from './app-text'
import { comparisonText, explanationText, impactText } from './app-ways-text'
import { plain, type Outcome } from './output'
import type { Desk, Plan, Work } from './perform'
import type { Act } from './run'
import { one, pageSize } from './list-options'

const plan: Plan = { migrations: 'apply', settings: 'required', profile: 'examined' }

interface ListOptions {
  readonly search?: string
  readonly provider?: ApplicationProvider
  readonly state?: ApplicationState
  readonly finding?: ApplicationFindingId
  readonly after?: string
  readonly limit?: number
}

async function status({ api, profile }: Desk): Promise<Outcome> {
  const found = await api.application.status({ profile })
  return { document: found, text: (style) => applicationText(found, style) }
}

async function list(options: ListOptions, { api, profile }: Desk): Promise<Outcome> {
  const page = await api.application.list({
    profile,
    search: options.search ?? '',
    providers: one(options.provider),
    states: one(options.state),
    findings: one(options.finding),
    after: options.after ?? null,
    limit: options.limit ?? 100,
  })
  return { document: page, text: (style) => accountsText(page, style) }
}

const show =
  (name: string): Work =>
  async ({ api, profile }) => {
    const account = await api.application.find({ profile, name })
    return { document: { account }, text: (style) => accountText(account, style) }
  }

const explain =
  (name: string, method: AuthMethod | null): Work =>
  async ({ api, profile }) => {
    const found = await api.application.explain({ profile, name, method })
    return {
      document: { ok: found.ways.length > 0, ...found },
      text: (style) => explanationText(found, style),
    }
  }

async function impact(method: AuthMethod, { api, profile }: Desk): Promise<Outcome> {
  const found = await api.application.impact({ profile, method })
  return { document: found, text: (style) => impactText(found, style) }
}

/** What is changed is the account as it was just seen. */
async function seen(name: string, { api, profile }: Desk) {
  const { id, revision } = await api.application.find({ profile, name })
  return { profile, id, revision }
}

const resetPassword =
  (name: string, reason: string): Work =>
  async (desk) => {
    const reset = await desk.api.application.resetPassword({ ...(await seen(name, desk)), reason })
    return { document: reset, text: (style) => resetText(reset, style) }
  }

const enable =
  (name: string, reason: string | null): Work =>
  async (desk) => {
    const { account } = await desk.api.application.enable({ ...(await seen(name, desk)), reason })
    return { document: { account }, text: () => changedText(account) }
  }

const disable =
  (name: string, reason: string): Work =>
  async (desk) => {
    const { account } = await desk.api.application.disable({ ...(await seen(name, desk)), reason })
    return { document: { account }, text: () => changedText(account) }
  }

function addLooking(app: Command, act: Act): void {
  app
    .command('status')
    .description('whose tables the database holds, whether it may be written, and what does not fit')
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk app status --app-db sqlite:/srv/shop/timetracker.db\n  authdesk app status --profile shop --json',
    )
    .action(() => act(plan, status))
  app
    .command('list')
    .description('the application’s accounts, a page at a time')
    .option('--search <TEXT>', 'part of a name or an e-mail address')
    .addOption(new Option('--provider <PROVIDER>', 'only accounts of it').choices(applicationProviders))
    .addOption(new Option('--state <STATE>', 'only accounts in this state').choices(applicationStates))
    .addOption(new Option('--finding <FINDING>', 'only accounts with it').choices(applicationFindings))
    .option('--after <CURSOR>', 'the page after this cursor, the “next” of the page before')
    .option('--limit <N>', 'accounts on a page, 1 to 500 (default 100)', pageSize)
    .addHelpText('after', '\nExample:\n  authdesk app list --profile shop --finding claimable')
    .action((options: ListOptions) => act(plan, (desk) => list(options, desk)))
  app
    .command('show')
    .argument('<name>', 'the name that is typed to sign in, the e-mail address, or id:ID')
    .description('one account with its identities, sessions and what does not fit')
    .addHelpText('after', '\nExample:\n  authdesk app show ada --profile shop')
    .action((name: string) => act(plan, show(name)))
}

interface CompareOptions {
  readonly against?: string
  readonly out?: string
}

async function compare({ against, out }: CompareOptions, { api, profile, addFile }: Desk): Promise<Outcome> {
  const asked = { profile, against: against === undefined ? null : addFile(resolve(against)) }
  if (out === undefined) {
    const found = await api.application.compare(asked)
    return { document: found, text: (style) => comparisonText(found, style) }
  }
  const format = { '.csv': 'csv', '.json': 'json' }[extname(out).toLowerCase()]
  if (format !== 'csv' && format !== 'json')
    throw new AppError('INVALID_INPUT', { message: 'The file’s name must end in .csv or .json.' })
  const written = await api.application.exportComparison({ ...asked, format, file: addFile(resolve(out)) })
  return { document: written, text: () => `${written.rows} rows in ${plain(written.file)}` }
}

function addCompare(app: Command, act: Act): void {
  app
    .command('compare')
    .description('the profile’s directory next to the application’s accounts; nothing is changed')
    .option('--against <FILE.ldif>', 'a file instead of the server')
    .option('--out <FILE>', 'write all of it into a .csv or .json file')
    .addHelpText('after', '\nExample:\n  authdesk app compare --profile shop --out differences.csv')
    .action((options: CompareOptions) => act(plan, (desk) => compare(options, desk)))
}

function addWays(app: Command, act: Act): void {
  app
    .command('explain')
    .argument('<name>', 'the name that is typed to sign in, the e-mail address, or id:ID')
    .description('the ways in that the application’s own rules leave open, and what is unsafe in them')
    .addOption(new Option('--method <METHOD>', 'under another AUTH_METHOD').choices(authMethods))
    .addHelpText('after', '\nExample:\n  authdesk app explain ada --profile shop --method oidc')
    .action((name: string, { method = null }: { method?: AuthMethod | null }) =>
      act(plan, explain(name, method)),
    )
  app
    .command('impact')
    .description('which accounts of the application would keep, lose or gain a way in; nothing is changed')
    .addOption(
      new Option('--method <METHOD>', 'the AUTH_METHOD to look at')
        .choices(authMethods)
        .makeOptionMandatory(),
    )
    .addHelpText('after', '\nExample:\n  authdesk app impact --profile shop --method oidc')
    .action(({ method }: { method: AuthMethod }) => act(plan, (desk) => impact(method, desk)))
}

function addChanging(app: Command, act: Act): void {
  const name = ['<name>', 'the name that is typed to sign in, the e-mail address, or id:ID'] as const
  app
    .command('reset-password')
    .argument(...name)
    .description('give a local account of the application a new passphrase, shown once')
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText(
      'after',
      '\nExample:\n  authdesk app reset-password ada --profile shop --reason "asked by phone, called back"',
    )
    .action((who: string, { reason }: { reason: string }) => act(plan, resetPassword(who, reason)))
  app
    .command('disable')
    .argument(...name)
    .description('disable an account of the application')
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText('after', '\nExample:\n  authdesk app disable ada --profile shop --reason "left the company"')
    .action((who: string, { reason }: { reason: string }) => act(plan, disable(who, reason)))
  app
    .command('enable')
    .argument(...name)
    .description('enable an account of the application again')
    .option('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText('after', '\nExample:\n  authdesk app enable ada --profile shop')
    .action((who: string, { reason = null }: { reason?: string | null }) => act(plan, enable(who, reason)))
}

/** The accounts of the application itself, in its own database. */
export function addApplicationCommands(program: Command, act: Act): void {
  const app = program
    .command('app')
    .description('the application’s own accounts, in its own database (--app-db, or AUTHDESK_APP_DB)')
  addLooking(app, act)
  addWays(app, act)
  addCompare(app, act)
  addChanging(app, act)
}
