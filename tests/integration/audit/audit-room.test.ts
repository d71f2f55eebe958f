import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { auditPageSchema, auditStateSchema, signInFailureSchema } from '../../../src-main/contract/audit'
import { formulaSafe } from '../../../src-main/core/csv/formula-safe'
import { adaPassword, rootPassword, startPeopledConsole, type Console } from '../sign-in/console'

const settings = 'AUTH_METHOD=local\n'
const reset = z.object({ sessionsEnded: z.number() })

describe('the audit’s room', () => {
  let desk: Console
  let ada = ''
  beforeEach(async () => {
    desk = await startPeopledConsole(settings)
    ada = (await desk.account('ada')).id
    desk.pass({ minutes: 1 })
    await desk.signIn('ada', 'wrong')
    await desk.signIn('ada', 'wrong again')
    await desk.signIn('nobody-of-this-name', 'wrong')
    await desk.signIn('root', rootPassword)
    desk.pass({ minutes: 1 })
    reset.parse(await desk.value('users.resetPassword', { id: ada, reason: '=cmd, asked by phone' }))
  })
  afterEach(() => desk.close())

  const list = async (filter: object = {}) => auditPageSchema.parse(await desk.value('audit.list', filter))
  const actions = async (filter: object) => (await list(filter)).records.map(({ action }) => action)

  it('tells the newest first, page by page, without a gap', async () => {
    const whole = await list()
    expect(whole.records[0]).toMatchObject({
      ...{ action: 'users.resetPassword', actor: 'account:root', target: 'ada', account: ada, code: 'OK' },
      ...{ reason: '=cmd, asked by phone' },
    })
    expect(whole.total).toBe(whole.records.length)
    const pages: number[] = []
    for (let after: number | null = null; ;) {
      const page: z.infer<typeof auditPageSchema> = await list({ after, limit: 2 })
      pages.push(...page.records.map(({ sequence }) => sequence))
      after = page.next
      if (after === null) break
    }
    expect(pages).toEqual(whole.records.map(({ sequence }) => sequence))
  })

  it.each([
    [{ outcome: 'refused' }, ['session.signIn', 'session.signIn', 'session.signIn']],
    [{ search: 'PHONE' }, ['users.resetPassword']],
    [{ search: 'of-this' }, ['session.signIn']],
    [{ rooms: ['users'] }, ['users.resetPassword', 'users.create']],
    [{ since: '2025-03-01T09:02:00.000Z' }, ['users.resetPassword']],
    [{ outcome: 'refused', until: '2025-03-01T09:01:00.000Z' }, []],
  ])('filters by %j', async (filter, expected) => {
    expect(await actions(filter)).toEqual(expected)
  })

  it('has a person’s history', async () => {
    expect(new Set((await list({ account: ada })).records.map(({ target }) => target))).toEqual(
      new Set(['ada']),
    )
    expect(await actions({ account: ada, outcome: 'refused' })).toEqual(['session.signIn', 'session.signIn'])
  })

  it('says who failed to sign in and why', async () => {
    const found = z
      .object({ failures: z.array(signInFailureSchema) })
      .parse(await desk.value('audit.failures', {}))
    expect(found.failures).toEqual([
      expect.objectContaining({ target: 'nobody-of-this-name', account: null, count: 1 }),
      expect.objectContaining({ target: 'ada', account: ada, count: 2, code: 'SIGN_IN_REFUSED' }),
    ])
    expect(await desk.value('audit.failures', { search: 'ADA' })).toMatchObject({ failures: [{ count: 2 }] })
    expect(await desk.value('audit.failures', { since: '2025-03-01T09:02:00.000Z' })).toEqual({
      failures: [],
    })
  })

  it('shows a command that was begun and has no outcome, and hides an intent that has one', async () => {
    await desk.cliValue('oidc.test', { runId: 'r', provider: null })
    expect((await list({ rooms: ['oidc'] })).records.map(({ phase }) => phase)).toEqual(['outcome'])
    const database = await desk.database()
    await database.transaction((tx) =>
      database.run(tx, { sql: `DELETE FROM audit_events WHERE phase = 'outcome'` }),
    )
    expect((await list({ rooms: ['oidc'] })).records.map(({ phase }) => phase)).toEqual(['intent'])
    expect(await desk.value('audit.state')).toMatchObject({ openIntents: [{ action: 'oidc.test' }] })
  })

  it('has the chain verified in the background, and says what it found', async () => {
    const settled = () =>
      expect
        .poll(async () => auditStateSchema.parse(await desk.value('audit.state')).checked)
        .toMatchObject({ status: 'done' })
    await settled()
    expect(await desk.value('audit.state')).toMatchObject({ checked: { ok: true, first: null } })
    const database = await desk.database()
    await database.transaction((tx) =>
      database.run(tx, { sql: `UPDATE audit_events SET reason = 'x' WHERE sequence = 2` }),
    )
    await desk.value('audit.check')
    await settled()
    expect(await desk.value('audit.state')).toMatchObject({
      checked: { ok: false, first: { sequence: 2, fault: 'altered' } },
    })
  })

  it('is not for those who may not read it', async () => {
    await desk.signOut()
    await desk.addPerson('hilda', { role: 'helpdesk' })
    await desk.signIn('hilda', adaPassword)
    for (const path of ['audit.list', 'audit.state', 'audit.verify', 'audit.failures'])
      expect(await desk.code(path)).toBe('FORBIDDEN')
  })

  const exported = async (name: string, filter: object = {}) => {
    const chosen = z
      .object({ file: z.object({ handle: z.string() }) })
      .parse(await desk.value('app.chooseSave', { name }))
    const format = name.endsWith('.csv') ? 'csv' : 'json'
    const result = await desk.value('audit.export', { file: chosen.file.handle, format, ...filter })
    return { result, text: readFileSync(join(desk.folder, name), 'utf8') }
  }

  it('goes into a JSON file with its head, for its owner only, and the export is audited', async () => {
    const { text } = await exported('audit.json')
    expect(statSync(join(desk.folder, 'audit.json')).mode & 0o777).toBe(0o600)
    const file = z
      .object({
        head: z.object({ sequence: z.number(), hash: z.string() }),
        records: z.array(z.looseObject({})),
      })
      .parse(JSON.parse(text))
    const { records } = await list({ rooms: ['audit'] })
    expect(records[0]).toMatchObject({ action: 'audit.export', phase: 'outcome', code: 'OK' })
    expect(file.records.at(-1)).toMatchObject(file.head)
    expect(file.records).toHaveLength(file.head.sequence)
  })

  it('goes into a CSV file whose cells are no formulas, as the filter says', async () => {
    const { text, result } = await exported('audit.csv', { search: 'phone' })
    expect(result).toMatchObject({ records: 1 })
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain(`"${formulaSafe('=cmd, asked by phone')}"`)
    expect(lines[2]).toMatch(/^\d+,head,.*[0-9a-f]{64},$/)
  })

  it('refuses a file that nobody chose, and says which cannot be written', async () => {
    expect(await desk.code('audit.export', { file: '/etc/passwd', format: 'csv' })).toBe('NOT_FOUND')
    const chosen = z
      .object({ file: z.object({ handle: z.string() }) })
      .parse(await desk.value('app.chooseSave', { name: 'home' }))
    const refused = await desk.request('audit.export', { file: chosen.file.handle, format: 'csv' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', details: { reason: 'EISDIR' } } })
    expect(await actions({ rooms: ['audit'], outcome: 'refused' })).toEqual(['audit.export', 'audit.export'])
  })
})
