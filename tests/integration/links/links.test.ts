import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { pendingLinkSchema } from '../../../src-main/contract/links'
import type { OidcPerson, OidcSignIn } from '../../../src-main/core/app/ports'
import {
  adaPassword,
  codeOf,
  rootPassword,
  sessionIn,
  startPeopledConsole,
  type Console,
} from '../sign-in/console'

/** Who signs in at the provider in this test; the protocol has its own tests against a real one. */
let person: Partial<OidcPerson> = {}
let meanwhile: () => Promise<unknown> = () => Promise.resolve()
vi.mock('../../../src-main/core/oidc/oidc-sign-in', () => ({
  createOidcSignIn: (): OidcSignIn => ({
    renew: () => Promise.reject(new Error('nothing is renewed here')),
    signIn: async (provider) => {
      await meanwhile()
      return {
        ...{ slug: provider.slug, issuer, subject: 's1', username: 'ada', login: 'ada' },
        ...{
          email: 'ada@corp.test',
          emailVerified: true,
          fullName: 'Ada',
          picture: null,
          roles: null,
          teams: null,
        },
        claims: { sub: 's1' },
        ...person,
      }
    },
  }),
}))

const issuer = 'https://id.example.test'
const settings = (method = 'both', more = '') => `AUTH_METHOD=${method}
OIDC_ISSUER=${issuer}
OIDC_CLIENT_ID=desk
LDAP_HOST=127.0.0.1
LDAP_BASE_DN=dc=x
LDAP_ALLOW_ANONYMOUS=true
LDAP_ALLOW_PLAINTEXT=true
${more}`
const reason = 'asked for it'

let desk: Console
let slug = ''
beforeEach(async () => {
  person = {}
  meanwhile = () => Promise.resolve()
  desk = await startPeopledConsole(settings())
  const options = z.object({ providers: z.array(z.object({ slug: z.string() })) })
  slug = options.parse(await desk.value('session.signInOptions')).providers[0]?.slug ?? ''
})
afterEach(() => desk.close())

const sso = (at: Pick<Console, 'request'> = desk) =>
  at.request('session.signInOidc', { runId: 'r', provider: slug })
const connect = (at: Pick<Console, 'code'> = desk) =>
  at.code('account.connect', { runId: 'r', provider: slug })
const links = async (account: string | null = null) =>
  z.object({ links: z.array(pendingLinkSchema) }).parse(await desk.cliValue('links.list', { account })).links
const idOf = async (name: string) => (await desk.account(name)).id
async function change(sql: string): Promise<void> {
  const look = await desk.database()
  await look.transaction((tx) => look.run(tx, { sql }))
}
const identities = async () =>
  (await desk.database()).select(z.object({ account: z.string(), subject: z.string(), issuer: z.string() }), {
    sql: 'SELECT account, subject, issuer FROM identities ORDER BY id',
  })

