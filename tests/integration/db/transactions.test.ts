import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Tx } from '../../../src-main/core/app/ports'
import type { Database } from '../../../src-main/core/db/database'
import { createDatabaseHandlers } from '../../../src-main/core/db/handlers'
import { createPreferencesStore } from '../../../src-main/core/db/preferences-store'
import { temporaryHome, type TestHome } from '../../support/database'

const valueRow = z.object({ value: z.string() })
const read = async (database: Database, tx?: Tx) => {
  const sql = "SELECT value FROM console_state WHERE key = 'counter'"
  return Number((await database.select(valueRow, { sql }, tx))[0]?.value ?? '0')
}
const write = (database: Database, tx: Tx, value: number) =>
  database.run(tx, {
    sql: `INSERT INTO console_state (key, value) VALUES ('counter', $value)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    bind: { value: String(value) },
  })
const increase = (database: Database) =>
  database.transaction(async (tx) => {
    const value = await read(database, tx)
    await write(database, tx, value + 1)
  })

describe('transactions', () => {
  let home: TestHome
  let database: Database
  beforeEach(async () => {
    home = await temporaryHome()
    database = await home.open({ busyTimeoutMs: 5000 })
  })
  afterEach(() => home.remove())

  it('that read and then write all succeed, one after the other', async () => {
    await Promise.all(Array.from({ length: 20 }, () => increase(database)))
    expect(await read(database)).toBe(20)
  })

  it('of two programs all succeed too', async () => {
    const other = await home.open({ busyTimeoutMs: 5000 })
    const both = Array.from({ length: 20 }, (_, index) => increase(index % 2 === 0 ? database : other))
    await Promise.all(both)
    expect(await read(other)).toBe(20)
  })

  it('take everything back after an error, and the next one works', async () => {
    const failing = database.transaction(async (tx) => {
      await write(database, tx, 7)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await read(database)).toBe(0)
    await increase(database)
    expect(await read(database)).toBe(1)
  })

  it('are not seen from outside before they are through', async () => {
    await database.transaction(async (tx) => {
      await write(database, tx, 5)
      expect(await read(database, tx)).toBe(5)
      expect(await read(database)).toBe(0)
    })
    expect(await read(database)).toBe(5)
  })

  it('inside a transaction are refused instead of waiting for themselves', async () => {
    const nested = database.transaction(() => increase(database))
    await expect(nested).rejects.toThrow('inside a transaction')
    await increase(database)
  })

  it('cannot be used after their end', async () => {
    let kept: Tx | null = null
    await database.transaction(async (tx) => {
      kept = tx
      await write(database, tx, 1)
    })
    const late = kept as unknown as Tx
    await expect(read(database, late)).rejects.toThrow('has ended')
    expect(() => write(database, late, 2)).toThrow('has ended')
  })

  it('are refused with DB_BUSY while another program writes for longer than we wait', async () => {
    const impatient = await home.open({ busyTimeoutMs: 100 })
    await database.transaction(async (tx) => {
      await write(database, tx, 1)
      await expect(increase(impatient)).rejects.toMatchObject({ code: 'DB_BUSY' })
      expect(await read(impatient)).toBe(0)
    })
    await increase(impatient)
    expect(await read(impatient)).toBe(2)
  })

  it('hold foreign keys, on the reading and the writing connection', async () => {
    const orphan = database.transaction((tx) =>
      database.run(tx, { sql: "INSERT INTO role_grants VALUES ('nobody', 'admin', 'manual', 'x')" }),
    )
    await expect(orphan).rejects.toThrow(/foreign key/i)
    const flag = { sql: 'PRAGMA foreign_keys' }
    const on = [{ foreign_keys: 1 }]
    expect(await database.select(z.unknown(), flag)).toEqual(on)
    expect(await database.transaction((tx) => database.select(z.unknown(), flag, tx))).toEqual(on)
  })
})

describe('the files of a database', () => {
  let home: TestHome
  beforeEach(async () => (home = await temporaryHome()))
  afterEach(() => home.remove())

  it.skipIf(process.platform === 'win32')('are for their owner only, whatever the umask says', async () => {
    const umask = process.umask(0)
    try {
      const path = join(home.folder, 'new', 'folder', 'db.sqlite')
      const database = await home.open({ path })
      await increase(database)
      const modes = await Promise.all(
        ['', '-wal', '-shm'].map(async (suffix) => (await stat(path + suffix)).mode & 0o777),
      )
      expect(modes).toEqual([0o600, 0o600, 0o600])
      expect((await stat(join(home.folder, 'new'))).mode & 0o777).toBe(0o700)
    } finally {
      process.umask(umask)
    }
  })

  it.skipIf(process.platform === 'win32')('lose the rights that others had on them', async () => {
    await writeFile(home.path, '', { mode: 0o644 })
    await home.open()
    expect((await stat(home.path)).mode & 0o777).toBe(0o600)
  })

  it('are one file again after closing, which may be asked for twice', async () => {
    const database = await home.open()
    await increase(database)
    await Promise.all([database.close(), database.close()])
    expect(await readdir(home.folder)).toEqual(['authdesk.sqlite'])
  })

  it('can be copied while in use, never over a file', async () => {
    const database = await home.open()
    await increase(database)
    const file = join(home.folder, "it's a copy.sqlite")
    expect(await database.backup(file)).toBe((await stat(file)).size)
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await read(await home.open({ path: file }))).toBe(1)
    await expect(database.backup(file)).rejects.toMatchObject({ code: 'CONFLICT' })
    await mkdir(join(home.folder, 'folder'))
    await expect(database.backup(join(home.folder, 'folder'))).rejects.toMatchObject({ code: 'CONFLICT' })
    await writeFile(join(home.folder, 'text'), '')
    const below = database.backup(join(home.folder, 'text', 'copy.sqlite'))
    await expect(below).rejects.toMatchObject({ code: 'DB_UNAVAILABLE' })
  })

  it('is backed up through a handle only', async () => {
    const database = await home.open()
    const file = join(home.folder, 'copy.sqlite')
    const files = {
      path: (handle: string) => (handle === 'h1' ? file : null),
      add: () => ({ handle: '', name: '' }),
    }
    const handlers = createDatabaseHandlers({ database: () => Promise.resolve(database), files })
    const notes: unknown[] = []
    const context = {
      actor: { kind: 'nobody' },
      signal: new AbortController().signal,
      emit: () => undefined,
      audit: {
        record: () => Promise.resolve(),
        note: (entry: unknown) => notes.push(entry),
        begun: () => Promise.resolve(),
      },
    } as const
    await expect(handlers.backup({ file }, context)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await handlers.backup({ file: 'h1' }, context)).toMatchObject({
      file,
      dialect: 'sqlite',
      pending: [],
    })
    expect(await handlers.status({}, context)).toEqual(await handlers.migrate({}, context))
    expect(notes).toHaveLength(2)
  })
})

describe('the console’s preferences', () => {
  let home: TestHome
  beforeEach(async () => (home = await temporaryHome()))
  afterEach(() => home.remove())

  it('keep the colour scheme', async () => {
    const preferences = createPreferencesStore(await home.open())
    expect(await preferences.colorScheme()).toBe('auto')
    await preferences.setColorScheme('dark')
    expect(await preferences.colorScheme()).toBe('dark')
  })

  it('name the installation once and for all', async () => {
    const database = await home.open()
    const [one, other] = [createPreferencesStore(database), createPreferencesStore(database)]
    const ids = await Promise.all([one.installationId(), other.installationId(), one.installationId()])
    expect(new Set(ids).size).toBe(1)
    await database.close()
    expect(await createPreferencesStore(await home.open()).installationId()).toBe(ids[0])
  })
})
