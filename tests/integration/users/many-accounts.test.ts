import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readStoredHash } from '../../../src-main/core/sign-in/stored-hash'
import { adaPassword, rootPassword, sessionIn, startPeopledConsole, type Console } from '../sign-in/console'

const reason = 'spring cleaning'
const handle = z.object({ file: z.object({ handle: z.string() }) }).transform(({ file }) => file.handle)
const preview = z.looseObject({ counts: z.record(z.string(), z.number()), digest: z.string() })
const bulkResult = z.object({
  rows: z.array(z.object({ id: z.string(), username: z.string(), code: z.string() })),
  total: z.number(),
  cancelled: z.boolean(),
})

let desk: Console
beforeEach(async () => {
  desk = await startPeopledConsole()
  await desk.signIn('root', rootPassword)
})
afterEach(() => desk.close())

/** A file that a person chose: the desk’s save dialog gives a handle for any name in the folder. */
async function fileOf(name: string, content: string) {
  writeFileSync(join(desk.folder, name), content)
  return handle.parse(await desk.value('app.chooseSave', { name }))
}
async function importFile(name: string, content: string) {
  const file = await fileOf(name, content)
  const format = name.endsWith('.json') ? 'json' : 'csv'
  const seen = preview.parse(await desk.value('users.importPreview', { file, format }))
  return {
    seen,
    apply: () => desk.request('users.import', { runId: 'r', file, format, digest: seen.digest }),
  }
}
const list = (filter: object) => desk.value('users.list', filter)

