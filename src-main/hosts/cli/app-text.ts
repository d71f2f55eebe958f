import type { ApplicationAccount, ApplicationDetail, ApplicationStatus } from '../../contract/application'
import { columns, plain, type Style } from './output'

const kinds = {
  timetracker: 'TimeTracker',
  tududi: 'tududi',
  vikunja: 'Vikunja',
  mapped: 'described by hand',
} as const

type Explained = ApplicationDetail['explained'][number]

function findingLines({ id, severity, message, next }: Explained, style: Style, count = ''): string[] {
  const paint = severity === 'error' ? style.red : style.yellow
  return [`  ${paint(id)}${count}: ${message}`, style.dim(`    ${next}`)]
}

export function applicationText(status: ApplicationStatus, style: Style): string {
  const { kind, place, dialect, version, readOnly, accounts, admins, findings } = status
  const facts = columns([
    ['Application', kinds[kind]],
    ['Database', `${place} (${dialect})`],
    ['Schema', version ?? 'no mark'],
    ['Writing', readOnly === null ? 'yes' : `no: ${readOnly.message}`],
    ['Accounts', String(accounts)],
    ['Administrators', String(admins)],
  ])
  const lines = findings.flatMap((finding) => findingLines(finding, style, ` (${finding.accounts})`))
  return [facts, ...(lines.length === 0 ? [] : ['', style.bold('What does not fit'), ...lines])].join('\n')
}

const heading = ['NAME', 'PROVIDER', 'STATE', 'ADMIN', 'LAST SIGN-IN', 'E-MAIL', 'FULL NAME', 'FINDINGS']

function row(account: ApplicationAccount): string[] {
  const { username, provider, state, admin, lastSignIn, email, fullName, findings } = account
  const name = [email ?? '', fullName ?? '']
  return [
    username,
    provider,
    state,
    admin ? 'yes' : '',
    lastSignIn ?? 'not known',
    ...name,
    findings.join(','),
  ]
}

export function accountsText(
  page: { accounts: ApplicationAccount[]; next: string | null; total: number },
  style: Style,
): string {
  if (page.accounts.length === 0) return 'No account matches.'
  const more = page.next === null ? '' : `; the next page: --after ${page.next}`
  const [head = '', ...lines] = columns([heading, ...page.accounts.map(row)]).split('\n')
  return [style.bold(head), ...lines, style.dim(`${page.accounts.length} of ${page.total}${more}`)].join('\n')
}

function facts(account: ApplicationAccount): string[][] {
  return [
    ['Name', account.username],
    ['Id', account.id],
    ['Full name', account.fullName ?? 'not known'],
    ['E-mail', account.email ?? 'not known'],
    ['Administrator', account.admin ? 'yes' : 'no'],
    ['Provider', account.provider],
    ['State', account.state],
    ['Last sign-in', account.lastSignIn ?? 'not known'],
  ]
}

export const changedText = (account: ApplicationAccount): string => columns(facts(account))

export function accountText(account: ApplicationDetail, style: Style): string {
  const { sessions, tokens, identities, explained, passwordFormat, storedProvider } = account
  const identity = identities.map(({ issuer, slug, subject }) =>
    plain(`  ${issuer ?? slug ?? ''}  ${subject}`),
  )
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', style.bold(title), ...lines]
  return [
    columns([
      ...facts(account),
      ['In the row', storedProvider ?? 'no column says the provider'],
      ['Password', passwordFormat ?? 'none'],
      ['Sessions', sessions === null ? 'not kept in the database' : String(sessions)],
      ['API tokens', tokens === null ? 'not kept in the database' : String(tokens)],
    ]),
    ...section('Identities', identity),
    ...section(
      'What does not fit',
      explained.flatMap((finding) => findingLines(finding, style)),
    ),
  ].join('\n')
}

interface Reset {
  readonly account: ApplicationAccount
  readonly passphrase: string
  readonly mustChange: boolean
  readonly sessionsEnded: number | null
  readonly tokensLeft: number | null
}

/** A passphrase stands on a line of its own, so that it can be copied whole. */
export function resetText(reset: Reset, style: Style): string {
  const { account, passphrase, mustChange, sessionsEnded, tokensLeft } = reset
  const sessions =
    sessionsEnded === null
      ? 'The application keeps no sessions in its database: open ones go on until they end by themselves.'
      : `Sessions ended: ${sessionsEnded}`
  return [
    `The passphrase of ${plain(account.username)}, shown this once:`,
    '',
    `  ${style.bold(passphrase)}`,
    '',
    mustChange
      ? 'The application asks for a new one at the next sign-in.'
      : 'The application cannot be told to ask for a new one: tell the person to change it.',
    sessions,
    ...(tokensLeft === null || tokensLeft === 0 ? [] : [`API tokens that go on: ${tokensLeft}`]),
  ].join('\n')
}
