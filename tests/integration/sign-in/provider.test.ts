import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { AppError, type Code } from '../../../src-main/contract/errors'
import type { OidcPerson, OidcSignIn } from '../../../src-main/core/app/ports'
import { adaPassword, codeOf, sessionIn, startPeopledConsole, type Console } from './console'

/** What the provider says in this test; the protocol itself has its own tests against a real provider. */
type Answer = Partial<OidcPerson> | Code
const asked: ('login' | null)[] = []
let answer: Answer = {}
vi.mock('../../../src-main/core/oidc/oidc-sign-in', () => ({
  createOidcSignIn: (): OidcSignIn => ({
    renew: () => Promise.reject(new Error('nothing is renewed here')),
    signIn: (provider, run) => {
      asked.push(run.prompt)
      if (typeof answer === 'string') return Promise.reject(new AppError(answer))
      return Promise.resolve({
        ...{ slug: provider.slug, issuer: 'https://id.example.test', subject: 'subject-1', username: 'lin' },
        ...{
          email: 'lin@example.test',
          emailVerified: true,
          fullName: 'Lin',
          picture: null,
          roles: null,
          teams: null,
        },
        claims: { sub: 'subject-1' },
        login: answer.username === undefined ? 'lin' : answer.username,
        ...answer,
      })
    },
  }),
}))

let desk: Console
let slug: string
const options = z.object({ providers: z.array(z.object({ slug: z.string() })) })
const settings = (more = '') => `AUTH_METHOD=both
OIDC_ISSUER=https://id.example.test
OIDC_CLIENT_ID=desk
${more}`

beforeEach(async () => {
  asked.length = 0
  answer = {}
  desk = await startPeopledConsole(settings())
  slug = options.parse(await desk.value('session.signInOptions')).providers[0]?.slug ?? ''
})
afterEach(() => desk.close())

const request = (provider = slug) => desk.request('session.signInOidc', { runId: 'run', provider })
const enter = async (person: Partial<OidcPerson> = {}) => {
  answer = person
  return sessionIn(await request())
}
const refused = async (what: Answer) => {
  answer = what
  return codeOf(await request())
}
const lastRecord = async () => (await desk.audit()).at(-1)
async function change(sql: string): Promise<void> {
  const look = await desk.database()
  await look.transaction((tx) => look.run(tx, { sql }))
}

describe('the first sign-in with a provider', () => {
  it('makes an oidc account, and the next one finds and refreshes it', async () => {
    const first = await enter()
    expect(first).toMatchObject({ username: 'lin', authProvider: 'oidc', via: `oidc:${slug}`, role: 'user' })
    expect(await desk.account('lin')).toMatchObject({
      provider: 'oidc',
      hash: null,
      email: 'lin@example.test',
    })
    expect(await lastRecord()).toMatchObject({ action: 'session.signInOidc', target: 'lin', code: 'OK' })
    desk.pass({ minutes: 1 })
    const again = await enter({ username: 'renamed', fullName: 'Lin Renamed', email: 'new@example.test' })
    expect(again).toMatchObject({ accountId: first.accountId, username: 'lin', fullName: 'Lin Renamed' })
    expect((await desk.account('lin')).email).toBe('new@example.test')
  })

  it('tells people by issuer and subject, by neither name nor e-mail', async () => {
    const first = await enter()
    const second = await enter({ subject: 'subject-2', email: 'other@example.test' })
    expect(second).toMatchObject({ username: 'lin-2' })
    const third = await enter({ issuer: 'https://other.example.test', email: 'third@example.test' })
    expect(third.username).toBe('lin-3')
    expect(new Set([first.accountId, second.accountId, third.accountId]).size).toBe(3)
  })

  it('takes the e-mail’s local part or a made-up name where there is none', async () => {
    expect((await enter({ username: null })).username).toBe('lin')
    expect((await enter({ username: ' ', subject: 's2', email: 'bo@x.test' })).username).toBe('bo')
    await desk.cliValue('users.create', { username: 'awaited', email: null, authProvider: 'oidc' })
    expect((await enter({ username: 'Awaited', subject: 's3', email: null })).username).toBe('awaited')
  })

  it('gives an awaited account to its own name only, not to a nickname or an e-mail that looks like it', async () => {
    await desk.cliValue('users.create', { username: 'awaited', email: null, authProvider: 'oidc' })
    const stranger = { username: 'awaited', login: null, email: 'awaited@evil.test', emailVerified: false }
    expect((await enter({ ...stranger, subject: 's8' })).username).toBe('awaited-2')
    expect((await enter({ username: 'awaited', subject: 's9', email: null })).username).toBe('awaited')
  })

  it('needs an e-mail, and provisioning', async () => {
    expect(await refused({ email: null })).toBe('OIDC_NO_EMAIL')
    desk.configure(settings('OIDC_AUTO_PROVISION=false'))
    expect(await refused({})).toBe('OIDC_PROVISIONING_OFF')
    await expect(desk.account('lin')).rejects.toThrow('no account lin')
  })

  it('leaves an e-mail that another account has where it is', async () => {
    await enter()
    expect((await enter({ email: 'ADA@corp.test' })).username).toBe('lin')
    expect((await desk.account('lin')).email).toBe('lin@example.test')
    expect((await desk.account('ada')).email).toBe('ada@corp.test')
  })
})

