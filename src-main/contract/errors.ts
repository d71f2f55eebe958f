import { z } from 'zod'
import type { MessageKey } from './texts/en/messages'

/** LDAP codes: what a directory, its transport or its answer about a person can say. */
export const ldapCodes = [
  'LDAP_CONFIG_INVALID',
  'LDAP_DN_SYNTAX',
  'LDAP_FILTER_SYNTAX',
  'LDAP_DNS_NOT_FOUND',
  'LDAP_CONNECT_REFUSED',
  'LDAP_CONNECT_TIMEOUT',
  'LDAP_UNREACHABLE',
  'LDAP_TLS_ON_PLAIN_PORT',
  'LDAP_PLAIN_ON_TLS_PORT',
  'LDAP_STARTTLS_REFUSED',
  'LDAP_TLS_SELF_SIGNED',
  'LDAP_TLS_UNTRUSTED_CA',
  'LDAP_TLS_MISSING_INTERMEDIATE',
  'LDAP_TLS_EXPIRED',
  'LDAP_TLS_NOT_YET_VALID',
  'LDAP_TLS_HOSTNAME',
  'LDAP_TLS_VERSION',
  'LDAP_TLS_WEAK',
  'LDAP_TLS_CLIENT_CERTIFICATE',
  'LDAP_CA_FILE',
  'LDAP_NOT_LDAP',
  'LDAP_PLAINTEXT_FORBIDDEN',
  'LDAP_BIND_CREDENTIALS',
  'LDAP_BIND_DN_SYNTAX',
  'LDAP_BIND_TLS_REQUIRED',
  'LDAP_BIND_CHANNEL_BINDING',
  'LDAP_ANONYMOUS_FORBIDDEN',
  'LDAP_EMPTY_PASSWORD_ACCEPTED',
  'LDAP_BASE_NOT_FOUND',
  'LDAP_BASE_NOT_READABLE',
  'LDAP_NO_USERS',
  'LDAP_SIZE_LIMIT',
  'LDAP_TIME_LIMIT',
  'LDAP_ADMIN_LIMIT',
  'LDAP_BUSY',
  'LDAP_SERVER_ERROR',
  'LDAP_PAGING_UNSUPPORTED',
  'LDAP_REFERRAL',
  'LDAP_GROUP_NOT_FOUND',
  'LDAP_GROUP_AMBIGUOUS',
  'LDAP_GROUP_INCOMPLETE',
  'LDAP_USER_NOT_FOUND',
  'LDAP_USER_AMBIGUOUS',
  'LDAP_USER_NOT_IN_REQUIRED_GROUP',
  'LDAP_USER_PASSWORD',
  'LDAP_USER_DISABLED',
  'LDAP_USER_LOCKED',
  'LDAP_USER_EXPIRED',
  'LDAP_USER_PASSWORD_EXPIRED',
  'LDAP_USER_MUST_CHANGE_PASSWORD',
  'LDAP_USER_LOGON_HOURS',
  'LDAP_USER_WORKSTATION',
  'LDAP_USER_NO_EMAIL',
  'LDAP_IDENTITY_NOT_LINKED',
  'LDAP_UNAVAILABLE',
  'LDAP_DROPPED',
  'LDAP_PROTOCOL',
] as const

/** OpenID Connect codes: discovery, keys, the loopback redirect, tokens and claims. */
export const oidcCodes = [
  'OIDC_CONFIG_INVALID',
  'OIDC_DNS_NOT_FOUND',
  'OIDC_CONNECT_REFUSED',
  'OIDC_UNREACHABLE',
  'OIDC_TIMEOUT',
  'OIDC_PROXY',
  'OIDC_TLS_SELF_SIGNED',
  'OIDC_TLS_UNTRUSTED_CA',
  'OIDC_TLS_MISSING_INTERMEDIATE',
  'OIDC_TLS_EXPIRED',
  'OIDC_TLS_NOT_YET_VALID',
  'OIDC_TLS_HOSTNAME',
  'OIDC_TLS_VERSION',
  'OIDC_TLS_WEAK',
  'OIDC_CA_FILE',
  'OIDC_HTTP_STATUS',
  'OIDC_DISCOVERY_NOT_FOUND',
  'OIDC_DISCOVERY_INVALID',
  'OIDC_ISSUER_MISMATCH',
  'OIDC_ISSUER_TEMPLATE',
  'OIDC_ENDPOINT_MISSING',
  'OIDC_JWKS',
  'OIDC_CLIENT_REJECTED',
  'OIDC_REDIRECT_MISMATCH',
  'OIDC_PKCE_UNSUPPORTED',
  'OIDC_SCOPE_UNSUPPORTED',
  'OIDC_CLOCK_SKEW',
  'OIDC_PORT_IN_USE',
  'OIDC_PORT_FORBIDDEN',
  'OIDC_BROWSER',
  'OIDC_CALLBACK_TIMEOUT',
  'OIDC_CALLBACK_REJECTED',
  'OIDC_CALLBACK_ISSUER',
  'OIDC_STATE_UNKNOWN',
  'OIDC_STATE_USED',
  'OIDC_STATE_EXPIRED',
  'OIDC_CANCELLED',
  'OIDC_PROVIDER_ERROR',
  'OIDC_TOKEN_EXCHANGE',
  'OIDC_ID_TOKEN_ENCRYPTED',
  'OIDC_ID_TOKEN_ALGORITHM',
  'OIDC_ID_TOKEN_SIGNATURE',
  'OIDC_ID_TOKEN_ISSUER',
  'OIDC_ID_TOKEN_AUDIENCE',
  'OIDC_ID_TOKEN_EXPIRED',
  'OIDC_ID_TOKEN_NOT_YET_VALID',
  'OIDC_ID_TOKEN_MALFORMED',
  'OIDC_NONCE',
  'OIDC_USERINFO',
  'OIDC_SUBJECT_MISMATCH',
  'OIDC_MISSING_SUBJECT',
  'OIDC_NO_EMAIL',
  'OIDC_EMAIL_UNVERIFIED',
  'OIDC_GROUPS_OVERAGE',
  'OIDC_NOT_ALLOWED_EMAIL',
  'OIDC_NOT_ALLOWED_DOMAIN',
  'OIDC_NOT_ALLOWED_GROUP',
  'OIDC_PROVISIONING_OFF',
  'OIDC_SESSION_REVOKED',
  'OIDC_UNAVAILABLE',
  'OIDC_PROVIDER_NOT_FOUND',
  'OIDC_END_SESSION_UNSUPPORTED',
  'OIDC_APP_REDIRECT',
  'OIDC_APP_COOKIE',
  'OIDC_APP_PROXY_HEADERS',
  'OIDC_APP_LOOP',
  'OIDC_APP_BUTTON',
] as const

