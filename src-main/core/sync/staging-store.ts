import { z } from 'zod'
import { authProviderSchema } from '../../contract/app'
import { roleSchema } from '../../contract/permissions'
import { syncActionSchema, type SyncRow } from '../../contract/sync'
import type { Tx } from '../app/ports'
import type { ReadPerson } from '../ldap/read-people'
import type { Queries } from '../db/connections'
import { flagColumn, jsonColumn } from '../db/sql'
import { foldName } from '../users/folded-name'
import { directoryRolesOf, stateOf } from './account-sql'
import { syncSource, type SyncAccount, type SyncEntry } from './sync-plan'

/** A planned row with what carrying it out takes. */
export interface PlannedRow extends SyncRow {
  /** The account as the preview saw it. */
  readonly seen: string | null
  readonly target: PlannedTarget | null
}

/** What an account gets; columns that are derived from others included. */
export interface PlannedTarget {
  /** Of an account that is made. */
  readonly id: string | null
  readonly entryId: string
  readonly columns: Readonly<Record<string, string | null>>
  /** Null: roles stay as they are. */
  readonly roles: readonly string[] | null
}

/** An entry whose account has to be looked at, and whom it may belong to. */
export interface StagedEntry extends SyncEntry {
  readonly position: number
  readonly owner: string | null
  /** The account that has the name; `reserved` where that one was deleted. */
  readonly named: string | null
  readonly sameEmail: readonly string[]
  readonly twins: readonly ('identity' | 'username' | 'email')[]
}

export interface SeenAccount extends SyncAccount {
  readonly username: string
  readonly seen: string
}

const countRow = z.object({ count: z.number().int() })
const lockSchema = z.enum(['LDAP_USER_DISABLED', 'LDAP_USER_EXPIRED']).nullable()
const rolesColumn = z
  .string()
  .nullable()
  .transform((text) =>
    text === null ? null : z.array(roleSchema).parse(text === '' ? [] : text.split(', ')),
  )
const idsColumn = jsonColumn(z.array(z.string()))

const stagedRow = z
  .object({
    position: z.number().int(),
    ...{ entryId: z.string(), dn: z.string(), username: z.string(), fullName: z.string().nullable() },
    ...{ email: z.string().nullable(), roles: rolesColumn, lock: lockSchema },
    barred: z.literal('LDAP_USER_NOT_IN_REQUIRED_GROUP').nullable(),
    ...{ owner: z.string().nullable(), named: z.string().nullable(), namedDeleted: flagColumn },
    sameEmail: idsColumn,
    ...{ twinIdentity: flagColumn, twinName: flagColumn, twinEmail: flagColumn },
  })
  .transform(({ twinIdentity, twinName, twinEmail, namedDeleted, ...row }): StagedEntry => {
    const twins = { identity: twinIdentity, username: twinName, email: twinEmail }
    const kinds = ['identity', 'username', 'email'] as const
    const named = namedDeleted ? 'reserved' : row.named
    return { ...row, named, twins: kinds.filter((kind) => twins[kind]) }
  })

const seenRow = z
  .object({
    ...{ id: z.string(), username: z.string(), provider: authProviderSchema, seen: z.string() },
    ...{ email: z.string().nullable(), fullName: z.string().nullable(), disabledBy: z.string().nullable() },
    consoleRole: flagColumn,
    identityKinds: jsonColumn(z.array(z.enum(['oidc', 'ldap']))),
    roles: rolesColumn,
  })
  .transform(({ roles, ...row }): SeenAccount => ({ ...row, directoryRoles: roles ?? [] }))

const goneRow = z.object({ id: z.string(), username: z.string(), seen: z.string() })

export interface StagingStore {
  /** Makes room for who is read now; the preview before can still be looked at and applied. */
  readonly clearStaged: (tx: Tx) => Promise<void>
  /** Takes the preview before away. */
  readonly clearPlanned: (tx: Tx) => Promise<void>
  readonly stage: (tx: Tx, from: number, people: readonly ReadPerson[]) => Promise<void>
  readonly staged: () => Promise<number>
  /** The next entries whose account would not be left exactly as it is. */
  readonly entries: (
    directory: string,
    page: { readonly after: number; readonly limit: number },
  ) => Promise<readonly StagedEntry[]>
  readonly accounts: (directory: string, ids: readonly string[]) => Promise<readonly SeenAccount[]>
  /** Enabled accounts whose entry was not read: an anti-join. */
  readonly gone: (directory: string) => Promise<readonly z.infer<typeof goneRow>[]>
  readonly enabledLinked: (directory: string) => Promise<number>
  readonly plan: (tx: Tx, rows: readonly PlannedRow[]) => Promise<void>
  /** Entries that would all be linked with one account are in conflict; says how many. */
  readonly refuseSharedLinks: (tx: Tx) => Promise<number>
}

