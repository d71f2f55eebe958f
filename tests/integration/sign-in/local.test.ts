import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as passwordHash from '../../../src-main/core/sign-in/password-hash'
import { adaPassword, codeOf, rootPassword, sessionIn, startPeopledConsole, type Console } from './console'

const verified: (string | null)[] = []
vi.mock('../../../src-main/core/sign-in/password-hash', async (original) => {
  const real = await original<typeof passwordHash>()
  return {
    ...real,
    createPasswordHasher: (cost?: passwordHash.PasswordCost) => {
      const hasher = real.createPasswordHasher(cost)
      const verify: typeof hasher.verify = (stored, password) => {
        verified.push(stored)
        return hasher.verify(stored, password)
      }
      return { ...hasher, verify }
    },
  }
})

let desk: Console
beforeEach(async () => {
  desk = await startPeopledConsole()
  verified.length = 0
})
afterEach(() => desk.close())

/** What the person sees; the exact code is in the last audit record. */
async function refusal(username: string, password: string, way: 'form' | 'break-glass' = 'form') {
  verified.length = 0
  const result = await desk.signIn(username, password, way)
  if (result.ok) throw new Error(`${username} got in`)
  const exact = (await desk.audit()).at(-1)?.code
  return { ...result.error, exact, verifications: verified.length }
}

const neutral = {
  code: 'SIGN_IN_REFUSED',
  message:
    'The user name or the password is not right. If your account signs in with SSO or the directory, use that way.',
  details: {},
}

describe('a local password', () => {
  it('that is right opens a session of this account', async () => {
    const session = sessionIn(await desk.signIn('ada', adaPassword))
    expect(session).toMatchObject({ username: 'ada', role: 'user', via: 'local', mustChangePassword: false })
    expect(verified).toHaveLength(1)
    expect(await desk.code('app.copy', { text: 'x' })).toBe('OK')
    expect((await desk.account('ada')).lastSignIn).toBe(desk.clock.now().toISOString())
  })

  it.each([' ADA ', 'Ada', 'ａｄａ'])('is found under the name %j', async (name) => {
    expect(sessionIn(await desk.signIn(name, adaPassword)).username).toBe('ada')
  })

  it('that is wrong, and every other reason, is one neutral answer with one verification', async () => {
    await desk.cliValue('users.create', { username: 'lin', email: 'lin@corp.test', authProvider: 'ldap' })
    await desk.cliValue('users.create', { username: 'oli', email: 'oli@corp.test', authProvider: 'oidc' })
    await desk.addPerson('dis')
    await desk.cliValue('users.disable', { id: (await desk.account('dis')).id })
    const rows = [
      ['ada', 'wrong-wrong-wrong', 'SIGN_IN_REFUSED'],
      ['ada', adaPassword.toUpperCase(), 'SIGN_IN_REFUSED'],
      ['ada', `${adaPassword} `, 'SIGN_IN_REFUSED'],
      ['ada', '', 'SIGN_IN_REFUSED'],
      ['nobody-here', adaPassword, 'SIGN_IN_REFUSED'],
      ['lin', adaPassword, 'METHOD_NOT_ALLOWED'],
      ['oli', adaPassword, 'METHOD_NOT_ALLOWED'],
      ['dis', adaPassword, 'ACCOUNT_DISABLED'],
      ['dis', 'wrong-wrong-wrong', 'ACCOUNT_DISABLED'],
    ] as const
    for (const [name, password, exact] of rows) {
      expect(await refusal(name, password), name).toEqual({ ...neutral, exact, verifications: 1 })
    }
    expect(desk.logged.filter((line) => line.includes('sign-in refused'))).toHaveLength(rows.length)
    expect(await desk.request('app.copy', { text: 'x' })).toMatchObject({ error: { code: 'FORBIDDEN' } })
  })

  it('of an account without a hash opens nothing, and is not acquired by the form', async () => {
    const look = await desk.database()
    const sql = `UPDATE users SET password_hash = NULL WHERE username = 'ada'`
    await look.transaction((tx) => look.run(tx, { sql }))
    expect(await refusal('ada', adaPassword)).toEqual({
      ...neutral,
      exact: 'SIGN_IN_REFUSED',
      verifications: 1,
    })
    expect(verified).toEqual([null])
    expect((await desk.account('ada')).hash).toBeNull()
  })

  it('opens nothing in a mode without a form', async () => {
    for (const method of ['oidc', 'no-such-mode']) {
      desk.configure(`AUTH_METHOD=${method}\nOIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk`)
      expect(await refusal('ada', adaPassword)).toMatchObject({
        code: 'METHOD_NOT_OFFERED',
        verifications: 1,
      })
    }
  })
})

