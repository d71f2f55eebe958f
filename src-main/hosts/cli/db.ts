import { resolve } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../contract/errors'
import type { DbStatus } from '../../contract/database'
import { columns, plain, type Outcome, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'

const looking: Plan = { migrations: 'check', settings: 'required' }
const changing: Plan = { migrations: 'apply', settings: 'required' }

export function statusText(status: DbStatus, style: Style): string {
  const facts = columns([
    ['Database', status.path],
    ['Dialect', status.dialect],
    ['Migrations applied', String(status.applied.length)],
    ['Migrations pending', String(status.pending.length)],
  ])
  const pending = status.pending.map((name) => style.yellow(`  ${plain(name)}`))
  return [facts, ...pending].join('\n')
}

async function backup(file: string, { api, addFile }: Desk): Promise<Outcome> {
  const { applied, path } = await api.db.status({})
  if (applied.length === 0)
    throw new AppError('NOT_FOUND', { message: `There is no database at ${path} yet.` })
  const status = await api.db.backup({ file: addFile(file) })
  const text = () => `Backed up to ${plain(status.file)} (${status.bytes} bytes).`
  return { document: status, text }
}

export function addDbCommands(program: Command, act: Act): void {
  const db = program.command('db').description('the console’s database')
  db.command('status')
    .description('which migrations are applied and which are pending')
    .addHelpText('after', '\nExample:\n  authdesk db status --json')
    .action(() =>
      act(looking, async ({ api }) => {
        const status = await api.db.status({})
        return { document: status, text: (style) => statusText(status, style) }
      }),
    )
  db.command('migrate')
    .description('bring the database up to date; an existing one is backed up first')
    .addHelpText('after', '\nExample:\n  authdesk db migrate')
    .action(() =>
      act(changing, async ({ api }) => {
        const status = await api.db.migrate({})
        return { document: status, text: (style) => statusText(status, style) }
      }),
    )
  db.command('backup')
    .argument('<file>', 'a file that does not exist yet')
    .description('copy the database into a file')
    .addHelpText('after', '\nExample:\n  authdesk db backup authdesk-monday.sqlite')
    .action((file: string) => act(looking, (desk) => backup(resolve(file), desk)))
}
