import type { SettingView } from '../../contract/ldap'
import { withoutCredentials, type Report } from './findings'
import type { Setting } from './setting'
import { isSecret } from './settings-schema'
import type { SettingsSources } from './sources'

/** One setting as it was found: `value` is its default where nothing valid was given. */
export interface Reading {
  readonly value: unknown
  readonly given: boolean
  readonly view: SettingView
}

interface Given {
  readonly raw: string
  readonly source: 'profile' | 'environment'
}

type Named = readonly [name: string, setting: Setting]

function counts(raw: string | undefined, setting: Setting): raw is string {
  return raw !== undefined && (setting.empty === 'is a value' || raw.trim() !== '')
}

/** Two spellings of one value do not contradict: what counts is what they mean. */
function meaning(raw: string, setting: Setting): string {
  const parsed = setting.kind.schema.safeParse(raw)
  return parsed.success ? JSON.stringify(parsed.data) : raw.trim()
}

function inSource(
  [name, setting]: Named,
  values: Readonly<Record<string, string | undefined>>,
  report: Report,
): string | null {
  const names = [name, ...(setting.aliases ?? [])]
  const written = names.filter((alias) => Object.hasOwn(values, alias) && counts(values[alias], setting))
  const [first] = written
  if (first === undefined) return null
  if (new Set(written.map((alias) => meaning(values[alias] ?? '', setting))).size > 1) {
    const found = { names: written.join(', ') }
    report({ code: 'CONFIG_CONTRADICTION', severity: 'error', setting: name, text: 'aliases', with: found })
  }
  return values[first] ?? null
}

function find(named: Named, sources: SettingsSources, report: Report): Given | null {
  const fromEnvironment = inSource(named, sources.environment, report)
  if (fromEnvironment !== null) return { raw: fromEnvironment, source: 'environment' }
  const fromFile = inSource(named, sources.file, report)
  if (fromFile !== null) return { raw: fromFile, source: 'profile' }
  const [name, setting] = named
  const stored = isSecret(setting) && Object.hasOwn(sources.secrets, name) ? sources.secrets[name] : undefined
  return stored ? { raw: stored, source: 'profile' } : null
}

function refuse([name, setting]: Named, raw: string, report: Report): void {
  const { code, expected, locate } = setting.kind
  const located = locate?.(raw.trim())
  if (located) {
    report({ code, severity: 'error', setting: name, ...located })
    return
  }
  report({
    code,
    severity: 'error',
    setting: name,
    text: isSecret(setting) ? 'invalidSecret' : 'invalid',
    with: isSecret(setting) ? { expected } : { expected, value: raw },
  })
}

function viewOf([name, setting]: Named, given: Given | null): SettingView {
  const value = given ? given.raw.trim() : (setting.default ?? null)
  return {
    name,
    value: isSecret(setting) || value === null ? null : withoutCredentials(value),
    set: given !== null,
    secret: isSecret(setting),
    source: given?.source ?? 'default',
  }
}

/** Finds a setting in its sources and judges it. A default that its own kind refuses would be a bug: it throws. */
export function readSetting(named: Named, sources: SettingsSources, report: Report): Reading {
  const [, setting] = named
  const given = find(named, sources, report)
  const view = viewOf(named, given)
  if (given) {
    const parsed = setting.kind.schema.safeParse(given.raw)
    if (parsed.success) return { value: parsed.data, given: true, view }
    refuse(named, given.raw, report)
  }
  const value = setting.default === undefined ? null : setting.kind.schema.parse(setting.default)
  return { value, given: false, view }
}
