import type { Command } from 'commander'
import type { OpenSession } from '../../contract/sessions'
import { AppError } from '../../contract/errors'
import { columns, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'

const plan: Plan = { migrations: 'apply', settings: 'required' }

function row({ id, account, via, host, startedAt, lastSeenAt, expiresAt, renewal }: OpenSession): string[] {
  const renewed = [renewal.state, renewal.at].filter((each) => each !== null).join(' ')
  return [id, account.username, via, host, startedAt, lastSeenAt, renewed, expiresAt]
}

function sessionsText(sessions: readonly OpenSession[], style: Style): string {
  if (sessions.length === 0) return 'No session is open.'
  const rows = columns([
    ['ID', 'ACCOUNT', 'WAY', 'COMPUTER', 'SINCE', 'LAST SEEN', 'RENEWAL', 'ENDS'],
    ...sessions.map(row),
  ])
  const [head = '', ...lines] = rows.split('\n')
  return [style.bold(head), ...lines].join('\n')
}

interface EndOptions {
  readonly user?: string
  readonly all?: true
  readonly reason: string
}

async function end(id: string | undefined, { user, all, reason }: EndOptions, { api }: Desk) {
  const given = [id, user, all].filter((each) => each !== undefined)
  if (given.length !== 1)
    throw new AppError('INVALID_INPUT', { message: 'Give one of a session’s id, --user NAME and --all.' })
  if (id !== undefined) return api.sessions.end({ id, reason })
  if (user === undefined) return api.sessions.endOthers({ reason })
  const account = await api.users.find({ username: user })
  const { sessionsEnded } = await api.users.endSessions({ id: account.id, reason })
  return { sessionsEnded }
}

export function addSessionCommands(program: Command, act: Act): void {
  const sessions = program.command('sessions').description('who is signed in to the console')
  sessions
    .command('list')
    .description('open sessions, the newest first')
    .option('--user <NAME>', 'only those of this account')
    .addHelpText('after', '\nExample:\n  authdesk sessions list --json')
    .action(({ user }: { user?: string }) =>
      act(plan, async ({ api }) => {
        const account = user === undefined ? null : (await api.users.find({ username: user })).id
        const found = await api.sessions.list({ account })
        return { document: found, text: (style) => sessionsText(found.sessions, style) }
      }),
    )
  sessions
    .command('end')
    .argument('[id]', 'a session’s id')
    .description('end a session, all of an account, or all')
    .option('--user <NAME>', 'all sessions of this account')
    .option('--all', 'everybody’s')
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText('after', '\nExample:\n  authdesk sessions end --user ada --reason "left a desk open"')
    .action((id: string | undefined, options: EndOptions) =>
      act(plan, async (desk) => {
        const ended = await end(id, options, desk)
        return { document: ended, text: () => `Sessions ended: ${ended.sessionsEnded}` }
      }),
    )
}
