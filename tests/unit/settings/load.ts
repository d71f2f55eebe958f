import type { Settings } from '../../../src-main/core/app/ports'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { parseEnvFile } from '../../../src-main/core/settings/env-file'
import type { SettingsSources } from '../../../src-main/core/settings/sources'

/** Settings from the text of a profile file, and what else a test wants to differ. */
export function load(text: string, other: Partial<SettingsSources> = {}): Settings {
  const { values, found } = parseEnvFile(text)
  return loadSettings({
    profile: { name: 'default', file: '/home/desk/profiles/default.env' },
    file: values,
    environment: {},
    secrets: {},
    found,
    ...other,
  })
}

/** `CODE severity SETTING` of each finding, in their order. */
export function findings(settings: Settings): string[] {
  return settings.findings.map(({ code, severity, setting }) => `${code} ${severity} ${setting ?? '-'}`)
}

export const ldap = `
AUTH_METHOD=ldap
LDAP_HOST=ldap.example.org
LDAP_USE_SSL=true
LDAP_BASE_DN=dc=example,dc=org
LDAP_BIND_DN=cn=reader,dc=example,dc=org
`
export const oidc = `
AUTH_METHOD=oidc
OIDC_ISSUER=https://id.example.org
OIDC_CLIENT_ID=desk
`
export const bindPassword = { secrets: { LDAP_BIND_PASSWORD: 'from the store' } }
