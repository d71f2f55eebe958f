import { z } from 'zod'
import { authProviders, authProviderSchema, timeSchema } from '../../contract/app'
import { roles, roleSchema } from '../../contract/permissions'
import {
  accountStates,
  accountStateSchema,
  type UserFacets,
  type User,
  type UserFilter,
} from '../../contract/users'
import type { Queries } from '../db/connections'
import type { UserStore } from './account'
import { cursorOf, placeOf, type Place, type Sort } from './user-store-cursor'
import {
  allOf,
  chipConditions,
  indexMatch,
  needleOf,
  scanMatch,
  stateColumn,
  type Condition,
} from './user-store-filter'

/** Up to so many matches are fetched and sorted; more are found by walking in order until the page is full. */
const fewMatches = 2000

const sortColumns: Readonly<Record<Sort['by'], string>> = {
  username: 'username_sort',
  email: 'email_sort',
  fullName: 'full_name_sort',
  authProvider: 'auth_provider',
  lastSignIn: 'last_sign_in',
}
const sortIndexes: Readonly<Record<Sort['by'], string>> = {
  username: 'users_by_username',
  email: 'users_by_email',
  fullName: 'users_by_full_name',
  authProvider: 'users_by_provider',
  lastSignIn: 'users_by_last_sign_in',
}
const neverEmpty: ReadonlySet<Sort['by']> = new Set(['username', 'authProvider'])

const countRow = z.object({ count: z.number().int() })
const listRow = z.object({
  seq: z.number().int(),
  key: z.string().nullable(),
  id: z.string(),
  username: z.string(),
  email: z.string().nullable(),
  fullName: z.string().nullable(),
  role: roleSchema,
  authProvider: authProviderSchema,
  state: accountStateSchema,
  lastSignIn: timeSchema.nullable(),
})
const facetRow = z.object({
  provider: authProviderSchema,
  role: roleSchema,
  state: accountStateSchema,
  count: z.number().int(),
})

type Order = 'sorted' | 'walked'

/** A part of the list: rows with a value in their order, then those without, whatever the direction. */
interface Part {
  readonly condition: string
  readonly bind: Condition['bind']
}

/** The parts of the list that lie behind `place`. */
function partsAfter(sort: Sort, place: Place | null): readonly Part[] {
  const column = sortColumns[sort.by]
  const behind = sort.direction === 'asc' ? '>' : '<'
  const empty = neverEmpty.has(sort.by) ? [] : [{ condition: `${column} IS NULL`, bind: {} }]
  if (!place) return [{ condition: `${column} IS NOT NULL`, bind: {} }, ...empty]
  const bind = { afterSeq: place.seq }
  if (place.key === null) return [{ condition: `${column} IS NULL AND seq ${behind} $afterSeq`, bind }]
  const condition = `(${column}, seq) ${behind} ($afterKey, $afterSeq)`
  return [{ condition, bind: { ...bind, afterKey: place.key } }, ...empty]
}

interface Slice {
  readonly sort: Sort
  readonly order: Order
  readonly limit: number
}

/**
 * Where the rows come from: few matches are fetched first and sorted then (`+` keeps SQLite from walking an index),
 * else the order's own index is walked, which SQLite would not choose by itself beside a chip.
 */
function sourceOf({ sort, order }: Slice, condition: Condition) {
  const column = sortColumns[sort.by]
  const { direction } = sort
  return order === 'sorted'
    ? {
        from: 'users',
        where: `seq IN (SELECT seq FROM users WHERE ${condition.sql})`,
        by: `+${column} ${direction}, +seq ${direction}`,
      }
    : {
        from: `users INDEXED BY ${sortIndexes[sort.by]}`,
        where: condition.sql,
        by: `${column} ${direction}, seq ${direction}`,
      }
}

function asUser(row: z.output<typeof listRow>): User {
  const { id, username, email, fullName, role, authProvider, state, lastSignIn } = row
  return { id, username, email, fullName, role, authProvider, state, lastSignIn }
}

function createSearch(queries: Queries) {
  const count = async (from: string, condition: Condition): Promise<number> => {
    const sql = `SELECT count(*) AS count FROM ${from} WHERE ${condition.sql}`
    const [row] = await queries.select(countRow, { sql, bind: condition.bind })
    return row?.count ?? 0
  }
  /** The search as a condition: by the trigram index where it names few rows, else by looking at each row. */
  const conditionFor = async (search: string): Promise<readonly Condition[]> => {
    const needle = needleOf(search)
    if (!needle) return []
    if (!needle.indexed) return [scanMatch(needle)]
    const match = indexMatch(needle)
    const some = `(SELECT 1 FROM users_search WHERE ${match.sql} LIMIT ${fewMatches + 1})`
    if ((await count(some, { sql: 'true', bind: match.bind })) > fewMatches) return [scanMatch(needle)]
    return [{ ...match, sql: `seq IN (SELECT rowid FROM users_search WHERE ${match.sql})` }]
  }
  return { count, conditionFor }
}