const stagedColumns =
  'position, entry_id, dn, username, email, email_folded, full_name, roles, locked, barred'

/** The entry's account is as the entry says, so that nothing of it has to be looked at. */
const unchanged = `s.entry_id <> '' AND s.username <> '' AND EXISTS (
  SELECT 1 FROM identities i JOIN users u ON u.id = i.account
  WHERE i.issuer = $directory AND i.subject = s.entry_id
    AND (s.email IS NULL OR s.email_folded = u.email_folded)
    AND (s.full_name IS NULL OR s.full_name = u.full_name)
    AND (s.roles IS NULL OR s.roles = ${directoryRolesOf('u.id')})
    AND CASE WHEN s.locked IS NULL THEN u.disabled_source IS NOT '${syncSource}' ELSE u.disabled_at IS NOT NULL END)
  AND NOT EXISTS (SELECT 1 FROM sync_staged t WHERE t.entry_id = s.entry_id AND t.position <> s.position)`

const twin = (column: string) => `EXISTS (SELECT 1 FROM sync_staged t
  WHERE t.${column} = s.${column} AND t.position <> s.position)`

function valuesOf(person: ReadPerson) {
  const { entryId, dn, username, email, fullName, roles, lock, barred } = person
  const folded = email === null ? null : foldName(email)
  return [entryId, dn, username, email, folded, fullName, roles && [...roles].sort().join(', '), lock, barred]
}

function createReads(queries: Queries) {
  return {
    staged: async () => {
      const [row] = await queries.select(countRow, { sql: 'SELECT count(*) AS count FROM sync_staged' })
      return row?.count ?? 0
    },
    entries: (directory, { after, limit }) =>
      queries.select(stagedRow, {
        sql: `SELECT s.position, s.entry_id AS entryId, s.dn, s.username, s.email, s.full_name AS fullName, s.roles,
            s.locked AS lock, s.barred, n.id AS named, n.deleted_at IS NOT NULL AS namedDeleted,
            (SELECT account FROM identities WHERE issuer = $directory AND subject = s.entry_id) AS owner,
            (SELECT json_group_array(id) FROM users
              WHERE email_folded = s.email_folded AND deleted_at IS NULL) AS sameEmail,
            ${twin('entry_id')} AS twinIdentity, ${twin('username')} AS twinName, ${twin('email_folded')} AS twinEmail
          FROM sync_staged s LEFT JOIN users n ON n.username_folded = s.username
          WHERE s.position > $after AND NOT (${unchanged}) ORDER BY s.position LIMIT $limit`,
        bind: { directory, after, limit },
      }),
    accounts: (directory, ids) =>
      queries.select(seenRow, {
        sql: `SELECT u.id, u.username, u.auth_provider AS provider, u.email, u.full_name AS fullName,
            u.disabled_source AS disabledBy, u.role <> 'user' AS consoleRole, ${directoryRolesOf('u.id')} AS roles,
            (SELECT json_group_array(DISTINCT kind) FROM identities WHERE account = u.id) AS identityKinds,
            ${stateOf('u')} AS seen
          FROM users u WHERE u.id IN (SELECT value FROM json_each($ids))`,
        bind: { directory, ids: JSON.stringify(ids) },
      }),
    gone: (directory) =>
      queries.select(goneRow, {
        sql: `SELECT u.id, u.username, ${stateOf('u')} AS seen FROM identities i JOIN users u ON u.id = i.account
          WHERE i.kind = 'ldap' AND i.issuer = $directory AND u.deleted_at IS NULL AND u.disabled_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM sync_staged s WHERE s.entry_id = i.subject) ORDER BY u.seq`,
        bind: { directory },
      }),
    enabledLinked: async (directory) => {
      const sql = `SELECT count(*) AS count FROM users u WHERE u.deleted_at IS NULL AND u.disabled_at IS NULL
        AND EXISTS (SELECT 1 FROM identities WHERE account = u.id AND kind = 'ldap' AND issuer = $directory)`
      return (await queries.select(countRow, { sql, bind: { directory } }))[0]?.count ?? 0
    },
  } satisfies Partial<StagingStore>
}

