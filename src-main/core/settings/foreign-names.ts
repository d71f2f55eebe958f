/** Names of the source systems that do nothing on a desk, with the reason. */
export const foreignNames: Readonly<Record<string, string>> = {
  SESSION_COOKIE_SECURE: 'a desk has no cookies',
  SESSION_COOKIE_SAMESITE: 'a desk has no cookies',
  SESSION_COOKIE_HTTPONLY: 'a desk has no cookies',
  SESSION_COOKIE_NAME: 'a desk has no cookies',
  REMEMBER_COOKIE_SECURE: 'a desk has no cookies',
  PERMANENT_SESSION_LIFETIME: 'the console’s own sessions are limited by SESSION_MAX_HOURS',
  SECRET_KEY: 'it signs the application’s web sessions',
  SESSION_SECRET: 'it signs the application’s web sessions',
  SETTINGS_ENCRYPTION_KEY: 'secrets live in the desk’s own secret store',
  SETTINGS_ENCRYPTION_KEY_FILE: 'secrets live in the desk’s own secret store',
  PASSWORD_RESET_TOKEN_MAX_AGE_SECONDS: 'a reset is done by the helpdesk, not by an e-mailed link',
  REQUIRE_2FA_FOR_ADMINS: 'there is no second factor for local accounts',
  DEMO_MODE: 'the desk’s demo is started with --demo',
  DEMO_USERNAME: 'the desk’s demo is started with --demo',
  DEMO_PASSWORD: 'the desk’s demo is started with --demo',
  OIDC_USE_IP_DIRECTLY: 'the name is always the issuer’s, since TLS checks it',
  OIDC_USE_DOCKER_INTERNAL: 'a desk does not run inside the application’s container',
  OIDC_NEVER_REVOKE_USER_IDS: 'grants made by hand are never touched anyway; the ids are the application’s',
  OIDC_LOGOUT_URL: 'signing out of the console is local',
  PUBLIC_URL: 'a desk is not reached by an address',
  TRUST_PROXY: 'a desk is not behind a proxy',
  FRONTEND_URL: 'a desk is not reached by an address',
  LOG_LEVEL: 'it is read from the environment only',
  AUTHDESK_HOME: 'it is read from the environment only',
  AUTHDESK_DB: 'it is read from the environment only',
}

/** Foreign secrets are never shown, not even in a finding. */
export const isForeign = (name: string) => Object.hasOwn(foreignNames, name)
