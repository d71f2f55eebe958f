import { Option, type Command } from 'commander'
import { authProviders, type AuthProvider } from '../../contract/app'
import { roles, type Role } from '../../contract/permissions'
import { AppError } from '../../contract/errors'
import { accountStates, type AccountState, type User } from '../../contract/users'
import type { Outcome, Style } from './output'
import type { Desk, Plan, Work } from './perform'
import type { Act } from './run'
import { addIdentityCommands } from './users-links'
import { addManyCommands } from './users-many'
import { detailText, pageText, passphraseText, userText } from './users-text'
import { one, pageSize } from './list-options'

const plan: Plan = { migrations: 'apply', settings: 'required' }

interface ListOptions {
  readonly search?: string
  readonly provider?: AuthProvider
  readonly role?: Role
  readonly state?: AccountState
  readonly after?: string
  readonly limit?: number
}

interface CreateOptions {
  readonly email?: string
  readonly fullName?: string
  readonly role: Role
  readonly provider: AuthProvider
}

async function list(options: ListOptions, { api }: Desk): Promise<Outcome> {
  const page = await api.users.list({
    search: options.search ?? '',
    providers: one(options.provider),
    roles: one(options.role),
    states: one(options.state),
    after: options.after ?? null,
    limit: options.limit ?? 100,
  })
  return { document: page, text: (style) => pageText(page, style) }
}

async function create(username: string, options: CreateOptions, desk: Desk): Promise<Outcome> {
  const { user, passphrase } = await desk.api.users.create({
    username,
    email: options.email ?? null,
    fullName: options.fullName ?? null,
    role: options.role,
    authProvider: options.provider,
    password: desk.passwordFrom === 'stdin' ? await desk.passwords.nextLine() : null,
  })
  const secret = (style: Style) => (passphrase === null ? [] : ['', passphraseText(user, passphrase, style)])
  return {
    document: passphrase === null ? { user } : { user, passphrase },
    text: (style) => [userText(user), ...secret(style)].join('\n'),
  }
}

const said = ({ user }: { user: User }): Outcome => ({ document: { user }, text: () => userText(user) })

/** Accounts are named by their user name; the procedures want the id. */
async function idOf(username: string, { api }: Desk): Promise<string> {
  return (await api.users.find({ username })).id
}

function show(username: string): Work {
  return async ({ api }) => {
    const user = await api.users.find({ username })
    return { document: { user }, text: (style) => detailText(user, style) }
  }
}

function resetPassword(username: string, reason: string): Work {
  return async (desk) => {
    const reset = await desk.api.users.resetPassword({ id: await idOf(username, desk), reason })
    const ended = `Sessions ended: ${reset.sessionsEnded}`
    const text = (style: Style) => [passphraseText(reset.user, reset.passphrase, style), ended].join('\n')
    return { document: reset, text }
  }
}

function addLooking(users: Command, act: Act): void {
  users
    .command('list')
    .description('accounts, a page at a time')
    .option('--search <TEXT>', 'part of a name or an e-mail address')
    .addOption(
      new Option('--provider <PROVIDER>', 'only accounts of this auth_provider').choices(authProviders),
    )
    .addOption(new Option('--role <ROLE>', 'only accounts with this role').choices(roles))
    .addOption(new Option('--state <STATE>', 'only accounts in this state').choices(accountStates))
    .option('--after <CURSOR>', 'the page after this cursor, the “next” of the page before')
    .option('--limit <N>', 'accounts on a page, 1 to 500 (default 100)', pageSize)
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk users list --state locked\n  authdesk users list --search ada --json',
    )
    .action((options: ListOptions) => act(plan, (desk) => list(options, desk)))
  users
    .command('show')
    .argument('<name>', 'the account’s user name')
    .description('everything about one account')
    .addHelpText('after', '\nExample:\n  authdesk users show ada --json')
    .action((name: string) => act(plan, show(name)))
}

