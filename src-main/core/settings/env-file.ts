import { parse } from 'dotenv'
import type { Found, Place } from './findings'
import type { SettingsFile } from './settings-file'

const assignment = /^[\t ]*(?:export[\t ]+)?([\w.-]+)[\t ]*=[\t ]*(.*)$/

interface Line {
  readonly name: string
  readonly rest: string
  readonly line: number
}

/** Only lines that assign to a name that the parser knows too; a line inside a quoted value rarely looks like one. */
function assignments(text: string, values: Readonly<Record<string, string>>): Line[] {
  return text.split(/\r?\n/).flatMap((text, index) => {
    const [, name, rest = ''] = assignment.exec(text) ?? []
    return name !== undefined && Object.hasOwn(values, name) ? [{ name, rest, line: index + 1 }] : []
  })
}

/** A # that touches the text before it: other readers keep it, this one ends the value there. */
const isCut = ({ rest }: Line) => /^(?=[^"'`#])[^#]*[^\s#]#/.test(rest)

/** Reads a `.env` file as dotenv does: no expansion of variables. What it would swallow silently is a finding. */
export function parseEnvFile(text: string): SettingsFile {
  const values = { ...parse(text) }
  const lines = assignments(text, values)
  const names = lines.map(({ name }) => name)
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  const cut = new Set(lines.filter(isCut).map(({ name }) => name))
  const places = lines.map(({ name, line }): [string, Place] => [name, { written: name, line }])
  return {
    values,
    places: Object.fromEntries(places),
    found: [
      ...[...repeated].map((setting): Found => ({
        code: 'CONFIG_CONTRADICTION',
        severity: 'warning',
        setting,
        text: 'repeated',
      })),
      ...[...cut].map((setting): Found => ({
        code: 'CONFIG_INVALID',
        severity: 'warning',
        setting,
        text: 'cutAtHash',
      })),
    ],
  }
}
