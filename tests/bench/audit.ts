import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { createAuditLog, type AuditRecord } from '../../src-main/core/audit/audit-log'
import { openDatabase, type Database } from '../../src-main/core/db/database'
import { silentLogger } from '../support/database'
import { machine, medianOf, round } from '../support/measure'

/**
 * What the audit costs: appending records as a multiple of plain INSERTs of the same columns in transactions of the same
 * size, and verifying a chain of a million as a multiple of plain SHA-256 over the same bytes, row by row, with the
 * same SELECT before it. One JSON document on stdout. `bench audit -- 100000` takes a shorter chain.
 */
const records = Number(process.argv[2] ?? 1_000_000)
const inTransaction = 100
const rounds = 15

const record: AuditRecord = {
  ...{
    phase: 'done',
    intent: null,
    actor: 'account:mira',
    action: 'users.disable',
    target: 'ada',
    accountId: 'a1',
  },
  ...{ code: 'OK', reason: 'left the company', before: { state: 'enabled' }, after: { state: 'disabled' } },
}

async function appends(database: Database) {
  const log = createAuditLog({
    queries: database,
    clock: { now: () => new Date() },
    osUser: 'root',
    host: 'desk',
  })
  await database.transaction((tx) =>
    database.run(tx, {
      sql: `CREATE TABLE plain (sequence INTEGER PRIMARY KEY, phase TEXT, intent INTEGER, at TEXT, actor TEXT, os_user TEXT,
        host TEXT, action TEXT, target TEXT, account TEXT, code TEXT, reason TEXT, before TEXT, after TEXT,
        previous_hash TEXT, hash TEXT, mac TEXT)`,
    }),
  )
  const bind = {
    ...{
      phase: 'done',
      at: new Date().toISOString(),
      actor: 'account:mira',
      host: 'desk',
      action: 'users.disable',
    },
    ...{
      target: 'ada',
      code: 'OK',
      reason: 'left the company',
      json: '{"state":"disabled"}',
      hash: 'f'.repeat(64),
    },
  }
  const sql = `INSERT INTO plain (phase, at, actor, os_user, host, action, target, account, code, reason, before, after,
    previous_hash, hash) VALUES ($phase, $at, $actor, $host, $host, $action, $target, $target, $code, $reason, $json,
    $json, $hash, $hash)`
  const plain = () =>
    database.transaction(async (tx) => {
      for (let index = 0; index < inTransaction; index += 1) await database.run(tx, { sql, bind })
    })
  const chained = () =>
    database.transaction(async (tx) => {
      for (let index = 0; index < inTransaction; index += 1) await log.append(tx, record)
    })
  const floor = await medianOf(rounds, plain)
  const median = await medianOf(rounds, chained)
  await database.transaction(async (tx) => {
    for (const sql of ['DROP TABLE plain', 'DELETE FROM audit_events', `DELETE FROM console_state`])
      await database.run(tx, { sql })
  })
  return {
    floor: { what: `${inTransaction} plain INSERTs in one transaction`, medianMs: round(floor) },
    ...{ medianMs: round(median), ratio: round(median / floor) },
  }
}

/** The same bytes that the chain hashes, read by the same pages. */
async function plainHashes(database: Database): Promise<void> {
  const row = z.object({ sequence: z.number(), bytes: z.string() })
  let after = 0
  for (;;) {
    const rows = await database.select(row, {
      sql: `SELECT sequence, json_array(sequence, phase, intent, at, actor, os_user, host, action, target, account, code,
          reason, before, after, previous_hash) AS bytes
        FROM audit_events WHERE sequence > $after ORDER BY sequence LIMIT 1000`,
      bind: { after },
    })
    for (const { bytes } of rows) createHash('sha256').update(bytes).digest('hex')
    const last = rows.at(-1)
    if (!last || rows.length < 1000) return
    after = last.sequence
  }
}

async function verification(database: Database) {
  const log = createAuditLog({
    queries: database,
    clock: { now: () => new Date() },
    osUser: 'root',
    host: 'desk',
  })
  for (let done = 0; done < records; done += 5000) {
    await database.transaction(async (tx) => {
      for (let at = 0; at < Math.min(5000, records - done); at += 1) await log.append(tx, record)
    })
  }
  const floor = await medianOf(3, () => plainHashes(database))
  const median = await medianOf(3, async () => {
    const { ok } = await log.verify()
    if (!ok) throw new Error('the chain is broken')
  })
  return {
    ...{
      records,
      floor: { what: 'SHA-256 over the same bytes, read by the same pages', medianMs: round(floor) },
    },
    ...{ medianMs: round(median), ratio: round(median / floor) },
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'authdesk-bench-'))
  const path = join(folder, 'authdesk.sqlite')
  const options = {
    path,
    clock: { now: () => new Date() },
    logger: silentLogger,
    backupsDir: join(folder, 'backups'),
  }
  const database = await openDatabase({ ...options, migrationsMode: 'apply' })
  try {
    const results = { append: await appends(database), verify: await verification(database) }
    process.stdout.write(`${JSON.stringify({ bench: 'audit', rounds, results, ...machine() }, null, 2)}\n`)
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

await main()
