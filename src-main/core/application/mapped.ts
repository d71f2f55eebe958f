import { filled, flag, type AccountMapping } from './account-mapping'
import { quoted } from './application-database'
import type { HandMapping } from './hand-mapping'
import { has, type Shape } from './schema-shape'

/** The columns that it names. */
const namedColumns = (of: HandMapping): string[] =>
  Object.entries(of).flatMap(([name, value]: [string, string | undefined]) =>
    name === 'table' || name === 'hash' || value === undefined ? [] : [value],
  )

function providerOf(of: HandMapping): string {
  if (of.provider === undefined) return `'local'`
  const stored = `LOWER(COALESCE(u.${quoted(of.provider)}, ''))`
  return `CASE WHEN ${stored} IN ('local', 'oidc', 'ldap') THEN ${stored} ELSE 'other' END`
}

/** null where the table or one of the columns is not there. */
export function handMapping(shape: Shape, of: HandMapping): AccountMapping | null {
  if (!has(shape, of.table, namedColumns(of))) return null
  const sql = (name: string | undefined) => (name === undefined ? null : `u.${quoted(name)}`)
  const issuer = sql(of.issuer)
  const subject = sql(of.subject)
  const linked = subject === null ? '(1 = 0)' : filled(subject)
  const active = sql(of.active)
  const admin = sql(of.admin)
  return {
    kind: 'mapped',
    table: of.table,
    id: `u.${quoted(of.id)}`,
    username: `u.${quoted(of.username)}`,
    email: sql(of.email),
    fullName: sql(of.fullName),
    provider: providerOf(of),
    storedProvider: sql(of.provider),
    hash: `u.${quoted(of.password)}`,
    linked,
    state: active === null ? `'enabled'` : `CASE WHEN ${flag(active)} THEN 'enabled' ELSE 'disabled' END`,
    admin: admin === null ? null : flag(admin),
    lastSignIn: sql(of.lastSignIn),
    identities:
      subject === null
        ? null
        : `SELECT ${issuer ?? 'NULL'} AS "issuer", NULL AS "slug", ${subject} AS "subject", NULL AS "email",
           NULL AS "lastSignIn" FROM ${quoted(of.table)} u WHERE u.${quoted(of.id)} = $1 AND ${linked}`,
    sessions: null,
    tokens: null,
    events: null,
    password:
      of.hash === undefined
        ? null
        : { column: of.password, format: of.hash, mustChange: of.mustChange ?? null },
    enabling: of.active === undefined ? null : { column: of.active, off: 'FALSE', on: 'TRUE' },
    rules: { claims: false },
  }
}
