import { extname, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { BulkAction, BulkTarget } from '../../contract/accounts-bulk'
import type { ImportRow } from '../../contract/accounts-import'
import { authProviders, type AuthProvider } from '../../contract/app'
import { AppError } from '../../contract/errors'
import { roles, type Role } from '../../contract/permissions'
import { accountStates, type AccountState } from '../../contract/users'
import { columns, plain, type Outcome, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'

const plan: Plan = { migrations: 'apply', settings: 'required' }

interface FilterOptions {
  readonly search?: string
  readonly provider?: AuthProvider
  readonly role?: Role
  readonly state?: AccountState
}

function filterOf(options: FilterOptions): Extract<BulkTarget, { filter: unknown }>['filter'] {
  const { search = '', provider, role, state } = options
  return {
    search,
    providers: provider ? [provider] : [],
    roles: role ? [role] : [],
    states: state ? [state] : [],
  }
}

function withFilter(command: Command): Command {
  return command
    .option('--search <TEXT>', 'part of a name or an e-mail address')
    .addOption(
      new Option('--provider <PROVIDER>', 'only accounts of this auth_provider').choices(authProviders),
    )
    .addOption(new Option('--role <ROLE>', 'only accounts with this role').choices(roles))
    .addOption(new Option('--state <STATE>', 'only accounts in this state').choices(accountStates))
}

function formatOf(file: string): 'csv' | 'json' {
  const format = { '.csv': 'csv', '.json': 'json' }[extname(file).toLowerCase()]
  if (format === 'csv' || format === 'json') return format
  throw new AppError('INVALID_INPUT', { message: 'The file’s name must end in .csv or .json.' })
}

async function write(file: string, options: FilterOptions, { api, addFile }: Desk): Promise<Outcome> {
  const format = formatOf(file)
  const target = { filter: filterOf(options) }
  const written = await api.users.export({ file: addFile(resolve(file)), format, target })
  return { document: written, text: () => `${written.accounts} accounts in ${plain(written.file)}` }
}

function rowText({ line, username, action, code, field, problem }: ImportRow): string[] {
  return [
    String(line),
    username,
    action,
    code ?? '',
    [field, problem].filter((part) => part !== null).join(' '),
  ]
}

function importText(
  mode: 'preview' | 'apply',
  found: { counts: object; rows: readonly ImportRow[] },
  style: Style,
) {
  const [head = '', ...lines] = columns([
    ['LINE', 'USER NAME', 'ACTION', 'CODE', 'WHY'],
    ...found.rows.map(rowText),
  ]).split('\n')
  const counts = Object.entries(found.counts).map(([action, count]) => `${action} ${String(count)}`)
  const next = mode === 'preview' ? ' (a preview; --apply does it)' : ''
  return [style.bold(head), ...lines, `${counts.join(', ')}${next}`].join('\n')
}

async function read(file: string, { apply }: { apply?: true }, desk: Desk): Promise<Outcome> {
  const input = { file: desk.addFile(resolve(file)), format: formatOf(file) }
  const { digest, ...seen } = await desk.api.users.importPreview(input)
  if (!apply)
    return {
      document: { mode: 'preview', ...seen },
      text: (style) => importText('preview', seen, style),
    }
  const done = await desk.api.users.import({ ...input, runId: desk.runId, digest })
  return {
    document: { mode: 'apply', ...done, ignored: seen.ignored, ok: !done.cancelled },
    text: (style) => importText('apply', done, style),
  }
}

const actions: Readonly<Record<string, BulkAction>> = {
  disable: 'disable',
  enable: 'enable',
  'force-change': 'forceChange',
}

interface BulkOptions extends FilterOptions {
  readonly apply?: true
  readonly reason: string
}

async function bulk(action: BulkAction, options: BulkOptions, desk: Desk): Promise<Outcome> {
  const target = { filter: filterOf(options) }
  if (!options.apply) {
    const seen = await desk.api.users.bulkPreview({ action, target })
    const refused = seen.refused.map(({ code, count }) => `${count} ${code}`)
    const text = () =>
      [`${seen.changes} would change, ${seen.unchanged} are so already`, ...refused].join(', ') +
      ' (a preview; --apply does it)'
    return { document: { mode: 'preview', ...seen }, text }
  }
  const { rows, total, cancelled } = await desk.api.users.bulk({
    ...{ runId: desk.runId, action, target, reason: options.reason },
  })
  const failed = rows.filter(({ code }) => code !== 'OK' && code !== 'CONFLICT')
  const changed = rows.filter(({ code }) => code === 'OK').length
  const lines = failed.map(({ username, code }) => `  ${plain(username)}  ${code}`)
  return {
    document: { mode: 'apply', ok: failed.length === 0 && !cancelled, total, changed, cancelled, rows },
    text: () => [`${changed} of ${total} changed`, ...lines].join('\n'),
  }
}

/** The verbs of `users` that are about many accounts. */
export function addManyCommands(users: Command, act: Act): void {
  withFilter(users.command('export'))
    .argument('<file>', 'ends in .csv or .json')
    .description('write accounts into a file, without password hashes')
    .addHelpText('after', '\nExample:\n  authdesk users export people.csv --provider ldap')
    .action((file: string, options: FilterOptions) => act(plan, (desk) => write(file, options, desk)))
  users
    .command('import')
    .argument('<file>', 'ends in .csv or .json')
    .description('make accounts from a file; without --apply only what would happen to each row')
    .option('--apply', 'do it')
    .addHelpText(
      'after',
      '\nColumns: username, email, full_name, auth_provider, role, state, password_hash; only username is needed.' +
        '\n\nExamples:\n  authdesk users import people.csv\n  authdesk users import people.csv --apply',
    )
    .action((file: string, options: { apply?: true }) => act(plan, (desk) => read(file, options, desk)))
  withFilter(users.command('bulk'))
    .argument('<action>', Object.keys(actions).join(', '))
    .description('do one thing to all accounts of a filter; without --apply only how many it would be')
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
    .option('--apply', 'do it')
    .addHelpText(
      'after',
      '\nExample:\n  authdesk users bulk disable --provider ldap --reason "directory retired" --apply',
    )
    .action((name: string, options: BulkOptions) =>
      act(plan, (desk) => {
        const action = Object.hasOwn(actions, name) ? actions[name] : undefined
        if (!action)
          throw new AppError('INVALID_INPUT', {
            message: `The actions are ${Object.keys(actions).join(', ')}.`,
          })
        return bulk(action, options, desk)
      }),
    )
}
