import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'
import { createVisitingBrowser } from '../../support/visiting-browser'
import { codeOf, sessionIn, startPeopledConsole, type Console } from './console'

let rotating: RunningProvider
let lasting: RunningProvider
beforeAll(async () => {
  ;[rotating, lasting] = await Promise.all([
    startProvider({ refreshTokens: 'rotating' }),
    startProvider({ refreshTokens: 'lasting' }),
  ])
})
afterAll(() => Promise.all([rotating.stop(), lasting.stop()]))

let desk: Console
beforeEach(() => rotating.signInAs('grace'))
afterEach(async () => {
  rotating.setDown(false)
  await desk.close()
})

const settings = ({ issuer, publicClientId }: RunningProvider, more = '') => `AUTH_METHOD=both
OIDC_PROVIDER_1_NAME=Example
OIDC_PROVIDER_1_SLUG=example
OIDC_PROVIDER_1_ISSUER=${issuer}
OIDC_PROVIDER_1_CLIENT_ID=${publicClientId}
OIDC_PROVIDER_1_SCOPE=openid profile email offline_access
${more}`

/** Somebody signed in through the provider, whose access tokens live ten minutes; the clock is the real one at first. */
async function signedIn(provider = rotating, more = ''): Promise<void> {
  desk = await startPeopledConsole(settings(provider, more), { browser: createVisitingBrowser() })
  desk.clock.set(new Date())
  const session = sessionIn(await desk.request('session.signInOidc', { runId: 'r', provider: 'example' }))
  expect(session.via).toBe('oidc:example')
}
const refreshes = (provider = rotating) =>
  provider.tokenRequests.filter((grant) => grant === 'refresh_token').length
const listed = z.object({ sessions: z.array(z.object({ renewal: z.object({ state: z.string() }) })) })
const state = async () =>
  listed.parse(await desk.cliValue('sessions.list', {})).sessions.map(({ renewal }) => renewal.state)
const isIn = async () => (await desk.app.watch()) !== null
async function renewAfter(minutes: number): Promise<void> {
  desk.pass({ minutes })
  await desk.app.renew()
}

describe('a session with a refresh token', () => {
  it('is renewed at four fifths of the access token’s life, not before, and each time with the newest token', async () => {
    await signedIn()
    const before = refreshes()
    expect(await state()).toEqual(['renewed'])
    await renewAfter(7)
    expect(refreshes()).toBe(before)
    await renewAfter(1)
    expect(refreshes()).toBe(before + 1)
    // A rotated token that was not kept would be refused now, and the session would end.
    await renewAfter(8)
    expect(refreshes()).toBe(before + 2)
    expect([await isIn(), await state()]).toEqual([true, ['renewed']])
  })

  it('goes on with the old token where the provider sends no new one', async () => {
    await signedIn(lasting)
    const before = refreshes(lasting)
    await renewAfter(8)
    await renewAfter(8)
    expect([refreshes(lasting) - before, await isIn()]).toEqual([2, true])
  })

  it('makes one request of two at once', async () => {
    await signedIn()
    const before = refreshes()
    desk.pass({ minutes: 8 })
    await Promise.all([desk.app.renew(), desk.app.renew()])
    await desk.app.renew()
    expect(refreshes()).toBe(before + 1)
  })

  it('ends with the first renewal after the provider revoked it, and the audit says so', async () => {
    await signedIn()
    rotating.revokeEverything()
    await renewAfter(8)
    expect([await isIn(), await state()]).toEqual([false, []])
    expect((await desk.audit()).at(-1)).toMatchObject({
      ...{ action: 'session.renew', actor: 'console', target: 'grace', code: 'OIDC_SESSION_REVOKED' },
    })
    expect(await desk.cliValue('audit.verify', {})).toMatchObject({ ok: true })
  })

  it('goes on while the provider is down for an hour, says so, and is renewed when it is back', async () => {
    await signedIn()
    rotating.setDown(true)
    for (let minutes = 8; minutes < 60; minutes += 8) await renewAfter(8)
    expect([await isIn(), await state()]).toEqual([true, ['offline']])
    rotating.setDown(false)
    await renewAfter(1)
    expect([await isIn(), await state()]).toEqual([true, ['renewed']])
  })

  it('ends where the settings have another issuer under this name', async () => {
    await signedIn()
    desk.configure(settings(lasting))
    await renewAfter(8)
    expect(await isIn()).toBe(false)
    expect((await desk.audit()).at(-1)).toMatchObject({ code: 'OIDC_SESSION_REVOKED' })
  })

  it('is not renewed any more once it is over: signed out, ended by another, disabled', async () => {
    await signedIn()
    const before = refreshes()
    const sessionId = z
      .object({ sessions: z.array(z.object({ id: z.string() })) })
      .parse(await desk.cliValue('sessions.list', {})).sessions[0]?.id
    await desk.cliValue('sessions.end', { id: sessionId, reason: 'left open' })
    await renewAfter(8)
    expect(refreshes()).toBe(before)
    expect(
      sessionIn(await desk.request('session.signInOidc', { runId: 'r', provider: 'example' })),
    ).toBeTruthy()
    await desk.cliValue('users.disable', { id: (await desk.account('grace')).id })
    await renewAfter(8)
    await desk.cliValue('users.enable', { id: (await desk.account('grace')).id })
    expect(refreshes()).toBe(before)
  })

  it('never lives longer than its hours, however often it is renewed', async () => {
    await signedIn(rotating, 'SESSION_MAX_HOURS=1')
    for (let minutes = 0; minutes < 56; minutes += 8) await renewAfter(8)
    desk.pass({ minutes: 4 })
    expect(await isIn()).toBe(false)
  })
})

