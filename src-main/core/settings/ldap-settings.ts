import type { AuthMethod } from '../../contract/app'
import type { LdapSettings } from '../app/ports'
import { isWithin } from '../ldap/dn'
import type { Report } from './findings'
import { checkPlaintext, ldapServers } from './ldap-servers'
import { usesLdap } from './method-rules'
import type { SettingValues } from './settings-schema'

const orNull = (text: string | null) => (text === null || text === '' ? null : text)

/** `ou=people` under `dc=example,dc=org`; a name that already lies in the base stays as it is. */
function under(base: string, relative: string): string {
  if (relative === '') return base
  return base === '' || isWithin(relative, base) ? relative : `${relative},${base}`
}

const required = ['LDAP_HOST', 'LDAP_BASE_DN', 'LDAP_BIND_DN', 'LDAP_BIND_PASSWORD'] as const
const ofServiceAccount: ReadonlySet<string> = new Set(['LDAP_BIND_DN', 'LDAP_BIND_PASSWORD'])

function checkRequired(
  values: SettingValues,
  stated: { method: AuthMethod; invalid: ReadonlySet<string> },
  report: Report,
) {
  for (const name of required) {
    const optional = values.LDAP_ALLOW_ANONYMOUS && ofServiceAccount.has(name)
    if (values[name] !== null || optional || stated.invalid.has(name)) continue
    report({
      code: 'CONFIG_MISSING',
      severity: 'error',
      setting: name,
      text: 'missing',
      with: { method: stated.method },
    })
  }
}

function roleGroups(values: SettingValues): LdapSettings['roleGroups'] {
  const groups = [
    { role: 'admin', group: values.LDAP_ADMIN_GROUP },
    { role: 'helpdesk', group: values.LDAP_HELPDESK_GROUP },
    { role: 'auditor', group: values.LDAP_AUDITOR_GROUP },
  ] as const
  return groups.flatMap(({ role, group }) => (group === null ? [] : [{ role, group }]))
}

export interface LdapContext {
  readonly method: AuthMethod
  /** Settings that were given but refused; they are not missing too. */
  readonly invalid: ReadonlySet<string>
  readonly pathOf: (name: string, path: string | null) => string | null
}

function people(values: SettingValues, baseDn: string) {
  return {
    userBase: under(baseDn, values.LDAP_USER_DN),
    userObjectClass: values.LDAP_USER_OBJECT_CLASS,
    userFilter: orNull(values.LDAP_USER_FILTER),
    loginAttribute: values.LDAP_USER_LOGIN_ATTR,
    emailAttribute: values.LDAP_USER_EMAIL_ATTR,
    firstNameAttribute: values.LDAP_USER_FNAME_ATTR,
    lastNameAttribute: values.LDAP_USER_LNAME_ATTR,
    uuidAttribute: orNull(values.LDAP_UUID_ATTR),
    emailTrusted: values.LDAP_EMAIL_TRUSTED,
  }
}

function groups(values: SettingValues, baseDn: string) {
  return {
    groupBase: under(baseDn, values.LDAP_GROUP_DN),
    groupObjectClass: values.LDAP_GROUP_OBJECT_CLASS,
    groupMemberAttribute: values.LDAP_GROUP_MEMBER_ATTR,
    nestedGroups: values.LDAP_NESTED_GROUPS,
    requiredGroup: orNull(values.LDAP_REQUIRED_GROUP),
    roleGroups: roleGroups(values),
  }
}

/** The directory's settings. They are read whatever the mode, so that they can be tested before it changes. */
export function ldapSettings(values: SettingValues, context: LdapContext, report: Report): LdapSettings {
  const enabled = usesLdap(context.method)
  const baseDn = values.LDAP_BASE_DN ?? ''
  const hosts = { hosts: values.LDAP_HOST ?? [], port: values.LDAP_PORT, ssl: values.LDAP_USE_SSL }
  const servers = ldapServers({ ...hosts, startTls: values.LDAP_USE_TLS }, report)
  if (enabled) {
    checkRequired(values, context, report)
    checkPlaintext(servers, values.LDAP_ALLOW_PLAINTEXT, report)
    if (values.LDAP_ALLOW_ANONYMOUS) {
      report({
        code: 'CONFIG_INSECURE',
        severity: 'info',
        setting: 'LDAP_ALLOW_ANONYMOUS',
        text: 'anonymous',
      })
    }
  }
  return {
    enabled,
    servers,
    tlsServerName: orNull(values.LDAP_TLS_SERVER_NAME),
    caFile: context.pathOf('LDAP_TLS_CA_CERT_FILE', orNull(values.LDAP_TLS_CA_CERT_FILE)),
    timeout: values.LDAP_TIMEOUT,
    bindDn: orNull(values.LDAP_BIND_DN),
    bindPassword: orNull(values.LDAP_BIND_PASSWORD),
    allowAnonymous: values.LDAP_ALLOW_ANONYMOUS,
    allowPlaintext: values.LDAP_ALLOW_PLAINTEXT,
    baseDn,
    ...people(values, baseDn),
    ...groups(values, baseDn),
    pageSize: values.LDAP_PAGE_SIZE,
  }
}
