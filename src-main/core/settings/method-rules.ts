import type { AuthMethod } from '../../contract/app'
import type { Report } from './findings'

export const usesLdap = (method: AuthMethod) => method === 'ldap' || method === 'all'
export const usesOidc = (method: AuthMethod) => method === 'oidc' || method === 'both' || method === 'all'
const usesPasswords = (method: AuthMethod) => method === 'local' || method === 'both' || method === 'all'

/** What the settings say about the mode; null is "not said". */
export interface MethodHints {
  readonly method: AuthMethod | null
  readonly oidc: boolean | null
  readonly ldap: boolean | null
  readonly passwords: boolean | null
  readonly production: boolean
  readonly describesOidc: boolean
  readonly describesLdap: boolean
}

export interface MethodDecision {
  readonly method: AuthMethod
  readonly oidcEnabled: boolean
}

function contradiction(report: Report, severity: 'error' | 'warning') {
  return (setting: string, text: Parameters<Report>[0]['text'], values: Record<string, string> = {}) =>
    report({ code: 'CONFIG_CONTRADICTION', severity, setting, text, with: values })
}

/** `AUTH_METHOD` counts; the others are only compared with it. */
function checkStated(method: AuthMethod, hints: MethodHints, report: Report): void {
  const warn = contradiction(report, 'warning')
  if (hints.oidc === false && usesOidc(method)) {
    contradiction(report, method === 'oidc' ? 'error' : 'warning')('OIDC_ENABLED', 'methodOidcOff', {
      method,
    })
  }
  if (hints.oidc === true && !usesOidc(method)) warn('OIDC_ENABLED', 'methodOidcOn', { method })
  if (hints.ldap !== null && hints.ldap !== usesLdap(method)) {
    warn('LDAP_ENABLED', 'methodLdap', { method, ldap: String(hints.ldap) })
  }
  if (hints.passwords === false && usesPasswords(method)) {
    contradiction(report, 'error')('PASSWORD_AUTH_ENABLED', 'methodPasswords', { method })
  }
}

/** OIDC and passwords: both. OIDC alone: oidc. Neither OIDC nor LDAP: local. LDAP makes it ldap or all. */
function derive(hints: MethodHints, report: Report): AuthMethod {
  const warn = contradiction(report, 'warning')
  const oidc = hints.oidc === true
  if (hints.ldap === true) {
    if (oidc && hints.passwords === false) warn('PASSWORD_AUTH_ENABLED', 'passwordsStay')
    return oidc || hints.passwords === true ? 'all' : 'ldap'
  }
  if (oidc) return hints.passwords === false ? 'oidc' : 'both'
  if (hints.passwords === false) warn('PASSWORD_AUTH_ENABLED', 'nothingLeft')
  return 'local'
}

function checkUnused(method: AuthMethod, hints: MethodHints, report: Report): void {
  const unused = (text: 'unusedOidc' | 'unusedLdap') =>
    report({ code: 'CONFIG_CONTRADICTION', severity: 'warning', setting: 'AUTH_METHOD', text })
  if (hints.describesOidc && hints.oidc === null && !usesOidc(method)) unused('unusedOidc')
  if (hints.describesLdap && hints.ldap === null && !usesLdap(method)) unused('unusedLdap')
}

/** The mode and whether OpenID is on: as stated, or as it follows from what the other systems' files say. */
export function decideMethod(hints: MethodHints, report: Report): MethodDecision {
  const method = hints.method ?? derive(hints, report)
  if (hints.method === null) checkUnused(method, hints, report)
  else checkStated(method, hints, report)
  if (method === 'none') {
    const text = hints.production ? 'noneProduction' : 'none'
    const severity = hints.production ? 'error' : 'warning'
    report({ code: 'CONFIG_INSECURE', severity, setting: 'AUTH_METHOD', text })
  }
  const stated = hints.method === null ? hints.oidc === true : hints.oidc !== false
  return { method, oidcEnabled: usesOidc(method) && stated }
}
