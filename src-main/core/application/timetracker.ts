import { filled, flag, type AccountMapping } from './account-mapping'
import { has, type Shape } from './schema-shape'

const needed = ['id', 'username', 'email', 'full_name', 'role', 'is_active', 'last_login']
const hash = 'u."password_hash"'
const linked = `(${filled('u."oidc_issuer"')} AND ${filled('u."oidc_sub"')})`

/** Of an old row: an identity and no password is a single sign-on account, everything else is local. */
const derived = `CASE WHEN ${linked} AND NOT ${filled(hash)} THEN 'oidc' ELSE 'local' END`
const stored = `CASE LOWER(COALESCE(u."auth_provider", ''))
  WHEN 'ldap' THEN 'ldap' WHEN 'oidc' THEN 'oidc' WHEN 'local' THEN ${derived} ELSE 'other' END`

const grants = `EXISTS (SELECT 1 FROM "user_roles" g JOIN "roles" r ON r."id" = g."role_id"
  WHERE g."user_id" = u."id" AND LOWER(r."name") IN ('admin', 'super_admin'))`

/** TimeTracker's `users`; null where the tables are not its. */
export function timetrackerMapping(shape: Shape): AccountMapping | null {
  const identity = ['oidc_sub', 'oidc_issuer', 'password_hash']
  if (!has(shape, 'alembic_version', ['version_num']) || !has(shape, 'users', [...needed, ...identity]))
    return null
  const provider = has(shape, 'users', ['auth_provider'])
  const roles = has(shape, 'roles', ['id', 'name']) && has(shape, 'user_roles', ['user_id', 'role_id'])
  const byColumn = `LOWER(u."role") = 'admin'`
  return {
    kind: 'timetracker',
    table: 'users',
    id: 'u."id"',
    username: 'u."username"',
    email: 'u."email"',
    fullName: 'u."full_name"',
    provider: provider ? stored : derived,
    storedProvider: provider ? 'u."auth_provider"' : null,
    hash,
    linked,
    state: `CASE WHEN ${flag('u."is_active"')} THEN 'enabled' ELSE 'disabled' END`,
    admin: roles ? `(${byColumn} OR ${grants})` : `(${byColumn})`,
    lastSignIn: 'u."last_login"',
    identities: `SELECT u."oidc_issuer" AS "issuer", NULL AS "slug", u."oidc_sub" AS "subject", NULL AS "email",
      NULL AS "lastSignIn" FROM "users" u WHERE u."id" = $1 AND ${linked}`,
    sessions: null,
    tokens: null,
    events: null,
    password: {
      column: 'password_hash',
      format: 'werkzeug',
      mustChange: has(shape, 'users', ['password_change_required']) ? 'password_change_required' : null,
    },
    enabling: { column: 'is_active', off: 'FALSE', on: 'TRUE' },
    rules: { claims: true },
  }
}
