import { Option, type Command } from 'commander'
import type { HelpRequest } from '../../contract/requests'
import { columns, type Style } from './output'
import type { Plan } from './perform'
import type { Act } from './run'

const plan: Plan = { migrations: 'apply', settings: 'required' }
const outcomes = ['done', 'refused'] as const

function row({ id, kind, account, host, createdAt, done }: HelpRequest): string[] {
  return [id, kind, account.username, account.state, host, createdAt, done?.outcome ?? 'open']
}

export function requestsText(requests: readonly HelpRequest[], style: Style): string {
  if (requests.length === 0) return 'No request.'
  const rows = [['ID', 'KIND', 'ACCOUNT', 'STATE', 'FROM', 'ASKED', 'OUTCOME'], ...requests.map(row)]
  const [head = '', ...lines] = columns(rows).split('\n')
  return [style.bold(head), ...lines].join('\n')
}

export function addRequestCommands(program: Command, act: Act): void {
  const requests = program.command('requests').description('what people asked the helpdesk for')
  requests
    .command('list')
    .description('open requests, the longest waiting first')
    .option('--done', 'those that were done, the newest first')
    .addHelpText('after', '\nExample:\n  authdesk requests list --json')
    .action((options: { done?: true }) =>
      act(plan, async ({ api }) => {
        const found = await api.requests.list({ state: options.done ? 'done' : 'open' })
        return { document: found, text: (style) => requestsText(found.requests, style) }
      }),
    )
  requests
    .command('done')
    .argument('<id>', 'the request’s id')
    .description('close a request; a reset of the password closes it by itself')
    .addOption(new Option('--outcome <OUTCOME>', 'what came of it').choices(outcomes).default('done'))
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText(
      'after',
      '\nExample:\n  authdesk requests done ID --outcome refused --reason "not the person"',
    )
    .action((id: string, options: { outcome: (typeof outcomes)[number]; reason: string }) =>
      act(plan, async ({ api }) => {
        const closed = await api.requests.done({ id, ...options })
        return { document: closed, text: (style) => requestsText([closed.request], style) }
      }),
    )
}
