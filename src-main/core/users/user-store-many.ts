import { z } from 'zod'
import type { BulkTarget } from '../../contract/accounts-bulk'
import type { Queries } from '../db/connections'
import type { Statement } from '../db/sql'
import type { UserStore } from './account'
import { conditionOf } from './user-store-list'
import { accountColumns, accountRow } from './user-store-rows'

const nameRow = z.object({ name: z.string(), deleted: z.string().nullable() })
const emailRow = z.object({ email: z.string() })
const idRow = z.object({ id: z.string() })
const classRow = z.intersection(accountRow, z.object({ count: z.number().int() }))

type Condition = Required<Statement>

/** The accounts that are meant, among those that are not deleted. */
async function meant(queries: Queries, target: BulkTarget, now: Date): Promise<Condition> {
  if ('filter' in target) return conditionOf(queries, target.filter, now)
  const bind = { ids: JSON.stringify(target.ids) }
  return { sql: 'deleted_at IS NULL AND id IN (SELECT value FROM json_each($ids))', bind }
}

/** Questions about many accounts at once, each one statement. */
export function createManyReads(queries: Queries): Pick<UserStore, 'existing' | 'ids' | 'classes'> {
  return {
    existing: async (names, emails) => {
      const taken = await queries.select(nameRow, {
        sql: `SELECT username_folded AS name, deleted_at AS deleted FROM users
          WHERE username_folded IN (SELECT value FROM json_each($names))`,
        bind: { names: JSON.stringify(names) },
      })
      const addresses = await queries.select(emailRow, {
        sql: `SELECT DISTINCT email_folded AS email FROM users
          WHERE deleted_at IS NULL AND email_folded IN (SELECT value FROM json_each($emails))`,
        bind: { emails: JSON.stringify(emails.filter((email) => email !== '')) },
      })
      return {
        names: new Map(taken.map(({ name, deleted }) => [name, deleted === null ? 'taken' : 'reserved'])),
        emails: new Set(addresses.map(({ email }) => email)),
      }
    },
    ids: async (target, now) => {
      const { sql, bind } = await meant(queries, target, now)
      const rows = await queries.select(idRow, {
        sql: `SELECT id FROM users WHERE ${sql} ORDER BY seq`,
        bind,
      })
      return rows.map(({ id }) => id)
    },
    classes: async (target, { apart, now }) => {
      const { sql, bind } = await meant(queries, target, now)
      const alone = `CASE WHEN id IN (SELECT value FROM json_each($apart)) THEN id END`
      const by = `${alone}, auth_provider, disabled_at IS NULL, must_change_password, password_hash IS NULL`
      return (
        await queries.select(classRow, {
          sql: `SELECT ${accountColumns}, c.count FROM users u JOIN (
            SELECT min(seq) AS seq, count(*) AS count FROM users WHERE ${sql} GROUP BY ${by}) c ON c.seq = u.seq`,
          bind: { ...bind, apart: JSON.stringify(apart) },
        })
      ).map(({ count, ...account }) => ({ account, count }))
    },
  }
}
