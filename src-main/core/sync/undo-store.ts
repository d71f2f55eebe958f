import { z } from 'zod'
import type { Code } from '../../contract/errors'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { flagColumn, jsonColumn } from '../db/sql'
import { stateOf } from './account-sql'
import { stateSchema } from './run-store'

const nowRow = z.object({ id: z.string(), state: jsonColumn(stateSchema), isUsed: flagColumn })
export type AccountNow = z.infer<typeof nowRow>

const actionRow = z.object({
  account: z.string(),
  action: z.string(),
  roles: jsonColumn(z.array(z.string()).nullable()).nullable(),
})

export interface UndoStore {
  /** Accounts that are not deleted. `isUsed`: somebody signed in, or gave it something by hand. */
  readonly accounts: (tx: Tx, directory: string, ids: readonly string[]) => Promise<readonly AccountNow[]>
  /** As if they had never been; their names are free again. */
  readonly erase: (tx: Tx, ids: readonly string[]) => Promise<void>
  readonly plannedFor: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { action: string; roles: readonly string[] | null }>>
  readonly refuse: (tx: Tx, account: string, code: Code) => Promise<void>
}

export function createUndoStore(queries: Queries): UndoStore {
  return {
    accounts: (tx, directory, ids) =>
      queries.select(
        nowRow,
        {
          sql: `SELECT u.id, ${stateOf('u')} AS state,
              u.last_sign_in IS NOT NULL
                OR (SELECT count(*) FROM identities WHERE account = u.id) > 1
                OR EXISTS (SELECT 1 FROM role_grants WHERE account = u.id AND source <> 'ldap')
                OR EXISTS (SELECT 1 FROM team_members WHERE account = u.id)
                OR EXISTS (SELECT 1 FROM requests WHERE account = u.id) AS isUsed
            FROM users u WHERE u.deleted_at IS NULL AND u.id IN (SELECT value FROM json_each($ids))`,
          bind: { directory, ids: JSON.stringify(ids) },
        },
        tx,
      ),
    erase: async (tx, ids) => {
      const sql = 'DELETE FROM users WHERE id IN (SELECT value FROM json_each($ids))'
      await queries.run(tx, { sql, bind: { ids: JSON.stringify(ids) } })
    },
    plannedFor: async (ids) => {
      const rows = await queries.select(actionRow, {
        sql: `SELECT account, action, target -> '$.roles' AS roles FROM sync_planned
          WHERE action NOT IN ('skip', 'conflict') AND account IN (SELECT value FROM json_each($ids))`,
        bind: { ids: JSON.stringify(ids) },
      })
      return new Map(rows.map(({ account, action, roles }) => [account, { action, roles }]))
    },
    refuse: async (tx, account, code) => {
      const sql = `UPDATE sync_planned SET action = 'conflict', code = $code, changes = '[]', target = NULL
        WHERE account = $account AND action NOT IN ('skip', 'conflict')`
      await queries.run(tx, { sql, bind: { account, code } })
    },
  }
}
