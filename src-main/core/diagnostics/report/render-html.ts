import type { SettingView } from '../../../contract/ldap'
import type { Report, ReportSubject } from '../../../contract/reports'
import type { Stage } from '../../../contract/stages'
import type { Texts } from '../../app/texts'
import { oneLine } from './one-line'
import { factsOf, settingText } from './report-facts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for an element or a quoted attribute. */
export function escapeHtml(plain: string): string {
  return oneLine(plain).replace(/[&<>"']/g, (char) => entities[char] ?? char)
}

const style = `
:root { color-scheme: light dark; --line: #8884; --dim: #777; --good: #1a7f37; --odd: #9a6700; --bad: #cf222e }
@media (prefers-color-scheme: dark) { :root { --dim: #999; --good: #4ac26b; --odd: #d4a72c; --bad: #ff7b72 } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2rem } h3 { font-size: 1rem; margin-top: 1.5rem }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre { white-space: pre-wrap; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 6px; margin: .2rem 0 1rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .3rem 0 }
dt { color: var(--dim) } dd { margin: 0; overflow-wrap: anywhere }
ol { list-style: none; padding: 0 } li { border-top: 1px solid var(--line); padding: .5rem 0 }
li > p { margin: 0 } .dim { color: var(--dim) }
.passed { color: var(--good) } .warning { color: var(--odd) } .failed { color: var(--bad) } .skipped { color: var(--dim) }
.passed, .warning, .failed, .skipped { font-weight: 600 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: start; vertical-align: top; border-top: 1px solid var(--line); padding: .25rem .6rem .25rem 0 }`

interface Fact {
  readonly label: string
  readonly value: string
}

function list(facts: readonly Fact[]): string {
  const rows = facts.map(
    ({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd><code>${escapeHtml(value)}</code></dd>`,
  )
  return rows.length === 0 ? '' : `<dl>${rows.join('')}</dl>`
}

function stageItem(stage: Stage, t: Texts): string {
  const { status, id, ms, code, summary, detail, next } = stage
  const took = status === 'skipped' ? '' : ` <span class="dim">${t('report.milliseconds', { ms })}</span>`
  const named = code === null ? '' : ` <code>${code}</code>`
  return [
    `<li><p><span class="${status}">${t(`report.status.${status}`)}</span> <code>${escapeHtml(id)}</code>${named}${took}</p>`,
    `<p>${escapeHtml(summary)}</p>${list(detail)}`,
    next === null ? '' : `<p>${t('report.next')}: ${escapeHtml(next)}</p>`,
    '</li>',
  ].join('')
}

function settingRow(view: SettingView, t: Texts): string {
  const { kind, value } = settingText(view, t)
  const shown =
    kind === 'value' ? `<code>${escapeHtml(value)}</code>` : `<span class="dim">${escapeHtml(value)}</span>`
  return `<tr><td><code>${escapeHtml(view.name)}</code></td><td>${shown}</td><td>${t(`report.sources.${view.source}`)}</td></tr>`
}

function subjectHtml(subject: ReportSubject, t: Texts): string {
  const { commands, notes, settings } = subject
  const head = [t('report.setting'), t('report.value'), t('report.source')]
  return [
    `<section><h2>${escapeHtml(subject.name)}</h2>`,
    `<p class="${subject.ok ? 'passed' : 'failed'}">${escapeHtml(subject.summary)}</p>${list(subject.facts)}`,
    `<h3>${t('report.stages')}</h3><ol>${subject.stages.map((stage) => stageItem(stage, t)).join('\n')}</ol>`,
    `<h3>${t('report.settings')}</h3>`,
    `<table><tr>${head.map((name) => `<th>${escapeHtml(name)}</th>`).join('')}</tr>`,
    `${settings.map((view) => settingRow(view, t)).join('\n')}</table>`,
    `<h3>${t('report.commands')}</h3>`,
    commands.length === 0 ? '' : `<p class="dim">${escapeHtml(t('report.commandsHint'))}</p>`,
    ...commands.map(
      ({ purpose, line }) => `<p>${escapeHtml(purpose)}:</p><pre><code>${escapeHtml(line)}</code></pre>`,
    ),
    ...notes.map((note) => `<p class="dim">${escapeHtml(note)}</p>`),
    '</section>',
  ].join('\n')
}

/** The report as one file that loads nothing and runs nothing; the policy in it says so to the browser too. */
export function renderHtml(report: Report, t: Texts): string {
  const title = escapeHtml(t(`report.title.${report.kind}`))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}
</style>
</head>
<body>
<h1>${title}</h1>
<p class="${report.ok ? 'passed' : 'failed'}">${escapeHtml(t(report.ok ? 'report.result.ok' : 'report.result.notOk'))}</p>
${list(factsOf(report, t))}
<p class="dim">${escapeHtml(t('report.noSecrets'))}</p>
${report.subjects.map((subject) => subjectHtml(subject, t)).join('\n')}
</body>
</html>
`
}
