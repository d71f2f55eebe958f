import type { ApplicationDatabaseKind } from '../../contract/application'
import type { Reading } from './application-database'

type Kind = Exclude<ApplicationDatabaseKind, 'mapped'>

/** The newest mark of a schema that was looked at, for each kind: what is beyond it is read and never written. */
export const newestVersions: Readonly<Record<Kind, string>> = {
  timetracker: '157_add_project_client_created_by',
  tududi: '20260616000001-add-eisenhower-enabled-to-users.js',
  vikunja: '20260622060000',
}

const versionQueries: Readonly<Record<Kind, string>> = {
  timetracker: 'SELECT "version_num" AS "version" FROM "alembic_version"',
  tududi: 'SELECT MAX("name") AS "version" FROM "SequelizeMeta"',
  vikunja: `SELECT MAX("id") AS "version" FROM "migration" WHERE "id" <> 'SCHEMA_INIT'`,
}

/** The application's mark of its schema; several heads of Alembic are no single version. */
export async function readVersion(kind: Kind, { select }: Reading): Promise<string | null> {
  const rows = await select({ sql: versionQueries[kind], values: [] })
  return rows.length === 1 ? (rows[0]?.['version'] ?? null) : null
}

/** What orders the marks: Alembic's three digits, or the time of the migration. */
const orders: Readonly<Record<Kind, RegExp>> = {
  timetracker: /^(\d{3})[a-z]?_\w+$/,
  tududi: /^(\d{14})-[\w.-]+$/,
  vikunja: /^(\d{14})$/,
}

/** Whether a schema with this mark, or a later one, was looked at. */
export function isKnownVersion(kind: Kind, version: string | null): boolean {
  const order = (mark: string) => orders[kind].exec(mark)?.[1] ?? null
  const own = version === null ? null : order(version)
  return own !== null && own <= (order(newestVersions[kind]) ?? '')
}
