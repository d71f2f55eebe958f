import { Option, type Command } from 'commander'
import type { PendingLink } from '../../contract/links'
import { columns, type Outcome, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'
import { passphraseText, userText } from './users-text'

const plan: Plan = { migrations: 'apply', settings: 'required' }

interface LinkOptions {
  readonly kind: 'oidc' | 'ldap'
  readonly issuer: string
  readonly subject: string
  readonly reason: string
}

async function idOf(username: string, { api }: Desk): Promise<string> {
  return (await api.users.find({ username })).id
}

function withIdentity(command: Command): Command {
  return command
    .argument('<name>', 'the account’s user name')
    .requiredOption('--issuer <ISSUER>', 'the provider’s issuer, or the directory’s naming context')
    .requiredOption('--subject <SUBJECT>', 'the provider’s subject, or the entry’s UUID')
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
}

async function convert(username: string, reason: string, desk: Desk): Promise<Outcome> {
  const converted = await desk.api.users.convert({ id: await idOf(username, desk), reason })
  const { user, passphrase, sessionsEnded } = converted
  const text = (style: Style) =>
    [passphraseText(user, passphrase, style), `Sessions ended: ${sessionsEnded}`].join('\n')
  return { document: converted, text }
}

/** The verbs of `users` that are about identities. */
export function addIdentityCommands(users: Command, act: Act): void {
  withIdentity(users.command('link'))
    .description('link an identity to an account, before its first sign-in too')
    .addOption(new Option('--kind <KIND>', 'oidc or ldap').choices(['oidc', 'ldap'] as const).default('oidc'))
    .addHelpText(
      'after',
      '\nExample:\n  authdesk users link ada --issuer https://id.example.org --subject 4711 --reason "asked for it"',
    )
    .action((username: string, options: LinkOptions) =>
      act(plan, async (desk) => {
        const { user } = await desk.api.users.link({ id: await idOf(username, desk), ...options })
        return { document: { user }, text: () => userText(user) }
      }),
    )
  withIdentity(users.command('unlink'))
    .description('take an identity away from an account; never its last way in')
    .addHelpText(
      'after',
      '\nExample:\n  authdesk users unlink ada --issuer https://id.example.org --subject 4711 --reason "left the provider"',
    )
    .action((username: string, options: Omit<LinkOptions, 'kind'>) =>
      act(plan, async (desk) => {
        const { user } = await desk.api.users.unlink({ id: await idOf(username, desk), ...options })
        return { document: { user }, text: () => userText(user) }
      }),
    )
  users
    .command('convert')
    .argument('<name>', 'the account’s user name')
    .description('make an oidc or ldap account local; it gets a passphrase that is shown once')
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText('after', '\nExample:\n  authdesk users convert ada --reason "leaves the directory"')
    .action((username: string, { reason }: { reason: string }) =>
      act(plan, (desk) => convert(username, reason, desk)),
    )
}

function row({ id, account, kind, issuer, subject, email, tries, lastAt }: PendingLink): string[] {
  return [id, account.username, kind, issuer, subject, email ?? '', String(tries), lastAt]
}

function linksText(links: readonly PendingLink[], style: Style): string {
  if (links.length === 0) return 'No link waits.'
  const rows = columns([
    ['ID', 'ACCOUNT', 'KIND', 'ISSUER', 'SUBJECT', 'E-MAIL', 'TRIES', 'LAST'],
    ...links.map(row),
  ])
  const [head = '', ...lines] = rows.split('\n')
  return [style.bold(head), ...lines].join('\n')
}

export function addLinkCommands(program: Command, act: Act): void {
  const links = program.command('links').description('identities that wait for an administrator')
  links
    .command('list')
    .description('what waits, the oldest first')
    .addHelpText('after', '\nExample:\n  authdesk links list --json')
    .action(() =>
      act(plan, async ({ api }) => {
        const found = await api.links.list({})
        return { document: found, text: (style) => linksText(found.links, style) }
      }),
    )
  links
    .command('confirm')
    .argument('<id>', 'the link’s id')
    .description('the identity becomes the account’s; a directory entry deletes its password')
    .addHelpText('after', '\nExample:\n  authdesk links confirm ID')
    .action((id: string) =>
      act(plan, async ({ api }) => {
        const { user } = await api.links.confirm({ id })
        return { document: { user }, text: () => userText(user) }
      }),
    )
  links
    .command('refuse')
    .argument('<id>', 'the link’s id')
    .description('the identity is not the account’s; it is not asked about again')
    .requiredOption('--reason <TEXT>', 'why; kept in the audit')
    .addHelpText('after', '\nExample:\n  authdesk links refuse ID --reason "not the same person"')
    .action((id: string, { reason }: { reason: string }) =>
      act(plan, async ({ api }) => {
        const { user } = await api.links.refuse({ id, reason })
        return { document: { user }, text: () => userText(user) }
      }),
    )
}