/** What a sync reads and plans, in tables of its own; the accounts are only read. */
export function createStagingStore(queries: Queries): StagingStore {
  return {
    ...createReads(queries),
    clearStaged: async (tx) => {
      await queries.run(tx, { sql: 'DELETE FROM sync_staged' })
    },
    clearPlanned: async (tx) => {
      await queries.run(tx, { sql: 'DELETE FROM sync_planned' })
      await queries.run(tx, { sql: `DELETE FROM sync_runs WHERE mode = 'preview'` })
    },
    stage: async (tx, from, people) => {
      const values = Array.from({ length: 9 }, (_, at) => `value ->> ${at}`).join(', ')
      await queries.run(tx, {
        sql: `INSERT INTO sync_staged (${stagedColumns}) SELECT $from + key, ${values} FROM json_each($people)`,
        bind: { from, people: JSON.stringify(people.map(valuesOf)) },
      })
    },
    plan: async (tx, rows) => {
      const given = rows.map(({ position, dn, username, action, code, accountId, changes, seen, target }) => [
        ...[position, dn, username, action, code, accountId, JSON.stringify(changes), seen],
        target && JSON.stringify(target),
      ])
      const values = Array.from({ length: 9 }, (_, at) => `value ->> ${at}`).join(', ')
      await queries.run(tx, {
        sql: `INSERT INTO sync_planned (position, dn, username, action, code, account, changes, seen, target)
          SELECT ${values} FROM json_each($rows)`,
        bind: { rows: JSON.stringify(given) },
      })
    },
    refuseSharedLinks: (tx) =>
      queries.run(tx, {
        sql: `UPDATE sync_planned SET action = 'conflict', code = 'LINK_CONFLICT', changes = '[]', target = NULL
          WHERE action = 'link' AND account IN (
            SELECT account FROM sync_planned WHERE action = 'link' GROUP BY account HAVING count(*) > 1)`,
      }),
  }
}

const plannedRow = z.object({
  position: z.number().int(),
  ...{ dn: z.string(), username: z.string(), action: syncActionSchema, code: z.string().nullable() },
  accountId: z.string().nullable(),
  changes: jsonColumn(z.array(z.unknown())),
})
export type StoredRow = z.infer<typeof plannedRow>

export interface RowFilter {
  readonly actions: readonly string[]
  readonly codes: readonly string[]
  readonly search: string
}

const filtered = `($actions = '[]' OR action IN (SELECT value FROM json_each($actions)))
  AND ($codes = '[]' OR code IN (SELECT value FROM json_each($codes)))
  AND ($search = '' OR instr(lower(dn || char(10) || username), $search) > 0)`

const asBind = ({ actions, codes, search }: RowFilter) => ({
  ...{ actions: JSON.stringify(actions), codes: JSON.stringify(codes), search: search.trim().toLowerCase() },
})

const facetRow = z.object({ action: syncActionSchema, code: z.string().nullable(), count: z.number().int() })

/** The planned rows as they are looked through. */
export function createPlannedRows(queries: Queries) {
  return {
    page: (filter: RowFilter, { after, limit }: { after: number; limit: number }) =>
      queries.select(plannedRow, {
        sql: `SELECT position, dn, username, action, code, account AS accountId, changes FROM sync_planned
          WHERE position > $after AND ${filtered} ORDER BY position LIMIT $limit`,
        bind: { ...asBind(filter), after, limit },
      }),
    count: async (filter: RowFilter) => {
      const sql = `SELECT count(*) AS count FROM sync_planned WHERE ${filtered}`
      return (await queries.select(countRow, { sql, bind: asBind(filter) }))[0]?.count ?? 0
    },
    facets: (tx?: Tx) => {
      const sql = `SELECT action, code, count(*) AS count FROM sync_planned GROUP BY action, code ORDER BY action, code`
      return queries.select(facetRow, { sql }, tx)
    },
  }
}
export type PlannedRows = ReturnType<typeof createPlannedRows>
