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

export const providerIds = [
  'entra',
  'okta',
  'keycloak',
  'authentik',
  'google',
  'auth0',
  'pocketid',
  'authelia',
  'generic',
] as const
export type ProviderId = (typeof providerIds)[number]

const names: Readonly<Record<ProviderId, string>> = {
  entra: 'Microsoft Entra ID',
  okta: 'Okta',
  keycloak: 'Keycloak',
  authentik: 'authentik',
  google: 'Google',
  auth0: 'Auth0',
  pocketid: 'Pocket ID',
  authelia: 'Authelia',
  generic: 'Another OpenID provider',
}

/**
 * The issuer as each product forms it, what stands in braces to be replaced; scopes and claims that differ from the
 * usual ones. Sources: the products' own documentation of their discovery documents, scopes and claims.
 */
const particulars: Readonly<Record<ProviderId, Values>> = {
  entra: { OIDC_ISSUER: 'https://login.microsoftonline.com/{tenant-id}/v2.0' },
  okta: {
    OIDC_ISSUER: 'https://{organisation}.okta.com',
    OIDC_SCOPES: 'openid profile email groups',
    OIDC_GROUPS_CLAIM: 'groups',
  },
  keycloak: { OIDC_ISSUER: 'https://{host}/realms/{realm}', OIDC_GROUPS_CLAIM: 'groups' },
  authentik: { OIDC_ISSUER: 'https://{host}/application/o/{application}/', OIDC_GROUPS_CLAIM: 'groups' },
  google: { OIDC_ISSUER: 'https://accounts.google.com', OIDC_USERNAME_CLAIM: 'email' },
  auth0: { OIDC_ISSUER: 'https://{tenant}.auth0.com/', OIDC_USERNAME_CLAIM: 'nickname' },
  pocketid: {
    OIDC_ISSUER: 'https://{host}',
    OIDC_SCOPES: 'openid profile email groups',
    OIDC_GROUPS_CLAIM: 'groups',
  },
  authelia: {
    OIDC_ISSUER: 'https://{host}',
    OIDC_SCOPES: 'openid profile email groups',
    OIDC_GROUPS_CLAIM: 'groups',
  },
  generic: {},
}

export const providerPresets: readonly Preset[] = providerIds.map((id) => ({
  id,
  name: names[id],
  values: {
    ...(id === 'generic' ? {} : { OIDC_PROVIDER_NAME: names[id] }),
    OIDC_SCOPES: 'openid profile email',
    OIDC_USERNAME_CLAIM: 'preferred_username',
    ...particulars[id],
  },
}))