describe('an import', () => {
  const bcrypt = '$2a$04$abcdefghijklmnopqrstuuSZzIUSqc8a1pc2CeoBLzgEVMk297mXW'
  const content = [
    'username,email,full_name,auth_provider,role,state,password_hash',
    `grace,grace@example.org,Grace H,local,helpdesk,enabled,${bcrypt}`,
    'lin,,,ldap,,disabled,',
    'ada,,,,,,',
    'eve,not an address,,,,,',
  ].join('\n')

  it('shows what it would do, writes nothing, and then does just that', async () => {
    const { seen, apply } = await importFile('people.csv', content)
    expect(seen).toMatchObject({
      counts: { create: 2, skip: 1, refuse: 1 },
      rows: [
        { line: 2, username: 'grace', action: 'create', problem: null },
        { line: 3, username: 'lin', action: 'create', problem: 'awaits-identity' },
        { line: 4, username: 'ada', action: 'skip', code: 'NAME_TAKEN' },
        { line: 5, username: 'eve', action: 'refuse', field: 'email', problem: 'not-email' },
      ],
    })
    expect(await list({})).toMatchObject({ total: 2 })
    expect(await apply()).toMatchObject({
      ok: true,
      value: { counts: { create: 2, skip: 1, refuse: 1 }, cancelled: false },
    })
    expect(await desk.account('lin')).toMatchObject({
      provider: 'ldap',
      hash: null,
      disabled: expect.any(String) as string,
    })
    const records = (await desk.audit()).filter(({ action }) => action === 'users.import')
    expect(
      records.map(({ phase, target }) => [phase, target === null ? null : target.replace(/.*\//, '')]),
    ).toEqual([
      ['intent', null],
      ['done', 'grace'],
      ['done', 'lin'],
      ['outcome', 'people.csv'],
    ])
    expect(JSON.stringify(records)).not.toContain('$2a$')
    await desk.signOut()
    expect(sessionIn(await desk.signIn('grace', 'Grün wächst der Farn'))).toMatchObject({ role: 'helpdesk' })
    expect(readStoredHash((await desk.account('grace')).hash ?? '')).toMatchObject({ kind: 'argon2' })
  })

  it('refuses a file that was changed since its preview', async () => {
    const { apply } = await importFile('people.csv', content)
    writeFileSync(join(desk.folder, 'people.csv'), `${content}\nmallory,,,local,admin,,${bcrypt}`)
    expect(await apply()).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
    expect(await list({})).toMatchObject({ total: 2 })
  })

  it('is for administrators only', async () => {
    const file = await fileOf('people.csv', content)
    await desk.addPerson('hilda', { role: 'helpdesk' })
    await desk.signIn('hilda', adaPassword)
    for (const path of [
      'users.importPreview',
      'users.import',
      'users.export',
      'users.bulk',
      'users.bulkPreview',
    ])
      expect(await desk.code(path, { file, format: 'csv' })).toBe('FORBIDDEN')
  })

  it('comes back from an export as it went out', async () => {
    await desk.cliValue('users.create', {
      ...{ username: '=grace', email: 'grace@example.org', fullName: '+Grace, "G"', authProvider: 'oidc' },
    })
    for (const name of ['out.csv', 'out.json']) {
      const file = handle.parse(await desk.value('app.chooseSave', { name }))
      const format = name.slice(4)
      expect(await desk.value('users.export', { file, format, target: { filter: {} } })).toMatchObject({
        accounts: 3,
      })
      const text = readFileSync(join(desk.folder, name), 'utf8')
      expect(text).not.toContain('$argon2')
      expect(statSync(join(desk.folder, name)).mode & 0o777).toBe(0o600)
      if (format === 'csv')
        expect(text).toContain(`'=grace,grace@example.org,"'+Grace, ""G""",oidc,user,enabled,`)
      const other = await startPeopledConsole()
      try {
        await other.signIn('root', rootPassword)
        writeFileSync(join(other.folder, name), text)
        const again = handle.parse(await other.value('app.chooseSave', { name }))
        const seen = preview.parse(await other.value('users.importPreview', { file: again, format }))
        expect(seen).toMatchObject({ counts: { create: 1, skip: 2, refuse: 0 }, ignored: ['last_sign_in'] })
        await other.value('users.import', { runId: 'r', file: again, format, digest: seen.digest })
        const [from, to] = [await desk.account('=grace'), await other.account('=grace')]
        expect(to).toMatchObject({ email: from.email, fullName: from.fullName, provider: from.provider })
      } finally {
        await other.close()
      }
    }
  })
})

describe('many accounts at once', () => {
  const many = async (count: number) => {
    const look = await desk.database()
    await look.transaction((tx) =>
      look.run(tx, {
        sql: `INSERT INTO users (id, username, username_folded, username_sort, search_text, auth_provider, created_at)
          SELECT 'p' || value, 'person' || value, 'person' || value, 'person' || value, 'person' || value,
            CASE value % 2 WHEN 0 THEN 'ldap' ELSE 'local' END, '2025-01-01T00:00:00.000Z'
          FROM generate_series(1, $count)`.replace(
          'generate_series(1, $count)',
          `(WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s WHERE value < $count) SELECT value FROM s)`,
        ),
        bind: { count },
      }),
    )
  }
  const bulk = async (input: object) =>
    bulkResult.parse(await desk.value('users.bulk', { runId: 'r', action: 'disable', reason, ...input }))

  it('are disabled by a filter, each on record, and enabled again', async () => {
    await many(250)
    const target = { filter: { search: 'person', providers: ['ldap'] } }
    expect(await desk.value('users.bulkPreview', { action: 'disable', target })).toEqual({
      ...{ total: 125, changes: 125, unchanged: 0, refused: [] },
    })
    const { rows, total, cancelled } = await bulk({ target })
    expect([rows.length, total, cancelled]).toEqual([125, 125, false])
    expect(new Set(rows.map(({ code }) => code))).toEqual(new Set(['OK']))
    expect(await list({ states: ['disabled'] })).toMatchObject({ total: 125 })
    const records = (await desk.audit()).filter(({ action }) => action === 'users.bulk')
    expect(records).toHaveLength(127)
    expect(records.at(-1)).toMatchObject({ phase: 'outcome', target: 'disable 125', reason })
    const again = { filter: { search: 'person' } }
    expect(await desk.value('users.bulkPreview', { action: 'disable', target: again })).toMatchObject({
      ...{ total: 250, changes: 125, unchanged: 125 },
    })
    expect((await bulk({ action: 'enable', target })).rows).toHaveLength(125)
    expect(await list({ states: ['disabled'] })).toMatchObject({ total: 0 })
    expect(await desk.cliValue('audit.verify', {})).toMatchObject({ ok: true })
  })

  it('that cannot be done are told one by one, and the others are done', async () => {
    await many(4)
    const root = (await desk.account('root')).id
    const target = { ids: ['p1', 'p2', root, 'nobody'] }
    expect((await bulk({ target })).rows).toEqual(
      [
        { id: 'p1', username: 'person1', code: 'OK' },
        { id: 'p2', username: 'person2', code: 'OK' },
        { id: root, username: 'root', code: 'LAST_ADMIN' },
      ].toSorted((one, other) => (one.id === root ? -1 : other.id === root ? 1 : 0)),
    )
    expect(await desk.value('users.bulkPreview', { action: 'disable', target: { filter: {} } })).toEqual({
      ...{ total: 6, changes: 3, unchanged: 2, refused: [{ code: 'LAST_ADMIN', count: 1 }] },
    })
    const second = await desk.addPerson('second', { role: 'admin' })
    const everybody = { action: 'disable', target: { filter: {} } }
    expect(await desk.value('users.bulkPreview', everybody)).toEqual({
      ...{ total: 7, changes: 4, unchanged: 2, refused: [{ code: 'FORBIDDEN', count: 1 }] },
    })
    await desk.cliValue('users.delete', { id: second, reason })
    const force = { action: 'forceChange', target: { ids: ['p3', 'p4', (await desk.account('ada')).id] } }
    expect(await desk.value('users.bulkPreview', force)).toMatchObject({
      ...{ total: 3, changes: 1, unchanged: 1, refused: [{ code: 'PASSWORD_NOT_LOCAL', count: 1 }] },
    })
    expect((await bulk(force)).rows.map(({ username, code }) => [username, code])).toEqual([
      ['ada', 'OK'],
      ['person3', 'CONFLICT'],
      ['person4', 'PASSWORD_NOT_LOCAL'],
    ])
  })

  it('are left as they are from where it is cancelled, and what was done stays done', async () => {
    await many(250)
    const emit = (event: string, payload: { done?: number }) => {
      if (event === 'users.progress' && payload.done === 100)
        void desk.app.dispatch({
          ...{
            path: 'app.cancel',
            input: { runId: 'r' },
            caller: { kind: 'window' } as const,
            emit: () => undefined,
          },
        })
    }
    const result = await desk.app.dispatch({
      path: 'users.bulk',
      input: { runId: 'r', action: 'disable', reason, target: { filter: { search: 'person' } } },
      caller: { kind: 'window' },
      emit: emit as never,
    })
    const { rows, cancelled, total } = bulkResult.parse(result.ok ? result.value : null)
    expect([cancelled, total]).toEqual([true, 250])
    expect(rows.length % 100).toBe(0)
    expect(rows.length).toBeLessThan(250)
    expect(await list({ states: ['disabled'] })).toMatchObject({ total: rows.length })
    expect(await desk.value('audit.state')).toMatchObject({ openIntents: [] })
  })

  it('that a whole transaction fails for keep their state, and say with what code', async () => {
    await many(3)
    const look = await desk.database()
    await look.transaction((tx) =>
      look.run(tx, {
        sql: `CREATE TRIGGER no_room BEFORE INSERT ON audit_events WHEN new.target = 'person2'
          BEGIN SELECT RAISE(ABORT, 'no room'); END`,
      }),
    )
    const { rows } = await bulk({ target: { ids: ['p1', 'p2', 'p3'] } })
    expect(rows.map(({ username, code }) => [username, code])).toEqual([
      ['person1', 'AUDIT_WRITE_FAILED'],
      ['person2', 'AUDIT_WRITE_FAILED'],
      ['person3', 'AUDIT_WRITE_FAILED'],
    ])
    expect(await list({ states: ['disabled'] })).toMatchObject({ total: 0 })
  })
})
