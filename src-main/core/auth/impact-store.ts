import { z } from 'zod'
import { authProviders, authProviderSchema } from '../../contract/app'
import { roles, roleSchema } from '../../contract/permissions'
import type { Queries } from '../db/connections'
import { listOf } from '../db/sql'
import type { WayFacts } from './impact-policy'

/** An account's class is one number: the digits say provider, role and five yes-or-noes. */
export function classOf(facts: WayFacts): number {
  const bits = [facts.disabled, facts.hasPassword, facts.ldapIdentity, facts.oidcIdentity, facts.anyIdentity]
  const flags = bits.reduce((sum, bit, at) => sum + (bit ? 2 ** at : 0), 0)
  return (authProviders.indexOf(facts.provider) * roles.length + roles.indexOf(facts.role)) * 32 + flags
}

export function factsOfClass(number: number): WayFacts {
  const [flags, head] = [number % 32, Math.floor(number / 32)]
  const bit = (at: number) => Math.floor(flags / 2 ** at) % 2 === 1
  return {
    provider: authProviders[Math.floor(head / roles.length)] ?? 'local',
    role: roles[head % roles.length] ?? 'user',
    ...{
      disabled: bit(0),
      hasPassword: bit(1),
      ldapIdentity: bit(2),
      oidcIdentity: bit(3),
      anyIdentity: bit(4),
    },
  }
}

const numbered = (column: string, values: readonly string[]) =>
  `CASE ${column} ${values.map((value, at) => `WHEN '${value}' THEN ${at}`).join(' ')} END`

/** The accounts with their class; identities are read once, not once an account. */
const classified = (
  issuers: string,
) => `SELECT u.seq, u.id, u.username, u.username_sort, u.auth_provider, u.role,
    (${numbered('u.auth_provider', authProviders)} * ${roles.length} + ${numbered('u.role', roles)}) * 32
      + (u.disabled_at IS NOT NULL)
      + 2 * (u.auth_provider = 'local' AND u.password_hash IS NOT NULL)
      + 4 * coalesce(i.ldap, 0) + 8 * coalesce(i.oidc, 0) + 16 * (i.account IS NOT NULL) AS class
  FROM users u LEFT JOIN (
    SELECT account, max(kind = 'ldap') AS ldap, max(kind = 'oidc' AND issuer IN ${issuers}) AS oidc
    FROM identities GROUP BY account) i ON i.account = u.id
  WHERE u.deleted_at IS NULL`

const countRow = z.object({ class: z.number().int(), count: z.number().int() })
const personRow = z.object({
  seq: z.number().int(),
  sort: z.string(),
  id: z.string(),
  name: z.string(),
  provider: authProviderSchema,
  role: roleSchema,
  class: z.number().int(),
})
export type ImpactRow = z.infer<typeof personRow>

export interface ImpactStore {
  /** How many accounts there are of each class. */
  readonly classes: (issuers: readonly string[]) => Promise<{ class: number; count: number }[]>
  /** The accounts of these classes by name, behind `after`. */
  readonly people: (asked: {
    issuers: readonly string[]
    classes: readonly number[]
    after: { sort: string; seq: number } | null
    limit: number
  }) => Promise<ImpactRow[]>
}

export function createImpactStore(queries: Queries): ImpactStore {
  return {
    classes: (issuers) => {
      const list = listOf('issuer', issuers)
      const sql = `SELECT class, count(*) AS count FROM (${classified(list.sql)}) GROUP BY class`
      return queries.select(countRow, { sql, bind: list.bind })
    },
    people: ({ issuers, classes, after, limit }) => {
      const list = listOf('issuer', issuers)
      const place = after ? 'AND (username_sort, seq) > ($sort, $seq)' : ''
      return queries.select(personRow, {
        sql: `SELECT seq, username_sort AS sort, id, username AS name, auth_provider AS provider, role, class
          FROM (${classified(list.sql)}) WHERE class IN (SELECT value FROM json_each($classes)) ${place}
          ORDER BY username_sort, seq LIMIT $limit`,
        bind: { ...list.bind, classes: JSON.stringify(classes), limit, ...(after ?? {}) },
      })
    },
  }
}
