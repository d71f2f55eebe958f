import { dirname, isAbsolute, join } from 'node:path'
import type { Finding } from '../../contract/settings'
import type { Settings } from '../app/ports'
import { createTexts, type Texts } from '../app/texts'
import { inOrder, toFinding, type Found, type Place, type Report } from './findings'
import { ldapSettings } from './ldap-settings'
import { decideMethod, type MethodDecision } from './method-rules'
import { judgeProviders, readProviders, type OidcOutcome } from './oidc-settings'
import { readSetting, type Reading } from './read-setting'
import { canonicalName, settingEntries, type SettingName, type SettingValues } from './settings-schema'
import type { SettingsSources } from './sources'
import { checkNames } from './unknown-names'

interface Read {
  readonly values: SettingValues
  readonly readings: Readonly<Record<string, Reading>>
  readonly given: ReadonlySet<string>
  readonly invalid: ReadonlySet<string>
}

function readAll(sources: SettingsSources, report: Report): Read {
  const entries = settingEntries.map((named) => [named[0], readSetting(named, sources, report)] as const)
  return {
    values: Object.fromEntries(
      entries.map(([name, reading]) => [name, reading.value]),
    ) as unknown as SettingValues,
    readings: Object.fromEntries(entries),
    given: new Set(entries.flatMap(([name, reading]) => (reading.given ? [name] : []))),
    invalid: new Set(
      entries.flatMap(([name, reading]) => (reading.view.set && !reading.given ? [name] : [])),
    ),
  }
}

/** A relative path in a profile starts at the profile's folder, since a desk has no working directory to speak of. */
function pathsOf(sources: SettingsSources) {
  return (name: string, path: string | null): string | null => {
    const { file, folder = file === null ? null : dirname(file) } = sources.profile
    if (path === null || folder === null || isAbsolute(path)) return path
    return (sources.environment[name] ?? '').trim() === '' ? join(folder, path) : path
  }
}

/** Files that the address names start where the profile's other files do. */
function applicationOf(values: SettingValues, pathOf: ReturnType<typeof pathsOf>): Settings['application'] {
  const { AUTHDESK_APP_DB: place, AUTHDESK_APP_DB_PASSWORD: password, AUTHDESK_APP_COLUMNS: columns } = values
  const here = (path: string) => pathOf('AUTHDESK_APP_DB', path) ?? path
  const at =
    place?.dialect === 'sqlite'
      ? { ...place, file: here(place.file) }
      : place && { ...place, caFile: pathOf('AUTHDESK_APP_DB', place.caFile) }
  return { place: at, password, columns }
}

const describesLdap: readonly SettingName[] = ['LDAP_HOST', 'LDAP_BASE_DN', 'LDAP_BIND_DN']

function methodOf(read: Read, outcome: OidcOutcome, report: Report): MethodDecision {
  const { values } = read
  const hints = {
    method: values.AUTH_METHOD,
    oidc: values.OIDC_ENABLED,
    ldap: values.LDAP_ENABLED,
    passwords: values.PASSWORD_AUTH_ENABLED,
    production: values.AUTHDESK_PRODUCTION,
    describesOidc: outcome.providers.length > 0,
    describesLdap: describesLdap.some((name) => read.given.has(name)),
  }
  if (read.invalid.has('AUTH_METHOD')) return { method: 'local', oidcEnabled: false }
  return decideMethod(hints, report)
}

/** Secrets in the file, and settings that this version does not act on. */
function checkGiven(readings: readonly Reading[], sources: SettingsSources, report: Report): void {
  for (const { view } of readings) {
    if (view.secret && view.source === 'profile' && (sources.file[view.name] ?? '') !== '') {
      const found = { file: sources.profile.file ?? '' }
      report({
        code: 'CONFIG_INSECURE',
        severity: 'warning',
        setting: view.name,
        text: 'secretInFile',
        with: found,
      })
    }
  }
  for (const [name, setting] of settingEntries) {
    const set = readings.some(({ view }) => view.name === name && view.set)
    if (setting.effect && set)
      report({ code: 'CONFIG_NO_EFFECT', severity: 'info', setting: name, text: 'notYet' })
  }
}

