import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authProviders } from '../../../src-main/contract/app'
import { highestRole, roles } from '../../../src-main/contract/permissions'
import {
  accountStates,
  userSorts,
  type User,
  type UserFilter,
  type UserQuery,
} from '../../../src-main/contract/users'
import type { Database } from '../../../src-main/core/db/database'
import type { Account, UserStore } from '../../../src-main/core/users/account'
import { stateOf } from '../../../src-main/core/users/user-policy'
import { createUserStore } from '../../../src-main/core/users/user-store'
import { searchForm, sortForm } from '../../../src-main/core/users/user-store-text'
import { createSeededRandom } from '../../../src-main/core/demo/seeded-random'
import { temporaryHome, type TestHome } from '../../support/database'

const now = new Date('2025-03-01T09:00:00.000Z')
const size = 400
const texts = [
  'Anna',
  'anna',
  'ÄNNE',
  'Müller',
  'MUELLER',
  'mu_ller',
  '100%',
  "O'Neil",
  '"q"',
  '王小明',
  'x*y',
  'ß',
]
const everything: UserFilter = { search: '', providers: [], roles: [], states: [] }

/** What the list shows of an account, worked out without the database. */
function asUser(account: Account): User {
  const { id, username, email, fullName, authProvider, lastSignIn } = account
  const role = highestRole(account.grants.map((grant) => grant.role))
  const state = stateOf(account, now)
  return {
    id,
    username,
    email,
    fullName,
    role,
    authProvider,
    state,
    lastSignIn: lastSignIn?.toISOString() ?? null,
  }
}

const holds = <T>(chosen: readonly T[], value: T): boolean => chosen.length === 0 || chosen.includes(value)

function matches(user: User, filter: UserFilter): boolean {
  const needle = searchForm(filter.search)
  const fields = [user.username, user.email, user.fullName].map((field) => searchForm(field ?? ''))
  return (
    fields.some((field) => field.includes(needle)) &&
    holds(filter.providers, user.authProvider) &&
    holds(filter.roles, user.role) &&
    holds(filter.states, user.state)
  )
}

