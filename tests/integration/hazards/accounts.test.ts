import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { OidcPerson, OidcSignIn } from '../../../src-main/core/app/ports'
import {
  adaPassword,
  codeOf,
  rootPassword,
  sessionIn,
  startPeopledConsole,
  type Console,
} from '../sign-in/console'

/** Who signs in at the provider; the protocol has its own hazard in `transport.test.ts`. */
let person: Partial<OidcPerson> = {}
vi.mock('../../../src-main/core/oidc/oidc-sign-in', () => ({
  createOidcSignIn: (): OidcSignIn => ({
    renew: () => Promise.reject(new Error('nothing is renewed here')),
    signIn: (provider) =>
      Promise.resolve({
        ...{
          slug: provider.slug,
          issuer,
          subject: 's1',
          username: 'ada',
          login: 'ada',
          email: 'ada@corp.test',
        },
        ...{
          emailVerified: true,
          fullName: 'Ada',
          picture: null,
          roles: null,
          teams: null,
          claims: {},
          ...person,
        },
      }),
  }),
}))

const issuer = 'https://id.example.test'
const guess = 'a-password-of-eight-or-more'
const reason = 'for the test'
const settings = (method: string, more = '') => `AUTH_METHOD=${method}
OIDC_ISSUER=${issuer}
OIDC_CLIENT_ID=desk
LDAP_HOST=127.0.0.1
LDAP_PORT=1
LDAP_BASE_DN=dc=x
LDAP_ALLOW_ANONYMOUS=true
LDAP_ALLOW_PLAINTEXT=true
LDAP_TIMEOUT=1
${more}`

let desk: Console
let slug = ''
beforeEach(async () => {
  person = {}
  desk = await startPeopledConsole(settings('both'))
  const options = z.object({ providers: z.array(z.object({ slug: z.string() })) })
  slug = options.parse(await desk.value('session.signInOptions')).providers[0]?.slug ?? ''
})
afterEach(() => desk.close())

const sso = () => desk.request('session.signInOidc', { runId: 'r', provider: slug })
const create = async (username: string, authProvider: string, more: object = {}) => {
  await desk.cliValue('users.create', { username, email: `${username}@corp.test`, authProvider, ...more })
  return (await desk.account(username)).id
}
async function change(sql: string): Promise<void> {
  const look = await desk.database()
  await look.transaction((tx) => look.run(tx, { sql }))
}
const hashes = async () =>
  (await desk.database()).select(z.object({ name: z.string(), hash: z.string().nullable() }), {
    sql: 'SELECT username AS name, password_hash AS hash FROM users ORDER BY username',
  })

describe('H1: an account without a password is claimed by typing one', () => {
  it.each(['local', 'both', 'all'])('in mode %s it acquires none', async (method) => {
    await create('oli', 'oidc')
    await create('lin', 'ldap')
    await desk.addPerson('bare')
    await change(`UPDATE users SET password_hash = NULL WHERE username = 'bare'`)
    desk.configure(settings(method, 'ALLOW_SELF_REGISTER=true'))
    const before = await hashes()
    for (const username of ['oli', 'lin', 'bare']) {
      expect((await desk.signIn(username, guess)).ok).toBe(false)
      expect((await desk.signIn(username, guess, 'break-glass')).ok).toBe(false)
      expect(await desk.code('session.register', { runId: 'r', username, password: guess })).not.toBe('OK')
      expect(await desk.code('session.changePassword', { current: '', next: guess })).toBe('FORBIDDEN')
    }
    expect(await hashes()).toEqual(before)
  })
})

describe('H4: single sign-on passes over a forced change, a lock, a disabled account', () => {
  beforeEach(async () => {
    const id = (await desk.account('ada')).id
    await desk.cliValue('users.link', { id, kind: 'oidc', issuer, subject: 's1', reason })
  })

  it('a forced change comes first', async () => {
    await desk.cliValue('users.forceChange', { id: (await desk.account('ada')).id, reason })
    expect(sessionIn(await sso()).mustChangePassword).toBe(true)
    expect(await desk.code('account.get')).toBe('PASSWORD_MUST_CHANGE')
  })

  it('a lock holds', async () => {
    for (let tries = 0; tries < 5; tries += 1) await desk.signIn('ada', 'wrong-wrong-wrong')
    expect(codeOf(await sso())).toBe('ACCOUNT_LOCKED')
  })

  it('a disabled account stays out, and nothing is written to it', async () => {
    await desk.cliValue('users.disable', { id: (await desk.account('ada')).id })
    const before = await desk.account('ada')
    person = { email: 'new@corp.test', fullName: 'New' }
    expect(codeOf(await sso())).toBe('ACCOUNT_DISABLED')
    expect(await desk.account('ada')).toEqual(before)
  })
})

