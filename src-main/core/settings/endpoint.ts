import { parseNumbered, type SettingName } from './settings-schema'

const ofLdap: readonly SettingName[] = [
  'LDAP_HOST',
  'LDAP_PORT',
  'LDAP_USE_SSL',
  'LDAP_USE_TLS',
  'LDAP_ALLOW_PLAINTEXT',
  'LDAP_TLS_CA_CERT_FILE',
  'LDAP_TLS_SERVER_NAME',
  'LDAP_BIND_DN',
]

/** The settings that decide to whom a secret is sent, and how safely it travels there. */
export function endpointOf(secret: string): readonly string[] {
  if (secret === 'LDAP_BIND_PASSWORD') return ofLdap
  if (secret === 'AUTHDESK_APP_DB_PASSWORD') return ['AUTHDESK_APP_DB']
  const numbered = parseNumbered(secret)
  const prefix = numbered === null ? 'OIDC_' : `OIDC_PROVIDER_${numbered.n}_`
  return [...new Set([`${prefix}ISSUER`, `${prefix}CLIENT_ID`, `${prefix}CA_BUNDLE`, 'OIDC_CA_BUNDLE'])]
}

/** A stored secret goes only where it was saved for. */
export function mustRetype(secret: string, changed: ReadonlySet<string>): boolean {
  return endpointOf(secret).some((name) => changed.has(name))
}
