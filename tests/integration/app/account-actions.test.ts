import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adaPassword, rootPassword, sessionIn, startPeopledConsole, type Console } from '../sign-in/console'

const reason = 'asked for it'

describe('what is done to an account', () => {
  let desk: Console
  let ada = ''
  beforeEach(async () => {
    desk = await startPeopledConsole()
    ada = (await desk.account('ada')).id
    await desk.addPerson('hilda', { role: 'helpdesk' })
  })
  afterEach(() => desk.close())
  const lock = async (name: string) => {
    for (let tries = 0; tries < 5; tries += 1) await desk.signIn(name, 'wrong-wrong-wrong')
  }

  it('unlocks it at once, whatever was counted', async () => {
    await lock('ada')
    expect(await desk.signIn('ada', adaPassword)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    await desk.signIn('hilda', adaPassword)
    expect(await desk.value('users.get', { id: ada })).toMatchObject({
      ...{ state: 'locked', actions: { unlock: { allowed: true } } },
    })
    expect(await desk.value('users.unlock', { id: ada, reason })).toMatchObject({
      user: { state: 'enabled' },
    })
    expect((await desk.audit()).at(-1)).toMatchObject({
      ...{ action: 'users.unlock', actor: 'account:hilda', target: 'ada', reason },
      ...{ before: '{"state":"locked","role":"user"}', after: '{"state":"enabled","role":"user"}' },
    })
    expect(await desk.code('users.unlock', { id: ada, reason })).toBe('CONFLICT')
    expect(sessionIn(await desk.signIn('ada', adaPassword)).username).toBe('ada')
  })

  it('makes a local password be changed, for a session that is open too', async () => {
    const other = desk.another()
    await other.signIn('ada', adaPassword)
    await desk.signIn('hilda', adaPassword)
    await desk.value('users.forceChange', { id: ada, reason })
    expect(await other.code('app.chooseSave', { name: 'x' })).toBe('PASSWORD_MUST_CHANGE')
    expect(await desk.code('users.forceChange', { id: ada, reason })).toBe('CONFLICT')
    expect(sessionIn(await desk.signIn('ada', adaPassword)).mustChangePassword).toBe(true)
  })

  it('forces no change where the directory or a provider keeps the password', async () => {
    await desk.cliValue('users.create', { username: 'lin', email: null, authProvider: 'ldap' })
    const id = (await desk.account('lin')).id
    expect(await desk.cli('users.forceChange', { id, reason })).toMatchObject({
      error: { code: 'PASSWORD_NOT_LOCAL' },
    })
  })

  it('needs a reason, and stays within the helpdesk’s reach', async () => {
    const audrey = await desk.addPerson('audrey', { role: 'auditor' })
    await desk.signIn('hilda', adaPassword)
    for (const path of ['users.unlock', 'users.forceChange', 'users.endSessions', 'users.resetPassword']) {
      expect(await desk.code(path, { id: ada })).toBe('INVALID_INPUT')
      expect(await desk.code(path, { id: audrey, reason })).toBe('FORBIDDEN')
    }
    for (const path of ['users.setRole', 'users.delete', 'users.disable', 'users.enable'])
      expect(await desk.code(path, { id: ada, reason, role: 'admin' })).toBe('FORBIDDEN')
  })

  it('gives and takes a role by hand, which acts at once', async () => {
    const other = desk.another()
    await other.signIn('ada', adaPassword)
    expect(await other.code('users.list')).toBe('FORBIDDEN')
    await desk.signIn('root', rootPassword)
    expect(await desk.value('users.setRole', { id: ada, role: 'auditor' })).toMatchObject({
      user: { role: 'auditor' },
    })
    expect(await other.code('users.list')).toBe('OK')
    await desk.value('users.setRole', { id: ada, role: 'user' })
    expect(await other.code('users.list')).toBe('FORBIDDEN')
    expect(await desk.code('users.setRole', { id: ada, role: 'user' })).toBe('CONFLICT')
  })

  it('leaves alone what a mapping gave', async () => {
    const look = await desk.database()
    const sql = `INSERT INTO role_grants VALUES ($ada, 'helpdesk', 'LDAP_HELPDESK_GROUP', '2025-01-01T00:00:00.000Z')`
    await look.transaction((tx) => look.run(tx, { sql, bind: { ada } }))
    await desk.signIn('root', rootPassword)
    await desk.value('users.setRole', { id: ada, role: 'auditor' })
    expect(await desk.value('users.setRole', { id: ada, role: 'user' })).toMatchObject({
      user: { role: 'helpdesk' },
    })
  })

  it('deletes it: sessions end, nobody finds it, its name stays reserved, its identity is free', async () => {
    const other = desk.another()
    await other.signIn('ada', adaPassword)
    await desk.signIn('root', rootPassword)
    await desk.value('users.delete', { id: ada, reason })
    expect(await other.code('app.chooseSave', { name: 'x' })).toBe('FORBIDDEN')
    expect(await desk.code('users.get', { id: ada })).toBe('NOT_FOUND')
    expect(await desk.value('users.list', { search: 'ada' })).toMatchObject({ total: 0 })
    expect(await desk.code('users.create', { username: 'Ada', email: null })).toBe('NAME_RESERVED')
    expect((await desk.signIn('ada', adaPassword)).ok).toBe(false)
  })

  it('never takes the last administrator away, nor lets one delete themselves', async () => {
    const root = (await desk.account('root')).id
    await desk.signIn('root', rootPassword)
    expect(await desk.code('users.setRole', { id: root, role: 'user' })).toBe('LAST_ADMIN')
    expect(await desk.code('users.disable', { id: root })).toBe('LAST_ADMIN')
    expect(await desk.code('users.delete', { id: root, reason })).toBe('FORBIDDEN')
    expect(await desk.cli('users.delete', { id: root, reason })).toMatchObject({
      error: { code: 'LAST_ADMIN' },
    })
  })

  it.each(['users.setRole', 'users.disable', 'users.delete'])(
    'of two administrators %s takes one at the most, when both are asked at once from two consoles',
    async (path) => {
      const anna = await desk.addPerson('anna', { role: 'admin' })
      const root = (await desk.account('root')).id
      const other = desk.another()
      await desk.signIn('root', rootPassword)
      await other.signIn('anna', adaPassword)
      const change = { reason, role: 'user' }
      const codes = await Promise.all([
        desk.code(path, { id: anna, ...change }),
        other.code(path, { id: root, ...change }),
      ])
      expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
      const left = await desk.cliValue('users.list', { roles: ['admin'], states: ['enabled'] })
      expect(left).toMatchObject({ total: 1 })
    },
  )
})