describe('an identity that may not link itself', () => {
  beforeEach(() => void (person = { emailVerified: false }))

  it('waits with what the provider said, once, until an administrator confirms it', async () => {
    expect(codeOf(await sso())).toBe('LINK_PENDING')
    expect(codeOf(await sso())).toBe('LINK_PENDING')
    const [link, ...more] = await links()
    expect(more).toEqual([])
    expect(link).toMatchObject({
      ...{
        kind: 'oidc',
        issuer,
        subject: 's1',
        email: 'ada@corp.test',
        login: 'ada',
        tries: 2,
        refused: null,
      },
      account: { username: 'ada', state: 'pending-link' },
    })
    expect(JSON.stringify(link)).not.toContain('claims')
    await desk.signIn('root', rootPassword)
    expect(await desk.value('links.confirm', { id: link?.id })).toMatchObject({ user: { state: 'enabled' } })
    expect(await links()).toEqual([])
    expect((await desk.audit()).at(-1)).toMatchObject({
      action: 'links.confirm',
      target: 'ada',
      actor: 'account:root',
    })
    expect(sessionIn(await sso())).toMatchObject({ username: 'ada', authProvider: 'local' })
    await desk.signOut()
    expect(sessionIn(await desk.signIn('ada', adaPassword)).username).toBe('ada')
  })

  it('is refused with a reason, and not asked about again', async () => {
    await sso()
    const id = (await links())[0]?.id
    await desk.signIn('root', rootPassword)
    expect(await desk.code('links.refuse', { id, reason: '' })).toBe('INVALID_INPUT')
    expect(await desk.value('links.refuse', { id, reason })).toMatchObject({ user: { state: 'enabled' } })
    expect(await desk.code('links.refuse', { id, reason })).toBe('CONFLICT')
    await desk.signOut()
    expect(codeOf(await sso())).toBe('LINK_PENDING')
    expect(await links()).toEqual([])
    expect(await links(await idOf('ada'))).toMatchObject([{ refused: { by: 'account:root' }, tries: 2 }])
    expect((await desk.account('ada')).pending).toBe(0)
  })

  it('cannot be confirmed by the helpdesk, and is somebody’s alone', async () => {
    await sso()
    const id = (await links())[0]?.id
    await desk.addPerson('hilda', { role: 'helpdesk' })
    await desk.signIn('hilda', adaPassword)
    expect(await desk.code('links.list')).toBe('OK')
    expect(await desk.code('links.confirm', { id })).toBe('FORBIDDEN')
    const bob = await desk.addPerson('bob')
    await desk.cliValue('users.link', { id: bob, kind: 'oidc', issuer, subject: 's1', reason })
    expect(await desk.cli('links.confirm', { id })).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })
})

