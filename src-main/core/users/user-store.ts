import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { authProviders, authProviderSchema } from '../../contract/app'
import { AppError } from '../../contract/errors'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { isUniqueViolation } from '../db/db-errors'
import { asFlag, asTime, listOf, type Statement } from '../db/sql'
import type { Account, NewAccount, UserStore } from './account'
import { foldName } from './folded-name'
import { changedColumns, textColumns, type Columns } from './user-store-change'
import { createIdentityStore } from './user-store-identities'
import { createManyReads } from './user-store-many'
import { createUserList } from './user-store-list'
import { accountColumns, accountRow, identityColumns, identityRow, teamRow } from './user-store-rows'
import { sortForm } from './user-store-text'

const countRow = z.object({ count: z.number().int() })
const providerRow = z.object({ provider: authProviderSchema, count: z.number().int() })
const issuerRow = z.object({ issuer: z.string(), count: z.number().int() })
const deletedRow = z.object({ deleted: z.string().nullable() })

type Accounts = (where: Statement, tx?: Tx) => Promise<readonly Account[]>

function createReads(queries: Queries) {
  const accounts: Accounts = (where, tx) => {
    const sql = `SELECT ${accountColumns} FROM users u WHERE u.deleted_at IS NULL AND ${where.sql}`
    return queries.select(accountRow, { ...where, sql }, tx)
  }
  const one: (...given: Parameters<Accounts>) => Promise<Account | null> = async (where, tx) =>
    (await accounts(where, tx))[0] ?? null

  return {
    count: async (tx) => {
      const sql = 'SELECT count(*) AS count FROM users WHERE deleted_at IS NULL'
      return (await queries.select(countRow, { sql }, tx))[0]?.count ?? 0
    },
    byId: (id, tx) => one({ sql: 'u.id = $id', bind: { id } }, tx),
    byName: (name, tx) => one({ sql: 'u.username_folded = $name', bind: { name: foldName(name) } }, tx),
    byEmail: (email, tx) =>
      accounts({ sql: 'u.email_folded = $email ORDER BY u.seq', bind: { email: foldName(email) } }, tx),
    byIdentity: (issuer, subject, tx) => {
      const sql = 'u.id = (SELECT account FROM identities WHERE issuer = $issuer AND subject = $subject)'
      return one({ sql, bind: { issuer, subject } }, tx)
    },
    identities: (account, tx) => {
      const sql = `SELECT ${identityColumns} FROM identities WHERE account = $account ORDER BY id`
      return queries.select(identityRow, { sql, bind: { account } }, tx)
    },
    teams: (account) => {
      const sql = `SELECT t.id, t.name, t.issuer, t.provider AS slug FROM team_members m JOIN teams t ON t.id = m.team
        WHERE m.account = $account ORDER BY t.name, t.id`
      return queries.select(teamRow, { sql, bind: { account } })
    },
    localAdmins: (tx) =>
      accounts(
        {
          sql: `u.role = 'admin' AND u.disabled_at IS NULL AND u.auth_provider = 'local'
            AND u.password_hash IS NOT NULL ORDER BY u.seq`,
        },
        tx,
      ),
    enabledAdmins: (tx) => accounts({ sql: `u.role = 'admin' AND u.disabled_at IS NULL ORDER BY u.seq` }, tx),
  } satisfies Partial<UserStore>
}

function createCounts(queries: Queries) {
  return {
    countByProvider: async () => {
      const rows = await queries.select(providerRow, {
        sql: `SELECT auth_provider AS provider, count(*) AS count FROM users
          WHERE deleted_at IS NULL GROUP BY auth_provider`,
      })
      const found = new Map(rows.map(({ provider, count }) => [provider, count]))
      const counts = authProviders.map((provider) => [provider, found.get(provider) ?? 0])
      return Object.fromEntries(counts) as Record<(typeof authProviders)[number], number>
    },
    countByIssuer: async () => {
      const rows = await queries.select(issuerRow, {
        sql: `SELECT i.issuer, count(DISTINCT i.account) AS count FROM identities i
          JOIN users u ON u.id = i.account WHERE u.deleted_at IS NULL GROUP BY i.issuer`,
      })
      return Object.fromEntries(rows.map(({ issuer, count }) => [issuer, count]))
    },
  } satisfies Partial<UserStore>
}

