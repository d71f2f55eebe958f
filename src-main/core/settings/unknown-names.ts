import type { Report } from './findings'
import { foreignReason } from './foreign-names'
import { canonicalName, knownNames } from './settings-schema'
import type { SettingsSources } from './sources'
import { vikunjaNames, vikunjaProviderNames } from './vikunja-names'

const ours = /^(?:(?:LDAP|OIDC|AUTH)_|auth\.)/
const inProvider = /^auth\.openid\.providers\.([^.]+)\./
const providerKey = 'auth.openid.providers.<key>.'
const vikunjaKeys = [
  ...Object.keys(vikunjaNames),
  ...Object.keys(vikunjaProviderNames).map((key) => providerKey + key),
]

/** Edits that turn one text into the other (Levenshtein), cut off above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

const letters = (name: string) => name.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** The known name that was probably meant; null where none is near. */
export function similarName(name: string): string | null {
  const limit = name.length > 8 ? 2 : 1
  const [, key] = inProvider.exec(name) ?? []
  const asked = key === undefined ? name : name.replace(inProvider, providerKey)
  const near = (name.includes('.') ? vikunjaKeys : knownNames)
    .map((known) => ({ known, edits: distance(letters(asked), letters(known), limit) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
  return near[0]?.known.replace('<key>', key ?? '<key>') ?? null
}

function judge(name: string, report: Report): void {
  const why = foreignReason(name)
  if (why !== null) {
    report({ code: 'CONFIG_NO_EFFECT', severity: 'info', setting: name, text: 'foreign', with: { why } })
    return
  }
  const known = similarName(name)
  const severity = known !== null || ours.test(name) ? 'warning' : 'info'
  if (known === null) report({ code: 'CONFIG_UNKNOWN', severity, setting: name, text: 'unknown' })
  else report({ code: 'CONFIG_UNKNOWN', severity, setting: name, text: 'similar', with: { known } })
}

/** Every unknown name of the file; of the environment only those that begin like a setting. */
export function checkNames(sources: SettingsSources, report: Report): void {
  const fromFile = Object.keys(sources.file)
  const fromEnvironment = Object.keys(sources.environment).filter((name) => ours.test(name))
  for (const name of new Set([...fromFile, ...fromEnvironment])) {
    if (canonicalName(name) === null) judge(name, report)
  }
}
