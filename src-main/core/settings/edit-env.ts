import { parse } from 'dotenv'
import { AppError } from '../../contract/errors'
import { envLine } from '../profiles/env-line'
import { canonicalName } from './settings-schema'

/** An assignment as dotenv finds it; a quoted value may go over several lines. */
const assignment =
  /^([^\S\r\n]*(?:export[^\S\r\n]+)?)([\w.-]+)(?:[^\S\r\n]*=[^\S\r\n]*|:[^\S\r\n]+)('(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`|[^#\r\n]*)([^\S\r\n]*(?:#[^\r\n]*)?)(\r?\n|$)/gm

const nameOf = (written: string) => canonicalName(written) ?? written

/** What the file must say afterwards. */
function expected(text: string, changes: Readonly<Record<string, string | null>>): Record<string, string> {
  const kept = Object.entries(parse(text)).filter(([name]) => !Object.hasOwn(changes, nameOf(name)))
  return Object.fromEntries([
    ...kept,
    ...Object.entries(changes).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  ])
}

const byName = (values: Readonly<Record<string, string>>) =>
  JSON.stringify(
    Object.entries(values)
      .map(([name, value]): [string, string] => [nameOf(name), value])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )

/**
 * Changes values in a `.env` file's text: each where it stands and under the name it has there, new ones at the end.
 * Comments, order and lines that nobody knows stay as they are. A text that it cannot change safely is refused.
 */
export function editEnv(text: string, changes: Readonly<Record<string, string | null>>): string {
  const written = new Set<string>()
  const edited = text.replace(assignment, (line, ...parts: string[]) => {
    const [lead = '', name = '', old = '', comment = '', end = ''] = parts
    const setting = nameOf(name)
    const value = Object.hasOwn(changes, setting) ? changes[setting] : undefined
    if (value === undefined) return line
    if (value === null || written.has(setting)) return ''
    written.add(setting)
    const gap = comment.startsWith('#') ? (/[^\S\r\n]+$/.exec(old)?.[0] ?? ' ') : ''
    return lead + envLine(name, value) + gap + comment + end
  })
  const added = Object.entries(changes).flatMap(([name, value]) =>
    value === null || written.has(name) ? [] : [`${envLine(name, value)}\n`],
  )
  const between = added.length > 0 && edited !== '' && !edited.endsWith('\n') ? '\n' : ''
  const result = edited + between + added.join('')
  if (byName(parse(result)) !== byName(expected(text, changes)))
    throw new AppError('CONFIG_INVALID', { text: 'settingsFileOdd' })
  return result
}