/** Codes of the settings and the secret store. */
export const settingsCodes = [
  'CONFIG_UNKNOWN',
  'CONFIG_MISSING',
  'CONFIG_INVALID',
  'CONFIG_CONTRADICTION',
  'CONFIG_NUMBER_GAP',
  'CONFIG_FILE_READABLE',
  'CONFIG_INSECURE',
  'CONFIG_NO_EFFECT',
  'SECRET_REQUIRED',
  'SECRET_STORE_UNAVAILABLE',
] as const

/** Codes about accounts, sign-in and synchronisation. */
export const accountCodes = [
  'SIGN_IN_REFUSED',
  'RATE_LIMITED',
  'SESSION_LOCKED',
  'METHOD_NOT_ALLOWED',
  'METHOD_NOT_OFFERED',
  'ROLE_NOT_GRANTED',
  'SELF_REGISTER_OFF',
  'ACCOUNT_DISABLED',
  'ACCOUNT_LOCKED',
  'PASSWORD_NOT_LOCAL',
  'PASSWORD_WEAK',
  'PASSWORD_MUST_CHANGE',
  'PASSWORD_EXPIRED',
  'LAST_ADMIN',
  'LAST_SIGN_IN_WAY',
  'LINK_PENDING',
  'LINK_CONFLICT',
  'NAME_RESERVED',
  'NAME_TAKEN',
  'TEAMS_CLAIM_MALFORMED',
  'SYNC_PARTIAL',
  'SYNC_EMPTY_SOURCE',
  'SYNC_TOO_MANY_REMOVALS',
  'SYNC_RUNNING',
  'APP_NOT_RECOGNISED',
  'APP_SCHEMA_UNKNOWN',
  'APP_NOT_OFFERED',
] as const

/** Codes of the database, the audit and the one door. */
export const systemCodes = [
  'DB_NEWER',
  'DB_MIGRATION_MISMATCH',
  'DB_READ_ONLY',
  'DB_DISK_FULL',
  'DB_CORRUPT',
  'DB_BUSY',
  'DB_UNAVAILABLE',
  'AUDIT_TAMPERED',
  'AUDIT_WRITE_FAILED',
  'FORBIDDEN',
  'INVALID_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'CANCELLED',
  'INTERNAL',
] as const

export type LdapCode = (typeof ldapCodes)[number]
export type OidcCode = (typeof oidcCodes)[number]
export type SettingsCode = (typeof settingsCodes)[number]
export type AccountCode = (typeof accountCodes)[number]
export type SystemCode = (typeof systemCodes)[number]
export type Code = LdapCode | OidcCode | SettingsCode | AccountCode | SystemCode

/** Every code there is; new ones may be added, none is ever renamed. */
export const codes: readonly Code[] = [
  ...ldapCodes,
  ...oidcCodes,
  ...settingsCodes,
  ...accountCodes,
  ...systemCodes,
]
export const codeSchema = z.enum(codes as [Code, ...Code[]])

/** What may travel with an error: plain JSON, never a secret. */
export const detailsSchema = z.record(z.string(), z.json())
export type Details = z.infer<typeof detailsSchema>

/** Errors travel as data; `message` is a plain sentence for the person who reads it. */
export const errorBodySchema = z.object({ code: codeSchema, message: z.string(), details: detailsSchema })
export type ErrorBody = z.infer<typeof errorBodySchema>
export type Result<T> = { ok: true; value: T } | { ok: false; error: ErrorBody }

interface AppErrorOptions {
  /** A sentence of the catalogue, which the details fill in. */
  readonly text?: MessageKey
  readonly message?: string
  readonly details?: Details
  readonly cause?: unknown
}

/**
 * The one error class: a code of the closed list, details that are safe to show, and the cause for the log.
 * Without a text or a message the code's title is shown; `message` is for what stands in no catalogue.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly details: Details
  readonly text: MessageKey | null

  constructor(
    readonly code: Code,
    options: AppErrorOptions = {},
  ) {
    super(
      options.message ?? options.text ?? '',
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.details = options.details ?? {}
    this.text = options.text ?? null
  }
}
