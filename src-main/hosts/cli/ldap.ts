import type { Command } from 'commander'
import { AppError } from '../../contract/errors'
import type { Ladder } from '../../contract/ldap'
import type { DirectoryExplanation } from '../../contract/ldap-explain'
import { exits } from './exit-codes'
import { handleOf } from './file-handle'
import { inspectionText, pastedText } from './inspection-text'
import { addDirectoryHistory } from './history'
import { failsInConfig, keptLines, stagesText } from './ladder-text'
import type { Style } from './output'
import { plain } from './output'
import type { Desk } from './perform'
import { addSnapshotCommand } from './ldap-snapshot'
import { addSyncCommands } from './ldap-sync'
import { reportOption, savedText, saveReport, type ReportFile } from './report-file'
import type { Act } from './run'

const examples = `
Examples:
  authdesk ldap test
  authdesk ldap test --user ada
  authdesk ldap test --user ada --password-stdin < password.txt
  authdesk ldap test --user ada --against directory.ldif
  authdesk ldap test --empty-password
  authdesk ldap test --user ada --report ldap.html

With --user the person is looked up; with a password they are signed in too. --report writes the run, without secrets,
as the file’s ending says: .html, .md or .json.`

interface TestOptions {
  readonly user?: string
  readonly against?: string
  readonly askPassword?: true
  readonly emptyPassword?: true
  readonly report?: ReportFile
}

async function passwordOf(options: TestOptions, { passwordFrom, passwords }: Desk): Promise<string | null> {
  if (options.user === undefined) {
    if (!options.askPassword) return null
    throw new AppError('INVALID_INPUT', { message: '--ask-password needs --user.' })
  }
  if (passwordFrom === 'stdin') return passwords.nextLine()
  return options.askPassword ? passwords.ask(`Password of ${plain(options.user)}: `) : null
}

function personText(user: NonNullable<Ladder['user']>): string {
  const facts = [user.username, user.fullName, user.email].filter((fact) => fact !== null).join(', ')
  return `${plain(user.dn)}${facts === '' ? '' : ` (${plain(facts)})`}`
}

export function ladderText(ladder: Ladder, style: Style): string {
  const { host, port, encryption } = ladder.target
  const nowhere = encryption === 'file' ? 'a file' : 'no server'
  const server = host === null ? nowhere : `${plain(host)}:${port ?? ''} (${encryption})`
  const verdict = ladder.ok ? style.green(plain(ladder.summary)) : style.red(plain(ladder.summary))
  const person = ladder.user ? [personText(ladder.user)] : []
  const kept = keptLines(ladder.kept, style)
  return [verdict, style.dim(server), ...person, '', stagesText(ladder.stages, style), ...kept].join('\n')
}

async function test(options: TestOptions, desk: Desk) {
  const { report } = options
  const against = await handleOf(options.against, desk)
  const password = await passwordOf(options, desk)
  const ladder = await desk.api.ldap.test({
    runId: desk.runId,
    user: options.user ?? null,
    password,
    against,
    profile: desk.profile,
    probe: options.emptyPassword ? 'empty-password' : null,
  })
  const saved = report === undefined ? null : await saveReport(report, desk)
  const text = (style: Style) => [ladderText(ladder, style), ...savedText(saved)].join('\n')
  const document = { ...ladder, ...(saved && { report: saved }) }
  return { document, text, ...(failsInConfig(ladder.stages) ? { exit: exits.usage } : {}) }
}

const inspectExamples = `
Reads an error of a directory or a tool, a DN, a search filter or a certificate (PEM or DER) from standard input and
explains it. Nothing is asked of anybody, and the text is not kept.

Examples:
  echo '80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 775, v4563' | authdesk ldap inspect
  authdesk ldap inspect --json < ca.pem`

async function inspect({ api, profile }: Desk) {
  const inspection = await api.ldap.inspect({ text: await pastedText(process.stdin), profile })
  return { document: inspection, text: (style: Style) => inspectionText(inspection, style) }
}

const explainExamples = `
Nobody is signed in, no password is sent, and nothing is written.

Examples:
  authdesk ldap explain ada
  authdesk ldap explain ada --against directory.ldif --json`

function explanationText(found: DirectoryExplanation, style: Style): string {
  const { decision, entry, fields, groups, unmatched, account } = found
  const paint = decision.allowed === true ? style.green : decision.allowed === null ? style.yellow : style.red
  const code = decision.code === null ? '' : ` [${decision.code}]`
  const role = account && `${account.role.before ?? 'none'} → ${account.role.after} (${account.role.source})`
  return [
    paint(`${plain(decision.reason)}${code}`),
    ...(decision.next === null ? [] : [style.dim(`→ ${plain(decision.next)}`)]),
    ...(entry === null ? [] : ['', plain(entry.dn)]),
    ...(account === null
      ? []
      : [`account: ${account.action} ${plain(account.username ?? '')}, role: ${role ?? ''}`]),
    ...fields.map(({ field, attribute, raw, value }) =>
      plain(`  ${field.padEnd(9)} ${value ?? '–'}  (${attribute}: ${raw.join(', ') || '–'})`),
    ),
    ...groups.map(({ name, how, via, role: given, required }) =>
      plain(
        `  in ${name} (${[how, ...via].join(' ← ')})${given ? `, gives ${given}` : ''}${required ? ', required' : ''}`,
      ),
    ),
    ...unmatched.map(({ group, code: why }) => plain(`  not in ${group}${why ? ` [${why}]` : ''}`)),
  ].join('\n')
}

async function explain(name: string, { against }: { against?: string }, desk: Desk) {
  const file = await handleOf(against, desk)
  const { api, runId, profile } = desk
  const found = await api.ldap.explain({ runId, name, against: file, profile })
  return { document: found, text: (style: Style) => explanationText(found, style) }
}

export function addLdapCommands(program: Command, act: Act): void {
  const ldap = program.command('ldap').description('the directory')
  ldap
    .command('test')
    .description('test the directory stage by stage, from the settings to a person’s sign-in')
    .option('--user <NAME>', 'also look this person up')
    .option('--ask-password', 'ask for the person’s password')
    .option('--empty-password', 'only find out whether a name without a password is accepted')
    .option('--against <FILE.ldif>', 'test against a file instead of a server')
    .addOption(reportOption())
    .addHelpText('after', examples)
    .action((options: TestOptions) =>
      act({ migrations: 'apply', settings: 'judged', profile: 'examined' }, (desk) => test(options, desk)),
    )
  ldap
    .command('inspect')
    .description('explain a pasted error, name, filter or certificate, without a network')
    .addHelpText('after', inspectExamples)
    .action(() => act({ migrations: 'apply', settings: 'judged', profile: 'examined' }, inspect))
  ldap
    .command('explain')
    .argument('<name>', 'the name that the person signs in with')
    .description('decide one person’s sign-in through the directory, rule by rule, without a password')
    .option('--against <FILE.ldif>', 'ask a file instead of a server')
    .addHelpText('after', explainExamples)
    .action((name: string, options: { against?: string }) =>
      act({ migrations: 'apply', settings: 'required', profile: 'examined' }, (desk) =>
        explain(name, options, desk),
      ),
    )
  addSnapshotCommand(ldap, act)
  addDirectoryHistory(ldap, act)
  addSyncCommands(ldap, act)
}
