import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { impact } from '../../src-main/core/auth/impact'
import { createImpactStore } from '../../src-main/core/auth/impact-store'
import { createSeededRandom } from '../../src-main/core/demo/seeded-random'
import { openDatabase, type Database } from '../../src-main/core/db/database'
import { loadSettings } from '../../src-main/core/settings/load-settings'
import { silentLogger } from '../support/database'
import { machine, medianOf, round } from '../support/measure'

/**
 * What the impact of another AUTH_METHOD on 100,000 accounts costs, counts and first page, as a multiple of one SELECT
 * that reads the same columns of the same accounts. One JSON document on stdout.
 */
const accounts = 100_000
const rounds = 9
const issuer = 'https://id.example.test'

async function fill(database: Database): Promise<void> {
  const random = createSeededRandom(3)
  const rows = Array.from({ length: accounts }, (_, index) => ({
    id: `id-${index}`,
    name: `person.${String(index * 7919).padStart(9, '0')}`,
    provider: random.pick(['local', 'oidc', 'oidc', 'ldap'] as const),
    hash: random.below(3) > 0,
    disabled: random.below(40) === 0,
    identity: random.below(3) > 0,
  }))
  const of = (name: string) => `value ->> '$.${name}'`
  const bind = { rows: JSON.stringify(rows) }
  await database.transaction(async (tx) => {
    await database.run(tx, {
      sql: `INSERT INTO users (id, username, username_folded, username_sort, search_text, auth_provider, password_hash,
          disabled_at, disabled_source, created_at)
        SELECT ${['id', 'name', 'name', 'name', 'name', 'provider'].map(of).join(', ')},
          CASE WHEN ${of('hash')} THEN 'x' END, CASE WHEN ${of('disabled')} THEN '2025-01-01T00:00:00.000Z' END,
          CASE WHEN ${of('disabled')} THEN 'manual' END, '2024-01-01T00:00:00.000Z' FROM json_each($rows)`,
      bind,
    })
    await database.run(tx, {
      sql: `INSERT INTO identities (account, kind, issuer, subject)
        SELECT ${of('id')}, CASE ${of('provider')} WHEN 'ldap' THEN 'ldap' ELSE 'oidc' END,
          CASE ${of('provider')} WHEN 'ldap' THEN 'dc=example' ELSE '${issuer}' END, ${of('id')}
        FROM json_each($rows) WHERE ${of('identity')} AND ${of('provider')} <> 'local'`,
      bind,
    })
  })
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'authdesk-bench-'))
  const path = join(folder, 'authdesk.sqlite')
  const clock = { now: () => new Date('2025-03-01T09:00:00.000Z') }
  const options = { path, clock, logger: silentLogger, backupsDir: join(folder, 'backups') }
  const database = await openDatabase({ ...options, migrationsMode: 'apply' })
  try {
    await fill(database)
    const file = { AUTH_METHOD: 'both', OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'desk' }
    const profile = { name: 'bench', file: null }
    const settings = loadSettings({ profile, file, environment: {}, secrets: {}, found: [] })
    const store = createImpactStore(database)
    const deps = { store, settings: () => Promise.resolve(settings), files: { path: () => null } }
    const floor = await medianOf(rounds, () =>
      database.select(z.unknown(), {
        sql: `SELECT u.id, u.username, u.auth_provider, u.role, u.disabled_at, u.password_hash, i.kind, i.issuer
          FROM users u LEFT JOIN identities i ON i.account = u.id WHERE u.deleted_at IS NULL`,
      }),
    )
    const results: Record<string, { medianMs: number; ratio: number }> = {}
    for (const method of ['oidc', 'ldap', 'all'] as const) {
      const median = await medianOf(rounds, () =>
        impact(deps, { method, changes: [], after: null, limit: 100 }),
      )
      results[method] = { medianMs: round(median), ratio: round(median / floor) }
    }
    const what = 'one SELECT of the same columns of the same accounts'
    const report = {
      ...{ bench: 'impact', accounts, rounds, goal: { ratio: 3 } },
      floor: { what, medianMs: round(floor) },
      results,
      ...machine(),
    }
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

await main()
