import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { authProviderSchema } from '../../contract/app'
import type { TeamMember } from '../../contract/teams'
import { accountStateSchema } from '../../contract/users'
import type { Tx } from '../app/ports'
import type { Queries } from '../db/connections'
import { asFlag, flagColumn } from '../db/sql'
import { stateColumn } from '../users/user-store-filter'
import type { TeamEntry } from './team-claim'
import type { KnownTeam } from './team-policy'

const teamRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  isPublic: flagColumn,
  issuer: z.string().nullable(),
  externalId: z.string().nullable(),
  /** The provider's slug when it made the team. */
  slug: z.string().nullable(),
  members: z.number().int(),
})
export type StoredTeam = z.infer<typeof teamRow>

const selectTeam = `SELECT t.id, t.name, t.description, t.is_public AS isPublic, t.issuer,
    t.external_id AS externalId, t.provider AS slug,
    (SELECT count(*) FROM team_members WHERE team = t.id) AS members
  FROM teams t`
const byName = 'ORDER BY lower(t.name), t.name, t.id'

const knownRow = z.object({
  ...{ id: z.string(), externalId: z.string(), name: z.string(), description: z.string().nullable() },
  ...{ isPublic: flagColumn, members: z.number().int(), isMember: flagColumn },
})
const memberRow = z.object({
  ...{ id: z.string(), username: z.string(), fullName: z.string().nullable() },
  ...{ authProvider: authProviderSchema, state: accountStateSchema },
})
const countRow = z.object({ count: z.number().int() })

interface Page {
  readonly search: string
  readonly limit: number
}

export interface NewTeam extends Omit<TeamEntry, 'externalId'> {
  /** Of a team that a provider keeps; null for one that is made here. */
  readonly source: { readonly issuer: string; readonly externalId: string; readonly slug: string } | null
}

/** Teams and who is in them; writing methods run in the transaction they are given. */
export interface TeamStore {
  readonly list: (page: Page) => Promise<{ teams: StoredTeam[]; total: number }>
  readonly byId: (id: string, tx?: Tx) => Promise<StoredTeam | null>
  readonly byName: (name: string, tx?: Tx) => Promise<StoredTeam[]>
  /** Those that were made here. */
  readonly local: (tx: Tx) => Promise<StoredTeam[]>
  readonly members: (
    id: string,
    page: Page & { now: Date },
  ) => Promise<{ members: TeamMember[]; total: number }>
  readonly isMember: (tx: Tx, id: string, account: string) => Promise<boolean>
  /** Of one issuer: the teams with these ids, and those that the account is in. Without an account: a new one. */
  readonly known: (
    of: { issuer: string; externalIds: readonly string[]; account: string | null },
    tx: Tx,
  ) => Promise<KnownTeam[]>
  readonly insert: (tx: Tx, team: NewTeam, now: Date) => Promise<string>
  readonly change: (tx: Tx, id: string, to: Omit<TeamEntry, 'externalId'>) => Promise<void>
  readonly remove: (tx: Tx, id: string) => Promise<void>
  readonly join: (tx: Tx, member: { team: string; account: string; now: Date }) => Promise<void>
  readonly leave: (tx: Tx, team: string, account: string) => Promise<void>
}

/** `%` and `_` in a search are themselves. */
const like = (search: string) => `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`

