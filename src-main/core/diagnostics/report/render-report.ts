import type { ReportFormat, RunReport } from '../../../contract/report'
import type { SettingView } from '../../../contract/setting-view'
import type { Stage } from '../../../contract/stages'
import type { Texts } from '../../app/texts'

interface Cells {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A report before it has a form: headings, sentences, tables and lines to run. */
type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly cells: Cells }
  | { readonly kind: 'code'; readonly text: string }

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
const sentence = (text: string): Block => ({ kind: 'text', text })
const table = (head: readonly string[], rows: Cells['rows']): Block => ({
  kind: 'table',
  cells: { head, rows },
})

function stageBlocks(t: Texts, stage: Stage): Block[] {
  const { id, status, code, summary, detail, next, because, chain } = stage
  const title = `${id}: ${status}${code === null ? '' : ` ${code}`}`
  const certificates = (chain?.certificates ?? []).map(({ role, subject, validTo, fingerprint, faults }) => [
    ...[role, subject, validTo, fingerprint, faults.join(', ')],
  ])
  const cause = code === null ? [] : [{ label: t('report.cause'), value: t(`codes.${code}.cause`) }]
  const step = next === null ? [] : [{ label: t('report.next'), value: next }]
  const after = because === undefined ? [] : [{ label: t('report.because'), value: because }]
  const rows = [...cause, ...step, ...after, ...detail].map(({ label, value }) => [label, value])
  const head = [t('report.label'), t('report.value')]
  return [
    heading(3, title),
    sentence(summary),
    ...(rows.length === 0 ? [] : [table(head, rows)]),
    ...(certificates.length === 0
      ? []
      : [
          table(
            (['certificate', 'subject', 'validTo', 'fingerprint', 'faults'] as const).map((column) =>
              t(`report.chain.${column}`),
            ),
            certificates,
          ),
        ]),
  ]
}

function shownValue(t: Texts, { secret, set, value }: SettingView): string {
  if (secret) return t(set ? 'report.set' : 'report.notSet')
  return value ?? t('report.notSet')
}

function blocksOf(t: Texts, report: RunReport): Block[] {
  const { made, version, runtime, profile, facts, stages, settings, commands } = report
  const about = [
    { label: t('report.made'), value: made },
    { label: t('report.console'), value: `Authdesk ${version}, ${runtime}` },
    { label: t('report.profile'), value: profile ?? t('report.governing') },
    ...facts,
  ]
  const timing = stages.map(({ id, status, code, ms }) => [id, status, code ?? '', `${ms} ms`])
  return [
    heading(1, t('report.title')),
    sentence(report.summary),
    table(
      [t('report.label'), t('report.value')],
      about.map(({ label, value }) => [label, value]),
    ),
    heading(2, t('report.stages')),
    table(
      (['stage', 'status', 'code', 'time'] as const).map((column) => t(`report.${column}`)),
      timing,
    ),
    ...stages.flatMap((stage) => stageBlocks(t, stage)),
    heading(2, t('report.settings')),
    table(
      [t('report.setting'), t('report.value'), t('report.source')],
      settings.map((setting) => [setting.name, shownValue(t, setting), setting.source]),
    ),
    ...(commands.length === 0 ? [] : [heading(2, t('report.commands')), sentence(t('report.commandsHint'))]),
    ...commands.flatMap(({ purpose, line }): Block[] => [sentence(purpose), { kind: 'code', text: line }]),
  ]
}

/** Control characters would end a line or a table; what they are is still to be seen. */
const oneLine = (text: string) =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

const markdownText = (text: string) => oneLine(text).replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&')

/** A fence that is longer than every run of backticks inside it (CommonMark section 4.5). */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}sh\n${text}\n${fence}`
}

function markdownTable({ head, rows }: Cells): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownText).join(' | ')} |`
  return [line(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n')
}

function toMarkdown(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'heading') return `${'#'.repeat(block.level)} ${markdownText(block.text)}`
    if (block.kind === 'table') return markdownTable(block.cells)
    return block.kind === 'code' ? fenced(block.text) : markdownText(block.text)
  })
  return `${parts.join('\n\n')}\n`
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;' },
  ...{ '"': '&quot;', "'": '&#39;' },
}
const htmlText = (text: string) => text.replace(/[&<>"']/g, (char) => entities[char] ?? '')

function htmlTable({ head, rows }: Cells): string {
  const cells = (tag: 'td' | 'th', row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${htmlText(oneLine(cell))}</${tag}>`).join('')}</tr>`
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`
}

const style = `body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{border:1px solid #d0d7de;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f3f5f7}pre{background:#f3f5f7;padding:.5rem;white-space:pre-wrap;overflow-wrap:anywhere}`

/** One file that needs no other and runs nothing. */
function toHtml(blocks: readonly Block[], title: string): string {
  const body = blocks.map((block) => {
    if (block.kind === 'heading') return `<h${block.level}>${htmlText(block.text)}</h${block.level}>`
    if (block.kind === 'table') return htmlTable(block.cells)
    return block.kind === 'code'
      ? `<pre><code>${htmlText(block.text)}</code></pre>`
      : `<p>${htmlText(oneLine(block.text))}</p>`
  })
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">${policy}<title>${htmlText(title)}</title>
<style>${style}</style></head><body>
${body.join('\n')}
</body></html>
`
}

/** A report in the form that was asked for, as one text. */
export function renderReport(t: Texts, report: RunReport, format: ReportFormat): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`
  const blocks = blocksOf(t, report)
  return format === 'md' ? toMarkdown(blocks) : toHtml(blocks, t('report.title'))
}
