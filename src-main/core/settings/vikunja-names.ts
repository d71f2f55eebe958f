/** Vikunja's keys and the settings that they are. */
export const vikunjaNames: Readonly<Record<string, string>> = {
  'auth.local.enabled': 'PASSWORD_AUTH_ENABLED',
  'auth.openid.enabled': 'OIDC_ENABLED',
  'auth.ldap.enabled': 'LDAP_ENABLED',
  'auth.ldap.host': 'LDAP_HOST',
  'auth.ldap.port': 'LDAP_PORT',
  'auth.ldap.usetls': 'LDAP_USE_SSL',
  'auth.ldap.basedn': 'LDAP_BASE_DN',
  'auth.ldap.binddn': 'LDAP_BIND_DN',
  'auth.ldap.bindpassword': 'LDAP_BIND_PASSWORD',
  'auth.ldap.userfilter': 'LDAP_USER_FILTER',
  'auth.ldap.attribute.username': 'LDAP_USER_LOGIN_ATTR',
  'auth.ldap.attribute.email': 'LDAP_USER_EMAIL_ATTR',
  'auth.ldap.attribute.memberid': 'LDAP_GROUP_MEMBER_ATTR',
  'service.enableregistration': 'ALLOW_SELF_REGISTER',
}

/** A provider's keys and the fields of `OIDC_PROVIDER_<n>_…` that they are. */
export const vikunjaProviderNames: Readonly<Record<string, string>> = {
  name: 'NAME',
  authurl: 'ISSUER',
  clientid: 'CLIENT_ID',
  clientsecret: 'CLIENT_SECRET',
  scope: 'SCOPE',
}

/** What Vikunja does where its file says nothing, and this desk would do otherwise. */
export const vikunjaLdapDefaults: Readonly<Record<string, string>> = {
  LDAP_HOST: 'localhost',
  LDAP_PORT: '389',
  LDAP_USE_SSL: 'true',
  LDAP_USER_DN: '',
  LDAP_GROUP_DN: '',
  LDAP_USER_OBJECT_CLASS: 'top',
  PASSWORD_AUTH_ENABLED: 'true',
}