describe('the list of accounts', () => {
  let home: TestHome
  let database: Database
  let users: UserStore
  let all: readonly { user: User; position: number }[]

  async function addOne(index: number, random = createSeededRandom(index)): Promise<Account> {
    const text = () => random.pick(texts as [string, ...string[]])
    const some = <T>(value: T): T | null => (random.below(3) === 0 ? null : value)
    return database.transaction(async (tx) => {
      const { id } = await users.insert(
        tx,
        {
          username: `${text()}-${index}`,
          email: some(`${text()}@example.org`),
          fullName: some(`${text()} ${text()}`),
          authProvider: random.pick(authProviders),
          passwordHash: null,
          mustChangePassword: random.below(5) === 0,
          passwordExpiresAt: null,
          grants: roles.filter(() => random.below(4) === 0).map((role) => ({ role, source: 'manual' })),
        },
        now,
      )
      return users.update(tx, id, {
        disabled: random.below(6) === 0 ? { at: now, source: 'manual', reason: null } : null,
        lockedUntil: some(new Date(now.getTime() + (random.below(3) - 1) * 1000)),
        pendingLink: random.below(5) === 0,
        lastSignIn: some(new Date(now.getTime() - random.below(5) * 1000)),
      })
    })
  }

  beforeAll(async () => {
    home = await temporaryHome()
    database = await home.open()
    users = createUserStore(database)
    const accounts: Account[] = []
    for (let index = 0; index < size; index += 1) accounts.push(await addOne(index))
    await database.transaction((tx) =>
      database.run(tx, { sql: "UPDATE users SET deleted_at = '2025' WHERE seq % 20 = 0" }),
    )
    all = accounts
      .map((account, index) => ({ user: asUser(account), position: index + 1 }))
      .filter(({ position }) => position % 20 !== 0)
  })
  afterAll(() => home.remove())

  const sortKey = (user: User, by: UserQuery['sort']['by']): string | null => {
    if (by === 'authProvider' || by === 'lastSignIn') return user[by]
    const text = user[by]
    return text === null ? null : sortForm(text)
  }
  /** By key, empty ones last in both directions, ties by the order of making. */
  function expectedOrder(filter: UserFilter, sort: UserQuery['sort']): readonly string[] {
    const sign = sort.direction === 'asc' ? 1 : -1
    return all
      .filter(({ user }) => matches(user, filter))
      .toSorted((one, other) => {
        const [a, b] = [sortKey(one.user, sort.by), sortKey(other.user, sort.by)]
        if (a === null || b === null) {
          if (a === b) return sign * (one.position - other.position)
          return a === null ? 1 : -1
        }
        return sign * (Buffer.compare(Buffer.from(a), Buffer.from(b)) || one.position - other.position)
      })
      .map(({ user }) => user.id)
  }

  async function pages(filter: UserFilter, sort: UserQuery['sort'], limit: number) {
    const found: User[] = []
    const totals = new Set<number>()
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<UserStore['page']>> = await users.page(
        { ...filter, sort, limit, after },
        now,
      )
      expect(page.users.length).toBeLessThanOrEqual(limit)
      found.push(...page.users)
      expect(found.length, 'paging comes to an end').toBeLessThanOrEqual(size)
      totals.add(page.total)
      after = page.next
    } while (after !== null)
    return { found, totals: [...totals] }
  }

  const searches = fc.constantFrom(
    '',
    'a',
    'an',
    'anna',
    'ÄNNE',
    'muller',
    'müll',
    '%',
    '_',
    'u_l',
    '"',
    `"q"`,
    "O'",
    'ne',
    '小明',
    '王小明',
    'x*y',
    'SS',
    '@example',
    'anna anna',
    'zzz',
  )
  const anyFilter = fc.record({
    search: searches,
    providers: fc.subarray([...authProviders]),
    roles: fc.subarray([...roles]),
    states: fc.subarray([...accountStates]),
  })
  const anySort = fc.record({ by: fc.constantFrom(...userSorts), direction: fc.constantFrom('asc', 'desc') })

  it('pages through every order and filter without a gap, a duplicate or a wrong total', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, anySort, fc.integer({ min: 7, max: 120 }), async (filter, sort, limit) => {
        const { found, totals } = await pages(filter, sort, limit)
        const expected = expectedOrder(filter, sort)
        expect(found.map(({ id }) => id)).toEqual(expected)
        expect(totals).toEqual([expected.length])
      }),
      { numRuns: 80 },
    )
  })

  it.each(userSorts.flatMap((by) => [[by, 'asc'] as const, [by, 'desc'] as const]))(
    'pages one by one over ties and empty values: %s %s',
    async (by, direction) => {
      const filter = { ...everything, search: 'anna' }
      const { found } = await pages(filter, { by, direction }, 1)
      expect(found.map(({ id }) => id)).toEqual(expectedOrder(filter, { by, direction }))
    },
  )

  it('shows each account as the rules see it', async () => {
    const { found } = await pages(everything, { by: 'username', direction: 'asc' }, 500)
    expect(new Map(found.map((user) => [user.id, user]))).toEqual(
      new Map(all.map(({ user }) => [user.id, user])),
    )
  })

  it('counts its chips as counting by hand does', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const count = (changed: Partial<UserFilter>, test: (user: User) => boolean = () => true) =>
          all.filter(({ user }) => matches(user, { ...filter, ...changed }) && test(user)).length
        const each = <T extends string>(values: readonly T[], counted: (value: T) => number) =>
          Object.fromEntries(values.map((value) => [value, counted(value)]))
        expect(await users.facets(filter, now)).toEqual({
          all: count({ providers: [], roles: [], states: [] }),
          providers: each(authProviders, (value) =>
            count({ providers: [] }, (user) => user.authProvider === value),
          ),
          roles: each(roles, (value) => count({ roles: [] }, (user) => user.role === value)),
          states: each(accountStates, (value) => count({ states: [] }, (user) => user.state === value)),
        })
      }),
      { numRuns: 60 },
    )
  })

  it.each(['', 'x', Buffer.from('[1]').toString('base64url'), 'e30', '\u0000'])(
    'refuses a cursor that is none: %j',
    async (after) => {
      const query = { ...everything, sort: { by: 'username', direction: 'asc' } as const, limit: 5, after }
      await expect(users.page(query, now)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    },
  )

  it('refuses a cursor of another order', async () => {
    const sort = { by: 'username', direction: 'asc' } as const
    const { next } = await users.page({ ...everything, sort, limit: 5, after: null }, now)
    const other = users.page(
      { ...everything, sort: { by: 'email', direction: 'asc' }, limit: 5, after: next },
      now,
    )
    await expect(other).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('has cursors that fit the contract, however long a name is', async () => {
    const long = '\u{FDFA}'.repeat(199)
    const created = await database.transaction((tx) =>
      users.insert(
        tx,
        {
          ...{ username: `zz${long}`, email: `${long}@example.org`, fullName: `zz${long}` },
          ...{
            authProvider: 'local',
            passwordHash: null,
            mustChangePassword: false,
            passwordExpiresAt: null,
          },
          grants: [],
        },
        now,
      ),
    )
    for (const by of userSorts) {
      const sort = { by, direction: 'asc' } as const
      const { next } = await users.page({ ...everything, sort, limit: 380, after: null }, now)
      expect((next ?? 'none').length).toBeLessThan(1000)
      const one = await users.page({ ...everything, search: long, sort, limit: 5, after: null }, now)
      expect(one.users.map(({ id }) => id)).toEqual([created.id])
    }
    await database.transaction((tx) =>
      database.run(tx, { sql: 'DELETE FROM users WHERE id = $id', bind: { id: created.id } }),
    )
    const gone = { ...everything, search: long, sort: { by: 'username', direction: 'asc' } as const }
    expect((await users.page({ ...gone, limit: 5, after: null }, now)).total).toBe(0)
  })
})

describe('the list of many accounts', () => {
  let home: TestHome
  let users: UserStore
  beforeAll(async () => {
    home = await temporaryHome()
    const database = await home.open()
    users = createUserStore(database)
    await database.transaction((tx) =>
      database.run(tx, {
        sql: `INSERT INTO users (id, username, username_folded, username_sort, search_text, created_at, auth_provider)
          SELECT 'id' || value, 'person' || value, 'person' || value, 'person' || value, 'person' || value || char(10),
            '2025-03-01T09:00:00.000Z', CASE value % 7 WHEN 0 THEN 'ldap' ELSE 'local' END
          FROM json_each($numbers)`,
        bind: { numbers: JSON.stringify(Array.from({ length: 6000 }, (_, index) => index + 1)) },
      }),
    )
  })
  afterAll(() => home.remove())

  const walk = async (filter: Partial<UserFilter>): Promise<{ ids: string[]; totals: number[] }> => {
    const ids: string[] = []
    let after: string | null = null
    const totals = new Set<number>()
    do {
      const query: UserQuery = {
        ...{ ...everything, ...filter },
        ...{ sort: { by: 'authProvider', direction: 'desc' }, limit: 500, after },
      }
      const page: Awaited<ReturnType<UserStore['page']>> = await users.page(query, now)
      ids.push(...page.users.map(({ id }) => id))
      expect(ids.length, 'paging comes to an end').toBeLessThanOrEqual(6000)
      after = page.next
      totals.add(page.total)
    } while (after !== null)
    return { ids, totals: [...totals] }
  }

  it.each([
    ['a common term', { search: 'person' }, 6000],
    ['a common short term', { search: 'p' }, 6000],
    ['a common term and a chip', { search: 'erson', providers: ['ldap'] }, 857],
    ['a rare term', { search: 'person59' }, 111],
    ['a chip with many accounts', { providers: ['local'] }, 5143],
  ] satisfies [string, Partial<UserFilter>, number][])(
    'walks through %s',
    async (_what, filter, expected) => {
      const { ids, totals } = await walk(filter)
      expect(totals).toEqual([expected])
      expect(new Set(ids).size).toBe(expected)
      expect(ids).toHaveLength(expected)
    },
  )
})
