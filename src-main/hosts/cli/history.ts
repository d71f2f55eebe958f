import { InvalidArgumentError, type Command } from 'commander'
import { AppError } from '../../contract/errors'
import type { ChangeView, Comparison, RunStage, TestRun } from '../../contract/history'
import { pageSize } from './list-options'
import { columns, plain, type Style } from './output'
import type { Desk } from './perform'
import type { Act } from './run'

interface HistoryOptions {
  readonly diff?: readonly number[]
  readonly sinceGood?: true
  readonly after?: number
  readonly limit: number
}

function runNumber(text: string): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0
  if (number < 1) throw new InvalidArgumentError('It takes the number of a run.')
  return number
}

const runNumbers = (text: string, before: readonly number[] = []) => [...before, runNumber(text)]

const resultOf = ({ ok, code }: TestRun) => (ok ? 'good' : (code ?? 'failed'))

export function runsText(runs: readonly TestRun[], style: Style): string {
  if (runs.length === 0) return 'No test is kept.'
  const rows = runs.map((run) => [String(run.id), run.at, run.subject, run.actor, resultOf(run)])
  const [head = '', ...lines] = columns([['RUN', 'WHEN', 'WHAT', 'WHO', 'RESULT'], ...rows]).split('\n')
  return [style.bold(head), ...lines].join('\n')
}

function changeLines({ label, before, after, added, removed }: ChangeView): string[] {
  if (added.length + removed.length === 0) return [`  ${plain(label)}: ${plain(before)} → ${plain(after)}`]
  const lines = [...removed.map((value) => `    - ${value}`), ...added.map((value) => `    + ${value}`)]
  return [`  ${plain(label)}:`, ...lines.map(plain)]
}

const stageWord = (stage: RunStage | null) =>
  stage === null ? 'none' : `${stage.status}${stage.code === null ? '' : ` ${stage.code}`}`

export function comparisonText({ before, after, changes, stages, unseen }: Comparison, style: Style): string {
  const head = (word: string, run: TestRun) => `${word} ${run.id}  ${run.at}  ${resultOf(run)}`
  const count = changes.length
  const verdict =
    count === 0
      ? style.yellow('Nothing that both of them saw is different.')
      : style.bold(`${count} ${count === 1 ? 'difference' : 'differences'}`)
  return [
    verdict,
    style.dim(head('before', before)),
    style.dim(head('after ', after)),
    ...[...new Set(changes.map(({ area }) => area))].flatMap((area) => [
      area,
      ...changes.filter((change) => change.area === area).flatMap(changeLines),
    ]),
    ...(stages.length === 0 ? [] : ['stages']),
    ...stages.map((one) => `  ${one.id}: ${stageWord(one.before)} → ${stageWord(one.after)}`),
    ...(unseen.length === 0
      ? []
      : [style.dim(`seen by only one of the two: ${unseen.map(({ area }) => area).join(', ')}`)]),
  ].join('\n')
}

async function sinceGood(subject: string, { api, profile }: Desk) {
  const found = await api.history.sinceLastGood({ profile, subject })
  const sentences = {
    untested: 'It was not tested yet.',
    neverWorked: 'It never worked: no good test is kept from before.',
    firstGood: 'It works, and no good test is kept from before.',
  }
  const { answer, comparison } = found
  const text = (style: Style) =>
    answer === 'compared' ? (comparison ? comparisonText(comparison, style) : '') : sentences[answer]
  return { document: found, text }
}

async function list(subject: string | null, { after, limit }: HistoryOptions, { api, profile }: Desk) {
  const found = await api.history.list({ profile, subject, after: after ?? null, limit })
  const more = (style: Style) =>
    found.next === null ? [] : [style.dim(`more: --after ${String(found.next)}`)]
  const text = (style: Style) => [runsText(found.runs, style), ...more(style)].join('\n')
  return { document: found, text }
}

async function history(subject: string | null, options: HistoryOptions, desk: Desk) {
  const { diff } = options
  if (diff !== undefined) {
    const [before, after, ...others] = diff
    if (before === undefined || after === undefined || others.length > 0) {
      throw new AppError('INVALID_INPUT', { message: '--diff takes the numbers of two runs.' })
    }
    const found = await desk.api.history.compare({ before, after })
    return { document: found, text: (style: Style) => comparisonText(found, style) }
  }
  if (!options.sinceGood) return list(subject, options, desk)
  if (subject !== null) return sinceGood(subject, desk)
  throw new AppError('INVALID_INPUT', { message: '--since-good needs the provider’s short name.' })
}

const examples = (command: string, named: string) => `
Tests of saved settings are kept, without secrets. --diff names what is different between two of them, --since-good what
is different since it last worked.

Examples:
  authdesk ${command}
  authdesk ${command} --diff 12 15
  authdesk ${command}${named} --since-good --json`

function withOptions(command: Command): Command {
  return command
    .option('--diff <RUN...>', 'what is different between two runs, the earlier first', runNumbers)
    .option('--since-good', 'what is different between the last good run and the newest')
    .option('--after <RUN>', 'the page after this run', runNumber)
    .option('--limit <N>', 'runs on a page', pageSize, 50)
}

const plan = { migrations: 'apply', settings: 'judged', profile: 'examined' } as const

export function addDirectoryHistory(ldap: Command, act: Act): void {
  withOptions(ldap.command('history').description('past tests of the directory, and what changed'))
    .addHelpText('after', examples('ldap history', ''))
    .action((options: HistoryOptions) => act(plan, (desk) => history('ldap', options, desk)))
}

export function addProviderHistory(oidc: Command, act: Act): void {
  withOptions(
    oidc
      .command('history')
      .argument('[provider]', 'the provider’s short name; without it, of all of them')
      .description('past tests of the providers, and what changed'),
  )
    .addHelpText('after', examples('oidc history', ' keycloak'))
    .action((provider: string | undefined, options: HistoryOptions) =>
      act(plan, async (desk) => {
        const [only, ...others] = (await desk.api.oidc.providers({ profile: desk.profile })).providers
        const slug = provider ?? (others.length === 0 ? only?.slug : undefined)
        return history(slug === undefined ? null : `oidc:${slug}`, options, desk)
      }),
    )
}
