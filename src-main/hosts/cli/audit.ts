import { extname, resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import {
  auditOutcomes,
  type AuditPage,
  type AuditRecordView,
  type VerificationView,
} from '../../contract/audit'
import { AppError } from '../../contract/errors'
import { columns, plain, type Outcome, type Style } from './output'
import type { Desk, Plan } from './perform'
import type { Act } from './run'
import { pageSize } from './list-options'

const plan: Plan = { migrations: 'check', settings: 'judged' }
const exporting: Plan = { migrations: 'apply', settings: 'judged' }

interface FilterOptions {
  readonly search?: string
  readonly user?: string
  readonly outcome?: (typeof auditOutcomes)[number]
  readonly since?: string
  readonly until?: string
}

/** A day, or a point in time, as ISO 8601 in UTC. */
function time(text: string): string {
  const given = /^\d{4}-\d\d-\d\d(?:T.*)?$/.test(text) ? new Date(text) : new Date(Number.NaN)
  if (Number.isNaN(given.getTime()))
    throw new InvalidArgumentError('It takes a day (2026-11-26) or a time (2026-11-26T08:00:00Z).')
  return given.toISOString()
}

function sequence(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It takes the number of a record.')
  return Number(text)
}

async function filterOf(options: FilterOptions, { api }: Desk) {
  const account = options.user === undefined ? null : (await api.users.find({ username: options.user })).id
  const { search = '', outcome = 'all', since = null, until = null } = options
  return { search, account, outcome, since, until }
}

function row({ sequence: number, at, actor, action, target, code, reason }: AuditRecordView): string[] {
  return [String(number), at, actor, action, target ?? '', code, reason ?? '']
}

export function pageText({ records, next, total, countedTo }: AuditPage, style: Style): string {
  if (records.length === 0) return 'No record matches.'
  const rows = columns([['NO.', 'TIME', 'ACTOR', 'ACTION', 'TARGET', 'CODE', 'REASON'], ...records.map(row)])
  const [head = '', ...lines] = rows.split('\n')
  const all = total === countedTo ? `more than ${countedTo - 1}` : String(total)
  const more = next === null ? '' : `; the next page: --after ${next}`
  return [style.bold(head), ...lines, style.dim(`${records.length} of ${all}${more}`)].join('\n')
}

const faults: Readonly<Record<NonNullable<VerificationView['first']>['fault'], string>> = {
  altered: 'was altered',
  removed: 'is missing',
  inserted: 'was put in',
  'cut-tail': 'and what followed it was cut off',
}

export function verificationText(found: VerificationView, style: Style): string {
  const { head, first, records, macs } = found
  const verdict = first
    ? style.red(`AUDIT_TAMPERED: record ${first.sequence} ${faults[first.fault]}.`)
    : style.green(`The chain of ${records} records is whole.`)
  const keyed = macs === 'checked' ? '' : 'There is no key store here: hashes were checked, HMACs were not.'
  return [verdict, `Head: ${head.sequence}:${head.hash}`, ...(keyed ? [style.dim(keyed)] : [])].join('\n')
}

async function list(
  options: FilterOptions & { after?: number; limit?: number },
  desk: Desk,
): Promise<Outcome> {
  const filter = await filterOf(options, desk)
  const page = await desk.api.audit.list({
    ...filter,
    after: options.after ?? null,
    limit: options.limit ?? 100,
  })
  return { document: page, text: (style) => pageText(page, style) }
}

async function verify(head: string | null, { api }: Desk): Promise<Outcome> {
  const found = await api.audit.verify({ head })
  const document = { ...found, code: found.ok ? null : 'AUDIT_TAMPERED' }
  return { document, text: (style) => verificationText(found, style) }
}

async function write(file: string, options: FilterOptions, desk: Desk): Promise<Outcome> {
  const format = { '.csv': 'csv', '.json': 'json' }[extname(file).toLowerCase()]
  if (format !== 'csv' && format !== 'json')
    throw new AppError('INVALID_INPUT', { message: 'The file’s name must end in .csv or .json.' })
  const filter = await filterOf(options, desk)
  const written = await desk.api.audit.export({ ...filter, format, file: desk.addFile(resolve(file)) })
  const { records, head } = written
  const text = () => `${records} records in ${plain(written.file)}\nHead: ${head.sequence}:${head.hash}`
  return { document: written, text }
}

function withFilter(command: Command): Command {
  return command
    .option('--search <TEXT>', 'part of the target, the actor or the reason')
    .option('--user <NAME>', 'what was done to this account and by it')
    .addOption(new Option('--outcome <OUTCOME>', 'only what was done, or refused').choices(auditOutcomes))
    .option('--since <TIME>', 'from this day or time on (UTC)', time)
    .option('--until <TIME>', 'before this day or time (UTC)', time)
}

export function addAuditCommands(program: Command, act: Act): void {
  const audit = program
    .command('audit')
    .description('what was done, by whom, and whether the record is whole')
  withFilter(audit.command('list'))
    .description('records, the newest first, a page at a time')
    .option('--after <NUMBER>', 'the page after this record, the “next” of the page before', sequence)
    .option('--limit <N>', 'records on a page, 1 to 500 (default 100)', pageSize)
    .addHelpText(
      'after',
      '\nExamples:\n  authdesk audit list --user ada\n  authdesk audit list --outcome refused --since 2026-11-01 --json',
    )
    .action((options: FilterOptions) => act(plan, (desk) => list(options, desk)))
  audit
    .command('verify')
    .description('walk the chain of records; says where it was altered, cut or added to')
    .option('--head <SEQUENCE:HASH>', 'a head that was noted elsewhere, which the chain must hold')
    .addHelpText('after', '\nExample:\n  authdesk audit verify --json')
    .action(({ head = null }: { head?: string | null }) => act(plan, (desk) => verify(head, desk)))
  withFilter(audit.command('export'))
    .argument('<file>', 'ends in .csv or .json')
    .description('write records into a file, the oldest first, with the head of the chain')
    .addHelpText(
      'after',
      '\nExample:\n  authdesk audit export november.csv --since 2026-11-01 --until 2026-12-01',
    )
    .action((file: string, options: FilterOptions) => act(exporting, (desk) => write(file, options, desk)))
}
