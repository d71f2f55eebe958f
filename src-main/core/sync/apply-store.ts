import { z } from 'zod'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { stateOf } from './account-sql'
import { syncSource } from './sync-plan'

const countRow = z.object({ count: z.number().int() })

interface Applied {
  readonly run: string
  readonly directory: string
  readonly now: Date
  /** Told before each step how many are done; what it throws takes everything back. */
  readonly onStep: (done: number) => void
}

export interface ApplyStore {
  /** Planned rows whose account, name or address is no longer as the preview saw it. */
  readonly outdated: (tx: Tx, directory: string) => Promise<number>
  /** Does everything that is planned, each step one statement for all accounts. */
  readonly apply: (tx: Tx, applied: Applied) => Promise<void>
}

const changing = `p.action IN ('create', 'link', 'update', 'disable', 'enable')`
const column = (name: string) => `p.target ->> '$.columns.${name}'`

/** Derived columns come with those that they are derived from, so that they are always set together. */
const textColumns = [
  'email',
  'email_folded',
  'email_sort',
  'full_name',
  'full_name_sort',
  'search_text',
] as const
const newColumns = ['username', 'username_folded', 'username_sort', ...textColumns] as const

const steps: readonly string[] = [
  `INSERT INTO sync_changes (run, position, account, username, action, before)
    SELECT $run, p.position, p.account, p.username, p.action, ${stateOf('u')}
    FROM sync_planned p JOIN users u ON u.id = p.account WHERE ${changing} AND p.action <> 'create'`,
  `INSERT INTO users (id, ${newColumns.join(', ')}, auth_provider, created_at)
    SELECT p.target ->> '$.id', ${newColumns.map(column).join(', ')}, 'ldap', $now
    FROM sync_planned p WHERE p.action = 'create' ORDER BY p.position`,
  `UPDATE users SET auth_provider = 'ldap', password_hash = NULL, must_change_password = 0, password_expires_at = NULL
    WHERE id IN (SELECT account FROM sync_planned WHERE action = 'link')`,
  `INSERT INTO identities (account, kind, issuer, subject, email, name, linked_at)
    SELECT coalesce(p.account, p.target ->> '$.id'), 'ldap', $directory, p.target ->> '$.entryId',
      ${column('email')}, ${column('full_name')}, $now
    FROM sync_planned p WHERE p.action IN ('create', 'link') ORDER BY p.position`,
  `UPDATE users SET ${textColumns.map((name) => `${name} = ${column(name)}`).join(', ')}
    FROM sync_planned p WHERE p.account = users.id AND ${changing} AND p.action <> 'create'
      AND p.target ->> '$.columns' IS NOT NULL`,
  `UPDATE users SET disabled_at = $now, disabled_source = '${syncSource}', disabled_reason = p.code
    FROM sync_planned p WHERE p.account = users.id AND p.action = 'disable'`,
  `UPDATE users SET disabled_at = NULL, disabled_source = NULL, disabled_reason = NULL
    FROM sync_planned p WHERE p.account = users.id AND p.action = 'enable' AND users.disabled_source = '${syncSource}'`,
  `UPDATE sessions SET ended_at = $now WHERE ended_at IS NULL
    AND account IN (SELECT account FROM sync_planned WHERE action = 'disable')`,
  `DELETE FROM role_grants WHERE source = 'ldap' AND EXISTS (SELECT 1 FROM sync_planned p
    WHERE p.account = role_grants.account AND ${changing} AND p.target ->> '$.roles' IS NOT NULL
      AND role_grants.role NOT IN (SELECT value FROM json_each(p.target, '$.roles')))`,
  `INSERT INTO role_grants (account, role, source, granted_at)
    SELECT coalesce(p.account, p.target ->> '$.id'), r.value, 'ldap', $now
    FROM sync_planned p, json_each(p.target, '$.roles') r WHERE ${changing} AND p.target ->> '$.roles' IS NOT NULL
    ON CONFLICT DO NOTHING`,
  `DELETE FROM pending_links WHERE issuer = $directory AND subject IN (
    SELECT p.target ->> '$.entryId' FROM sync_planned p WHERE p.action IN ('create', 'link'))`,
  `UPDATE users SET pending_link = 0 WHERE pending_link = 1 AND id IN (
      SELECT account FROM sync_planned WHERE action = 'link')
    AND NOT EXISTS (SELECT 1 FROM pending_links l WHERE l.account = users.id AND l.refused_at IS NULL)`,
  `INSERT INTO sync_changes (run, position, account, username, action)
    SELECT $run, p.position, p.target ->> '$.id', p.username, p.action FROM sync_planned p WHERE p.action = 'create'`,
  `UPDATE sync_changes SET after = (SELECT ${stateOf('u')} FROM users u WHERE u.id = sync_changes.account)
    WHERE run = $run`,
]

export const applySteps = steps.length

/** A step may only have the values that it names. */
function bindOf(sql: string, { run, directory, now }: Applied) {
  const all = { run, directory, now: now.toISOString() }
  return Object.fromEntries(Object.entries(all).filter(([name]) => sql.includes(`$${name}`)))
}

export function createApplyStore(queries: Queries): ApplyStore {
  return {
    outdated: async (tx, directory) => {
      const sql = `SELECT count(*) AS count FROM sync_planned p LEFT JOIN users u ON u.id = p.account
        WHERE ${changing} AND (
          (p.action <> 'create' AND (u.id IS NULL OR u.deleted_at IS NOT NULL OR p.seen IS NOT ${stateOf('u')}))
          OR (p.action = 'create' AND EXISTS (SELECT 1 FROM users n
            WHERE n.username_folded = ${column('username_folded')}))
          OR (p.action IN ('create', 'link') AND EXISTS (SELECT 1 FROM identities i
            WHERE i.issuer = $directory AND i.subject = p.target ->> '$.entryId'))
          OR (${column('email_folded')} IS NOT NULL AND ${column('email_folded')} IS NOT u.email_folded
            AND EXISTS (SELECT 1 FROM users e WHERE e.email_folded = ${column('email_folded')}
              AND e.deleted_at IS NULL AND e.id IS NOT p.account)))`
      return (await queries.select(countRow, { sql, bind: { directory } }, tx))[0]?.count ?? 0
    },
    apply: async (tx, applied) => {
      for (const [done, sql] of steps.entries()) {
        applied.onStep(done)
        await queries.run(tx, { sql, bind: bindOf(sql, applied) })
      }
    },
  }
}
