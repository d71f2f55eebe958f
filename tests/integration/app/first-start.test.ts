import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adaPassword, codeOf, rootPassword, sessionIn, startConsole, type Console } from '../sign-in/console'

let desk: Console
beforeEach(() => (desk = startConsole()))
afterEach(() => desk.close())

const root = { username: 'root', email: 'root@example.test', fullName: 'Root', password: rootPassword }

describe('the first start', () => {
  it('asks for the first administrator and is over with them', async () => {
    expect(await desk.value('app.status')).toMatchObject({
      ...{ firstRun: true, session: null, method: 'local', settingsError: null },
      database: { error: null },
    })
    const session = sessionIn(await desk.request('session.createFirstAdmin', root))
    expect(session).toMatchObject({
      username: 'root',
      role: 'admin',
      via: 'local',
      mustChangePassword: false,
    })
    expect(await desk.value('app.status')).toMatchObject({ firstRun: false, session: { username: 'root' } })
    expect(await desk.code('users.list')).toBe('OK')
    expect(await desk.audit()).toMatchObject([
      { actor: 'nobody', action: 'session.createFirstAdmin', target: 'root', code: 'OK', phase: 'done' },
    ])
  })

  it('is refused the second time, to the administrator too', async () => {
    await desk.createRoot()
    const second = { ...root, username: 'second', email: 'second@example.test' }
    expect(await desk.code('session.createFirstAdmin', second)).toBe('FORBIDDEN')
    await desk.signOut()
    expect(await desk.code('session.createFirstAdmin', second)).toBe('FORBIDDEN')
    expect(codeOf(await desk.another().request('session.createFirstAdmin', second))).toBe('FORBIDDEN')
    await expect(desk.account('second')).rejects.toThrow('no account second')
  })

  it('has one administrator where two ask at the same time', async () => {
    const results = await Promise.all(
      ['root', 'second', 'third'].map((username) =>
        desk.request('session.createFirstAdmin', { ...root, username, email: `${username}@example.test` }),
      ),
    )
    expect(results.map(codeOf).toSorted()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'OK'])
    expect(await desk.value('methods.overview')).toMatchObject({ accounts: 1 })
  })

  it('takes no weak password, and leaves nothing then', async () => {
    for (const password of ['short', 'password1234', 'root@example.test']) {
      expect(await desk.code('session.createFirstAdmin', { ...root, password })).toBe('PASSWORD_WEAK')
    }
    expect(await desk.value('app.status')).toMatchObject({ firstRun: true, session: null })
  })

  it('lets nobody do anything else before', async () => {
    for (const path of ['users.list', 'settings.check', 'db.status', 'methods.status', 'ldap.summary']) {
      expect(await desk.code(path)).toBe('FORBIDDEN')
    }
    expect(codeOf(await desk.signIn('root', rootPassword))).toBe('SIGN_IN_REFUSED')
  })

  it('can be the command line’s', async () => {
    await desk.cliValue('users.create', {
      username: 'boss',
      email: null,
      role: 'admin',
      password: adaPassword,
    })
    expect(await desk.code('session.createFirstAdmin', root)).toBe('FORBIDDEN')
    expect(sessionIn(await desk.signIn('boss', adaPassword))).toMatchObject({
      ...{ role: 'admin', mustChangePassword: true },
    })
  })
})

describe('a console whose settings are broken', () => {
  it('says so, opens nothing but break-glass, and is well again with them', async () => {
    await desk.createRoot()
    await desk.signOut()
    desk.configure('AUTH_METHOD=lokal')
    expect(await desk.value('app.status')).toMatchObject({
      ...{ method: null, settingsError: { code: 'CONFIG_INVALID' }, database: { error: null } },
    })
    expect(codeOf(await desk.signIn('root', rootPassword))).toBe('METHOD_NOT_OFFERED')
    desk.app.openBreakGlass()
    expect(codeOf(await desk.signIn('root', rootPassword, 'break-glass'))).toBe('OK')
    desk.configure('AUTH_METHOD=local')
    expect(await desk.value('app.status')).toMatchObject({ method: 'local', settingsError: null })
  })
})