function addMaking(users: Command, act: Act): void {
  users
    .command('create')
    .argument('<name>', 'the new account’s user name')
    .description('make an account; a local one without --password-stdin gets a passphrase that is shown once')
    .option('--email <ADDRESS>', 'its e-mail address')
    .option('--full-name <TEXT>', 'the person’s name')
    .addOption(new Option('--role <ROLE>', 'its role').choices(roles).default('user'))
    .addOption(
      new Option('--provider <PROVIDER>', 'its auth_provider').choices(authProviders).default('local'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk users create ada --email ada@example.org --role admin' +
        '\n  authdesk users create ada --email ada@example.org --password-stdin < password.txt',
    )
    .action((name: string, options: CreateOptions) => act(plan, (desk) => create(name, options, desk)))
}

type Reasoned = 'unlock' | 'forceChange' | 'delete'

/** The commands that take a name and a reason and answer with the account. */
const reasoned: readonly { verb: string; action: Reasoned; what: string; example: string }[] = [
  {
    verb: 'unlock',
    action: 'unlock',
    what: 'lift the lock that failed sign-ins have set',
    example: 'called, identity checked',
  },
  {
    verb: 'force-change',
    action: 'forceChange',
    what: 'have a local password changed at the next sign-in',
    example: 'password seen on a note',
  },
  {
    verb: 'delete',
    action: 'delete',
    what: 'delete an account; its name stays reserved',
    example: 'left the company',
  },
]

function addReasoned(users: Command, act: Act): void {
  for (const { verb, action, what, example } of reasoned) {
    users
      .command(verb)
      .argument('<name>', 'the account’s user name')
      .description(what)
      .requiredOption('--reason <TEXT>', 'why; kept in the audit')
      .addHelpText('after', `\nExample:\n  authdesk users ${verb} ada --reason "${example}"`)
      .action((username: string, { reason }: { reason: string }) =>
        act(plan, async (desk) =>
          said(await desk.api.users[action]({ id: await idOf(username, desk), reason })),
        ),
      )
  }
}

function addRole(users: Command, act: Act): void {
  users
    .command('set-role')
    .argument('<name>', 'the account’s user name')
    .argument('<role>', roles.join(', '))
    .description('the role that is given by hand; what a mapping gives stays')
    .option('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText('after', '\nExample:\n  authdesk users set-role ada helpdesk')
    .action((username: string, role: string, { reason = null }: { reason?: string | null }) =>
      act(plan, async (desk) => {
        const wanted = roles.find((each) => each === role)
        if (!wanted) throw new AppError('INVALID_INPUT', { message: `The roles are ${roles.join(', ')}.` })
        return said(await desk.api.users.setRole({ id: await idOf(username, desk), role: wanted, reason }))
      }),
    )
}

function addChanging(users: Command, act: Act): void {
  const name = ['<name>', 'the account’s user name'] as const
  users
    .command('disable')
    .argument(...name)
    .description('disable an account; its sessions end')
    .option('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText('after', '\nExample:\n  authdesk users disable ada --reason "left the company"')
    .action((username: string, { reason = null }: { reason?: string | null }) =>
      act(plan, async (desk) =>
        said(await desk.api.users.disable({ id: await idOf(username, desk), reason })),
      ),
    )
  users
    .command('enable')
    .argument(...name)
    .description('enable an account again')
    .addHelpText('after', '\nExample:\n  authdesk users enable ada')
    .action((username: string) =>
      act(plan, async (desk) => said(await desk.api.users.enable({ id: await idOf(username, desk) }))),
    )
  users
    .command('reset-password')
    .argument(...name)
    .description('give a local account a new passphrase, shown once')
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText(
      'after',
      '\nExample:\n  authdesk users reset-password ada --reason "asked by phone, called back"',
    )
    .action((username: string, { reason }: { reason: string }) => act(plan, resetPassword(username, reason)))
}

export function addUserCommands(program: Command, act: Act): void {
  const users = program.command('users').description('accounts')
  addLooking(users, act)
  addMaking(users, act)
  addChanging(users, act)
  addReasoned(users, act)
  addRole(users, act)
  addIdentityCommands(users, act)
  addManyCommands(users, act)
}