describe('an e-mail that an account has', () => {
  it('links if it is verified; the account stays local with its password', async () => {
    const { id } = await desk.account('ada')
    expect(await enter({ email: 'Ada@corp.test' })).toMatchObject({ accountId: id, authProvider: 'local' })
    await desk.signOut()
    expect(codeOf(await desk.signIn('ada', adaPassword))).toBe('OK')
  })

  it.each([
    ['is not verified', { email: 'ada@corp.test', emailVerified: false }],
    ['belongs to an administrator', { email: 'root@example.test' }],
  ])('does not where it %s: an administrator has to confirm', async (_why, person) => {
    expect(await refused(person)).toBe('LINK_PENDING')
    const name = person.email === 'ada@corp.test' ? 'ada' : 'root'
    expect(await desk.account(name)).toMatchObject({ pending: 1, provider: 'local' })
    expect(await lastRecord()).toMatchObject({ action: 'session.signInOidc', code: 'LINK_PENDING' })
    expect(await desk.code('app.copy', { text: 'x' })).toBe('FORBIDDEN')
  })

  it('is pending no longer once it is linked', async () => {
    await refused({ email: 'ada@corp.test', emailVerified: false })
    await enter({ email: 'ada@corp.test' })
    expect((await desk.account('ada')).pending).toBe(0)
  })
})

describe('an account with a linked identity', () => {
  beforeEach(async () => {
    await enter({ email: 'ada@corp.test' })
    await desk.signOut()
  })

  it('is not let in while it is disabled, and nothing is refreshed', async () => {
    await desk.cliValue('users.disable', { id: (await desk.account('ada')).id })
    const before = await desk.account('ada')
    desk.pass({ minutes: 1 })
    expect(await refused({ email: 'changed@example.test' })).toBe('ACCOUNT_DISABLED')
    expect(await desk.account('ada')).toEqual(before)
  })

  it('is not let in while it is locked', async () => {
    for (let time = 0; time < 5; time += 1) await desk.signIn('ada', 'wrong-wrong-wrong')
    expect(await refused({})).toBe('ACCOUNT_LOCKED')
    desk.pass({ minutes: 15 })
    expect((await enter()).username).toBe('ada')
  })

  it('must change a password that must be changed', async () => {
    await change(`UPDATE users SET must_change_password = 1 WHERE username = 'ada'`)
    expect((await enter()).mustChangePassword).toBe(true)
    expect(await desk.code('app.copy', { text: 'x' })).toBe('PASSWORD_MUST_CHANGE')
  })
})