describe('H7: another entry than the page ignores mode and provider', () => {
  it('a forged request is judged like the page', async () => {
    desk.configure(settings('oidc'))
    expect(codeOf(await desk.signIn('root', rootPassword))).toBe('METHOD_NOT_OFFERED')
    expect(codeOf(await desk.signIn('root', rootPassword, 'break-glass'))).toBe('METHOD_NOT_OFFERED')
    desk.configure(settings('local'))
    expect(codeOf(await sso())).toBe('METHOD_NOT_OFFERED')
  })

  it('a reset for an account whose password is elsewhere is refused at every door', async () => {
    for (const authProvider of ['oidc', 'ldap']) {
      const id = await create(`of-${authProvider}`, authProvider)
      expect(await desk.cli('users.resetPassword', { id, reason })).toMatchObject({
        error: { code: 'PASSWORD_NOT_LOCAL' },
      })
      await desk.signIn('root', rootPassword)
      expect(await desk.code('users.resetPassword', { id, reason })).toBe('PASSWORD_NOT_LOCAL')
      expect(await desk.code('users.forceChange', { id, reason })).toBe('PASSWORD_NOT_LOCAL')
    }
  })
})

describe('H8: a converted account keeps the hash it had', () => {
  it('it is deleted, and one that is there all the same opens nothing', async () => {
    const before = (await desk.account('ada')).hash
    const id = (await desk.account('ada')).id
    await desk.cliValue('users.link', { id, kind: 'ldap', issuer: 'dc=x', subject: 'uuid', reason })
    expect((await desk.account('ada')).hash).toBeNull()
    await change(`UPDATE users SET password_hash = '${before ?? ''}' WHERE username = 'ada'`)
    for (const method of ['local', 'both', 'all', 'ldap']) {
      desk.configure(settings(method))
      desk.app.openBreakGlass()
      expect((await desk.signIn('ada', adaPassword)).ok).toBe(false)
      expect((await desk.signIn('ada', adaPassword, 'break-glass')).ok).toBe(false)
    }
  })
})

describe('H9: ADMIN_USERNAMES promotes before the password was right', () => {
  it('nobody is promoted by a failed try, nor an account whose password is elsewhere', async () => {
    await create('oli', 'oidc')
    desk.configure(settings('both', 'ADMIN_USERNAMES=ada,oli'))
    await desk.signIn('ada', 'wrong-wrong-wrong')
    await desk.signIn('oli', guess)
    expect((await desk.account('ada')).role).toBe('user')
    person = { subject: 'olis', username: 'oli', login: 'oli', email: 'oli@corp.test' }
    expect(sessionIn(await sso())).toMatchObject({ username: 'oli', role: 'user' })
    await desk.signOut()
    expect(sessionIn(await desk.signIn('ada', adaPassword)).role).toBe('admin')
  })
})

describe('H10: a check that fails lets people in', () => {
  it.each(['users', 'sign_in_attempts', 'sessions', 'audit_events'])(
    'without the table %s nobody gets in',
    async (table) => {
      await change(`ALTER TABLE ${table} RENAME TO gone`)
      expect((await desk.signIn('root', rootPassword)).ok).toBe(false)
      expect((await sso()).ok).toBe(false)
      expect(await desk.code('users.list')).not.toBe('OK')
    },
  )

  it('with settings that are not valid no way is open', async () => {
    desk.configure('AUTH_METHOD=locall')
    expect(codeOf(await desk.signIn('root', rootPassword))).toBe('METHOD_NOT_OFFERED')
  })
})

describe('H13: linking by an unverified address or by user name', () => {
  it.each([
    ['an address that nobody has verified', { emailVerified: false }],
    ['a user name alone', { email: 'other@elsewhere.test', emailVerified: false }],
  ])('%s links nothing', async (_, claims) => {
    person = { subject: 'attacker', ...claims }
    const result = await sso()
    if (result.ok) expect(sessionIn(result).username).not.toBe('ada')
    else expect(result.error.code).toBe('LINK_PENDING')
    const look = await desk.database()
    const sql = `SELECT u.username AS name FROM identities i JOIN users u ON u.id = i.account`
    const owners = await look.select(z.object({ name: z.string() }), { sql })
    expect(owners.map(({ name }) => name)).not.toContain('ada')
  })

  it('an account with another identity of this kind is not taken over by address', async () => {
    const id = (await desk.account('ada')).id
    await desk.cliValue('users.link', {
      id,
      kind: 'oidc',
      issuer: 'https://other.example.test',
      subject: 'x',
      reason,
    })
    expect(codeOf(await sso())).toBe('LINK_PENDING')
  })

  it('nor is one with a console role', async () => {
    person = { subject: 'attacker', email: 'root@example.test', username: 'root', login: 'root' }
    expect(codeOf(await sso())).toBe('LINK_PENDING')
  })
})

describe('H14: single sign-on rewrites auth_provider from ldap to oidc', () => {
  it('the account stays ldap, and gets no password', async () => {
    const id = await create('lin', 'ldap')
    await desk.cliValue('users.link', { id, kind: 'oidc', issuer, subject: 's1', reason })
    expect(sessionIn(await sso())).toMatchObject({ username: 'lin', authProvider: 'ldap' })
    expect(await desk.account('lin')).toMatchObject({ provider: 'ldap', hash: null })
    expect(await desk.code('session.changePassword', { current: '', next: guess })).toBe('PASSWORD_NOT_LOCAL')
    expect(await desk.cli('users.resetPassword', { id, reason })).toMatchObject({
      error: { code: 'PASSWORD_NOT_LOCAL' },
    })
  })
})
