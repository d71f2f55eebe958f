import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import type { Browser } from '../../../src-main/core/app/ports'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'
import { createPersonBrowser, type PersonBrowser } from '../../support/person-browser'
import {
  adaPassword,
  codeOf,
  rootPassword,
  sessionIn,
  startPeopledConsole,
  type Console,
  type Desk,
} from './console'

/** Signing out here, and at a real provider with a browser that keeps its session there. */
const application = 'https://time.corp.example/bye'
let provider: RunningProvider
let without: RunningProvider
beforeAll(async () => {
  const postLogoutRedirectUris = ['http://127.0.0.1/signed-out', application]
  ;[provider, without] = await Promise.all([
    startProvider({ postLogoutRedirectUris }),
    startProvider({ endSession: 'none' }),
  ])
})
afterAll(() => Promise.all([provider.stop(), without.stop()]))

let desk: Console
let browser: PersonBrowser
let told: unknown[] = []
beforeEach(() => {
  told = []
  browser = createPersonBrowser()
  provider.signInAs('grace')
})
afterEach(async () => {
  await desk.close()
  provider.revokeEverything()
})

const loopback = 'OIDC_POST_LOGOUT_REDIRECT_URI=http://127.0.0.1/signed-out'
const settings = (
  more: string,
  { issuer, publicClientId } = provider,
  method = 'both',
) => `AUTH_METHOD=${method}
OIDC_PROVIDER_SLUG=real
OIDC_PROVIDER_NAME=Real
OIDC_ISSUER=${issuer}
OIDC_CLIENT_ID=${publicClientId}
LDAP_HOST=127.0.0.1
LDAP_BASE_DN=dc=x
LDAP_ALLOW_ANONYMOUS=true
LDAP_ALLOW_PLAINTEXT=true
${more}`

async function start(text: string, used: Browser = browser): Promise<void> {
  desk = await startPeopledConsole(text, { browser: used })
  desk.clock.set(new Date())
}
const sso = (at: Pick<Desk, 'request'> = desk) =>
  at.request('session.signInOidc', { runId: 'r', provider: 'real' })
async function signOut(): Promise<void> {
  const emit = (event: string, payload: unknown) => void told.push({ event, payload })
  const call = { path: 'session.signOut', input: {}, caller: { kind: 'window' }, emit } as const
  expect(codeOf(await desk.app.dispatch(call))).toBe('OK')
  expect(await desk.code('account.get')).toBe('FORBIDDEN')
}
const news = (error: unknown) => ({
  event: 'session.providerSignOut',
  payload: { provider: 'Real', error },
})
/** The sign-out at the provider goes on after the one here. */
const hearing = (error: unknown) => expect.poll(() => told).toEqual([news(error)])
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

describe('a sign-out at the provider', () => {
  it('is made where it is configured and offered, and comes back here', async () => {
    await start(settings(loopback))
    sessionIn(await sso())
    expect(provider.signedIn()).toEqual(['grace'])
    await signOut()
    await hearing(null)
    await expect.poll(() => browser.ended).toHaveLength(2)
    expect(browser.ended[1]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-out\?state=[\w-]{43}$/)
    expect(provider.signedIn()).toEqual([])
  })

  it('gives the ID token to the provider alone: to no command line, file, log, record or window', async () => {
    await start(settings(loopback))
    sessionIn(await sso())
    await signOut()
    await expect.poll(() => browser.ended).toHaveLength(2)
    expect(browser.opened[1]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/)
    expect(browser.visited.filter((url) => url.includes('id_token_hint=eyJ'))).toHaveLength(1)
    const kept = [desk.homeText(), JSON.stringify(await desk.audit()), JSON.stringify(told), ...desk.logged]
    expect(kept.join('\n')).not.toMatch(/eyJ[\w-]+\.eyJ/)
    expect([...desk.secrets]).toEqual([])
  })

  it('may end on a page of the application', async () => {
    await start(settings(`OIDC_POST_LOGOUT_REDIRECT_URI=${application}`))
    sessionIn(await sso())
    await signOut()
    await expect.poll(() => browser.ended[1]).toMatch(/^https:\/\/time\.corp\.example\/bye\?state=/)
    expect(provider.signedIn()).toEqual([])
  })

  it('is not made where it is not configured', async () => {
    await start(settings(''))
    sessionIn(await sso())
    await signOut()
    sessionIn(await sso())
    expect(browser.opened.map((url) => new URL(url).pathname)).toEqual(['/auth', '/auth'])
    expect(told).toEqual([])
  })

  it('that the provider does not offer is said', async () => {
    await start(settings(loopback, without))
    without.signInAs('grace')
    sessionIn(await sso())
    await signOut()
    await hearing(expect.objectContaining({ code: 'OIDC_END_SESSION_UNSUPPORTED' }))
    expect(browser.opened).toHaveLength(1)
  })

  it('that the provider refuses leaves the console signed out', async () => {
    await start(settings('OIDC_POST_LOGOUT_REDIRECT_URI=http://127.0.0.1/not-registered'))
    sessionIn(await sso())
    await signOut()
    await expect.poll(() => browser.ended[1]).toMatch(/\/session\/end\?/)
    expect(provider.signedIn()).toEqual(['grace'])
  })
})