describe('roles', () => {
  it('follow the claims in sync, keep what they gave in additive, and are left alone without a mapping', async () => {
    expect((await enter({ roles: ['helpdesk'] })).role).toBe('helpdesk')
    expect((await enter({ roles: null })).role).toBe('helpdesk')
    expect((await enter({ roles: [] })).role).toBe('user')
    desk.configure(settings('OIDC_ROLE_SYNC_MODE=additive'))
    await enter({ roles: ['auditor'] })
    expect((await enter({ roles: ['helpdesk'] })).role).toBe('helpdesk')
    expect((await enter({ roles: [] })).role).toBe('helpdesk')
    desk.configure(settings())
    expect((await enter({ roles: ['auditor'] })).role).toBe('auditor')
  })

  it('given by hand are neither taken away nor made the mapping’s own', async () => {
    await enter()
    const { id } = await desk.account('lin')
    await desk.cliValue('users.setRole', { id, role: 'helpdesk' })
    expect((await enter({ roles: ['helpdesk', 'auditor'] })).role).toBe('helpdesk')
    expect((await enter({ roles: [] })).role).toBe('helpdesk')
    await desk.cliValue('users.setRole', { id, role: 'user' })
    expect((await enter({ roles: null })).role).toBe('user')
  })

  it('that the mapping gave stay the mapping’s when those given by hand are taken', async () => {
    await enter({ roles: ['auditor'] })
    const { id } = await desk.account('lin')
    await desk.cliValue('users.setRole', { id, role: 'helpdesk' })
    await desk.cliValue('users.setRole', { id, role: 'user' })
    expect((await enter({ roles: null })).role).toBe('auditor')
    expect((await enter({ roles: [] })).role).toBe('user')
  })

  it('of an administrators’ domain are given with the account, once', async () => {
    desk.configure(settings('OIDC_ADMIN_EMAIL_DOMAINS=example.test'))
    expect((await enter()).role).toBe('admin')
    expect((await enter({ subject: 's2', email: 'x@evil.test', username: 'x' })).role).toBe('user')
    const unverified = { subject: 's3', email: 'y@example.test', username: 'y', emailVerified: false }
    expect((await enter(unverified)).role).toBe('user')
    await change(`DELETE FROM role_grants WHERE account = (SELECT id FROM users WHERE username = 'lin')`)
    expect((await enter()).role).toBe('user')
  })
})

describe('what is not offered', () => {
  it('is refused without asking a provider, however it was asked for', async () => {
    for (const method of ['none', 'local', 'ldap']) {
      desk.configure(settings().replace('both', method))
      expect(await refused({}), method).toBe('METHOD_NOT_OFFERED')
    }
    desk.configure(settings('OIDC_ENABLED=false'))
    expect(await refused({})).toBe('METHOD_NOT_OFFERED')
    desk.configure(settings())
    for (const provider of ['nobody', '__proto__', 'constructor', '']) {
      expect(codeOf(await request(provider))).toBe('OIDC_PROVIDER_NOT_FOUND')
    }
    expect(asked).toEqual([])
  })
})

describe('failures', () => {
  const times = async (count: number, what: Answer) => {
    for (let time = 0; time < count; time += 1) expect(await refused(what)).toBe(what)
  }

  it('five of a provider stop it for 15 minutes, and the local form goes on', async () => {
    await times(5, 'OIDC_STATE_UNKNOWN')
    expect(await refused({})).toBe('RATE_LIMITED')
    expect(asked).toHaveLength(5)
    expect(codeOf(await desk.signIn('ada', adaPassword))).toBe('OK')
    desk.pass({ minutes: 15 })
    expect((await enter()).username).toBe('lin')
  })

  it('that are an outage count against nobody', async () => {
    for (const code of ['OIDC_UNAVAILABLE', 'OIDC_CONNECT_REFUSED', 'OIDC_TLS_EXPIRED'] as const)
      await times(4, code)
    expect((await enter()).username).toBe('lin')
  })

  it('that are audited name the provider and the exact code', async () => {
    await times(1, 'OIDC_NONCE')
    expect(await lastRecord()).toMatchObject({
      actor: 'nobody',
      target: slug,
      code: 'OIDC_NONCE',
      account: null,
    })
  })
})

describe('after a sign-out', () => {
  it('the provider is told to ask again, once', async () => {
    await enter()
    await desk.signOut()
    await refused('OIDC_NONCE')
    await enter()
    await enter()
    expect(asked).toEqual([null, 'login', 'login', null])
  })
})