function createReads(queries: Queries) {
  const count = async (sql: string, bind: Record<string, string>) =>
    (await queries.select(countRow, { sql: `SELECT count(*) AS count ${sql}`, bind }))[0]?.count ?? 0
  return {
    list: async ({ search, limit }) => {
      const where = `WHERE t.name LIKE $like ESCAPE '\\' OR t.description LIKE $like ESCAPE '\\'`
      const bind = { like: like(search) }
      const sql = `${selectTeam} ${where} ${byName} LIMIT $limit`
      const teams = await queries.select(teamRow, { sql, bind: { ...bind, limit } })
      return { teams, total: await count(`FROM teams t ${where}`, bind) }
    },
    byId: async (id, tx) =>
      (await queries.select(teamRow, { sql: `${selectTeam} WHERE t.id = $id`, bind: { id } }, tx))[0] ?? null,
    byName: (name, tx) =>
      queries.select(teamRow, { sql: `${selectTeam} WHERE t.name = $name ${byName}`, bind: { name } }, tx),
    local: (tx) => queries.select(teamRow, { sql: `${selectTeam} WHERE t.issuer IS NULL ${byName}` }, tx),
    members: async (id, { search, limit, now }) => {
      const from = `FROM team_members m JOIN users u ON u.id = m.account AND u.deleted_at IS NULL
        WHERE m.team = $id AND (u.username LIKE $like ESCAPE '\\' OR u.full_name LIKE $like ESCAPE '\\')`
      const bind = { id, like: like(search) }
      const sql = `SELECT u.id, u.username, u.full_name AS fullName, u.auth_provider AS authProvider,
          ${stateColumn} AS state ${from} ORDER BY u.username_folded LIMIT $limit`
      const members = await queries.select(memberRow, {
        sql,
        bind: { ...bind, limit, now: now.toISOString() },
      })
      return { members, total: await count(from, bind) }
    },
    isMember: async (tx, team, account) => {
      const sql = 'SELECT count(*) AS count FROM team_members WHERE team = $team AND account = $account'
      return ((await queries.select(countRow, { sql, bind: { team, account } }, tx))[0]?.count ?? 0) > 0
    },
    known: ({ issuer, externalIds, account }, tx) => {
      const isMember = `EXISTS (SELECT 1 FROM team_members WHERE team = t.id AND account = $account)`
      const sql = `SELECT t.id, t.external_id AS externalId, t.name, t.description, t.is_public AS isPublic,
          (SELECT count(*) FROM team_members WHERE team = t.id) AS members, ${isMember} AS isMember
        FROM teams t WHERE t.issuer = $issuer
          AND (t.external_id IN (SELECT value FROM json_each($ids)) OR ${isMember}) ORDER BY t.id`
      const bind = { issuer, account, ids: JSON.stringify(externalIds) }
      return queries.select(knownRow, { sql, bind }, tx)
    },
  } satisfies Partial<TeamStore>
}

function createWrites(queries: Queries) {
  return {
    insert: async (tx, { name, description, isPublic, source }, now) => {
      const id = randomUUID()
      await queries.run(tx, {
        sql: `INSERT INTO teams (id, name, description, is_public, issuer, external_id, provider, created_at)
          VALUES ($id, $name, $description, $isPublic, $issuer, $externalId, $slug, $now)`,
        bind: {
          ...{ id, name, description, isPublic: asFlag(isPublic), now: now.toISOString() },
          ...(source ?? { issuer: null, externalId: null, slug: null }),
        },
      })
      return id
    },
    change: async (tx, id, { name, description, isPublic }) => {
      const sql =
        'UPDATE teams SET name = $name, description = $description, is_public = $isPublic WHERE id = $id'
      await queries.run(tx, { sql, bind: { id, name, description, isPublic: asFlag(isPublic) } })
    },
    remove: async (tx, id) => {
      await queries.run(tx, { sql: 'DELETE FROM teams WHERE id = $id', bind: { id } })
    },
    join: async (tx, { team, account, now }) => {
      const sql = `INSERT INTO team_members (team, account, added_at) VALUES ($team, $account, $now)
        ON CONFLICT DO NOTHING`
      await queries.run(tx, { sql, bind: { team, account, now: now.toISOString() } })
    },
    leave: async (tx, team, account) => {
      const sql = 'DELETE FROM team_members WHERE team = $team AND account = $account'
      await queries.run(tx, { sql, bind: { team, account } })
    },
  } satisfies Partial<TeamStore>
}

export function createTeamStore(queries: Queries): TeamStore {
  return { ...createReads(queries), ...createWrites(queries) }
}
