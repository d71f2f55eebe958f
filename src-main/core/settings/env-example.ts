import { groupTitles } from './settings-reference'
import { isSecret, numberedEntries, settingEntries } from './settings-schema'
import type { Setting, SettingGroup } from './setting'

const width = 98

/** A comment's lines, none longer than the page. */
function comment(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.map((line) => `# ${line}`)
}

const quoted = (value: string) => (/^[\w.:/,@=-]*$/.test(value) ? value : `'${value}'`)

function entry([name, setting]: readonly [string, Setting]): string {
  const notes = isSecret(setting) ? [' A secret: better in the environment or the key store than here.'] : []
  const text = `${setting.description}${notes.join('')} Value: ${setting.kind.expected}.`
  return [...comment(text), `#${name}=${quoted(setting.default ?? '')}`].join('\n')
}

/** The text of env.example: every setting with its default, all of them commented out. */
export function envExample(): string {
  const groups = Object.keys(groupTitles) as SettingGroup[]
  const sections = groups.map((group) => {
    const entries = settingEntries.filter(([, setting]) => setting.group === group).map(entry)
    return [`## ${groupTitles[group]}`, ...entries].join('\n\n')
  })
  const numbered = numberedEntries.map(([field, setting]) => entry([`OIDC_PROVIDER_1_${field}`, setting]))
  const head = [
    '# A profile of Authdesk: copy it to profiles/default.env in the home and take the # from what you need.',
    '# Made from the settings’ schema by UPDATE_DOCS=1 and the unit tests; do not edit by hand.',
  ].join('\n')
  return `${[head, ...sections, '## Several OpenID providers: the same with 2, 3 …', ...numbered].join('\n\n')}\n`
}