function checkClaims(values: SettingValues, report: Report): void {
  const { OIDC_GROUPS_CLAIM: groups, OIDC_TEAMS_CLAIM: teams } = values
  if (groups === '' || groups !== teams) return
  const found = { value: groups }
  report({
    code: 'CONFIG_CONTRADICTION',
    severity: 'error',
    setting: 'OIDC_TEAMS_CLAIM',
    text: 'teamsClaim',
    with: found,
  })
}

/** The places by the names that findings use, whichever alias stands in the file. */
function placesOf({ places = {} }: SettingsSources): Readonly<Record<string, Place>> {
  return Object.fromEntries(
    Object.entries(places).map(([name, place]) => [canonicalName(name) ?? name, place]),
  )
}

/** Says when people are asked for, not whom. */
const schedule: SettingName = 'LDAP_SYNC_SCHEDULE'

/** What was given for the directory and refused, each with the sentence that says why. */
function unreadableLdap(findings: readonly Finding[], { invalid, readings }: Read) {
  return findings.flatMap(({ setting, severity, message }) => {
    const refused = setting !== null && severity === 'error' && invalid.has(setting)
    if (!refused || setting === schedule || !setting.startsWith('LDAP_')) return []
    return [{ setting, message, value: readings[setting]?.view.value ?? null }]
  })
}

/** Reads, checks and derives all settings from what was found; the same sources give the same settings. */
export function loadSettings(sources: SettingsSources, texts: Texts = createTexts()): Settings {
  const found: Found[] = [...sources.found]
  const report: Report = (each) => found.push(each)
  const read = readAll(sources, report)
  const pathOf = pathsOf(sources)
  const places = placesOf(sources)
  const { values, given, invalid } = read
  const autoProvision =
    values.OIDC_AUTO_PROVISION ?? (given.has('ALLOW_SELF_REGISTER') ? values.ALLOW_SELF_REGISTER : true)
  const outcome = readProviders(
    { values, given, sources, context: { autoProvision, invalid, pathOf } },
    report,
  )
  const { method, oidcEnabled } = methodOf(read, outcome, report)
  const ldap = ldapSettings(values, { method, invalid, pathOf }, report)
  const oidc = judgeProviders(outcome, { method, enabled: oidcEnabled }, report)
  checkClaims(values, report)
  const readings = [...Object.values(read.readings), ...outcome.readings.filter(({ view }) => view.set)]
  checkGiven(readings, sources, report)
  checkNames(sources, report)
  const findings = inOrder(found.map((each) => toFinding(texts, each, places)))
  const failed = findings.some((finding) => finding.severity === 'error')
  const views = readings.map(({ view }) =>
    view.name === 'AUTH_METHOD' && !view.set && !failed ? { ...view, value: method } : view,
  )
  const unreadable = unreadableLdap(findings, read)
  return {
    method: failed ? null : method,
    profile: {
      ...{ name: sources.profile.name, file: sources.profile.file },
      production: values.AUTHDESK_PRODUCTION,
    },
    hideLocalLogin: values.AUTH_HIDE_LOCAL_LOGIN,
    selfRegister: values.ALLOW_SELF_REGISTER,
    adminUsernames: values.ADMIN_USERNAMES,
    passwordMinLength: values.PASSWORD_MIN_LENGTH,
    sessionHours: values.SESSION_MAX_HOURS,
    idleMinutes: values.SESSION_IDLE_MINUTES,
    auditDays: values.AUDIT_RETENTION_DAYS,
    application: applicationOf(values, pathOf),
    ldap: unreadable.length === 0 ? ldap : { ...ldap, invalid: unreadable },
    syncSchedule: failed || !ldap.enabled ? null : values.LDAP_SYNC_SCHEDULE || null,
    oidc,
    oidcEnabled,
    views,
    findings,
  }
}
