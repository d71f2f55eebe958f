import type { SettingView } from '../../../contract/ldap'
import type { Report, ReportSubject } from '../../../contract/reports'
import type { Stage } from '../../../contract/stages'
import type { Texts } from '../../app/texts'
import { oneLine } from './one-line'
import { factsOf, settingText } from './report-facts'

/** Text in which no character is markup (CommonMark, GitHub's tables and mentions). */
function text(plain: string): string {
  return oneLine(plain).replace(/[\\`*_[\]<>|~#&@]/g, '\\$&')
}

/** A code span as it is, whatever backticks are in it (CommonMark section 6.1). */
function code(plain: string): string {
  const line = oneLine(plain)
  if (line === '') return ''
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = /^[` ]|[` ]$/.test(line) ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

const longestRun = (line: string) => Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length))

/** In a table even a code span ends at a bar. */
const cell = (span: string) => span.replace(/(?<!\\)\|/g, '\\|')

function stageLines(stage: Stage, t: Texts): string[] {
  const { status, id, ms, summary, detail, next } = stage
  const named = stage.code === null ? '' : ` ${code(stage.code)}`
  const took = status === 'skipped' ? '' : ` (${t('report.milliseconds', { ms })})`
  return [
    `- **${t(`report.status.${status}`)}** ${code(id)}${named}${took}: ${text(summary)}`,
    ...detail.map(({ label, value }) => `  - ${text(label)}: ${code(value)}`),
    ...(next === null ? [] : [`  - ${t('report.next')}: ${text(next)}`]),
  ]
}

function settingRow(view: SettingView, t: Texts): string {
  const { value, kind } = settingText(view, t)
  const shown = kind === 'value' ? code(value) : text(value)
  return `| ${code(view.name)} | ${cell(shown)} | ${t(`report.sources.${view.source}`)} |`
}

/** A block whose fence is longer than any in it. */
function block(line: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(line) + 1))
  return `${fence}sh\n${line}\n${fence}`
}

function subjectText(subject: ReportSubject, t: Texts): string {
  const { commands, notes, settings } = subject
  const head = [t('report.setting'), t('report.value'), t('report.source')].join(' | ')
  return [
    `## ${text(subject.name)}`,
    `**${text(subject.summary)}**`,
    subject.facts.map(({ label, value }) => `- ${text(label)}: ${code(value)}`).join('\n'),
    `### ${t('report.stages')}`,
    subject.stages.flatMap((stage) => stageLines(stage, t)).join('\n'),
    `### ${t('report.settings')}`,
    [`| ${head} |`, '| --- | --- | --- |', ...settings.map((view) => settingRow(view, t))].join('\n'),
    `### ${t('report.commands')}`,
    ...(commands.length === 0 ? [] : [t('report.commandsHint')]),
    ...commands.map(({ purpose, line }) => `${text(purpose)}:\n\n${block(line)}`),
    ...notes.map(text),
  ].join('\n\n')
}

/** The report for a ticket: every value is shown as it is, and none is taken for markup. */
export function renderMarkdown(report: Report, t: Texts): string {
  return [
    `# ${t(`report.title.${report.kind}`)}`,
    t(report.ok ? 'report.result.ok' : 'report.result.notOk'),
    factsOf(report, t)
      .map(({ label, value }) => `- ${label}: ${code(value)}`)
      .join('\n'),
    t('report.noSecrets'),
    ...report.subjects.map((subject) => subjectText(subject, t)),
  ]
    .join('\n\n')
    .concat('\n')
}
