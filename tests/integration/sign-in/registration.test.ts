import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adaPassword, sessionIn, startPeopledConsole, type Console } from './console'

const password = 'quiet-harbour-lantern-forty'
let desk: Console
beforeEach(async () => {
  desk = await startPeopledConsole('AUTH_METHOD=local\nALLOW_SELF_REGISTER=true')
})
afterEach(() => desk.close())

const register = (change: object = {}) =>
  desk.request('session.register', { runId: 'r', username: 'grace', fullName: 'Grace', password, ...change })
const codeOf = async (change: object = {}) => {
  const result = await register(change)
  return result.ok ? 'OK' : result.error.code
}
const options = async () => desk.value('session.signInOptions')

describe('an own account', () => {
  it('is local, has the role user, no e-mail, and is signed in at once', async () => {
    const session = sessionIn(await register())
    expect(session).toMatchObject({
      username: 'grace',
      role: 'user',
      via: 'local',
      mustChangePassword: false,
    })
    expect(await desk.account('grace')).toMatchObject({ provider: 'local', email: null, role: 'user' })
    expect((await desk.audit()).at(-1)).toMatchObject({
      action: 'session.register',
      target: 'grace',
      code: 'OK',
    })
    await desk.signOut()
    expect(sessionIn(await desk.signIn('grace', password)).username).toBe('grace')
  })

  it.each([
    ['ALLOW_SELF_REGISTER=false\nAUTH_METHOD=local'],
    ['AUTH_METHOD=local'],
    [
      'ALLOW_SELF_REGISTER=true\nAUTH_METHOD=ldap\nLDAP_HOST=127.0.0.1\nLDAP_BASE_DN=dc=x\nLDAP_ALLOW_ANONYMOUS=true',
    ],
    ['ALLOW_SELF_REGISTER=true\nAUTH_METHOD=oidc\nOIDC_ISSUER=http://127.0.0.1:9\nOIDC_CLIENT_ID=x'],
    ['ALLOW_SELF_REGISTER=true\nAUTH_METHOD=nonsense'],
  ])('is not to be had with %j', async (settings) => {
    desk.configure(settings)
    expect(await options()).toMatchObject({ selfRegister: false })
    expect(await codeOf()).toBe('SELF_REGISTER_OFF')
  })

  it('takes nobody’s name, and none that is in charge', async () => {
    desk.configure('AUTH_METHOD=local\nALLOW_SELF_REGISTER=true\nADMIN_USERNAMES=Boss')
    expect(await codeOf({ username: 'ADA' })).toBe('NAME_TAKEN')
    expect(await codeOf({ username: 'boss' })).toBe('NAME_RESERVED')
    expect(await codeOf({ username: 'Ａdmin' })).toBe('NAME_RESERVED')
    expect(await codeOf({ username: 'DESK\\ada' })).toBe('INVALID_INPUT')
  })

  it('does not inherit a deleted account’s name', async () => {
    await desk.cliValue('users.delete', { id: (await desk.account('ada')).id, reason: 'left the company' })
    expect(await codeOf({ username: 'ada' })).toBe('NAME_RESERVED')
  })

  it('follows the password rules', async () => {
    expect(await codeOf({ password: 'short' })).toBe('PASSWORD_WEAK')
    expect(await codeOf({ password: null })).toBe('PASSWORD_WEAK')
    expect(await codeOf({ password: 'grace-grace-grace' })).toBe('PASSWORD_WEAK')
  })

  it('without passwords needs none, and is unverified', async () => {
    desk.configure('AUTH_METHOD=none\nALLOW_SELF_REGISTER=true')
    expect(await options()).toMatchObject({ selfRegister: true, forgottenPassword: false })
    expect(sessionIn(await register({ password: null }))).toMatchObject({ via: 'unverified' })
    expect((await desk.account('grace')).hash).toBeNull()
  })

  it('cannot be used to try out names: five tries, then a wait', async () => {
    for (let tries = 0; tries < 5; tries += 1) expect(await codeOf({ username: 'ada' })).toBe('NAME_TAKEN')
    expect(await codeOf()).toBe('RATE_LIMITED')
    desk.pass({ minutes: 16 })
    expect(await codeOf()).toBe('OK')
  })

  it('where there is a directory, needs its clear no: an outage gives no name away (H6)', async () => {
    desk.configure(
      'AUTH_METHOD=all\nALLOW_SELF_REGISTER=true\nLDAP_HOST=127.0.0.1\nLDAP_PORT=1\nLDAP_BASE_DN=dc=x\n' +
        'LDAP_ALLOW_ANONYMOUS=true\nOIDC_ISSUER=http://127.0.0.1:9\nOIDC_CLIENT_ID=x',
    )
    expect(await codeOf()).toBe('LDAP_UNAVAILABLE')
    await expect(desk.account('grace')).rejects.toThrow('no account grace')
  })
})

describe('"Forgotten password?"', () => {
  const ask = (username: string) => desk.request('session.forgotPassword', { username })
  const open = () => desk.cliValue('requests.list', {})

  it('says the same for every name, and files what a local account asks for, once', async () => {
    for (const authProvider of ['ldap', 'oidc'])
      await desk.cliValue('users.create', { username: authProvider, email: null, authProvider })
    const dis = await desk.addPerson('dis')
    await desk.cliValue('users.disable', { id: dis })
    const said: unknown[] = []
    const exact: (string | undefined)[] = []
    for (const name of ['ada', ' ADA', 'ldap', 'oidc', 'nobody-here']) {
      said.push(await ask(name))
      exact.push((await desk.audit()).at(-1)?.code)
    }
    expect(new Set(said.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"ok":true,"value":{}}']))
    expect(exact).toEqual(['OK', 'CONFLICT', 'PASSWORD_NOT_LOCAL', 'PASSWORD_NOT_LOCAL', 'NOT_FOUND'])
    expect(await open()).toMatchObject({
      open: 1,
      requests: [{ account: { username: 'ada' }, kind: 'password' }],
    })
    expect(await ask('ada')).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } })
    desk.pass({ minutes: 16 })
    expect(await ask('dis')).toMatchObject({ ok: true })
    expect((await desk.audit()).at(-1)?.code).toBe('ACCOUNT_DISABLED')
  })

  it('is not offered where no local password opens anything', async () => {
    desk.configure('AUTH_METHOD=oidc\nOIDC_ISSUER=http://127.0.0.1:9\nOIDC_CLIENT_ID=x')
    expect(await options()).toMatchObject({ forgottenPassword: false })
    expect(await ask('ada')).toMatchObject({ ok: false, error: { code: 'METHOD_NOT_OFFERED' } })
  })

  it('does not lock anybody out', async () => {
    for (let tries = 0; tries < 4; tries += 1) await ask('ada')
    expect(sessionIn(await desk.signIn('ada', adaPassword)).username).toBe('ada')
  })
})