/** A deleted account keeps its name, so that nobody inherits what was known under it. */
async function nameRefused(queries: Queries, tx: Tx, refused: { username: string; cause: unknown }) {
  const { username, cause } = refused
  const sql = 'SELECT deleted_at AS deleted FROM users WHERE username_folded = $name'
  const [owner] = await queries.select(deletedRow, { sql, bind: { name: foldName(username) } }, tx)
  return new AppError(owner?.deleted ? 'NAME_RESERVED' : 'NAME_TAKEN', { details: { username }, cause })
}

function insertRow(queries: Queries, tx: Tx, row: { table: string; columns: Columns }): Promise<number> {
  const names = Object.keys(row.columns)
  const values = names.map((name) => `$${name}`).join(', ')
  const sql = `INSERT INTO ${row.table} (${names.join(', ')}) VALUES (${values})`
  return queries.run(tx, { sql, bind: row.columns })
}

function newColumns(id: string, account: NewAccount, now: Date): Columns {
  return {
    id,
    username: account.username,
    username_folded: foldName(account.username),
    username_sort: sortForm(account.username),
    ...textColumns(account),
    auth_provider: account.authProvider,
    password_hash: account.passwordHash,
    must_change_password: asFlag(account.mustChangePassword),
    password_expires_at: asTime(account.passwordExpiresAt),
    password_changed_at: account.passwordHash === null ? null : asTime(now),
    created_at: asTime(now),
  }
}

function createWrites(queries: Queries, byId: UserStore['byId']) {
  const required = async (id: string, tx: Tx): Promise<Account> => {
    const account = await byId(id, tx)
    if (!account) throw new AppError('NOT_FOUND', { details: { id } })
    return account
  }
  return {
    insert: async (tx, account, now) => {
      const id = randomUUID()
      try {
        await insertRow(queries, tx, { table: 'users', columns: newColumns(id, account, now) })
      } catch (cause) {
        if (!isUniqueViolation(cause, 'users.username_folded')) throw cause
        throw await nameRefused(queries, tx, { username: account.username, cause })
      }
      for (const { role, source } of account.grants) {
        const columns = { account: id, role, source, granted_at: asTime(now) }
        await insertRow(queries, tx, { table: 'role_grants', columns })
      }
      return required(id, tx)
    },
    update: async (tx, id, change) => {
      // What is derived from several fields needs those that stay.
      const isText = change.email !== undefined || change.fullName !== undefined
      const columns = changedColumns(isText ? await required(id, tx) : null, change)
      const assignments = Object.keys(columns).map((name) => `${name} = $${name}`)
      if (assignments.length > 0) {
        const sql = `UPDATE users SET ${assignments.join(', ')} WHERE id = $accountId`
        await queries.run(tx, { sql, bind: { ...columns, accountId: id } })
      }
      return required(id, tx)
    },
    remove: async (tx, id, now) => {
      await required(id, tx)
      const bind = { id, now: asTime(now) }
      const hash = 'password_hash = NULL, password_expires_at = NULL, must_change_password = 0'
      await queries.run(tx, { sql: `UPDATE users SET deleted_at = $now, ${hash} WHERE id = $id`, bind })
      // A provider's team is what its claims say: without members nobody's claim names it.
      await queries.run(tx, {
        sql: `DELETE FROM teams WHERE issuer IS NOT NULL
          AND id IN (SELECT team FROM team_members WHERE account = $id)
          AND NOT EXISTS (SELECT 1 FROM team_members WHERE team = teams.id AND account <> $id)`,
        bind: { id },
      })
      for (const table of ['identities', 'role_grants', 'team_members'])
        await queries.run(tx, { sql: `DELETE FROM ${table} WHERE account = $id`, bind: { id } })
    },
  } satisfies Partial<UserStore>
}

function createGrants(queries: Queries) {
  return {
    setRoles: async (tx, account, { source, roles, now }) => {
      const keep = listOf('role', roles)
      await queries.run(tx, {
        sql: `DELETE FROM role_grants WHERE account = $account AND source = $source AND role NOT IN ${keep.sql}`,
        bind: { account, source, ...keep.bind },
      })
      for (const role of roles) {
        await queries.run(tx, {
          sql: `INSERT INTO role_grants (account, role, source, granted_at) VALUES ($account, $role, $source, $now)
            ON CONFLICT DO NOTHING`,
          bind: { account, role, source, now: asTime(now) },
        })
      }
    },
  } satisfies Partial<UserStore>
}

/** Accounts in the console's own database. */
export function createUserStore(queries: Queries): UserStore {
  const reads = createReads(queries)
  return {
    ...createUserList(queries),
    ...createManyReads(queries),
    ...reads,
    ...createCounts(queries),
    ...createWrites(queries, reads.byId),
    ...createIdentityStore(queries),
    ...createGrants(queries),
  }
}
