import type { ApplicationKind } from '../../contract/profiles'

/** A provider's part of the settings, by the fields of `OIDC_PROVIDER_<n>_…`. */
export type ProviderField =
  | 'NAME'
  | 'SLUG'
  | 'ISSUER'
  | 'CLIENT_ID'
  | 'CLIENT_SECRET'
  | 'SCOPE'
  | 'AUTO_PROVISION'
  | 'ADMIN_EMAIL_DOMAINS'
  | 'ADMIN_GROUP'
  | 'ADMIN_EMAILS'
  | 'ROLE_GROUP_MAP'
  | 'REDIRECT_URI'

/** How an application calls what this desk has. What is not named here, it does not have. */
export interface ApplicationNames {
  /** How the mode is said: by AUTH_METHOD, or by a switch for each way. */
  readonly mode: Readonly<Partial<Record<'method' | 'oidc' | 'ldap' | 'passwords', string>>>
  readonly shared: Readonly<Record<string, string>>
  readonly provider: Readonly<Partial<Record<ProviderField, string>>>
  /** The name of provider n's field; null: only one provider is possible. */
  readonly numbered: ((n: number, field: string) => string) | null
}

const same = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]))

const timetracker: ApplicationNames = {
  mode: { method: 'AUTH_METHOD' },
  shared: same([
    ...['ALLOW_SELF_REGISTER', 'ADMIN_USERNAMES', 'LDAP_HOST', 'LDAP_PORT', 'LDAP_USE_SSL', 'LDAP_USE_TLS'],
    ...['LDAP_BIND_DN', 'LDAP_BIND_PASSWORD', 'LDAP_BASE_DN', 'LDAP_USER_DN', 'LDAP_USER_OBJECT_CLASS'],
    ...['LDAP_USER_LOGIN_ATTR', 'LDAP_USER_EMAIL_ATTR', 'LDAP_USER_FNAME_ATTR', 'LDAP_USER_LNAME_ATTR'],
    ...[
      'LDAP_GROUP_DN',
      'LDAP_GROUP_OBJECT_CLASS',
      'LDAP_ADMIN_GROUP',
      'LDAP_REQUIRED_GROUP',
      'LDAP_TIMEOUT',
    ],
    ...['LDAP_TLS_CA_CERT_FILE', 'OIDC_USERNAME_CLAIM', 'OIDC_FULL_NAME_CLAIM', 'OIDC_EMAIL_CLAIM'],
    ...['OIDC_GROUPS_CLAIM', 'OIDC_ROLE_SYNC_MODE', 'OIDC_POST_LOGOUT_REDIRECT_URI', 'OIDC_IP_CACHE_TTL'],
    ...['OIDC_DNS_RESOLUTION_STRATEGY', 'OIDC_METADATA_FETCH_TIMEOUT', 'OIDC_METADATA_RETRY_ATTEMPTS'],
    ...['OIDC_METADATA_RETRY_DELAY', 'OIDC_METADATA_REFRESH_INTERVAL'],
  ]),
  provider: {
    ISSUER: 'OIDC_ISSUER',
    CLIENT_ID: 'OIDC_CLIENT_ID',
    CLIENT_SECRET: 'OIDC_CLIENT_SECRET',
    SCOPE: 'OIDC_SCOPES',
    ADMIN_GROUP: 'OIDC_ADMIN_GROUP',
    ADMIN_EMAILS: 'OIDC_ADMIN_EMAILS',
    ROLE_GROUP_MAP: 'OIDC_ROLE_GROUP_MAP',
    REDIRECT_URI: 'OIDC_REDIRECT_URI',
  },
  numbered: null,
}

const tududi: ApplicationNames = {
  mode: { oidc: 'OIDC_ENABLED', passwords: 'PASSWORD_AUTH_ENABLED' },
  shared: same(['BASE_URL']),
  provider: {
    NAME: 'OIDC_PROVIDER_NAME',
    SLUG: 'OIDC_PROVIDER_SLUG',
    ISSUER: 'OIDC_ISSUER_URL',
    CLIENT_ID: 'OIDC_CLIENT_ID',
    CLIENT_SECRET: 'OIDC_CLIENT_SECRET',
    SCOPE: 'OIDC_SCOPE',
    AUTO_PROVISION: 'OIDC_AUTO_PROVISION',
    ADMIN_EMAIL_DOMAINS: 'OIDC_ADMIN_EMAIL_DOMAINS',
  },
  numbered: (n, field) => `OIDC_PROVIDER_${n}_${field}`,
}

const pulse: ApplicationNames = {
  mode: { oidc: 'OIDC_ENABLED' },
  shared: {
    ...same(['OIDC_USERNAME_CLAIM', 'OIDC_EMAIL_CLAIM', 'OIDC_GROUPS_CLAIM', 'OIDC_CA_BUNDLE']),
    ...same(['OIDC_ALLOWED_GROUPS', 'OIDC_ALLOWED_DOMAINS', 'OIDC_ALLOWED_EMAILS']),
    AUTH_HIDE_LOCAL_LOGIN: 'PULSE_AUTH_HIDE_LOCAL_LOGIN',
  },
  provider: {
    ISSUER: 'OIDC_ISSUER_URL',
    CLIENT_ID: 'OIDC_CLIENT_ID',
    CLIENT_SECRET: 'OIDC_CLIENT_SECRET',
    SCOPE: 'OIDC_SCOPES',
    REDIRECT_URI: 'OIDC_REDIRECT_URL',
    ROLE_GROUP_MAP: 'OIDC_GROUP_ROLE_MAPPINGS',
  },
  numbered: null,
}

/** As paths of its `config.yml`. */
const vikunja: ApplicationNames = {
  mode: { oidc: 'auth.openid.enabled', ldap: 'auth.ldap.enabled', passwords: 'auth.local.enabled' },
  shared: {
    ALLOW_SELF_REGISTER: 'service.enableregistration',
    LDAP_HOST: 'auth.ldap.host',
    LDAP_PORT: 'auth.ldap.port',
    LDAP_USE_SSL: 'auth.ldap.usetls',
    LDAP_BASE_DN: 'auth.ldap.basedn',
    LDAP_BIND_DN: 'auth.ldap.binddn',
    LDAP_BIND_PASSWORD: 'auth.ldap.bindpassword',
    LDAP_USER_FILTER: 'auth.ldap.userfilter',
    LDAP_USER_LOGIN_ATTR: 'auth.ldap.attribute.username',
    LDAP_USER_EMAIL_ATTR: 'auth.ldap.attribute.email',
    LDAP_GROUP_MEMBER_ATTR: 'auth.ldap.attribute.memberid',
  },
  provider: {
    NAME: 'name',
    ISSUER: 'authurl',
    CLIENT_ID: 'clientid',
    CLIENT_SECRET: 'clientsecret',
    SCOPE: 'scope',
  },
  numbered: null,
}

export const applicationNames: Readonly<Record<Exclude<ApplicationKind, 'authdesk'>, ApplicationNames>> = {
  timetracker,
  tududi,
  pulse,
  vikunja,
}
