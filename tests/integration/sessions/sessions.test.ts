import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { openSessionSchema } from '../../../src-main/contract/sessions'
import { AppError } from '../../../src-main/contract/errors'
import type { OidcPerson, OidcSignIn } from '../../../src-main/core/app/ports'
import { procedures } from '../../unit/contract/procedures'
import { adaPassword, rootPassword, sessionIn, startPeopledConsole, type Console } from '../sign-in/console'

let person: Partial<OidcPerson> | null = {}
const runs: { prompt: string | null; fresh: boolean }[] = []
vi.mock('../../../src-main/core/oidc/oidc-sign-in', () => ({
  createOidcSignIn: (): OidcSignIn => ({
    renew: () => Promise.reject(new Error('nothing is renewed here')),
    signIn: (provider, { prompt, fresh }) => {
      runs.push({ prompt, fresh: fresh === true })
      if (!person) return Promise.reject(new AppError('OIDC_CANCELLED'))
      return Promise.resolve({
        ...{
          slug: provider.slug,
          issuer: 'https://id.example.test',
          subject: 's1',
          username: 'lin',
          login: 'lin',
        },
        ...{
          email: 'lin@example.test',
          emailVerified: true,
          fullName: 'Lin',
          picture: null,
          roles: null,
          teams: null,
        },
        claims: {},
        ...person,
      })
    },
  }),
}))

let desk: Console
beforeEach(async () => {
  person = {}
  runs.length = 0
  desk = await startPeopledConsole(
    'AUTH_METHOD=both\nOIDC_ISSUER=https://id.example.test\nOIDC_CLIENT_ID=desk\nSESSION_IDLE_MINUTES=10',
  )
})
afterEach(() => desk.close())

const status = z.object({ session: z.looseObject({ locked: z.string().nullable() }).nullable() })
const locked = async () => status.parse(await desk.value('app.status')).session?.locked ?? null
const unlock = (password: string | null) => desk.code('session.unlock', { runId: 'r', password })
const list = async (at: Pick<Console, 'value'> = desk) =>
  z.object({ sessions: z.array(openSessionSchema) }).parse(await at.value('sessions.list')).sessions

describe('a desk that is left', () => {
  it('locks after the idle time, which a page’s own questions do not lengthen', async () => {
    await desk.signIn('root', rootPassword)
    desk.pass({ minutes: 9 })
    expect(await desk.code('users.list')).toBe('OK')
    desk.pass({ minutes: 1 })
    expect(await desk.code('users.list')).toBe('SESSION_LOCKED')
    expect(await locked()).toBe('password')
    expect(await unlock(rootPassword)).toBe('OK')
    desk.pass({ minutes: 9 })
    await desk.value('session.active')
    desk.pass({ minutes: 9 })
    expect(await desk.code('users.list')).toBe('OK')
  })

  it('opens nothing but unlocking, signing out and what is public, whatever the role', async () => {
    await desk.signIn('root', rootPassword)
    await desk.value('session.lock')
    const open = new Set(['session.unlock', 'session.lock', 'session.signOut'])
    for (const [path, { permission }] of procedures) {
      if (permission === 'public' || permission === 'first-run' || open.has(path)) continue
      expect(await desk.code(path), path).toBe('SESSION_LOCKED')
    }
    expect(status.parse(await desk.value('app.status')).session).toMatchObject({
      locked: 'password',
      permissions: [],
    })
    expect(await desk.code('session.active')).toBe('SESSION_LOCKED')
  })

  it('is opened by the password only; wrong ones count like failed sign-ins', async () => {
    await desk.signIn('ada', adaPassword)
    await desk.value('session.lock')
    for (let tries = 0; tries < 5; tries += 1) expect(await unlock('wrong')).toBe('SIGN_IN_REFUSED')
    expect(await unlock(adaPassword)).toBe('RATE_LIMITED')
    desk.pass({ minutes: 16 })
    expect(await unlock(null)).toBe('SIGN_IN_REFUSED')
    expect(await unlock(adaPassword)).toBe('OK')
    expect((await desk.audit()).at(-1)).toMatchObject({ action: 'session.unlock', target: 'ada', code: 'OK' })
  })

  it('of SSO is opened at the provider, by the same person who signs in there now', async () => {
    const slug = z
      .object({ providers: z.array(z.object({ slug: z.string() })) })
      .parse(await desk.value('session.signInOptions')).providers[0]?.slug
    sessionIn(await desk.request('session.signInOidc', { runId: 'r', provider: slug }))
    await desk.value('session.lock')
    expect(await locked()).toBe('provider')
    person = { subject: 'somebody-else' }
    expect(await unlock(adaPassword)).toBe('OIDC_SUBJECT_MISMATCH')
    person = null
    expect(await unlock(null)).toBe('OIDC_CANCELLED')
    expect(await locked()).toBe('provider')
    person = {}
    expect(await unlock(null)).toBe('OK')
    expect(runs.slice(1)).toEqual(Array.from({ length: 3 }, () => ({ prompt: 'login', fresh: true })))
  })

  it('where nobody proved anything is opened by a word', async () => {
    desk.configure('AUTH_METHOD=none')
    await desk.signIn('ada', '')
    await desk.value('session.lock')
    expect(await locked()).toBe('word')
    expect(await unlock(null)).toBe('OK')
  })

  it('still ends: after its hours, and with a sign-out', async () => {
    await desk.signIn('ada', adaPassword)
    await desk.value('session.lock')
    desk.pass({ hours: 8 })
    expect(await unlock(adaPassword)).toBe('FORBIDDEN')
    await desk.signIn('ada', adaPassword)
    expect(await locked()).toBeNull()
    await desk.value('session.lock')
    expect(await desk.code('session.signOut')).toBe('OK')
    expect(await locked()).toBeNull()
  })

  it('locks with the computer, and tells whoever watches it', async () => {
    await desk.signIn('ada', adaPassword)
    expect(await desk.app.watch()).toMatchObject({ locked: null })
    desk.app.lock()
    expect(await desk.app.watch()).toMatchObject({ locked: 'password' })
    await desk.signOut()
    expect(await desk.app.watch()).toBeNull()
    desk.app.lock()
    expect(await locked()).toBeNull()
  })
})

