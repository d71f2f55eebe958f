import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { migrations } from '../../../migrations'
import { AppError } from '../../../src-main/contract/errors'
import type { Database } from '../../../src-main/core/db/database'
import { stoppedClock, temporaryHome, type TestHome } from '../../support/database'

/** Every file of the folder and the hash of its bytes. */
async function bytesOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())
  const pairs = names.map(async ({ name }) => {
    const hash = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex')
    return [name, hash] as const
  })
  return Object.fromEntries(await Promise.all(pairs))
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'opened'
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`
  }
}

const isRoot = process.geteuid?.() === 0

/** Runs `work` as a user without root's rights, where the test itself has them. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return work()
  process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

/** Another program that takes a lock, says so, and keeps it until it is ended. */
async function lockElsewhere(path: string, statements: readonly string[]): Promise<() => Promise<void>> {
  const script = `
    const { Database } = require('sqlite3')
    const database = new Database(process.argv[1])
    database.exec(process.argv[2], (error) => process.stdout.write(error ? String(error) : 'locked'))
    process.stdin.on('end', () => process.exit(0)).resume()`
  const child: ChildProcess = spawn(process.execPath, ['-e', script, path, statements.join(';')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (data) => resolve(String(data))),
  )
  if (said !== 'locked') throw new Error(said)
  return async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.stdin?.end()
    await ended
  }
}

describe('a database file that is refused', () => {
  let home: TestHome
  beforeEach(async () => (home = await temporaryHome()))
  afterEach(() => home.remove())

  async function refusal(options: Parameters<TestHome['open']>[0] = {}): Promise<string> {
    const before = await bytesOf(home.folder)
    const code = await codeOf(home.open(options))
    expect(await bytesOf(home.folder), 'the files are as they were').toEqual(before)
    return code
  }
  const renameStep = async (database: Database, change: string) => {
    await database.transaction((tx) => database.run(tx, { sql: change }))
    await database.close()
  }

  it('is newer', async () => {
    await renameStep(await home.open(), `INSERT INTO schema_migrations VALUES (99, '099-later', '2030')`)
    expect(await refusal()).toBe('DB_NEWER')
    expect(await refusal({ migrationsMode: 'check' })).toBe('DB_NEWER')
  })

  it('is newer, and was not closed: what is in its write-ahead log stays there', async () => {
    const running = await home.open()
    await running.transaction((tx) =>
      running.run(tx, { sql: `INSERT INTO schema_migrations VALUES (99, '099-later', '2030')` }),
    )
    const crashed = join(home.folder, 'crashed')
    await mkdir(crashed)
    const name = 'authdesk.sqlite'
    for (const suffix of ['', '-wal'])
      await copyFile(join(home.folder, name + suffix), join(crashed, name + suffix))
    const before = await bytesOf(crashed)
    expect(await codeOf(home.open({ path: join(crashed, name) }))).toBe('DB_NEWER')
    expect(await bytesOf(crashed)).toMatchObject(before)
  })

  it.each([
    ['lacks a step in the middle', `DELETE FROM schema_migrations WHERE position = 3`],
    ['has a renamed step', `UPDATE schema_migrations SET name = '002-other' WHERE position = 2`],
  ])('%s', async (_what, change) => {
    await renameStep(await home.open(), change)
    expect(await refusal()).toBe('DB_MIGRATION_MISMATCH')
  })

  it('has its steps in another order', async () => {
    const swapped = [migrations[1], migrations[0], ...migrations.slice(2)].flatMap((step) => step ?? [])
    const renamed = swapped.map(({ name }, index) => ({ name, statements: [`CREATE TABLE t${index} (x)`] }))
    await (await home.open({ migrations: renamed })).close()
    expect(await refusal()).toBe('DB_MIGRATION_MISMATCH')
  })

  it('belongs to another program', async () => {
    const step = { name: '001-notes', statements: ['CREATE TABLE notes (x)'] }
    await renameStep(await home.open({ migrations: [step] }), 'DROP TABLE schema_migrations')
    expect(await refusal()).toBe('DB_MIGRATION_MISMATCH')
  })

  it('cannot be written', async () => {
    await (await home.open()).close()
    await chmod(home.folder, 0o755)
    await chmod(home.path, 0o444)
    expect(await asOrdinaryUser(() => refusal())).toBe('DB_READ_ONLY')
  })

  it('cannot be read', async () => {
    await (await home.open()).close()
    await chmod(home.folder, 0o755)
    await chmod(home.path, 0)
    expect(await asOrdinaryUser(() => codeOf(home.open()))).toBe('DB_UNAVAILABLE')
  })

  it('is a folder, or lies below a file', async () => {
    expect(await codeOf(home.open({ path: home.folder }))).toBe('DB_UNAVAILABLE')
    await writeFile(join(home.folder, 'file'), 'text')
    expect(await refusal({ path: join(home.folder, 'file', 'db.sqlite') })).toBe('DB_UNAVAILABLE')
  })

  it('is no database', async () => {
    await writeFile(home.path, randomBytes(9000))
    expect(await refusal()).toBe('DB_CORRUPT')
    await writeFile(home.path, 'short')
    expect(await refusal()).toBe('DB_CORRUPT')
  })

  it('is cut short', async () => {
    await (await home.open()).close()
    await truncate(home.path, 3 * 4096)
    expect(await refusal()).toBe('DB_CORRUPT')
  })

  it('is damaged where its tables are described', async () => {
    await (await home.open()).close()
    const file = await open(home.path, 'r+')
    await file.write(randomBytes(3900), 0, 3900, 110)
    await file.close()
    expect(await refusal()).toBe('DB_CORRUPT')
  })

  it('is damaged inside, which is seen before its first migration', async () => {
    const older = migrations.slice(0, 4)
    await (await home.open({ migrations: older })).close()
    const file = await open(home.path, 'r+')
    const { size } = await file.stat()
    for (let page = 4; page < size / 4096; page += 1) await file.write(randomBytes(64), 0, 64, page * 4096)
    await file.close()
    expect(await refusal()).toBe('DB_CORRUPT')
  })

  it('is locked by another program, as a whole', async () => {
    await (await home.open()).close()
    const release = await lockElsewhere(home.path, [
      'PRAGMA locking_mode = EXCLUSIVE',
      'BEGIN IMMEDIATE',
      'INSERT INTO console_state VALUES (1, 1)',
      'COMMIT',
    ])
    expect(await refusal()).toBe('DB_BUSY')
    await release()
    expect(await codeOf(home.open())).toBe('opened')
  })

  it('is being migrated by another program for longer than we wait', async () => {
    await (await home.open({ migrations: migrations.slice(0, 4) })).close()
    const release = await lockElsewhere(home.path, ['BEGIN IMMEDIATE'])
    expect(await codeOf(home.open())).toBe('DB_BUSY')
    await release()
    expect(await codeOf(home.open({ clock: stoppedClock('2025-03-01T09:01:00.000Z') }))).toBe('opened')
  })
})

const big = 'x'.repeat(20_000)
const addBig = (database: Database) =>
  database.transaction(async (tx) => {
    for (let row = 0; row < 3; row += 1) {
      const sql = `INSERT INTO requests (id, kind, details, created_at) VALUES (hex(randomblob(9)), 'x', $big, 'x')`
      await database.run(tx, { sql, bind: { big } })
    }
  })
const countRequests = async (database: Database) =>
  (await database.select(z.object({ n: z.number() }), { sql: 'SELECT count(*) AS n FROM requests' }))[0]?.n

async function fillUp(database: Database): Promise<number> {
  for (let rounds = 0; rounds < 500; rounds += 1) {
    const code = await codeOf(addBig(database))
    if (code === 'opened') continue
    expect(code).toBe('DB_DISK_FULL')
    return rounds
  }
  throw new Error('it was never full')
}

describe('a database that may not grow', () => {
  it('takes the whole change back, and goes on once there is room', async () => {
    const home = await temporaryHome()
    try {
      const database = await home.open()
      const limit = (pages: number) =>
        database.transaction((tx) =>
          database.select(z.unknown(), { sql: `PRAGMA max_page_count = ${pages}` }, tx),
        )
      await limit(200)
      const rounds = await fillUp(database)
      expect(rounds).toBeGreaterThan(2)
      expect(await countRequests(database)).toBe(rounds * 3)
      await limit(100_000)
      await addBig(database)
      expect(await countRequests(database)).toBe(rounds * 3 + 3)
    } finally {
      await home.remove()
    }
  })
})

function canMount(): boolean {
  if (!isRoot || process.platform !== 'linux') return false
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Needs the right to mount; the page limit above is the same error where nobody has it. */
describe.skipIf(!canMount())('a full disk', () => {
  let disk: string
  let home: TestHome
  beforeEach(async () => {
    home = await temporaryHome()
    disk = await mkdtemp(join(tmpdir(), 'authdesk-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk])
  })
  afterEach(async () => {
    await home.remove()
    execFileSync('umount', [disk])
    await rm(disk, { recursive: true })
  })
  const fillDisk = () =>
    expect(writeFile(join(disk, 'filler'), Buffer.alloc(3_000_000))).rejects.toThrow('ENOSPC')

  it('takes the whole change back, and goes on once there is room', async () => {
    const database = await home.open({ path: join(disk, 'db.sqlite') })
    const rounds = await fillUp(database)
    expect(await countRequests(database)).toBe(rounds * 3)
    expect(await database.select(z.unknown(), { sql: 'PRAGMA integrity_check' })).toEqual([
      { integrity_check: 'ok' },
    ])
    execFileSync('mount', ['-o', 'remount,size=8m', disk])
    await addBig(database)
    expect(await countRequests(database)).toBe(rounds * 3 + 3)
  })

  it('leaves an older database as it was', async () => {
    const path = join(disk, 'db.sqlite')
    await (await home.open({ path, migrations: migrations.slice(0, 4) })).close()
    await fillDisk()
    const before = await bytesOf(disk)
    expect(await codeOf(home.open({ path, backupsDir: join(disk, 'backups') }))).toBe('DB_DISK_FULL')
    expect(await bytesOf(disk)).toMatchObject(before)
    expect(await readFile(`${path}-wal`).catch(() => Buffer.alloc(0))).toHaveLength(0)
    expect(existsSync(join(disk, 'backups')) ? await readdir(join(disk, 'backups')) : []).toEqual([])
  })

  it('is said where not even an empty database has room', async () => {
    await fillDisk()
    expect(await codeOf(home.open({ path: join(disk, 'new.sqlite') }))).toBe('DB_DISK_FULL')
  })
})
