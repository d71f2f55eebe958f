import { expect, test } from 'vitest'
import type { OidcLeave, OidcSettings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createOidcSignOut, signOutLimit } from '../../../src-main/core/oidc/oidc-sign-out'
import { oidcSettings } from '../../support/oidc-fake-settings'

const uri = 'http://127.0.0.1/signed-out'
const postLogout = { uri, loopback: { host: '127.0.0.1', ports: [], path: '/signed-out' } } as const
const issuer = 'https://idp.example.org'
const leave: OidcLeave = { idToken: 'the.id.token', endpoint: `${issuer}/leave?tenant=1` }

interface Leaving {
  /** What the browser was told to open: an address of this computer. */
  readonly opened: string
  readonly outcome: Promise<string>
  readonly timeIsUp: () => void
  readonly abort: () => void
}

async function start(overrides: Partial<OidcSettings> = {}, given = leave): Promise<Leaving> {
  let opened = ''
  let timeIsUp: () => void = () => undefined
  const stop = new AbortController()
  const signOut = createOidcSignOut({
    texts: createTexts(),
    browser: {
      open: (address) => {
        opened = address
        return Promise.resolve()
      },
    },
    timer: (ms, callback) => {
      expect(ms).toBe(signOutLimit)
      timeIsUp = callback
      return () => undefined
    },
  })
  let outcome: Promise<string> = Promise.resolve('')
  await new Promise<void>((onOpened, reject) => {
    const provider = oidcSettings({ issuer, postLogout, ...overrides })
    outcome = signOut.signOut(provider, given, { signal: stop.signal, onOpened })
    outcome.catch(reject)
  })
  return { opened, outcome, timeIsUp: () => timeIsUp(), abort: () => stop.abort() }
}

const visit = (address: string, headers: Record<string, string> = {}) =>
  fetch(address, { redirect: 'manual', headers })
/** Where the provider's page would be, as the browser learns it. */
const sentTo = async ({ opened }: Leaving) => new URL((await visit(opened)).headers.get('location') ?? '')
const isClosed = (address: string) =>
  visit(address).then(
    () => false,
    () => true,
  )

test('the browser is sent on to the provider’s sign-out with hint, client, return address and state', async () => {
  const leaving = await start()
  expect(leaving.opened).not.toContain('token')
  const address = await sentTo(leaving)
  const { state, ...sent } = Object.fromEntries(address.searchParams)
  const { port } = new URL(leaving.opened)
  expect(address.origin + address.pathname).toBe(`${issuer}/leave`)
  expect(sent).toEqual({
    ...{ tenant: '1', id_token_hint: 'the.id.token', client_id: 'desk' },
    post_logout_redirect_uri: `http://127.0.0.1:${port}/signed-out`,
  })
  expect(Buffer.from(state ?? '', 'base64url')).toHaveLength(32)
  const page = await visit(`http://127.0.0.1:${port}/signed-out?state=${state ?? ''}`)
  expect(await page.text()).toContain('You are signed out of Authdesk')
  expect(await leaving.outcome).toBe('returned')
  expect(await isClosed(leaving.opened)).toBe(true)
})

test('the way there is for the first visitor that is a page, and for no other', async () => {
  const leaving = await start()
  expect((await visit(leaving.opened, { 'sec-fetch-dest': 'image' })).status).toBe(400)
  expect((await visit(`${leaving.opened}0`)).status).toBe(404)
  expect((await visit(leaving.opened, { 'sec-fetch-dest': 'document' })).status).toBe(303)
  const second = await visit(leaving.opened)
  expect([second.status, second.headers.get('location')]).toEqual([404, null])
  leaving.abort()
  expect(await leaving.outcome).toBe('not returned')
})

test('a return with another state is none', async () => {
  const leaving = await start()
  const state = (await sentTo(leaving)).searchParams.get('state') ?? ''
  const back = new URL('/signed-out', leaving.opened).href
  for (const query of ['', '?state=', '?state=guessed', '?code=c&state=s', `?x=${state}`])
    expect((await visit(back + query)).status).toBe(400)
  expect((await visit(`${back}?state=${state}`)).status).toBe(200)
  expect(await leaving.outcome).toBe('returned')
})

test('a browser that stays away is given up after two minutes, and the port is closed', async () => {
  const leaving = await start()
  leaving.timeIsUp()
  expect(await leaving.outcome).toBe('not returned')
  expect(await isClosed(leaving.opened)).toBe(true)
})

test('a page of the application is returned to as it is written, and not waited for', async () => {
  const application = { uri: 'https://time.corp.example/bye', loopback: null }
  const leaving = await start({ postLogout: application })
  expect((await sentTo(leaving)).searchParams.get('post_logout_redirect_uri')).toBe(application.uri)
  expect(await leaving.outcome).toBe('returned')
})

test.each([
  ['none', null],
  ['one without encryption', 'http://idp.example.org/leave'],
  ['a script', 'javascript:alert(1)'],
  ['one with a password', 'https://a:b@idp.example.org/leave'],
])('a provider whose sign-out is %s offers none', async (_what, endpoint) => {
  await expect(start({}, { ...leave, endpoint })).rejects.toMatchObject({
    code: 'OIDC_END_SESSION_UNSUPPORTED',
  })
})