describe('open sessions', () => {
  const reason = 'left a desk open'

  it('are seen by those who may read accounts, and ended one by one with a reason', async () => {
    const other = desk.another()
    await other.signIn('ada', adaPassword)
    await desk.signIn('root', rootPassword)
    const sessions = await list()
    expect(sessions.map(({ account, own, mayEnd }) => [account.username, own, mayEnd])).toEqual(
      expect.arrayContaining([
        ['root', true, false],
        ['ada', false, true],
      ]),
    )
    const id = sessions.find(({ own }) => !own)?.id
    expect(await desk.code('sessions.end', { id })).toBe('INVALID_INPUT')
    expect(await desk.value('sessions.end', { id, reason })).toEqual({ sessionsEnded: 1 })
    expect(await other.code('account.get')).toBe('FORBIDDEN')
    expect(await desk.code('sessions.end', { id, reason })).toBe('NOT_FOUND')
    expect(
      (await desk.audit()).find(({ action, code }) => action === 'sessions.end' && code === 'OK'),
    ).toMatchObject({
      ...{ target: 'ada', reason, actor: 'account:root' },
    })
  })

  it('are ended by the helpdesk within its reach, and read by auditors', async () => {
    for (const [name, role] of [
      ['hilda', 'helpdesk'],
      ['audrey', 'auditor'],
    ] as const)
      await desk.addPerson(name, { role })
    const [adas, audreys] = [desk.another(), desk.another()]
    await adas.signIn('ada', adaPassword)
    await audreys.signIn('audrey', adaPassword)
    await desk.signIn('hilda', adaPassword)
    const sessions = await list()
    const of = (name: string) => sessions.find(({ account }) => account.username === name)
    expect([of('ada')?.mayEnd, of('audrey')?.mayEnd]).toEqual([true, false])
    expect(await desk.code('sessions.end', { id: of('audrey')?.id, reason })).toBe('FORBIDDEN')
    expect(await desk.code('sessions.endOthers', { reason })).toBe('FORBIDDEN')
    expect((await list(audreys)).every(({ mayEnd }) => !mayEnd)).toBe(true)
    expect(await desk.code('sessions.end', { id: of('ada')?.id, reason })).toBe('OK')
  })

  it('but the own are ended all at once by an administrator', async () => {
    const other = desk.another()
    await other.signIn('ada', adaPassword)
    await desk.signIn('root', rootPassword)
    expect(await desk.value('sessions.endOthers', { reason })).toEqual({ sessionsEnded: 1 })
    expect((await list()).map(({ account }) => account.username)).toEqual(['root'])
  })
})
