import type { AuthMethod } from '../../contract/app'
import type { OidcSettings } from '../app/ports'
import type { Report } from './findings'
import { numbersInUse, readNumbered, type NumberedProvider } from './oidc-numbered'
import { numberedProvider, singleProvider, type OidcContext } from './oidc-provider'
import { checkMissing, checkProviders, type NamedProvider } from './oidc-rules'
import type { Reading } from './read-setting'
import type { SettingName, SettingValues } from './settings-schema'
import type { SettingsSources } from './sources'

export interface OidcParts {
  readonly values: SettingValues
  readonly given: ReadonlySet<string>
  readonly sources: SettingsSources
  readonly context: OidcContext
}

export interface OidcOutcome {
  readonly providers: readonly NamedProvider[]
  readonly readings: readonly Reading[]
  readonly invalid: ReadonlySet<string>
}

/** What of the form without a number gives rights, and is therefore not passed on. */
const granting = [
  'OIDC_ADMIN_GROUP',
  'OIDC_ADMIN_EMAILS',
  'OIDC_ADMIN_EMAIL_DOMAINS',
  'OIDC_ROLE_GROUP_MAP',
] as const
const describing: readonly SettingName[] = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']

function checkForms(count: number, given: ReadonlySet<string>, report: Report): void {
  if (describing.some((name) => given.has(name))) {
    const found = { next: count + 1 }
    report({
      code: 'CONFIG_CONTRADICTION',
      severity: 'warning',
      setting: 'OIDC_ISSUER',
      text: 'bothForms',
      with: found,
    })
  }
  for (const name of granting.filter((each) => given.has(each))) {
    const numbered = name.replace('OIDC_', 'OIDC_PROVIDER_1_')
    report({
      code: 'CONFIG_NO_EFFECT',
      severity: 'warning',
      setting: name,
      text: 'notInherited',
      with: { numbered },
    })
  }
}

function single({ values, given, context }: OidcParts, report: Report): OidcOutcome {
  const described = describing.some((name) => given.has(name)) || context.invalid.has('OIDC_ISSUER')
  const names = { slug: 'OIDC_PROVIDER_SLUG', issuer: 'OIDC_ISSUER' }
  const providers = described ? [{ n: null, provider: singleProvider(values, context, report), names }] : []
  return { providers, readings: [], invalid: context.invalid }
}

function named(own: NumberedProvider, parts: OidcParts, report: Report): NamedProvider {
  const prefix = `OIDC_PROVIDER_${own.n}_`
  if (own.values.NAME === null) {
    report({ code: 'CONFIG_MISSING', severity: 'warning', setting: `${prefix}NAME`, text: 'numberedName' })
  }
  const provider = numberedProvider(own, { ...parts.context, values: parts.values }, report)
  return { n: own.n, provider, names: { slug: `${prefix}SLUG`, issuer: `${prefix}ISSUER` } }
}

/** The providers as they are described: the numbered ones, or the one without a number. */
export function readProviders(parts: OidcParts, report: Report): OidcOutcome {
  const { read, ignored } = numbersInUse(parts.sources, report)
  const behindGap = ignored.flatMap((n) => readNumbered(n, parts.sources, () => undefined).readings)
  if (read.length === 0) {
    const outcome = single(parts, report)
    return { ...outcome, readings: behindGap }
  }
  checkForms(read.length, parts.given, report)
  const own = read.map((n) => readNumbered(n, parts.sources, report))
  const invalid = new Set([...parts.context.invalid, ...own.flatMap((each) => [...each.invalid])])
  const providers = own.map((each) => named(each, parts, report))
  return { providers, readings: [...own.flatMap((each) => each.readings), ...behindGap], invalid }
}

/** Judges the providers for the mode; without any, what the form without a number lacks is named. */
export function judgeProviders(
  outcome: OidcOutcome,
  stated: { method: AuthMethod; enabled: boolean },
  report: Report,
): readonly OidcSettings[] {
  checkProviders(outcome.providers, report)
  if (stated.enabled) {
    checkMissing(outcome.providers, { method: stated.method, invalid: outcome.invalid }, report)
    if (outcome.providers.length === 0) {
      for (const setting of ['OIDC_ISSUER', 'OIDC_CLIENT_ID']) {
        report({
          code: 'CONFIG_MISSING',
          severity: 'error',
          setting,
          text: 'missing',
          with: { method: stated.method },
        })
      }
    }
  }
  return outcome.providers.map(({ provider }) => provider)
}
