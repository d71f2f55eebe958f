import type { AuthMethod } from '../../contract/app'
import type { OidcSettings } from '../app/ports'
import type { Report } from './findings'
import { isLoopback } from './loopback'

/** A provider and the names under which its settings were written. `n` is null for the form without a number. */
export interface NamedProvider {
  readonly n: number | null
  readonly provider: OidcSettings
  readonly names: { readonly slug: string; readonly issuer: string }
}

const slugForm = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/

function firstTwice(values: readonly string[]): number {
  return values.findIndex((value, index) => values.indexOf(value) !== index)
}

function checkIssuer({ provider, names }: NamedProvider, report: Report): void {
  if (provider.issuer === '') return
  const url = new URL(provider.issuer)
  const wrong = (text: 'issuerDiscovery' | 'issuerQuery') =>
    report({ code: 'CONFIG_INVALID', severity: 'error', setting: names.issuer, text })
  if (url.pathname.endsWith('/.well-known/openid-configuration')) wrong('issuerDiscovery')
  if (url.search !== '') wrong('issuerQuery')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    report({ code: 'CONFIG_INSECURE', severity: 'warning', setting: names.issuer, text: 'insecureIssuer' })
  }
}

function checkSlugs(providers: readonly NamedProvider[], report: Report): void {
  for (const { provider, names } of providers) {
    if (slugForm.test(provider.slug)) continue
    const found = { value: provider.slug }
    report({
      code: 'CONFIG_INVALID',
      severity: 'error',
      setting: names.slug,
      text: 'slugInvalid',
      with: found,
    })
  }
  const twice = providers[firstTwice(providers.map(({ provider }) => provider.slug.toLowerCase()))]
  if (twice) {
    const found = { value: twice.provider.slug }
    report({
      code: 'CONFIG_CONTRADICTION',
      severity: 'error',
      setting: twice.names.slug,
      text: 'slugTwice',
      with: found,
    })
  }
}

function checkIssuers(providers: readonly NamedProvider[], report: Report): void {
  for (const each of providers) checkIssuer(each, report)
  const known = providers.filter(({ provider }) => provider.issuer !== '')
  const twice = known[firstTwice(known.map(({ provider }) => provider.issuer))]
  if (!twice) return
  const found = { value: twice.provider.issuer }
  report({
    code: 'CONFIG_CONTRADICTION',
    severity: 'warning',
    setting: twice.names.issuer,
    text: 'issuerTwice',
    with: found,
  })
}

/** A numbered provider that lacks something is left out, as in the applications, while another one is complete. */
export function checkMissing(
  providers: readonly NamedProvider[],
  stated: { method: AuthMethod; invalid: ReadonlySet<string> },
  report: Report,
): void {
  const spared = providers.some(({ provider }) => provider.missing.length === 0)
  for (const { n, provider } of providers) {
    for (const name of provider.missing.filter((missing) => !stated.invalid.has(missing))) {
      if (spared && n !== null) {
        report({
          code: 'CONFIG_MISSING',
          severity: 'warning',
          setting: name,
          text: 'missingSkipped',
          with: { n },
        })
      } else {
        report({
          code: 'CONFIG_MISSING',
          severity: 'error',
          setting: name,
          text: 'missing',
          with: { method: stated.method },
        })
      }
    }
  }
}

export function checkProviders(providers: readonly NamedProvider[], report: Report): void {
  checkSlugs(providers, report)
  checkIssuers(providers, report)
}
