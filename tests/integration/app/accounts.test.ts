import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  adaPassword,
  codeOf,
  rootPassword,
  sessionIn,
  startPeopledConsole,
  type Console,
} from '../sign-in/console'

let desk: Console
let ada: string
let rootId: string
beforeEach(async () => {
  desk = await startPeopledConsole()
  await desk.signIn('root', rootPassword)
  rootId = (await desk.account('root')).id
  ada = (await desk.account('ada')).id
})
afterEach(() => desk.close())

const last = async () => (await desk.audit()).at(-1)

describe('disabling', () => {
  it('acts at once: sessions end, the right password opens nothing; enabling takes it back', async () => {
    const person = desk.another()
    await person.signIn('ada', adaPassword)
    expect(await desk.value('users.disable', { id: ada, reason: 'has left' })).toMatchObject({
      user: { state: 'disabled' },
    })
    expect(await last()).toMatchObject({
      ...{ action: 'users.disable', target: 'ada', account: ada, reason: 'has left', actor: 'account:root' },
      ...{ before: '{"state":"enabled","role":"user"}', after: '{"state":"disabled","sessionsEnded":1}' },
    })
    expect(await person.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
    expect(codeOf(await person.signIn('ada', adaPassword))).toBe('SIGN_IN_REFUSED')
    expect(await last()).toMatchObject({ action: 'session.signIn', code: 'ACCOUNT_DISABLED', account: ada })
    expect(await desk.code('users.disable', { id: ada })).toBe('CONFLICT')
    expect(await desk.value('users.enable', { id: ada })).toMatchObject({ user: { state: 'enabled' } })
    expect(await desk.code('users.enable', { id: ada })).toBe('CONFLICT')
    expect(codeOf(await person.signIn('ada', adaPassword))).toBe('OK')
  })

  it('is refused for the last administrator, whoever asks', async () => {
    expect(await desk.code('users.disable', { id: rootId })).toBe('LAST_ADMIN')
    expect(codeOf(await desk.cli('users.disable', { id: rootId }))).toBe('LAST_ADMIN')
    expect((await desk.account('root')).disabled).toBeNull()
    expect(await last()).toMatchObject({ code: 'LAST_ADMIN', target: 'root' })
    const second = await desk.addPerson('second', { role: 'admin' })
    expect(await desk.code('users.disable', { id: second })).toBe('OK')
    expect(await desk.code('users.disable', { id: rootId })).toBe('LAST_ADMIN')
  })

  it('counts only administrators who have a way in under the present settings', async () => {
    const awaiting = { username: 'later', email: null, role: 'admin', authProvider: 'oidc' }
    await desk.cliValue('users.create', awaiting)
    expect(await desk.code('users.disable', { id: rootId })).toBe('LAST_ADMIN')
    const { id } = await desk.account('later')
    const look = await desk.database()
    await look.transaction((tx) =>
      look.run(tx, {
        sql: `INSERT INTO identities (account, kind, issuer, subject, claims)
          VALUES ($id, 'oidc', 'https://id.example.test', 's1', '{}')`,
        bind: { id },
      }),
    )
    expect(await desk.code('users.disable', { id: rootId })).toBe('LAST_ADMIN')
    desk.configure('AUTH_METHOD=both\nOIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk\n')
    // The only local one stays all the same: it is the way in once the provider fails.
    expect(codeOf(await desk.cli('users.disable', { id: rootId }))).toBe('LAST_ADMIN')
    await desk.addPerson('local.two', { role: 'admin' })
    expect(codeOf(await desk.cli('users.disable', { id: rootId }))).toBe('OK')
  })

  it('is refused for the own account, also beside other administrators', async () => {
    await desk.addPerson('second', { role: 'admin' })
    expect(await desk.code('users.disable', { id: rootId })).toBe('FORBIDDEN')
  })

  it('of two administrators at the same time leaves one', async () => {
    const second = await desk.addPerson('second', { role: 'admin' })
    const results = await Promise.all([
      desk.cli('users.disable', { id: rootId }),
      desk.cli('users.disable', { id: second }),
    ])
    expect(results.map(codeOf).toSorted()).toEqual(['LAST_ADMIN', 'OK'])
  })
})

describe('creating', () => {
  it('gives a local account a passphrase once; it must be changed and expires', async () => {
    const made = await desk.value('users.create', { username: 'grace', email: null })
    const { passphrase } = z.object({ passphrase: z.string() }).parse(made)
    const person = desk.another()
    expect(sessionIn(await person.signIn('grace', passphrase)).mustChangePassword).toBe(true)
    await person.signOut()
    desk.pass({ hours: 24 })
    expect(codeOf(await person.signIn('grace', passphrase))).toBe('PASSWORD_EXPIRED')
  })

  it('checks a given password, which must be changed and does not expire', async () => {
    const weak = { username: 'grace', email: null, password: 'password1234' }
    expect(await desk.code('users.create', weak)).toBe('PASSWORD_WEAK')
    const given = await desk.value('users.create', { ...weak, password: adaPassword })
    expect(given).toMatchObject({ passphrase: null, user: { state: 'must-change-password', role: 'user' } })
    desk.pass({ hours: 1000 })
    expect(sessionIn(await desk.another().signIn('grace', adaPassword)).mustChangePassword).toBe(true)
  })

  it('gives accounts of the directory and of providers no password at all', async () => {
    for (const authProvider of ['ldap', 'oidc'] as const) {
      const input = { username: authProvider, email: null, authProvider }
      expect(await desk.code('users.create', { ...input, password: adaPassword })).toBe('PASSWORD_NOT_LOCAL')
      expect(await desk.value('users.create', input)).toMatchObject({
        passphrase: null,
        user: { authProvider },
      })
      expect((await desk.account(authProvider)).hash).toBeNull()
    }
  })

  it('takes no name twice, however it is written', async () => {
    for (const username of ['ada', 'ADA', ' ada ', 'ａｄａ']) {
      expect(await desk.code('users.create', { username, email: null }), username).toBe('NAME_TAKEN')
    }
    expect(await last()).toMatchObject({ action: 'users.create', code: 'NAME_TAKEN' })
  })
})

describe('a session', () => {
  it('that is ended elsewhere is nobody’s with the next call', async () => {
    const person = desk.another()
    await person.signIn('ada', adaPassword)
    expect(await desk.value('users.endSessions', { id: ada, reason: 'asked for it' })).toMatchObject({
      sessionsEnded: 1,
    })
    expect(await person.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
    expect(await person.value('app.status')).toMatchObject({ session: null })
    expect(await last()).toMatchObject({
      action: 'users.endSessions',
      target: 'ada',
      after: '{"sessionsEnded":1}',
    })
  })

  it('ends after its hours', async () => {
    desk.pass({ hours: 8, ms: -1 })
    expect(await desk.code('users.list')).toBe('SESSION_LOCKED')
    desk.pass({ ms: 1 })
    expect(await desk.code('users.list')).toBe('FORBIDDEN')
  })

  it('lasts as long as the settings say', async () => {
    desk.configure('AUTH_METHOD=local\nSESSION_MAX_HOURS=1')
    const person = desk.another()
    await person.signIn('ada', adaPassword)
    desk.pass({ hours: 1 })
    expect(await person.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
    expect(await desk.code('users.list')).toBe('SESSION_LOCKED')
  })

  it('of who was demoted meanwhile has no rights left', async () => {
    const person = desk.another()
    await desk.addPerson('second', { role: 'admin' })
    await person.signIn('second', adaPassword)
    expect(await person.code('users.list')).toBe('OK')
    const look = await desk.database()
    const sql = `DELETE FROM role_grants WHERE account = (SELECT id FROM users WHERE username = 'second')`
    await look.transaction((tx) => look.run(tx, { sql }))
    expect(await person.code('users.list')).toBe('FORBIDDEN')
  })

  it('is one per console: the next person’s sign-in ends the one before', async () => {
    await desk.signIn('ada', adaPassword)
    const parts = z.object({ sessions: z.array(z.object({ via: z.string() })) })
    const open = async (id: string) => parts.parse(await desk.cliValue('users.get', { id })).sessions.length
    expect([await open(rootId), await open(ada)]).toEqual([0, 1])
    await desk.signOut()
    expect(await open(ada)).toBe(0)
  })
})

describe('what is written down', () => {
  it('has every command and every refusal, and no secret anywhere in the home', async () => {
    const secrets = [rootPassword, adaPassword, 'wrong-canary-4711', 'marble-oyster-canopy-twelve']
    const person = desk.another()
    await person.signIn('ada', 'wrong-canary-4711')
    await person.signIn('ada', adaPassword)
    await person.value('session.changePassword', {
      current: adaPassword,
      next: 'marble-oyster-canopy-twelve',
    })
    await person.code('users.list')
    await person.code('users.disable', { id: rootId })
    const reset = await desk.value('users.resetPassword', { id: ada, reason: 'forgot it' })
    const created = await desk.value('users.create', { username: 'grace', email: null })
    for (const answer of [reset, created])
      secrets.push(z.object({ passphrase: z.string() }).parse(answer).passphrase)
    await desk.code('users.create', { username: 'x', email: null, password: 'wrong-canary-4711' })
    await desk.value('users.disable', { id: ada })
    await desk.value('users.enable', { id: ada })
    await desk.value('users.endSessions', { id: ada, reason: 'asked for it' })
    await desk.signOut()

    const records = (await desk.audit()).map(({ actor, action, target, code }) =>
      [actor, action, target, code].join(' '),
    )
    expect(records.slice(4)).toEqual([
      'nobody session.signIn ada SIGN_IN_REFUSED',
      'nobody session.signIn ada OK',
      'account:ada session.changePassword ada OK',
      'account:ada users.disable  FORBIDDEN',
      'account:root users.resetPassword ada OK',
      'account:root users.create grace OK',
      'account:root users.create x OK',
      'account:root users.disable ada OK',
      'account:root users.enable ada OK',
      'account:root users.endSessions ada OK',
      'account:root session.signOut root OK',
    ])
    const written = [desk.homeText(), desk.logged.join('\n'), JSON.stringify(await desk.audit())]
    expect(written[0]).toContain('users.resetPassword')
    for (const text of written) for (const secret of secrets) expect(text.includes(secret)).toBe(false)
  })

  it('has the intent of a backup before and its outcome after', async () => {
    const before = (await desk.audit()).length
    await desk.code('db.migrate')
    expect((await desk.audit()).slice(before).map(({ phase, code }) => [phase, code])).toEqual([
      ['intent', 'INTENT'],
      ['outcome', 'OK'],
    ])
  })

  it('cannot be left out: a change whose record cannot be written is not made', async () => {
    const look = await desk.database()
    await look.transaction((tx) => look.run(tx, { sql: 'ALTER TABLE audit_events RENAME TO hidden' }))
    expect(await desk.code('users.disable', { id: ada })).toBe('AUDIT_WRITE_FAILED')
    expect(await desk.code('users.create', { username: 'grace', email: null })).toBe('AUDIT_WRITE_FAILED')
    expect(codeOf(await desk.another().signIn('ada', adaPassword))).toBe('AUDIT_WRITE_FAILED')
    expect((await desk.account('ada')).disabled).toBeNull()
    await expect(desk.account('grace')).rejects.toThrow('no account grace')
  })
})
