import type { Command } from 'commander'
import type { ConfigCheck } from '../../contract/settings'
import { columns, plain, type Style } from './output'
import type { Act } from './run'

const examples = `
Examples:
  authdesk config check
  authdesk config check --env-file /srv/app/.env --json`

function findingText(finding: ConfigCheck['findings'][number], style: Style): string {
  const signs = { error: style.red('✗ error'), warning: style.yellow('! warning'), info: style.dim('· info') }
  const sign = signs[finding.severity]
  const place = [finding.written, finding.line === null ? null : `line ${finding.line}`].filter(
    (each) => each !== null,
  )
  const where = place.length === 0 ? '' : `  ${style.dim(plain(place.join(', ')))}`
  const lines = [plain(finding.message), ...caretLines(finding.fault), style.dim(plain(finding.next))]
  return [`${sign}  ${finding.code}${where}`, ...lines.map((line) => `    ${line}`)].join('\n')
}

const widest = 70

/** The value and below it a caret at the fault; of a long value only what is around it. */
function caretLines(fault: ConfigCheck['findings'][number]['fault']): readonly string[] {
  if (!fault) return []
  const from = Math.max(0, Math.min(fault.position - widest / 2, fault.value.length - widest))
  const value = plain(fault.value.slice(from, from + widest))
  return [`  ${value}`, `  ${' '.repeat(fault.position - from)}^`]
}

function settingsText(check: ConfigCheck): string {
  const given = check.settings.filter(({ source }) => source !== 'default')
  const value = (view: (typeof given)[number]) => (view.secret ? 'set' : (view.value ?? 'not set'))
  return columns(given.map((view) => [`  ${view.name}`, view.source, value(view)]))
}

/** The mode, the settings that are not defaults, and what was found. */
export function configText(check: ConfigCheck, style: Style): string {
  const file = check.file ?? 'no profile file, only defaults'
  const verdict = check.ok ? style.green('The settings are valid.') : style.red('The settings are not valid.')
  const head = [
    `Sign-in mode: ${style.bold(check.method ?? 'none until the errors are mended')}`,
    `Settings: ${plain(file)}`,
  ]
  const settings = settingsText(check)
  const findings = check.findings.map((finding) => findingText(finding, style))
  return [...head, ...(settings === '' ? [] : [settings]), '', ...findings, verdict].join('\n')
}

export function addConfigCommands(program: Command, act: Act): void {
  const config = program.command('config').description('the profile’s settings')
  config
    .command('check')
    .description('check all settings, without asking the network')
    .addHelpText('after', examples)
    .action(() =>
      act({ migrations: 'check', settings: 'judged', profile: 'examined' }, async ({ api, profile }) => {
        const check = await api.settings.check({ profile })
        return { document: check, text: (style) => configText(check, style) }
      }),
    )
}