describe('a browser', () => {
  const only = (opens: (url: string) => Promise<void>): Browser => ({
    open: (url) => (new URL(url).pathname === '/auth' ? browser.open(url) : opens(url)),
  })

  it('that never comes back leaves the console signed out, and the port to the next sign-in', async () => {
    const port = await freePort()
    const fixed = `OIDC_POST_LOGOUT_REDIRECT_URI=http://127.0.0.1:${port}/signed-out\nOIDC_LOOPBACK_PORTS=${port}`
    await start(
      settings(fixed),
      only(() => Promise.resolve()),
    )
    sessionIn(await sso())
    await signOut()
    await hearing(null)
    await expect(fetch(`http://127.0.0.1:${port}/signed-out`)).resolves.toMatchObject({ status: 400 })
    expect(sessionIn(await sso()).username).toBe('grace')
    await signOut()
    await expect.poll(() => told).toHaveLength(2)
    expect(codeOf(await desk.signIn('ada', adaPassword))).toBe('OK')
    await expect(fetch(`http://127.0.0.1:${port}/signed-out`)).rejects.toThrow()
  })

  it('that does not open is said', async () => {
    await start(
      settings(loopback),
      only(() => Promise.reject(new AppError('OIDC_BROWSER'))),
    )
    sessionIn(await sso())
    await signOut()
    await hearing(expect.objectContaining({ code: 'OIDC_BROWSER' }))
  })
})

describe('a sign-out here', () => {
  it.each(['local', 'both', 'all', 'ldap', 'oidc'])(
    'of a local session in the mode %s asks no provider',
    async (method) => {
      await start(settings(loopback, provider, method))
      desk.app.openBreakGlass()
      expect(codeOf(await desk.signIn('root', rootPassword, 'break-glass'))).toBe('OK')
      await signOut()
      expect([browser.opened, told]).toEqual([[], []])
    },
  )

  it('of a session by name alone asks no provider', async () => {
    await start(settings(loopback, provider, 'none'))
    expect(codeOf(await desk.signIn('ada', ''))).toBe('OK')
    await signOut()
    expect([browser.opened, told]).toEqual([[], []])
  })

  it.each(['oidc', 'both', 'all'])('of an SSO session in the mode %s ends both', async (method) => {
    await start(settings(loopback, provider, method))
    sessionIn(await sso())
    await signOut()
    await hearing(null)
    await expect.poll(() => provider.signedIn()).toEqual([])
  })

  it('never takes another person’s session at the provider with it', async () => {
    await start(settings(loopback))
    const { accountId } = sessionIn(await sso())
    await desk.cliValue('users.endSessions', { id: accountId, reason: 'left a desk open' })
    expect(codeOf(await desk.signIn('ada', adaPassword))).toBe('OK')
    await signOut()
    expect(browser.opened).toHaveLength(1)
    expect(provider.signedIn()).toEqual(['grace'])
  })

  it('holds although the settings can no longer be read', async () => {
    await start(settings(loopback))
    sessionIn(await sso())
    desk.configure('AUTH_METHOD=nonsense')
    await signOut()
    expect(browser.opened).toHaveLength(1)
  })
})