describe('the refresh token', () => {
  const tokens = () => [...desk.secrets].filter(([key]) => key.startsWith('refresh:'))
  const tokenOf = (value: string | undefined) =>
    z.object({ refreshToken: z.string() }).parse(JSON.parse(value ?? '')).refreshToken

  it('lies in the secret store alone: not in the home, the database, the log or an answer', async () => {
    await signedIn()
    await renewAfter(8)
    const [[, value] = []] = tokens()
    const token = tokenOf(value)
    expect(token.length).toBeGreaterThan(20)
    expect(desk.homeText()).not.toContain(token)
    expect(desk.logged.join('\n')).not.toContain(token)
    for (const path of ['account.get', 'app.status'] as const)
      expect(JSON.stringify(await desk.request(path))).not.toContain(token)
  })

  it.each(['session.signOut', 'the end of the console'])('is forgotten with %s', async (end) => {
    await signedIn()
    expect(tokens()).toHaveLength(1)
    await (end === 'session.signOut' ? desk.signOut() : desk.app.close())
    await expect.poll(tokens).toEqual([])
  })

  it('that a console left behind when it was cut off is removed by upkeep', async () => {
    await signedIn()
    desk.pass({ hours: 9 })
    await desk.another().app.upkeep()
    expect(tokens()).toEqual([])
  })

  it('is not kept where offline_access was not asked for, nor where nobody is signed in', async () => {
    desk = await startPeopledConsole(settings(rotating).replace(' offline_access', ''), {
      browser: createVisitingBrowser(),
    })
    desk.clock.set(new Date())
    sessionIn(await desk.request('session.signInOidc', { runId: 'r', provider: 'example' }))
    expect([tokens(), await state()]).toEqual([[], ['none']])
  })

  it('of an unlock at the provider takes the place of the old one', async () => {
    await signedIn()
    const [[, before] = []] = tokens()
    await desk.value('session.lock')
    expect(codeOf(await desk.request('session.unlock', { runId: 'r', password: null }))).toBe('OK')
    const now = tokens()
    expect(now).toHaveLength(1)
    expect(tokenOf(now[0]?.[1])).not.toBe(tokenOf(before))
  })
})
