import type { OidcSettings } from '../app/ports'
import type { Report } from './findings'
import { isLoopback } from './loopback'
import type { SettingValues } from './settings-schema'

type Loopback = OidcSettings['loopback']

/** A redirect URI as it was found: which setting says it, and what it is. */
export interface Redirect {
  readonly name: string
  readonly uri: string
}

/** The provider's own redirect URI, or the one that follows from the application's address. */
export function redirectOf(values: SettingValues, slug: string): Redirect | null {
  if (values.OIDC_REDIRECT_URI !== null) return { name: 'OIDC_REDIRECT_URI', uri: values.OIDC_REDIRECT_URI }
  if (values.BASE_URL === null) return null
  return { name: 'BASE_URL', uri: `${values.BASE_URL.replace(/\/+$/, '')}/api/oidc/callback/${slug}` }
}

function isOurs(url: URL): boolean {
  return url.protocol === 'http:' && isLoopback(url.hostname)
}

/** Any 127.x address but the usual one is listened on as 127.0.0.1 would be: only three hosts are offered. */
function hostOf(url: URL): Loopback['host'] {
  const name = url.hostname.toLowerCase()
  return name === 'localhost' || name === '[::1]' ? name : '127.0.0.1'
}

/** An http address of this computer is listened on; any other is the application's, which the browser then shows. */
export function postLogoutOf(values: SettingValues): OidcSettings['postLogout'] {
  const uri = values.OIDC_POST_LOGOUT_REDIRECT_URI
  if (uri === null) return null
  const url = new URL(uri)
  if (!isOurs(url)) return { uri, loopback: null }
  const ports = url.port === '' ? values.OIDC_LOOPBACK_PORTS : [Number(url.port)]
  return { uri, loopback: { host: hostOf(url), ports, path: url.pathname } }
}

function lintWeb({ name, uri }: Redirect, report: Report): void {
  const url = new URL(uri)
  if (url.protocol === 'http:')
    report({ code: 'CONFIG_INSECURE', severity: 'warning', setting: name, text: 'redirectHttp' })
  if (url.pathname !== '/' && url.pathname.endsWith('/')) {
    report({ code: 'CONFIG_INVALID', severity: 'info', setting: name, text: 'redirectSlash' })
  }
}

/** People open the application at one place, and the provider sends them to another. */
function lintPlace({ name, uri }: Redirect, values: SettingValues, report: Report): void {
  if (values.BASE_URL === null || name === 'BASE_URL') return
  const [to, from] = [new URL(uri), new URL(values.BASE_URL)]
  if (to.origin === from.origin) return
  const isAway = isLoopback(to.hostname) && !isLoopback(from.hostname)
  const text = isAway ? 'redirectLoopback' : 'redirectPlace'
  const found = { uri: to.origin, baseUrl: from.origin }
  report({ code: 'CONFIG_CONTRADICTION', severity: 'warning', setting: name, text, with: found })
}

/** Where Authdesk listens: as a loopback redirect URI says, else as the `OIDC_LOOPBACK_…` settings say. */
export function loopbackOf(redirect: Redirect | null, values: SettingValues, report: Report): Loopback {
  const own: Loopback = {
    host: values.OIDC_LOOPBACK_HOST,
    ports: values.OIDC_LOOPBACK_PORTS,
    path: '/callback',
  }
  if (redirect === null) return own
  lintPlace(redirect, values, report)
  const url = new URL(redirect.uri)
  if (!isOurs(url)) {
    lintWeb(redirect, report)
    return own
  }
  const port = url.port === '' ? null : Number(url.port)
  if (port !== null && own.ports.length > 0 && !own.ports.includes(port)) {
    report({
      code: 'CONFIG_CONTRADICTION',
      severity: 'warning',
      setting: 'OIDC_LOOPBACK_PORTS',
      text: 'redirectPorts',
      with: { name: redirect.name },
    })
  }
  return { host: hostOf(url), ports: port === null ? own.ports : [port], path: url.pathname }
}
