import { filled, flag, type AccountMapping } from './account-mapping'
import { has, type Shape } from './schema-shape'

const hash = 'u."password_digest"'
/** connect-session-sequelize keeps the session as JSON text; what is none of it is nobody's. */
const signedIn = `CASE WHEN json_valid(s."data")
  THEN CAST(json_extract(s."data", '$.userId') AS TEXT) = CAST($1 AS TEXT) ELSE 0 END`

const recordedColumns = [
  'id',
  'user_id',
  'event_type',
  'auth_method',
  'provider_slug',
  'ip_address',
  'created_at',
]
const shownEvents = 20

/** Sequelize writes every time in one form, so that the latest text is the latest time. */
const lastOf = (times: readonly string[]) =>
  times.length === 0 ? null : `(SELECT MAX("at") FROM (${times.join(' UNION ALL ')}))`

/** tududi's `users`; null where the tables are not its. */
export function tududiMapping(shape: Shape): AccountMapping | null {
  const needed = ['id', 'uid', 'email', 'password_digest', 'created_at']
  if (!has(shape, 'SequelizeMeta', ['name']) || !has(shape, 'users', needed)) return null
  const identities = has(shape, 'oidc_identities', ['user_id', 'provider_slug', 'subject', 'last_login_at'])
  const linked = identities
    ? '(EXISTS (SELECT 1 FROM "oidc_identities" i WHERE i."user_id" = u."id"))'
    : '(1 = 0)'
  const named = has(shape, 'users', ['name', 'surname'])
  const recorded = has(shape, 'auth_audit_log', recordedColumns)
  const signIns = [
    ...(identities
      ? ['SELECT i."last_login_at" AS "at" FROM "oidc_identities" i WHERE i."user_id" = u."id"']
      : []),
    ...(recorded
      ? [
          `SELECT a."created_at" FROM "auth_audit_log" a WHERE a."user_id" = u."id" AND a."event_type" = 'login_success'`,
        ]
      : []),
  ]
  const tokens = has(shape, 'api_tokens', ['user_id', 'revoked_at'])
  return {
    kind: 'tududi',
    table: 'users',
    id: 'u."id"',
    username: 'u."email"',
    email: 'u."email"',
    fullName: named ? `TRIM(COALESCE(u."name", '') || ' ' || COALESCE(u."surname", ''))` : null,
    provider: `CASE WHEN ${linked} AND NOT ${filled(hash)} THEN 'oidc' ELSE 'local' END`,
    storedProvider: null,
    hash,
    linked,
    state: has(shape, 'users', ['email_verified'])
      ? `CASE WHEN ${flag('u."email_verified"')} THEN 'enabled' ELSE 'unconfirmed' END`
      : `'enabled'`,
    admin: has(shape, 'roles', ['user_id', 'is_admin'])
      ? `(EXISTS (SELECT 1 FROM "roles" r WHERE r."user_id" = u."id" AND ${flag('r."is_admin"')}))`
      : null,
    lastSignIn: lastOf(signIns),
    identities: identities
      ? `SELECT NULL AS "issuer", i."provider_slug" AS "slug", i."subject" AS "subject", i."email" AS "email",
         i."last_login_at" AS "lastSignIn" FROM "oidc_identities" i WHERE i."user_id" = $1 ORDER BY i."provider_slug"`
      : null,
    sessions: has(shape, 'Sessions', ['sid', 'data'])
      ? {
          count: `SELECT COUNT(*) AS "n" FROM "Sessions" s WHERE ${signedIn}`,
          end: `DELETE FROM "Sessions" AS s WHERE ${signedIn}`,
        }
      : null,
    tokens: tokens
      ? 'SELECT COUNT(*) AS "n" FROM "api_tokens" t WHERE t."user_id" = $1 AND t."revoked_at" IS NULL'
      : null,
    events: recorded
      ? `SELECT a."created_at" AS "at", a."event_type" AS "event", a."auth_method" AS "method",
         a."provider_slug" AS "provider", a."ip_address" AS "address" FROM "auth_audit_log" a
         WHERE a."user_id" = $1 ORDER BY a."id" DESC LIMIT ${shownEvents}`
      : null,
    password: { column: 'password_digest', format: 'bcrypt-2b', mustChange: null },
    enabling: null,
    rules: { claims: false },
  }
}
