import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Logger } from '../../../src-main/core/app/ports'
import { runUpkeep } from '../../../src-main/core/upkeep/upkeep'
import { silentLogger, stoppedClock } from '../../support/database'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

describe('upkeep', () => {
  let desk: Console
  beforeEach(async () => {
    desk = await startPeopledConsole('AUTH_METHOD=local\nAUDIT_RETENTION_DAYS=30\n')
  })
  afterEach(() => desk.close())

  const rows = async (table: string) => {
    const sql = `SELECT count(*) AS count FROM ${table}`
    return (await (await desk.database()).select(z.object({ count: z.number() }), { sql }))[0]?.count
  }
  const days = (count: number) => desk.pass({ hours: count * 24 })

  it('removes sessions a month after their end, and never one that is open', async () => {
    await desk.signIn('root', rootPassword)
    await desk.signOut()
    const before = (await rows('sessions')) ?? 0
    days(29)
    await desk.app.upkeep()
    expect(await rows('sessions')).toBe(before)
    await desk.signIn('ada', adaPassword)
    days(2)
    await desk.app.upkeep()
    expect(await rows('sessions')).toBe(1)
    days(40)
    await desk.app.upkeep()
    await desk.app.upkeep()
    expect(await rows('sessions')).toBe(0)
  })

  it('removes attempts that no limit counts any more, and keeps the last success and failure of each way', async () => {
    for (let tries = 0; tries < 3; tries += 1) await desk.signIn('ada', 'wrong')
    await desk.signIn('ada', adaPassword)
    const counted = (await rows('sign_in_attempts')) ?? 0
    await desk.app.upkeep()
    expect(await rows('sign_in_attempts')).toBe(counted)
    days(2)
    await desk.app.upkeep()
    expect(await rows('sign_in_attempts')).toBe(2)
  })

  it('removes done requests after three months, and leaves open ones', async () => {
    const database = await desk.database()
    const at = desk.clock.now().toISOString()
    await database.transaction(async (tx) => {
      const sql = `INSERT INTO requests (id, kind, created_at, done_at) VALUES ('open', 'x', $at, NULL), ('done', 'x', $at, $at)`
      await database.run(tx, { sql, bind: { at } })
    })
    days(80)
    await desk.app.upkeep()
    expect(await rows('requests')).toBe(2)
    days(11)
    await desk.app.upkeep()
    expect(await rows('requests')).toBe(1)
  })

  it('prunes the audit by its retention; what is left is whole, and the removal is on record', async () => {
    await desk.signIn('root', rootPassword)
    const before = (await rows('audit_events')) ?? 0
    days(29)
    await desk.app.upkeep()
    expect(await rows('audit_events')).toBe(before)
    days(2)
    await desk.app.upkeep()
    expect(await rows('audit_events')).toBe(1)
    await desk.app.upkeep()
    expect(await rows('audit_events')).toBe(1)
    expect(await desk.cliValue('audit.verify', {})).toMatchObject({ ok: true, records: 1 })
    expect(await desk.cliValue('audit.state', {})).toMatchObject({ prunedTo: before })
  })

  it('goes on after a job that fails, and says which it was', async () => {
    const logged: string[] = []
    const logger: Logger = { ...silentLogger, error: (fields) => logged.push(JSON.stringify(fields)) }
    const done: string[] = []
    const job = (name: string) => ({ name, run: () => Promise.resolve(done.push(name)) })
    const failing = { name: 'broken', run: () => Promise.reject(new Error('no')) }
    await runUpkeep({ jobs: [job('one'), failing, job('two')], clock: stoppedClock(), logger })
    expect(done).toEqual(['one', 'two'])
    expect(logged).toEqual([expect.stringContaining('"broken"')])
  })
})
