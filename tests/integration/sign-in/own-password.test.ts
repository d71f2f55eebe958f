import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { adaPassword, codeOf, rootPassword, sessionIn, startPeopledConsole, type Console } from './console'

let desk: Console
beforeEach(async () => {
  desk = await startPeopledConsole()
  await desk.signIn('root', rootPassword)
})
afterEach(() => desk.close())

const next = 'marble-oyster-canopy-twelve'
const reset = z.object({
  passphrase: z.string(),
  sessionsEnded: z.number(),
  user: z.object({ state: z.string() }),
})

describe('the own password', () => {
  beforeEach(() => desk.signIn('ada', adaPassword))

  it('is changed by who knows the present one; the old one is worth nothing then', async () => {
    const session = sessionIn(await desk.request('session.changePassword', { current: adaPassword, next }))
    expect(session).toMatchObject({ username: 'ada', mustChangePassword: false })
    expect((await desk.audit()).at(-1)).toMatchObject({
      ...{ action: 'session.changePassword', actor: 'account:ada', target: 'ada', code: 'OK' },
    })
    await desk.signOut()
    expect(codeOf(await desk.signIn('ada', adaPassword))).toBe('SIGN_IN_REFUSED')
    expect(codeOf(await desk.signIn('ada', next))).toBe('OK')
  })

  it('stays with the present session and ends the others', async () => {
    const other = desk.another()
    await other.signIn('ada', adaPassword)
    expect(await other.code('app.copy', { text: 'x' })).toBe('OK')
    await desk.value('session.changePassword', { current: adaPassword, next })
    expect(await desk.code('app.copy', { text: 'x' })).toBe('OK')
    expect(await other.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
    expect((await desk.audit()).at(-1)?.after).toBe('{"sessionsEnded":1}')
  })

  it.each([
    ['the present one is wrong', { current: 'wrong-wrong-wrong', next }, 'SIGN_IN_REFUSED'],
    ['the new one is the old one', { current: adaPassword, next: adaPassword }, 'PASSWORD_WEAK'],
    ['the new one is short', { current: adaPassword, next: 'kV7#qz!Lw2p' }, 'PASSWORD_WEAK'],
    ['the new one is easy to guess', { current: adaPassword, next: 'password1234' }, 'PASSWORD_WEAK'],
    ['the new one is made of the own name', { current: adaPassword, next: 'ada@corp.test' }, 'PASSWORD_WEAK'],
  ])('is left as it is where %s', async (_why, input, code) => {
    const { hash } = await desk.account('ada')
    expect(await desk.code('session.changePassword', input)).toBe(code)
    expect((await desk.account('ada')).hash).toBe(hash)
    expect((await desk.audit()).at(-1)).toMatchObject({
      action: 'session.changePassword',
      target: 'ada',
      code,
    })
  })

  it('may be as short as the settings say, but never under 8', async () => {
    desk.configure('AUTH_METHOD=local\nPASSWORD_MIN_LENGTH=14')
    expect(
      await desk.request('session.changePassword', { current: adaPassword, next: 'kV7#qz!Lw2pXy' }),
    ).toMatchObject({
      error: { code: 'PASSWORD_WEAK', details: { minimum: 14 } },
    })
  })

  it('does not exist for accounts of the directory or a provider', async () => {
    const look = await desk.database()
    for (const provider of ['ldap', 'oidc'] as const) {
      const sql = `UPDATE users SET auth_provider = $provider WHERE username = 'ada'`
      await look.transaction((tx) => look.run(tx, { sql, bind: { provider } }))
      expect(await desk.code('session.changePassword', { current: adaPassword, next })).toBe(
        'PASSWORD_NOT_LOCAL',
      )
    }
  })
})

describe('a password that someone else set', () => {
  it('opens nothing but its own change, whatever is asked for', async () => {
    const id = await desk.addPerson('grace', { role: 'admin' })
    const look = await desk.database()
    await look.transaction((tx) =>
      look.run(tx, { sql: 'UPDATE users SET must_change_password = 1 WHERE id = $id', bind: { id } }),
    )
    expect(sessionIn(await desk.signIn('grace', adaPassword)).mustChangePassword).toBe(true)
    for (const [path, input] of [
      ['users.list', {}],
      ['users.create', { username: 'x', email: null }],
      ['settings.check', {}],
      ['db.status', {}],
      ['app.copy', { text: 'x' }],
    ] as const) {
      expect(await desk.code(path, input), path).toBe('PASSWORD_MUST_CHANGE')
    }
    const session = sessionIn(await desk.request('session.changePassword', { current: adaPassword, next }))
    expect(session.mustChangePassword).toBe(false)
    expect(await desk.code('users.list')).toBe('OK')
  })

  it('can be left by signing out', async () => {
    await desk.cliValue('users.create', { username: 'grace', email: null, password: adaPassword })
    await desk.signIn('grace', adaPassword)
    expect(await desk.code('session.signOut')).toBe('OK')
    expect(await desk.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
  })
})

describe('a reset', () => {
  let ada: string
  beforeEach(async () => {
    ada = (await desk.account('ada')).id
  })
  const resetAda = async () =>
    reset.parse(await desk.value('users.resetPassword', { id: ada, reason: 'forgot it' }))

  it('gives a passphrase that works, must be changed, and is the only one that works', async () => {
    const { passphrase, user } = await resetAda()
    expect(user.state).toBe('must-change-password')
    await desk.signOut()
    expect(codeOf(await desk.signIn('ada', adaPassword))).toBe('SIGN_IN_REFUSED')
    expect(sessionIn(await desk.signIn('ada', passphrase)).mustChangePassword).toBe(true)
    expect(await desk.code('users.list')).toBe('FORBIDDEN')
    expect(await desk.code('session.changePassword', { current: passphrase, next: passphrase })).toBe(
      'PASSWORD_WEAK',
    )
    sessionIn(await desk.request('session.changePassword', { current: passphrase, next }))
    await desk.signOut()
    expect(codeOf(await desk.signIn('ada', passphrase))).toBe('SIGN_IN_REFUSED')
    expect(codeOf(await desk.signIn('ada', next))).toBe('OK')
  })

  it('expires after 24 hours to the millisecond, and the changed password does not', async () => {
    const { passphrase } = await resetAda()
    await desk.signOut()
    desk.pass({ hours: 24, ms: -1 })
    expect(codeOf(await desk.signIn('ada', passphrase))).toBe('OK')
    await desk.signOut()
    desk.pass({ ms: 1 })
    expect(codeOf(await desk.signIn('ada', passphrase))).toBe('PASSWORD_EXPIRED')
    expect(codeOf(await desk.signIn('ada', 'wrong-wrong-wrong'))).toBe('SIGN_IN_REFUSED')
    expect((await desk.account('ada')).must).toBe(1)
  })

  it('of yesterday does not let a changed password expire', async () => {
    const { passphrase } = await resetAda()
    await desk.signOut()
    await desk.signIn('ada', passphrase)
    await desk.value('session.changePassword', { current: passphrase, next })
    await desk.signOut()
    desk.pass({ hours: 48 })
    expect(codeOf(await desk.signIn('ada', next))).toBe('OK')
  })

  it('ends every session of the account and says how many', async () => {
    const [one, two] = [desk.another(), desk.another()]
    await one.signIn('ada', adaPassword)
    await two.signIn('ada', adaPassword)
    expect((await resetAda()).sessionsEnded).toBe(2)
    expect(await one.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
    expect(await two.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
    expect(await one.value('app.status')).toMatchObject({ session: null })
    expect(await desk.code('users.list')).toBe('OK')
  })

  it('needs a reason, and leaves it in the audit with nothing secret', async () => {
    for (const reason of [undefined, '', '  ', 'ab']) {
      expect(await desk.code('users.resetPassword', { id: ada, reason })).toBe('INVALID_INPUT')
    }
    const { passphrase } = await resetAda()
    expect((await desk.audit()).at(-1)).toMatchObject({
      ...{ action: 'users.resetPassword', actor: 'account:root', target: 'ada', account: ada },
      ...{
        code: 'OK',
        reason: 'forgot it',
        before: '{"state":"enabled","role":"user"}',
        after: '{"sessionsEnded":0}',
      },
    })
    expect(JSON.stringify(await desk.audit())).not.toContain(passphrase)
  })

  it('is another passphrase each time', async () => {
    expect((await resetAda()).passphrase).not.toBe((await resetAda()).passphrase)
  })

  it('of an account of the directory or a provider is PASSWORD_NOT_LOCAL, for the command line too', async () => {
    for (const authProvider of ['ldap', 'oidc'] as const) {
      await desk.cliValue('users.create', { username: authProvider, email: null, authProvider })
      const { id } = await desk.account(authProvider)
      const input = { id, reason: 'forged' }
      expect(await desk.code('users.resetPassword', input)).toBe('PASSWORD_NOT_LOCAL')
      expect(codeOf(await desk.cli('users.resetPassword', input))).toBe('PASSWORD_NOT_LOCAL')
      expect((await desk.account(authProvider)).hash).toBeNull()
      expect((await desk.audit()).at(-1)).toMatchObject({ code: 'PASSWORD_NOT_LOCAL', target: authProvider })
      expect(await desk.value('users.get', { id })).toMatchObject({
        actions: { resetPassword: { allowed: false, code: 'PASSWORD_NOT_LOCAL' } },
      })
    }
  })

  it('is the helpdesk’s on accounts that are users only', async () => {
    await desk.addPerson('helga', { role: 'helpdesk', password: next })
    await desk.addPerson('otto', { role: 'auditor' })
    await desk.signOut()
    await desk.signIn('helga', next)
    expect(await desk.code('users.resetPassword', { id: ada, reason: 'forgot it' })).toBe('OK')
    for (const name of ['root', 'otto', 'helga']) {
      const { id, hash } = await desk.account(name)
      expect(await desk.code('users.resetPassword', { id, reason: 'forged' }), name).toBe('FORBIDDEN')
      expect((await desk.account(name)).hash).toBe(hash)
    }
    expect(await desk.code('users.endSessions', { id: ada, reason: 'asked for it' })).toBe('OK')
    for (const path of ['users.disable', 'users.enable', 'settings.check', 'db.migrate', 'db.status']) {
      expect(await desk.code(path, { id: ada }), path).toBe('FORBIDDEN')
    }
    expect(await desk.code('users.create', { username: 'x', email: null, role: 'admin' })).toBe('FORBIDDEN')
  })

  it('of nobody is NOT_FOUND', async () => {
    expect(await desk.code('users.resetPassword', { id: 'nobody', reason: 'forged' })).toBe('NOT_FOUND')
  })
})

describe('the own reset of an administrator', () => {
  it('signs them out, and the passphrase is the way back', async () => {
    const { id } = await desk.account('root')
    const { passphrase } = reset.parse(await desk.value('users.resetPassword', { id, reason: 'forgot it' }))
    expect(await desk.code('users.list')).toBe('FORBIDDEN')
    expect(codeOf(await desk.signIn('root', rootPassword))).toBe('SIGN_IN_REFUSED')
    expect(sessionIn(await desk.signIn('root', passphrase)).mustChangePassword).toBe(true)
  })
})
