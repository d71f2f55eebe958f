import { readFileSync, statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAuditLog, type AuditLog, type AuditRecord } from '../../../src-main/core/audit/audit-log'
import { createAuditHeadFile } from '../../../src-main/core/audit/audit-head-file'
import type { Database } from '../../../src-main/core/db/database'
import { stoppedClock, temporaryHome, type TestHome } from '../../support/database'

const clock = stoppedClock()
const key = Buffer.from('a key of the secret store')
const origin = { clock, osUser: 'root', host: 'desk' }

const record: AuditRecord = {
  phase: 'done',
  intent: null,
  actor: 'account:mira',
  action: 'users.disable',
  target: 'ada',
  accountId: 'a1',
  code: 'OK',
  reason: 'left',
  before: { state: 'enabled' },
  after: { state: 'disabled' },
}

describe('the audit', () => {
  let home: TestHome
  let database: Database
  let log: AuditLog
  beforeEach(async () => {
    home = await temporaryHome()
    database = await home.open()
    log = createAuditLog({ queries: database, ...origin })
  })
  afterEach(() => home.remove())

  const append = (change: Partial<AuditRecord> = {}, to = log) =>
    database.transaction((tx) => to.append(tx, { ...record, ...change }))
  const tamper = (...statements: string[]) =>
    database.transaction(async (tx) => {
      for (const sql of statements) await database.run(tx, { sql })
    })
  const fill = async (count: number) => {
    for (let index = 1; index <= count; index += 1) await append({ target: `t${index}` })
  }
  const stored = () =>
    database.select(z.record(z.string(), z.unknown()), { sql: 'SELECT * FROM audit_events' })

  it('keeps what was done, by whom, where and why', async () => {
    expect(await append()).toBe('1')
    expect(await stored()).toEqual([
      expect.objectContaining({
        ...{
          sequence: 1,
          phase: 'done',
          at: clock.now().toISOString(),
          actor: 'account:mira',
          os_user: 'root',
        },
        ...{
          host: 'desk',
          action: 'users.disable',
          target: 'ada',
          account: 'a1',
          code: 'OK',
          reason: 'left',
        },
        ...{ before: '{"state":"enabled"}', after: '{"state":"disabled"}', previous_hash: '0'.repeat(64) },
      }),
    ])
  })

  it('tells the newest of an account first, and no more than asked for', async () => {
    await fill(3)
    await append({ accountId: 'other' })
    const recent = await log.recent('a1', 2)
    expect(recent.map(({ id }) => id)).toEqual(['3', '2'])
    expect(recent[0]).toEqual({
      ...{ id: '3', at: clock.now().toISOString(), actor: 'account:mira' },
      ...{ action: 'users.disable', code: 'OK', reason: 'left' },
    })
  })

  it('never writes what is kept under the name of a secret', async () => {
    await append({
      after: {
        clientSecret: 'abc',
        nested: [{ password_hash: '$argon2id$x', passwordChangedAt: '2025' }],
        role: 'user',
      },
    })
    const [row] = await stored()
    expect(row?.['after']).toBe(
      '{"clientSecret":"[redacted]","nested":[{"password_hash":"[redacted]","passwordChangedAt":"2025"}],"role":"user"}',
    )
  })

  it('shows intents that have no outcome', async () => {
    const first = await append({ phase: 'intent', code: 'INTENT', action: 'ldap.test' })
    const second = await append({ phase: 'intent', code: 'INTENT', action: 'db.backup' })
    expect((await log.openIntents()).map(({ id }) => id)).toEqual([first, second])
    await append({ phase: 'outcome', intent: first, action: 'ldap.test' })
    expect(await log.openIntents()).toEqual([
      {
        id: second,
        at: clock.now().toISOString(),
        actor: 'account:mira',
        action: 'db.backup',
        target: 'ada',
      },
    ])
  })

  it('goes back with the transaction, head included', async () => {
    await append()
    const undone = database.transaction(async (tx) => {
      await log.append(tx, record)
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    expect(await log.verify()).toMatchObject({ ok: true, records: 1, head: { sequence: 1 } })
    expect(await append()).toBe('2')
  })

  it('takes the change back where its record cannot be written', async () => {
    await tamper(
      `CREATE TRIGGER full BEFORE INSERT ON audit_events BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    )
    const change = database.transaction(async (tx) => {
      await database.run(tx, { sql: "INSERT INTO console_state VALUES ('changed', '1')" })
      await log.append(tx, record)
    })
    await expect(change).rejects.toMatchObject({ code: 'AUDIT_WRITE_FAILED' })
    const sql = "SELECT key FROM console_state WHERE key = 'changed'"
    expect(await database.select(z.unknown(), { sql })).toEqual([])
  })

  it('is whole while nobody touches it, over more than one batch', async () => {
    expect(await log.verify()).toEqual({
      ...{ ok: true, records: 0, head: { sequence: 0, hash: '0'.repeat(64) } },
      ...{ first: null, macs: 'no-key' },
    })
    await database.transaction(async (tx) => {
      for (let index = 0; index < 2300; index += 1) await log.append(tx, { ...record, target: `t${index}` })
    })
    expect(await log.verify()).toMatchObject({ ok: true, records: 2300, head: await log.head() })
  })

  const rewriteRow = 'UPDATE audit_events SET'
  it.each([
    ['an altered text', [`${rewriteRow} reason = 'promoted' WHERE sequence = 3`], 3, 'altered'],
    ['an altered time', [`${rewriteRow} at = '2020-01-01T00:00:00.000Z' WHERE sequence = 2`], 2, 'altered'],
    ['an altered account', [`${rewriteRow} account = NULL WHERE sequence = 5`], 5, 'altered'],
    ['an altered operating-system user', [`${rewriteRow} os_user = 'eve' WHERE sequence = 1`], 1, 'altered'],
    [
      'a text moved to its neighbour',
      [`${rewriteRow} target = NULL, account = target WHERE sequence = 4`],
      4,
      'altered',
    ],
    ['a removed record', ['DELETE FROM audit_events WHERE sequence = 3'], 3, 'removed'],
    ['the first record removed', ['DELETE FROM audit_events WHERE sequence = 1'], 1, 'removed'],
    ['a cut tail', ['DELETE FROM audit_events WHERE sequence > 3'], 4, 'cut-tail'],
    ['everything removed', ['DELETE FROM audit_events'], 1, 'cut-tail'],
    [
      'a record removed and the others moved up',
      [
        'DELETE FROM audit_events WHERE sequence = 3',
        'UPDATE audit_events SET sequence = 3 WHERE sequence = 4',
        'UPDATE audit_events SET sequence = 4 WHERE sequence = 5',
      ],
      3,
      'altered',
    ],
    [
      'a record added behind the head',
      [
        `INSERT INTO audit_events SELECT 6, phase, intent, at, actor, os_user, host, action, target, account, code,
          reason, before, after, hash, hash, mac FROM audit_events WHERE sequence = 5`,
      ],
      6,
      'altered',
    ],
    [
      'a phase that is none',
      ['PRAGMA ignore_check_constraints = ON', `${rewriteRow} phase = 'dome' WHERE sequence = 3`],
      3,
      'altered',
    ],
    ['a text made bytes', [`${rewriteRow} reason = CAST(reason AS BLOB) WHERE sequence = 2`], 2, 'altered'],
    ['a number made text', [`${rewriteRow} intent = 'x' WHERE sequence = 4`], 4, 'altered'],
    ['a head that is none', [`UPDATE console_state SET value = 'x' WHERE key = 'audit.head'`], 5, 'altered'],
    [
      'a beginning that is none',
      [
        'DELETE FROM audit_events WHERE sequence = 1',
        `INSERT INTO console_state VALUES ('audit.anchor', '{"sequence":1}')`,
      ],
      1,
      'removed',
    ],
    [
      'a head that was set back',
      [`UPDATE console_state SET value = json_set(value, '$.sequence', 4)`],
      5,
      'inserted',
    ],
    [
      'a head with another hash',
      [`UPDATE console_state SET value = json_set(value, '$.hash', 'x')`],
      5,
      'altered',
    ],
  ])('finds %s', async (...[, statements, sequence, fault]) => {
    await fill(5)
    await tamper(...statements)
    expect(await log.verify()).toMatchObject({
      ok: false,
      first: { sequence, fault },
    })
  })

  /** What someone who knows the code can do with the file alone. */
  async function forgeWhole(): Promise<void> {
    await tamper('DELETE FROM audit_events', "DELETE FROM console_state WHERE key = 'audit.head'")
    await fill(4)
    await append({ target: 't5', reason: 'forged' })
  }

  it('finds a chain that was written anew by a head that was noted elsewhere', async () => {
    await fill(5)
    const noted = await log.head()
    await append()
    expect(await log.verify({ expected: noted })).toMatchObject({ ok: true, records: 6 })
    await forgeWhole()
    expect(await log.verify()).toMatchObject({ ok: true })
    expect(await log.verify({ expected: noted })).toMatchObject({
      ok: false,
      first: { sequence: 5, fault: 'altered' },
    })
    await tamper('DELETE FROM audit_events WHERE sequence > 2')
    expect(await log.verify({ expected: noted })).toMatchObject({
      ok: false,
      first: { sequence: 3, fault: 'cut-tail' },
    })
  })

  it('finds records that were written without the key, and takes those of a host that has none', async () => {
    const keyed = createAuditLog({ queries: database, ...origin, key })
    await append({}, keyed)
    await append({}, log)
    await append({}, keyed)
    expect(await keyed.verify()).toMatchObject({ ok: true, records: 3 })
    expect(await log.verify()).toMatchObject({ ok: true, records: 3 })
    const other = createAuditLog({ queries: database, ...origin, key: Buffer.from('another key') })
    expect(await other.verify()).toMatchObject({ ok: false, first: { sequence: 1, fault: 'altered' } })
  })

  describe('with its head noted beside the database', () => {
    const noting = () =>
      createAuditLog({ queries: database, ...origin, headFile: createAuditHeadFile(`${home.path}.head`) })

    it('finds a tail that was cut together with the database’s own head, and keeps the evidence', async () => {
      await fill(5)
      await noting().noteHead()
      await tamper(
        'DELETE FROM audit_events WHERE sequence > 3',
        `UPDATE console_state SET value = (SELECT json_object('sequence', sequence, 'hash', hash)
          FROM audit_events WHERE sequence = 3) WHERE key = 'audit.head'`,
      )
      expect(await log.verify()).toMatchObject({ ok: true })
      expect(await noting().verify()).toMatchObject({ ok: false, first: { sequence: 4, fault: 'cut-tail' } })
      await append()
      await noting().noteHead()
      expect(await noting().verify()).toMatchObject({ ok: false, first: { sequence: 5, fault: 'cut-tail' } })
      await fill(2)
      await noting().noteHead()
      expect(await noting().verify()).toMatchObject({ ok: false, first: { sequence: 5, fault: 'altered' } })
    })

    it('moves on with the chain', async () => {
      await fill(2)
      await noting().noteHead()
      await fill(1)
      await noting().noteHead()
      const text = readFileSync(`${home.path}.head`, 'utf8')
      expect(text).toBe(`3:${(await log.head()).hash}\n`)
      expect(statSync(`${home.path}.head`).mode & 0o777).toBe(0o600)
      expect(await noting().verify()).toMatchObject({ ok: true, records: 3 })
    })
  })

  describe('when records’ time is over', () => {
    const days = (count: number) => new Date(clock.now().getTime() + count * 86_400_000)
    const start = clock.now()
    afterEach(() => clock.set(start))

    it('loses the oldest, says so, and stays verifiable', async () => {
      await fill(3)
      clock.set(days(10))
      const limit = clock.now()
      await fill(2)
      expect(await log.prune(limit, 1000)).toBe(3)
      expect(await log.anchor()).toMatchObject({ sequence: 3 })
      expect(await log.verify()).toMatchObject({ ok: true, records: 3, head: { sequence: 6 } })
      expect(await log.prune(limit, 1000)).toBe(0)
      const [, , last] = await stored()
      expect(last).toMatchObject({ action: 'audit.prune', actor: 'console', code: 'OK' })
    })

    it('goes in pieces, and never past a record that is kept', async () => {
      await fill(3)
      clock.set(days(10))
      const limit = clock.now()
      await fill(1)
      clock.set(days(-10))
      await fill(1)
      expect(await log.prune(limit, 2)).toBe(2)
      expect(await log.prune(limit, 2)).toBe(1)
      expect(await log.prune(limit, 2)).toBe(0)
      expect(await log.verify()).toMatchObject({ ok: true, records: 4 })
    })

    it('does not hide who removed the beginning by hand', async () => {
      await fill(5)
      await tamper(
        `INSERT INTO console_state SELECT 'audit.anchor', json_object('sequence', sequence, 'hash', hash)
          FROM audit_events WHERE sequence = 2`,
        'DELETE FROM audit_events WHERE sequence <= 2',
      )
      expect(await log.verify()).toMatchObject({ ok: false, first: { sequence: 2, fault: 'removed' } })
    })
  })
})