describe('an administrator', () => {
  it('links an identity before its first sign-in', async () => {
    const link = { id: await idOf('ada'), kind: 'oidc', subject: 's1', reason }
    await desk.signIn('root', rootPassword)
    for (const bad of ['http://id.example.test', 'id.example.test', 'javascript:1'])
      expect(await desk.code('users.link', { ...link, issuer: bad })).toBe('INVALID_INPUT')
    await desk.value('users.link', { ...link, issuer })
    expect(await desk.code('users.link', { ...link, id: await idOf('root'), issuer })).toBe('LINK_CONFLICT')
    await desk.signOut()
    person = { email: 'other@elsewhere.test', emailVerified: false, login: 'other' }
    expect(sessionIn(await sso())).toMatchObject({ username: 'ada' })
  })

  it('links a directory’s entry, which deletes the password (H8)', async () => {
    const id = await idOf('ada')
    await desk.cliValue('users.link', { id, kind: 'ldap', issuer: 'dc=x', subject: 'uuid-1', reason })
    expect(await desk.account('ada')).toMatchObject({ provider: 'ldap', hash: null })
    desk.configure(settings('local'))
    expect((await desk.signIn('ada', adaPassword)).ok).toBe(false)
  })

  it('does not lock the last administrator out by it', async () => {
    const id = await idOf('root')
    desk.configure(settings('local'))
    const link = { id, kind: 'ldap', issuer: 'dc=x', subject: 'uuid-1', reason }
    expect(await desk.cli('users.link', link)).toMatchObject({ error: { code: 'LAST_ADMIN' } })
    expect(await desk.account('root')).toMatchObject({
      provider: 'local',
      hash: expect.any(String) as string,
    })
    expect(await identities()).toEqual([])
  })

  it('links and unlinks people also where no administrator has a way in: they take none away', async () => {
    await change(
      `UPDATE users SET disabled_at = '2025-01-01T00:00:00.000Z', disabled_source = 'manual' WHERE username = 'root'`,
    )
    const identity = { id: await idOf('ada'), issuer, subject: 's1', reason }
    await desk.cliValue('users.link', { ...identity, kind: 'oidc' })
    await desk.cliValue('users.unlink', identity)
    expect(await identities()).toEqual([])
  })

  it('takes an identity away, but never the last way in', async () => {
    await desk.cliValue('users.create', { username: 'oli', email: null, authProvider: 'oidc' })
    const id = await idOf('oli')
    await desk.cliValue('users.link', { id, kind: 'oidc', issuer, subject: 's1', reason })
    const unlink = { id, issuer, subject: 's1', reason }
    expect(await desk.cli('users.unlink', unlink)).toMatchObject({ error: { code: 'LAST_SIGN_IN_WAY' } })
    await desk.cliValue('users.link', { id, kind: 'oidc', issuer, subject: 's2', reason })
    await desk.cliValue('users.unlink', unlink)
    expect(await desk.cli('users.unlink', { ...unlink, subject: 's2' })).toMatchObject({
      error: { code: 'LAST_SIGN_IN_WAY' },
    })
    expect(await desk.cli('users.unlink', unlink)).toMatchObject({ error: { code: 'NOT_FOUND' } })
  })

  it.each(['oidc', 'ldap'])(
    'makes an %s account local: a passphrase that must be changed',
    async (authProvider) => {
      await desk.cliValue('users.create', { username: 'lin', email: null, authProvider })
      const id = await idOf('lin')
      const from = authProvider === 'ldap' ? 'dc=x' : issuer
      await desk.cliValue('users.link', { id, kind: authProvider, issuer: from, subject: 's1', reason })
      if (authProvider === 'ldap')
        await desk.cliValue('users.link', { id, kind: 'oidc', issuer, subject: 's9', reason })
      const { passphrase } = z
        .object({ passphrase: z.string() })
        .parse(await desk.cliValue('users.convert', { id, reason }))
      expect((await desk.audit()).at(-1)).toMatchObject({ action: 'users.convert', reason, target: 'lin' })
      expect(JSON.stringify(await desk.audit())).not.toContain(passphrase)
      expect(sessionIn(await desk.signIn('lin', passphrase))).toMatchObject({
        ...{ authProvider: 'local', mustChangePassword: true },
      })
      expect((await identities()).map(({ issuer: each }) => each)).toEqual([issuer])
      expect(await desk.cli('users.convert', { id, reason })).toMatchObject({ error: { code: 'CONFLICT' } })
    },
  )
})

