import type { Report } from './findings'
import { readSetting, type Reading } from './read-setting'
import { numberedEntries, parseNumbered, type NumberedValues } from './settings-schema'
import type { SettingsSources } from './sources'

export interface NumberedProvider {
  readonly n: number
  readonly values: NumberedValues
  readonly readings: readonly Reading[]
  readonly invalid: ReadonlySet<string>
}

function numbersIn(sources: SettingsSources): number[] {
  const entries = [...Object.entries(sources.file), ...Object.entries(sources.environment)]
  const used = entries.flatMap(([name, value]) => (value === undefined || value.trim() === '' ? [] : [name]))
  return [...new Set(used.flatMap((name) => parseNumbered(name)?.n ?? []))].sort((a, b) => a - b)
}

/** Providers are read from 1 upwards to the first gap, as the applications do. */
export function numbersInUse(
  sources: SettingsSources,
  report: Report,
): { read: number[]; ignored: number[] } {
  const numbers = numbersIn(sources)
  const gap = numbers.findIndex((n, index) => n !== index + 1)
  if (gap === -1) return { read: numbers, ignored: [] }
  report({
    code: 'CONFIG_NUMBER_GAP',
    severity: 'warning',
    setting: `OIDC_PROVIDER_${gap + 1}_NAME`,
    text: 'numberGap',
    with: { missing: gap + 1, first: `OIDC_PROVIDER_${numbers[gap] ?? 0}_` },
  })
  return { read: numbers.slice(0, gap), ignored: numbers.slice(gap) }
}

export function readNumbered(n: number, sources: SettingsSources, report: Report): NumberedProvider {
  const readings: Reading[] = []
  const invalid = new Set<string>()
  const values: Record<string, unknown> = {}
  for (const [field, setting] of numberedEntries) {
    const name = `OIDC_PROVIDER_${n}_${field}`
    const aliases = (setting.aliases ?? []).map((alias) => `OIDC_PROVIDER_${n}_${alias}`)
    const reading = readSetting([name, { ...setting, aliases }], sources, report)
    if (reading.view.set && !reading.given) invalid.add(name)
    readings.push(reading)
    values[field] = reading.value
  }
  return { n, values: values as NumberedValues, readings, invalid }
}
