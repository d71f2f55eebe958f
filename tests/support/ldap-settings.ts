import type { LdapSettings, Logger } from '../../src-main/core/app/ports'

export const quietLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** Settings for the seeded directory over a plain loopback connection; `change` says what a test is about. */
export function ldapSettings(change: Partial<LdapSettings> & { port?: number }): LdapSettings {
  const { port = 389, ...rest } = change
  return {
    enabled: true,
    servers: [{ host: '127.0.0.1', port, encryption: 'none' }],
    tlsServerName: null,
    caFile: null,
    timeout: 5,
    bindDn: 'cn=reader,ou=services,dc=example,dc=test',
    bindPassword: 'reader-secret-4711',
    allowAnonymous: false,
    allowPlaintext: false,
    baseDn: 'dc=example,dc=test',
    userBase: 'ou=people,dc=example,dc=test',
    userObjectClass: 'inetOrgPerson',
    userFilter: null,
    loginAttribute: 'uid',
    emailAttribute: 'mail',
    firstNameAttribute: 'givenName',
    lastNameAttribute: 'sn',
    uuidAttribute: null,
    groupBase: 'ou=groups,dc=example,dc=test',
    groupObjectClass: 'groupOfNames',
    groupMemberAttribute: 'member',
    nestedGroups: true,
    requiredGroup: null,
    roleGroups: [],
    pageSize: 1000,
    emailTrusted: false,
    ...rest,
  }
}