/** The rows of one part that fulfil the condition, as many as the page still lacks. */
async function rowsOf(queries: Queries, where: { part: Part; condition: Condition }, slice: Slice) {
  const { part, condition } = where
  const { from, where: wanted, by } = sourceOf(slice, condition)
  const sql = `SELECT seq, ${sortColumns[slice.sort.by]} AS key, id, username, email, full_name AS fullName, role,
      auth_provider AS authProvider, ${stateColumn} AS state, last_sign_in AS lastSignIn
    FROM ${from} WHERE ${wanted} AND deleted_at IS NULL AND ${part.condition}
    ORDER BY ${by} LIMIT $limit`
  return queries.select(listRow, { sql, bind: { ...condition.bind, ...part.bind, limit: slice.limit } })
}

/** Groups by the columns in the order of their index, so that the state is worked out once a group, not once a row. */
function facetsSql(condition: Condition): string {
  const columns = 'auth_provider, role, disabled_at, locked_until, must_change_password, pending_link'
  return `SELECT auth_provider AS provider, role, ${stateColumn} AS state, sum(rows) AS count
    FROM (SELECT ${columns}, count(*) AS rows FROM users WHERE ${condition.sql} GROUP BY ${columns})
    GROUP BY 1, 2, 3`
}

/** A filter as a condition on `users`. */
export async function conditionOf(queries: Queries, filter: UserFilter, now: Date): Promise<Condition> {
  const found = await createSearch(queries).conditionFor(filter.search)
  return allOf([...found, ...chipConditions(filter, now)])
}

/** The list of accounts, page by page, and the numbers on its chips. */
export function createUserList(queries: Queries): Pick<UserStore, 'page' | 'facets'> {
  const search = createSearch(queries)
  return {
    page: async (query, now) => {
      const { sort, limit } = query
      const place = query.after === null ? null : placeOf(sort, query.after)
      const conditions = [...(await search.conditionFor(query.search)), ...chipConditions(query, now)]
      const { sql, bind } = allOf(conditions)
      const total = await search.count('users', { sql, bind })
      const order: Order = conditions.length > 0 && total <= fewMatches ? 'sorted' : 'walked'
      const condition = { sql, bind: { ...bind, now: now.toISOString() } }
      const rows: z.output<typeof listRow>[] = []
      for (const part of partsAfter(sort, place)) {
        const missing = limit + 1 - rows.length
        if (missing <= 0) break
        rows.push(...(await rowsOf(queries, { part, condition }, { sort, order, limit: missing })))
      }
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        users: shown.map(asUser),
        next: rows.length > limit && last ? cursorOf(sort, last) : null,
        total,
      }
    },
    facets: async (filter, now) => {
      const condition = allOf(await search.conditionFor(filter.search))
      const rows = await queries.select(facetRow, {
        sql: facetsSql(condition),
        bind: { ...condition.bind, now: now.toISOString() },
      })
      return facetsOf(rows, filter)
    },
  }
}

/** At most 60 groups come from the database; each chip's number is the sum of those it stands for. */
function facetsOf(rows: readonly z.output<typeof facetRow>[], filter: UserFilter): UserFacets {
  const holds = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value)
  const inProvider = (row: (typeof rows)[number]) => holds(filter.providers, row.provider)
  const inRole = (row: (typeof rows)[number]) => holds(filter.roles, row.role)
  const inState = (row: (typeof rows)[number]) => holds(filter.states, row.state)
  const sum = (test: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(test).reduce((total, row) => total + row.count, 0)
  const each = <V extends string>(
    values: readonly V[],
    test: (value: V) => (row: (typeof rows)[number]) => boolean,
  ) => Object.fromEntries(values.map((value) => [value, sum(test(value))])) as Record<V, number>
  return {
    all: sum(() => true),
    providers: each(authProviders, (value) => (row) => row.provider === value && inRole(row) && inState(row)),
    roles: each(roles, (value) => (row) => row.role === value && inProvider(row) && inState(row)),
    states: each(accountStates, (value) => (row) => row.state === value && inProvider(row) && inRole(row)),
  }
}
