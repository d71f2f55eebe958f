import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { UserFilter, UserQuery } from '../../src-main/contract/users'
import { openDatabase, type Database } from '../../src-main/core/db/database'
import { sampleName } from '../../src-main/core/demo/sample-names'
import { createSeededRandom } from '../../src-main/core/demo/seeded-random'
import type { UserStore } from '../../src-main/core/users/account'
import { createUserStore } from '../../src-main/core/users/user-store'
import { searchText, sortForm } from '../../src-main/core/users/user-store-text'
import { silentLogger } from '../support/database'
import { machine, medianOf, round } from '../support/measure'

/**
 * How long the list of 100,000 accounts takes, as a multiple of the least it could: a bare SELECT of the same
 * columns and as many rows, in the same run. One JSON document on stdout.
 */
const accounts = 100_000
const pageSize = 100
const rounds = 15
const now = new Date('2025-03-01T09:00:00.000Z')
const everything: UserFilter = { search: '', providers: [], roles: [], states: [] }
const byName: UserQuery['sort'] = { by: 'username', direction: 'asc' }

function manyAccounts(): string {
  const random = createSeededRandom(1)
  const rows = Array.from({ length: accounts }, (_, index) => {
    const name = sampleName(random)
    const username = `${name.plain}.${index}`
    const email = random.below(20) === 0 ? null : `${username}@example.org`
    return {
      ...{
        id: `id-${index}`,
        username,
        sort: sortForm(username),
        email,
        emailSort: email && sortForm(email),
      },
      ...{
        fullName: name.full,
        fullNameSort: sortForm(name.full),
        search: searchText([username, email, name.full]),
      },
      ...{
        provider: random.pick(['local', 'oidc', 'oidc', 'ldap'] as const),
        must: random.below(50) === 0 ? 1 : 0,
      },
      disabled: random.below(40) === 0 ? '2025-01-01T00:00:00.000Z' : null,
      last: random.below(10) === 0 ? null : new Date(now.getTime() - random.below(1e9) * 60).toISOString(),
      role: random.below(1000) === 0 ? 'admin' : 'user',
    }
  })
  return JSON.stringify(rows)
}

async function fill(database: Database): Promise<void> {
  const bind = { rows: manyAccounts() }
  const of = (name: string) => `value ->> '$.${name}'`
  await database.transaction(async (tx) => {
    await database.run(tx, {
      sql: `INSERT INTO users (id, username, username_folded, username_sort, email, email_folded, email_sort, full_name,
          full_name_sort, search_text, auth_provider, must_change_password, disabled_at, disabled_source, last_sign_in,
          created_at)
        SELECT ${['id', 'username', 'username', 'sort', 'email', 'email', 'emailSort'].map(of).join(', ')},
          ${['fullName', 'fullNameSort', 'search', 'provider', 'must', 'disabled'].map(of).join(', ')},
          CASE WHEN ${of('disabled')} IS NULL THEN NULL ELSE 'manual' END, ${of('last')}, '2024-01-01T00:00:00.000Z'
        FROM json_each($rows)`,
      bind,
    })
    await database.run(tx, {
      sql: `INSERT INTO role_grants SELECT ${of('id')}, ${of('role')}, 'manual', '2024-01-01T00:00:00.000Z'
        FROM json_each($rows)`,
      bind,
    })
  })
}

function bareSelect(database: Database, rows: number): () => Promise<unknown> {
  const sql = `SELECT seq, username_sort, id, username, email, full_name, role, auth_provider, last_sign_in
    FROM users LIMIT ${rows}`
  return () => database.select(z.unknown(), { sql })
}

async function farCursor(users: UserStore, sort: UserQuery['sort']): Promise<string | null> {
  let after: string | null = null
  for (let page = 0; page < 100; page += 1) {
    after = (await users.page({ ...everything, sort, limit: 500, after }, now)).next
  }
  return after
}

async function measured(database: Database): Promise<Record<string, () => Promise<unknown>>> {
  const users = createUserStore(database)
  const page = (change: Partial<UserQuery>) => () =>
    users.page({ ...everything, sort: byName, after: null, limit: pageSize, ...change }, now)
  const lastSignIn: UserQuery['sort'] = { by: 'lastSignIn', direction: 'desc' }
  const [far, farByTime] = [await farCursor(users, byName), await farCursor(users, lastSignIn)]
  return {
    firstPage: page({}),
    pageInTheMiddle: page({ after: far }),
    pageInTheMiddleByLastSignIn: page({ sort: lastSignIn, after: farByTime }),
    searchRareTerm: page({ search: 'dvorak.4711' }),
    searchCommonTerm: page({ search: 'example' }),
    searchCommonTermByLastSignIn: page({ search: 'example', sort: lastSignIn }),
    searchTwoLetters: page({ search: 'mu' }),
    searchNothingFound: page({ search: 'zzzzzz' }),
    filterRareRole: page({ roles: ['admin'] }),
    filterProvider: page({ providers: ['ldap'] }),
    filterState: page({ states: ['disabled'] }),
    searchAndFilter: page({ search: 'example', providers: ['ldap'], states: ['must-change-password'] }),
    chips: () => users.facets(everything, now),
    chipsOfCommonTerm: () => users.facets({ ...everything, search: 'example' }, now),
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'authdesk-bench-'))
  const path = join(folder, 'authdesk.sqlite')
  const clock = { now: () => now }
  const options = { path, clock, logger: silentLogger, backupsDir: join(folder, 'backups') }
  const database = await openDatabase({ ...options, migrationsMode: 'apply' })
  try {
    const start = performance.now()
    await fill(database)
    const fillMs = performance.now() - start
    const floor = await medianOf(rounds, bareSelect(database, pageSize))
    const results: Record<string, { medianMs: number; ratio: number }> = {}
    for (const [name, work] of Object.entries(await measured(database))) {
      const median = await medianOf(rounds, work)
      results[name] = { medianMs: round(median), ratio: round(median / floor) }
    }
    const [version] = await database.select(z.object({ v: z.string() }), {
      sql: 'SELECT sqlite_version() AS v',
    })
    const report = {
      bench: 'users-list',
      accounts,
      pageSize,
      rounds,
      floor: { what: 'a bare SELECT of the same columns and as many rows', medianMs: round(floor) },
      results,
      fillMs: Math.round(fillMs),
      bytes: (await stat(path)).size,
      machine: machine().machine,
      versions: { ...machine().versions, sqlite: version?.v ?? null },
    }
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

await main()
