import type { DirectoryKind } from '../../../src-main/contract/ldap'

type Values = Readonly<Record<string, string | null>>

export interface Preset {
  readonly id: string
  readonly name: string
  readonly values: Values
}

function directory(values: Values): Values {
  return {
    LDAP_USER_DN: 'ou=people',
    LDAP_USER_OBJECT_CLASS: 'inetOrgPerson',
    LDAP_USER_LOGIN_ATTR: 'uid',
    LDAP_USER_EMAIL_ATTR: 'mail',
    LDAP_GROUP_DN: 'ou=groups',
    LDAP_GROUP_OBJECT_CLASS: 'groupOfNames',
    LDAP_GROUP_MEMBER_ATTR: 'member',
    ...values,
  }
}

/** How directories are set up when nobody has changed it; every value can be changed afterwards. */
export const directoryPresets: readonly (Preset & { readonly id: DirectoryKind })[] = [
  { id: 'openldap', name: 'OpenLDAP', values: directory({}) },
  {
    id: 'activeDirectory',
    name: 'Active Directory',
    values: directory({
      ...{ LDAP_USER_DN: '', LDAP_USER_OBJECT_CLASS: 'user', LDAP_USER_LOGIN_ATTR: 'sAMAccountName' },
      ...{ LDAP_GROUP_DN: '', LDAP_GROUP_OBJECT_CLASS: 'group' },
    }),
  },
  { id: '389ds', name: '389 Directory Server', values: directory({}) },
  {
    id: 'freeipa',
    name: 'FreeIPA',
    values: directory({ LDAP_USER_DN: 'cn=users,cn=accounts', LDAP_GROUP_DN: 'cn=groups,cn=accounts' }),
  },
  {
    id: 'lldap',
    name: 'lldap',
    values: directory({ LDAP_USER_OBJECT_CLASS: 'person', LDAP_GROUP_OBJECT_CLASS: 'groupOfUniqueNames' }),
  },
]

function provider(name: string, values: Values = {}): Values {
  return { OIDC_PROVIDER_NAME: name, OIDC_SCOPES: 'openid profile email', ...values }
}

export const providerPresets: readonly Preset[] = [
  {
    id: 'keycloak',
    name: 'Keycloak',
    values: provider('Keycloak', { OIDC_USERNAME_CLAIM: 'preferred_username' }),
  },
  { id: 'entra', name: 'Microsoft Entra ID', values: provider('Microsoft') },
  {
    id: 'google',
    name: 'Google',
    values: provider('Google', { OIDC_ISSUER: 'https://accounts.google.com', OIDC_USERNAME_CLAIM: 'email' }),
  },
  { id: 'authentik', name: 'authentik', values: provider('authentik') },
  {
    id: 'authelia',
    name: 'Authelia',
    values: provider('Authelia', { OIDC_SCOPES: 'openid profile email groups' }),
  },
]
