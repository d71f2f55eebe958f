/** Names of the source systems that do nothing on a desk, with the reason. */
export const foreignNames: Readonly<Record<string, string>> = {
  PERMANENT_SESSION_LIFETIME: 'the console’s own sessions are limited by SESSION_MAX_HOURS',
  SECRET_KEY: 'it signs the application’s web sessions',
  SESSION_SECRET: 'it signs the application’s web sessions',
  TUDUDI_SESSION_SECRET: 'it signs the application’s web sessions',
  SETTINGS_ENCRYPTION_KEY: 'secrets live in the desk’s own secret store',
  SETTINGS_ENCRYPTION_KEY_FILE: 'secrets live in the desk’s own secret store',
  TUDUDI_OIDC_SECRET_ENCRYPTION_KEY: 'secrets live in the desk’s own secret store',
  PASSWORD_RESET_TOKEN_MAX_AGE_SECONDS: 'a reset is done by the helpdesk, not by an e-mailed link',
  REQUIRE_2FA_FOR_ADMINS: 'there is no second factor for local accounts',
  DEMO_MODE: 'the desk’s demo is started with --demo',
  DEMO_USERNAME: 'the desk’s demo is started with --demo',
  DEMO_PASSWORD: 'the desk’s demo is started with --demo',
  OIDC_USE_IP_DIRECTLY: 'the name is always the issuer’s, since TLS checks it',
  OIDC_USE_DOCKER_INTERNAL: 'a desk does not run inside the application’s container',
  OIDC_NEVER_REVOKE_USER_IDS: 'grants made by hand are never touched anyway; the ids are the application’s',
  OIDC_TRUST_UNVERIFIED_EMAIL: 'an e-mail address that is not verified never links anybody',
  OIDC_ACCESS_TOKEN_AUDIENCE: 'the desk takes no bearer tokens',
  OIDC_LOGOUT_URL: 'signing out of the console is local',
  PULSE_AUTH_USER: 'the desk’s accounts are its own',
  PULSE_AUTH_PASS: 'the desk’s accounts are its own',
  TUDUDI_USER_EMAIL: 'the desk’s accounts are its own',
  TUDUDI_USER_PASSWORD: 'the desk’s accounts are its own',
  PUBLIC_URL: 'a desk is not reached by an address',
  TRUST_PROXY: 'a desk is not behind a proxy',
  TUDUDI_TRUST_PROXY: 'a desk is not behind a proxy',
  FRONTEND_URL: 'a desk is not reached by an address',
  BACKEND_URL: 'a desk is not reached by an address',
  LOG_LEVEL: 'it is read from the environment only',
  AUTHDESK_HOME: 'it is read from the environment only',
  AUTHDESK_DB: 'it is read from the environment only',
}

const elsewhere = 'it is the application’s own and has nothing to do with signing in'

/** Families of such names, by how they begin: of the `.env` files, then of Vikunja's sections. */
export const foreignFamilies: readonly (readonly [begins: readonly string[], why: string])[] = [
  [['SESSION_COOKIE_', 'REMEMBER_COOKIE_', 'COOKIE_SECURE'], 'a desk has no cookies'],
  [['CSRF_', 'WTF_CSRF_'], 'a desk has no forms that another site could send'],
  [['PROXY_AUTH_'], 'a desk is not behind a proxy'],
  [['RATE_LIMIT_', 'RATE_LIMITING_'], 'the console has limits of its own'],
  [['VIKUNJA_'], 'Vikunja’s settings are read from its config.yml'],
  [['DATABASE_', 'POSTGRES_', 'DB_'], 'accounts are those of the desk’s own database'],
  [['MAIL_', 'EMAIL_', 'SMTP_', 'ENABLE_EMAIL'], 'a desk sends no mail'],
  [
    ['FLASK_', 'BACKUP_', 'STRIPE_', 'BILLING_', 'SAAS_', 'TENAN', 'PEPPOL_', 'SENTRY_', 'POSTHOG_'],
    elsewhere,
  ],
  [['TUDUDI_', 'CALDAV_', 'LLM_', 'GOOGLE_', 'MARKETPLACE_', 'PULSE_', 'PROXMOX_'], elsewhere],
]

/** Keys of Vikunja's `config.yml` without effect; a provider's key stands in every provider. */
export const foreignVikunjaKeys: Readonly<Record<string, string>> = {
  'auth.ldap.verifytls': 'certificates are always verified; trust a private one with LDAP_TLS_CA_CERT_FILE',
  'auth.ldap.groupsyncenabled': 'groups give roles here, as LDAP_ADMIN_GROUP and its like say',
  'auth.ldap.groupsyncfilter': 'groups give roles here, as LDAP_ADMIN_GROUP and its like say',
  'auth.ldap.groupsyncuseserviceaccount': 'groups are always read with the service account',
  'auth.ldap.avatarsyncattribute': 'the console shows no pictures',
  'auth.ldap.attribute.displayname': 'a full name is made of the first and the last name',
  'auth.openid.providers.<key>.logouturl': 'signing out of the console is local',
  'auth.openid.providers.<key>.emailfallback': 'only a verified e-mail address links anybody',
  'auth.openid.providers.<key>.usernamefallback': 'a user name is never an identity',
  'auth.openid.providers.<key>.forceuserinfo': 'userinfo only fills what the ID token lacks',
  'auth.openid.providers.<key>.requireavailability': 'the console starts without its providers',
  'auth.openid.redirecturl': 'no provider is described that it could belong to',
  'service.publicurl': 'a desk is not reached by an address',
  'service.jwtsecret': 'it signs the application’s web sessions',
  'service.secret': 'it signs the application’s web sessions',
  'service.jwtttl': 'the console’s own sessions are limited by SESSION_MAX_HOURS',
  'service.jwtttllong': 'the console’s own sessions are limited by SESSION_MAX_HOURS',
  'service.enabletotp': 'there is no second factor for local accounts',
}

/** Whole sections of it; what begins with `auth.` is always judged by name. */
export const foreignVikunjaSections = [
  ...['service', 'database', 'mailer', 'log', 'redis', 'cors', 'ratelimit', 'files', 'migration', 'avatar'],
  ...['backgrounds', 'legal', 'keyvalue', 'metrics', 'defaultsettings', 'webhooks', 'autotls', 'sentry'],
  ...['typesense', 'plugins', 'outgoingrequests', 'license', 'audit'],
]

const inProvider = /^auth\.openid\.providers\.[^.]+\./

function vikunjaReason(path: string): string | null {
  const key = path.replace(inProvider, 'auth.openid.providers.<key>.')
  if (Object.hasOwn(foreignVikunjaKeys, key)) return foreignVikunjaKeys[key] ?? null
  return foreignVikunjaSections.some((section) => path.startsWith(`${section}.`)) ? elsewhere : null
}

/** Why a name does nothing here; null where it is not one of the applications'. Its value is shown nowhere. */
export function foreignReason(name: string): string | null {
  if (name.includes('.')) return vikunjaReason(name)
  if (Object.hasOwn(foreignNames, name)) return foreignNames[name] ?? null
  return foreignFamilies.find(([begins]) => begins.some((each) => name.startsWith(each)))?.[1] ?? null
}
