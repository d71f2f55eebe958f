import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { authProviderSchema, timeSchema } from '../../contract/app'
import type { PendingLink } from '../../contract/links'
import { roleSchema } from '../../contract/permissions'
import { accountStateSchema } from '../../contract/users'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { detailsColumn } from '../db/sql'
import type { Identity } from '../users/account'
import { stateColumn } from '../users/user-store-filter'

const linkRow = z
  .object({
    id: z.string(),
    accountId: z.string(),
    username: z.string(),
    accountEmail: z.string().nullable(),
    authProvider: authProviderSchema,
    role: roleSchema,
    state: accountStateSchema,
    kind: z.enum(['oidc', 'ldap']),
    issuer: z.string(),
    subject: z.string(),
    slug: z.string().nullable(),
    email: z.string().nullable(),
    name: z.string().nullable(),
    login: z.string().nullable(),
    claims: detailsColumn,
    tries: z.number().int(),
    createdAt: timeSchema,
    lastAt: timeSchema,
    refusedAt: timeSchema.nullable(),
    refusedBy: z.string().nullable(),
  })
  .transform((row) => {
    const { accountId, username, accountEmail, authProvider, role, state, refusedAt, refusedBy, ...link } =
      row
    return {
      ...link,
      account: { id: accountId, username, email: accountEmail, authProvider, role, state },
      refused: refusedAt === null ? null : { at: refusedAt, by: refusedBy ?? '' },
    }
  })
/** With the claims, which the window does not need. */
export type StoredLink = PendingLink & Pick<Identity, 'claims'>

const selectLink = `SELECT l.id, u.id AS accountId, u.username, u.email AS accountEmail,
    u.auth_provider AS authProvider, u.role, ${stateColumn} AS state, l.kind, l.issuer, l.subject, l.slug, l.email,
    l.name, l.login, l.claims, l.tries, l.created_at AS createdAt, l.last_at AS lastAt, l.refused_at AS refusedAt,
    l.refused_by AS refusedBy
  FROM pending_links l JOIN users u ON u.id = l.account AND u.deleted_at IS NULL`

const countRow = z.object({ count: z.number().int() })

export interface LinkStore {
  readonly list: (account: string | null, now: Date) => Promise<readonly StoredLink[]>
  readonly one: (id: string, now: Date, tx: Tx) => Promise<StoredLink | null>
  /** Files the identity or counts another try; false where an administrator has refused it before. */
  readonly file: (
    tx: Tx,
    account: string,
    vouched: { identity: Identity; login: string | null; now: Date },
  ) => Promise<boolean>
  readonly refuse: (tx: Tx, id: string, by: { by: string; now: Date }) => Promise<void>
  /** Takes away what waited for this identity, whosever it was to be. */
  readonly settle: (tx: Tx, identity: { issuer: string; subject: string }) => Promise<void>
  readonly openOf: (tx: Tx, account: string) => Promise<number>
}

/** Identities that wait for an administrator. */
export function createLinkStore(queries: Queries): LinkStore {
  const select = async (where: string, bind: Record<string, string>, tx?: Tx) =>
    queries.select(linkRow, { sql: `${selectLink} WHERE ${where} ORDER BY l.created_at, l.id`, bind }, tx)
  const openOf = async (tx: Tx, account: string) => {
    const sql = `SELECT count(*) AS count FROM pending_links WHERE account = $account AND refused_at IS NULL`
    return (await queries.select(countRow, { sql, bind: { account } }, tx))[0]?.count ?? 0
  }
  return {
    list: (account, now) =>
      account === null
        ? select('l.refused_at IS NULL', { now: now.toISOString() })
        : select('l.account = $account', { account, now: now.toISOString() }),
    one: async (id, now, tx) => (await select('l.id = $id', { id, now: now.toISOString() }, tx))[0] ?? null,
    file: async (tx, account, { identity, login, now }) => {
      const { kind, issuer, subject, slug, email, name, claims } = identity
      await queries.run(tx, {
        sql: `INSERT INTO pending_links (id, account, kind, issuer, subject, slug, email, name, login, claims,
            created_at, last_at)
          VALUES ($id, $account, $kind, $issuer, $subject, $slug, $email, $name, $login, $claims, $now, $now)
          ON CONFLICT (account, issuer, subject) DO UPDATE SET slug = excluded.slug, email = excluded.email,
            name = excluded.name, login = excluded.login, claims = excluded.claims, tries = tries + 1,
            last_at = excluded.last_at`,
        bind: {
          ...{ id: randomUUID(), account, kind, issuer, subject, slug, email, name, login },
          ...{ claims: JSON.stringify(claims), now: now.toISOString() },
        },
      })
      return (await openOf(tx, account)) > 0
    },
    refuse: async (tx, id, { by, now }) => {
      const sql = 'UPDATE pending_links SET refused_at = $now, refused_by = $by WHERE id = $id'
      await queries.run(tx, { sql, bind: { id, by, now: now.toISOString() } })
    },
    settle: async (tx, { issuer, subject }) => {
      const sql = 'DELETE FROM pending_links WHERE issuer = $issuer AND subject = $subject'
      await queries.run(tx, { sql, bind: { issuer, subject } })
    },
    openOf,
  }
}