describe('break-glass', () => {
  beforeEach(() =>
    desk.configure('AUTH_METHOD=oidc\nOIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk'),
  )

  it('is closed until the menu or the flag opens it', async () => {
    expect(await refusal('root', rootPassword, 'break-glass')).toMatchObject({ code: 'METHOD_NOT_OFFERED' })
    expect(await desk.value('session.signInOptions')).toMatchObject({ breakGlass: false, form: null })
  })

  it('lets local administrators in, whatever the mode, and nobody else', async () => {
    desk.app.openBreakGlass()
    expect(await desk.value('session.signInOptions')).toMatchObject({ breakGlass: true })
    expect(await refusal('ada', adaPassword, 'break-glass')).toEqual({
      ...neutral,
      ...{ exact: 'METHOD_NOT_ALLOWED', verifications: 1 },
    })
    expect(await refusal('root', 'wrong-wrong-wrong', 'break-glass')).toMatchObject({
      exact: 'SIGN_IN_REFUSED',
    })
    expect(sessionIn(await desk.signIn('root', rootPassword, 'break-glass'))).toMatchObject({
      ...{ username: 'root', role: 'admin', via: 'break-glass' },
    })
    expect((await desk.audit()).at(-1)).toMatchObject({ target: 'root', after: '{"via":"break-glass"}' })
  })

  it('does not open the form', async () => {
    desk.app.openBreakGlass()
    expect(codeOf(await desk.signIn('root', rootPassword))).toBe('METHOD_NOT_OFFERED')
  })
})

describe('ADMIN_USERNAMES', () => {
  const grants = async () => (await desk.account('ada')).role

  it('makes the account an administrator after its password, not before', async () => {
    desk.configure('AUTH_METHOD=local\nADMIN_USERNAMES=Ada')
    await refusal('ada', 'wrong-wrong-wrong')
    expect(await grants()).toBe('user')
    expect(sessionIn(await desk.signIn('ada', adaPassword)).role).toBe('admin')
  })

  it('takes back what it gave once the name is gone, and leaves manual grants alone', async () => {
    desk.configure('AUTH_METHOD=local\nADMIN_USERNAMES=ada,root')
    await desk.signIn('ada', adaPassword)
    await desk.signIn('root', rootPassword)
    desk.configure('AUTH_METHOD=local\nADMIN_USERNAMES=someone-else')
    expect(sessionIn(await desk.signIn('ada', adaPassword)).role).toBe('user')
    expect(sessionIn(await desk.signIn('root', rootPassword)).role).toBe('admin')
  })

  it('changes nothing where it is empty', async () => {
    desk.configure('AUTH_METHOD=local\nADMIN_USERNAMES=ada')
    await desk.signIn('ada', adaPassword)
    desk.configure('AUTH_METHOD=local')
    expect(sessionIn(await desk.signIn('ada', adaPassword)).role).toBe('admin')
  })
})

describe('mode none', () => {
  beforeEach(() => desk.configure('AUTH_METHOD=none\nADMIN_USERNAMES=ada'))

  it('asks for the name only, says that nobody was verified, and promotes nobody', async () => {
    expect(sessionIn(await desk.signIn('ada', ''))).toMatchObject({ via: 'unverified', role: 'user' })
    expect((await desk.audit()).at(-1)).toMatchObject({ target: 'ada', after: '{"via":"unverified"}' })
    expect((await desk.account('ada')).role).toBe('user')
    expect(verified).toEqual([])
    await desk.signOut()
    expect((await desk.audit()).at(-1)).toMatchObject({ action: 'session.signOut', actor: 'unverified:ada' })
    desk.configure('AUTH_METHOD=local')
    await desk.signIn('ada', adaPassword)
    await desk.signOut()
    expect((await desk.audit()).at(-1)).toMatchObject({ action: 'session.signOut', actor: 'account:ada' })
  })

  it('a session without a password ends with the mode', async () => {
    await desk.signIn('ada', '')
    expect(await desk.code('app.copy', { text: 'x' })).toBe('OK')
    desk.configure('AUTH_METHOD=local')
    expect(await desk.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
    expect(await desk.value('app.status')).toMatchObject({ session: null })
  })

  it('still refuses disabled and unknown names', async () => {
    await desk.cliValue('users.disable', { id: (await desk.account('ada')).id })
    expect(await refusal('ada', '')).toMatchObject({ exact: 'ACCOUNT_DISABLED' })
    expect(await refusal('who', '')).toMatchObject({ exact: 'SIGN_IN_REFUSED' })
  })

  it('is never offered by a profile that is marked production', async () => {
    desk.configure('AUTH_METHOD=none\nAUTHDESK_PRODUCTION=true')
    expect(await refusal('ada', '')).toMatchObject({ code: 'METHOD_NOT_OFFERED' })
  })
})
