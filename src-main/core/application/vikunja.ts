import { filled, flag, type AccountMapping } from './account-mapping'
import { has, type Shape } from './schema-shape'

const needed = [
  'id',
  'name',
  'username',
  'password',
  'email',
  'status',
  'issuer',
  'subject',
  'created',
  'updated',
]

/** 0 active, 1 e-mail confirmation required, 2 disabled, 3 locked; any other number is taken as disabled. */
const state = `CASE COALESCE(u."status", 0)
  WHEN 0 THEN 'enabled' WHEN 1 THEN 'unconfirmed' WHEN 3 THEN 'locked' ELSE 'disabled' END`

/** Vikunja's `users`; null where the tables are not its. */
export function vikunjaMapping(shape: Shape): AccountMapping | null {
  if (!has(shape, 'migration', ['id']) || !has(shape, 'users', needed)) return null
  const bots = has(shape, 'users', ['bot_owner_id'])
  const bot = bots ? `WHEN COALESCE(u."bot_owner_id", 0) <> 0 THEN 'other'` : ''
  const sessions = has(shape, 'sessions', ['id', 'user_id', 'last_active'])
  return {
    kind: 'vikunja',
    table: 'users',
    id: 'u."id"',
    username: 'u."username"',
    email: 'u."email"',
    fullName: 'u."name"',
    provider: `CASE ${bot} WHEN u."issuer" = 'local' THEN 'local' WHEN u."issuer" = 'ldap' THEN 'ldap'
      WHEN ${filled('u."issuer"')} THEN 'oidc' ELSE 'other' END`,
    storedProvider: 'u."issuer"',
    hash: 'u."password"',
    linked: `(${filled('u."issuer"')} AND u."issuer" NOT IN ('local', 'ldap') AND ${filled('u."subject"')})`,
    state,
    admin: has(shape, 'users', ['is_admin']) ? flag('u."is_admin"') : null,
    lastSignIn: sessions
      ? '(SELECT MAX(s."last_active") FROM "sessions" s WHERE s."user_id" = u."id")'
      : null,
    identities: `SELECT u."issuer" AS "issuer", NULL AS "slug", u."subject" AS "subject", NULL AS "email",
      NULL AS "lastSignIn" FROM "users" u
      WHERE u."id" = $1 AND ${filled('u."issuer"')} AND u."issuer" <> 'local' AND ${filled('u."subject"')}`,
    sessions: sessions
      ? {
          count: 'SELECT COUNT(*) AS "n" FROM "sessions" s WHERE s."user_id" = $1',
          end: 'DELETE FROM "sessions" WHERE "user_id" = $1',
        }
      : null,
    tokens: has(shape, 'api_tokens', ['owner_id'])
      ? 'SELECT COUNT(*) AS "n" FROM "api_tokens" t WHERE t."owner_id" = $1'
      : null,
    events: null,
    password: { column: 'password', format: 'bcrypt-2a', mustChange: null },
    enabling: { column: 'status', off: '2', on: '0' },
    rules: { claims: false },
  }
}