describe('everyone', () => {
  it('connects a provider and disconnects it again, while a password is left', async () => {
    await desk.signIn('ada', adaPassword)
    expect(await desk.value('account.get')).toMatchObject({
      hasPassword: true,
      identities: [],
      providers: [{ slug }],
    })
    expect(await connect()).toBe('OK')
    expect(await desk.value('account.get')).toMatchObject({
      identities: [{ issuer, subject: 's1', email: 'ada@corp.test' }],
    })
    expect(await connect()).toBe('CONFLICT')
    await desk.signOut()
    expect(sessionIn(await sso())).toMatchObject({ username: 'ada', authProvider: 'local' })
    expect(await desk.code('account.disconnect', { issuer, subject: 's1' })).toBe('OK')
    expect(await identities()).toEqual([])
  })

  it('connects nobody else’s identity, and for the account that asked, whoever signs in meanwhile', async () => {
    const bob = await desk.addPerson('bob')
    await desk.cliValue('users.link', { id: bob, kind: 'oidc', issuer, subject: 'bobs', reason })
    await desk.signIn('ada', adaPassword)
    person = { subject: 'bobs' }
    expect(await connect()).toBe('LINK_CONFLICT')
    person = {}
    meanwhile = () => desk.signIn('bob', adaPassword)
    expect(await connect()).toBe('OK')
    expect(await identities()).toEqual([
      { account: bob, subject: 'bobs', issuer },
      { account: await idOf('ada'), subject: 's1', issuer },
    ])
  })

  it('never loses the last way in, by two disconnections at once neither', async () => {
    await desk.cliValue('users.create', { username: 'oli', email: null, authProvider: 'oidc' })
    const id = await idOf('oli')
    for (const subject of ['s1', 's2'])
      await desk.cliValue('users.link', { id, kind: 'oidc', issuer, subject, reason })
    const other = desk.another()
    sessionIn(await sso())
    sessionIn(await sso(other))
    const codes = await Promise.all([
      desk.code('account.disconnect', { issuer, subject: 's1' }),
      other.code('account.disconnect', { issuer, subject: 's2' }),
    ])
    expect(codes.toSorted()).toEqual(['LAST_SIGN_IN_WAY', 'OK'])
    expect(await identities()).toHaveLength(1)
  })

  it('is limited in trying, without being locked out', async () => {
    await desk.signIn('ada', adaPassword)
    for (let tries = 0; tries < 5; tries += 1)
      expect(await desk.code('account.disconnect', { issuer, subject: 'none' })).toBe('NOT_FOUND')
    expect(await connect()).toBe('RATE_LIMITED')
    await desk.signOut()
    expect(sessionIn(await desk.signIn('ada', adaPassword)).username).toBe('ada')
  })

  it('sees and ends the own sessions, and nobody else’s', async () => {
    const other = desk.another()
    await other.signIn('ada', adaPassword)
    await desk.signIn('ada', adaPassword)
    const bobs = desk.another()
    await desk.addPerson('bob')
    await bobs.signIn('bob', adaPassword)
    const sessions = z
      .object({ sessions: z.array(z.object({ id: z.string(), own: z.boolean() })) })
      .parse(await desk.value('account.get')).sessions
    expect(sessions.map(({ own }) => own).toSorted()).toEqual([false, true])
    const rows = await (
      await desk.database()
    ).select(z.object({ id: z.string() }), {
      sql: `SELECT s.id FROM sessions s JOIN users u ON u.id = s.account WHERE u.username = 'bob'`,
    })
    expect(await desk.code('account.endSession', { id: rows[0]?.id })).toBe('NOT_FOUND')
    expect(await desk.value('account.endSession', { id: null })).toEqual({ sessionsEnded: 1 })
    expect(await other.code('account.get')).toBe('FORBIDDEN')
    expect(await bobs.code('account.get')).toBe('OK')
  })

  it('makes an own oidc account local right after signing in, and only then', async () => {
    await desk.cliValue('users.create', { username: 'oli', email: null, authProvider: 'oidc' })
    await desk.cliValue('users.link', { id: await idOf('oli'), kind: 'oidc', issuer, subject: 's1', reason })
    sessionIn(await sso())
    desk.pass({ minutes: 6 })
    const password = 'marbles-roll-past-lighthouse'
    expect(await desk.code('account.convert', { password })).toBe('FORBIDDEN')
    sessionIn(await sso())
    expect(await desk.value('account.get')).toMatchObject({ canConvert: true, hasPassword: false })
    expect(await desk.code('account.convert', { password: 'short' })).toBe('PASSWORD_WEAK')
    expect(await desk.value('account.convert', { password })).toMatchObject({
      session: { authProvider: 'local' },
    })
    expect(await desk.code('account.convert', { password })).toBe('CONFLICT')
    await desk.signOut()
    expect(sessionIn(await desk.signIn('oli', password))).toMatchObject({ mustChangePassword: false })
    sessionIn(await sso())
  })

  it('of the directory stays with the directory', async () => {
    await change(`UPDATE users SET auth_provider = 'ldap', password_hash = NULL WHERE username = 'ada'`)
    await desk.cliValue('users.link', { id: await idOf('ada'), kind: 'oidc', issuer, subject: 's1', reason })
    sessionIn(await sso())
    expect(await desk.code('account.convert', { password: 'marbles-roll-past-lighthouse' })).toBe(
      'PASSWORD_NOT_LOCAL',
    )
  })
})
