import { AppError } from '../../contract/errors'
import type { OidcSettings } from '../app/ports'

const wellKnown = '/.well-known/openid-configuration'

/** Null instead of an exception; `URL.parse` is newer than the oldest Node that this runs on. */
export function parseAddress(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

/** This computer only: `localhost`, 127.0.0.0/8 and ::1 (RFC 8252 §8.3). */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}

/** https always; http only between an issuer and an address that are both on this computer. */
export function isAllowedAddress(address: string, issuer: string): boolean {
  const url = parseAddress(address)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && isLoopbackHost(url.hostname) && isLoopbackIssuer(issuer)
}

export function isLoopbackIssuer(issuer: string): boolean {
  const url = parseAddress(issuer)
  return url !== null && url.protocol === 'http:' && isLoopbackHost(url.hostname)
}

/** Somebody pasted the address of the discovery document where the issuer belongs. */
export function isWellKnownAddress(issuer: string): boolean {
  return issuer.includes('/.well-known/')
}

/** OpenID Connect Discovery §4: the issuer without a slash at its end, then the well-known path. */
export function discoveryAddress(issuer: string): string {
  return isWellKnownAddress(issuer) ? issuer : issuer.replace(/\/$/, '') + wellKnown
}

/** What is wrong with a provider's settings before any network traffic: the names of the settings. */
export function configFaults(provider: OidcSettings): string[] {
  const faults = new Set(provider.missing)
  const issuer = parseAddress(provider.issuer)
  if (provider.issuer === '' || issuer === null || issuer.search !== '' || issuer.hash !== '')
    faults.add('OIDC_ISSUER')
  else if (!isAllowedAddress(provider.issuer, provider.issuer)) faults.add('OIDC_ISSUER')
  if (provider.clientId === '') faults.add('OIDC_CLIENT_ID')
  if (!provider.scopes.includes('openid')) faults.add('OIDC_SCOPES')
  return [...faults]
}

export function requireValidConfig(provider: OidcSettings): void {
  const settings = configFaults(provider)
  if (settings.length > 0)
    throw new AppError('OIDC_CONFIG_INVALID', { details: { provider: provider.slug, settings } })
}

/** The redirect URIs to register at the provider; without fixed ports one without a port, as RFC 8252 §7.3 has it. */
export function redirectUrisToRegister(provider: OidcSettings): string[] {
  const { host, ports, path } = provider.loopback
  return ports.length === 0 ? [`http://${host}${path}`] : ports.map((port) => `http://${host}:${port}${path}`)
}
