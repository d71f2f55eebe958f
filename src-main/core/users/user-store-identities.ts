import { z } from 'zod'
import { AppError } from '../../contract/errors'
import type { Queries } from '../db/connections'
import { asTime } from '../db/sql'
import type { UserStore } from './account'

const ownerRow = z.object({ account: z.string() })

type Identities = Pick<UserStore, 'saveIdentity' | 'addIdentity' | 'removeIdentity'>

/** The identities that lead to accounts; each belongs to one account only. */
export function createIdentityStore(queries: Queries): Identities {
  return {
    saveIdentity: async (tx, account, identity) => {
      const { issuer, subject } = identity
      const saved = await queries.run(tx, {
        sql: `INSERT INTO identities (account, kind, issuer, subject, slug, email, name, picture_url, claims,
            first_sign_in, last_sign_in, linked_at)
          VALUES ($account, $kind, $issuer, $subject, $slug, $email, $name, $picture, $claims, $now, $now, $now)
          ON CONFLICT (issuer, subject) DO UPDATE SET slug = excluded.slug, email = excluded.email,
            name = excluded.name, picture_url = excluded.picture_url, claims = excluded.claims,
            first_sign_in = coalesce(first_sign_in, excluded.first_sign_in), last_sign_in = excluded.last_sign_in
          WHERE account = excluded.account`,
        bind: {
          account,
          kind: identity.kind,
          issuer,
          subject,
          slug: identity.slug,
          email: identity.email,
          name: identity.name,
          picture: identity.picture,
          claims: JSON.stringify(identity.claims),
          now: asTime(identity.now),
        },
      })
      if (saved > 0) return
      const sql = 'SELECT account FROM identities WHERE issuer = $issuer AND subject = $subject'
      const [owner] = await queries.select(ownerRow, { sql, bind: { issuer, subject } }, tx)
      throw new AppError('LINK_CONFLICT', { details: { issuer, subject, account: owner?.account ?? null } })
    },
    addIdentity: async (tx, account, identity) => {
      const { kind, issuer, subject, slug, email, name, picture, claims, now } = identity
      const added = await queries.run(tx, {
        sql: `INSERT INTO identities (account, kind, issuer, subject, slug, email, name, picture_url, claims, linked_at)
          VALUES ($account, $kind, $issuer, $subject, $slug, $email, $name, $picture, $claims, $now)
          ON CONFLICT (issuer, subject) DO NOTHING`,
        bind: {
          ...{ account, kind, issuer, subject, slug, email, name, picture },
          ...{ claims: JSON.stringify(claims), now: asTime(now) },
        },
      })
      if (added === 0) throw new AppError('LINK_CONFLICT', { details: { issuer, subject } })
    },
    removeIdentity: async (tx, account, { issuer, subject }) => {
      const sql =
        'DELETE FROM identities WHERE account = $account AND issuer = $issuer AND subject = $subject'
      await queries.run(tx, { sql, bind: { account, issuer, subject } })
    },
  }
}
