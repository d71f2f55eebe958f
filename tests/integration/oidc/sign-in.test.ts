import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { Agent, fetch as undiciFetch } from 'undici'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Browser, OidcProgress, OidcSettings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createOidcSignIn } from '../../../src-main/core/oidc/oidc-sign-in'
import {
  createFollowingBrowser,
  startFake,
  type FakeProvider,
  type FakeScript,
} from '../../support/oidc-fake'
import {
  createAuthority,
  type FakeAuthority,
  type FakeCertificate,
} from '../../support/oidc-fake-certificates'
import { codeOf, seconds, signIn } from '../../support/oidc-fake-run'
import { createLogBook, oidcSettings, systemClock } from '../../support/oidc-fake-settings'

let fake: FakeProvider
const texts = createTexts()

beforeAll(async () => {
  fake = await startFake()
})
afterAll(() => fake.stop())
beforeEach(() => {
  fake.script = {}
})

function provider(overrides: Partial<OidcSettings> = {}): OidcSettings {
  return oidcSettings({ issuer: fake.issuer, ...overrides })
}

test('a provider by the book signs the person in, in steps that can be shown', async () => {
  const steps: OidcProgress[] = []
  const person = await signIn(provider(), { onProgress: (progress) => steps.push(progress) })
  expect(person).toMatchObject({
    slug: 'test',
    issuer: fake.issuer,
    subject: 'subject-1',
    username: 'ada',
    email: 'ada@example.org',
    emailVerified: true,
    roles: null,
  })
  expect(person.claims).not.toHaveProperty('nonce')
  expect(steps.map(({ step }) => step)).toEqual(['discovering', 'browser', 'callback', 'token'])
  const url = new URL(steps[1]?.authorizationUrl ?? '')
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'desk',
    scope: 'openid profile email',
    code_challenge_method: 'S256',
  })
  expect(Buffer.from(url.searchParams.get('state') ?? '', 'base64url')).toHaveLength(32)
})

test('after a sign-out the provider is asked to ask again', async () => {
  const { browser, opened } = createFollowingBrowser()
  const desk = createOidcSignIn({ browser, clock: systemClock, logger: createLogBook().logger, texts })
  await desk.signIn(provider(), {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    prompt: 'login',
  })
  expect(new URL(opened[0] ?? '').searchParams.get('prompt')).toBe('login')
})

test('description and keys are asked for once, and anew after a token that was refused', async () => {
  const browser = createFollowingBrowser().browser
  const desk = createOidcSignIn({ browser, clock: systemClock, logger: createLogBook().logger, texts })
  const run = { signal: new AbortController().signal, onProgress: () => undefined, prompt: null }
  const asked = (path: string): number => fake.requests.filter((request) => request === path).length
  const before = [asked('/.well-known/openid-configuration'), asked('/jwks')]
  await desk.signIn(provider(), run)
  await desk.signIn(provider(), run)
  expect([asked('/.well-known/openid-configuration'), asked('/jwks')]).toEqual(
    before.map((count) => count + 1),
  )
  fake.script = { idToken: { foreignKey: true } }
  await expect(desk.signIn(provider(), run)).rejects.toMatchObject({ code: 'OIDC_ID_TOKEN_SIGNATURE' })
  fake.script = {}
  await desk.signIn(provider(), run)
  expect(asked('/.well-known/openid-configuration')).toBe((before[0] ?? 0) + 2)
})

test('userinfo never replaces a failed ID token', async () => {
  fake.script = {
    idToken: { claims: { sub: undefined } },
    userinfo: { body: { sub: 'subject-1', email: 'ada@example.org' } },
  }
  const asked = fake.requests.filter((path) => path === '/userinfo').length
  expect(await codeOf(signIn(provider()))).toBe('OIDC_MISSING_SUBJECT')
  expect(fake.requests.filter((path) => path === '/userinfo')).toHaveLength(asked)
})

test('a broken userinfo is put up with where the ID token is enough', async () => {
  fake.script = { userinfo: { status: 500, body: '' } }
  expect(await signIn(provider())).toMatchObject({ subject: 'subject-1', email: 'ada@example.org' })
})

test('a clock that is a little off is put up with', async () => {
  fake.script = { idToken: { claims: { iat: seconds() + 200, exp: seconds() - 200 } } }
  expect(await codeOf(signIn(provider()))).toBe('signed in')
})

test('Basic that is refused is tried again as a form, and remembered', async () => {
  fake.script = {
    token: (form, headers) =>
      headers.authorization === undefined && form.get('client_secret') === 'a-secret'
        ? null
        : { status: 401, headers: { 'www-authenticate': 'Basic' }, body: { error: 'invalid_client' } },
  }
  const desk = createOidcSignIn({
    browser: createFollowingBrowser().browser,
    clock: systemClock,
    logger: createLogBook().logger,
    texts,
  })
  const run = { signal: new AbortController().signal, onProgress: () => undefined, prompt: null }
  const start = fake.tokenForms.length
  await desk.signIn(provider({ clientSecret: 'a-secret' }), run)
  expect(fake.tokenForms).toHaveLength(start + 2)
  await desk.signIn(provider({ clientSecret: 'a-secret' }), run)
  expect(fake.tokenForms).toHaveLength(start + 3)
})

test('a passing fault of the description is tried again as often as the settings say', async () => {
  let tries = 0
  fake.script = { discovery: (good) => (++tries < 3 ? { status: 503, body: '' } : { body: good }) }
  expect(await codeOf(signIn(provider({ retries: 3 })))).toBe('signed in')
  tries = -10
  expect(await codeOf(signIn(provider({ retries: 2 })))).toBe('OIDC_HTTP_STATUS')
  expect(tries).toBe(-8)
})

test('nobody listens at the provider', async () => {
  const gone = await startFake()
  await gone.stop()
  expect(await codeOf(signIn(provider({ issuer: gone.issuer })))).toBe('OIDC_CONNECT_REFUSED')
})

test('a provider that never answers', async () => {
  fake.script = { discovery: () => new Promise(() => undefined) }
  expect(await codeOf(signIn(provider({ timeout: 0.2 })))).toBe('OIDC_TIMEOUT')
})

test('settings that cannot work are refused before any request', async () => {
  const before = fake.requests.length
  for (const overrides of [
    { issuer: 'http://idp.example.org' },
    { clientId: '' },
    { scopes: ['email'] },
    { missing: ['OIDC_ISSUER'] },
  ]) {
    expect(await codeOf(signIn(provider(overrides)))).toBe('OIDC_CONFIG_INVALID')
  }
  expect(await codeOf(signIn(provider({ caFile: '/nowhere/ca.pem' })))).toBe('OIDC_CA_FILE')
  expect(fake.requests).toHaveLength(before)
})

test('an answer that says something twice is refused', async () => {
  const browser: Browser = {
    open: async (url) => {
      const { searchParams } = new URL(url)
      const answer = `code=a&code=b&state=${searchParams.get('state') ?? ''}`
      await fetch(`${searchParams.get('redirect_uri') ?? ''}?${answer}`)
    },
  }
  expect(await codeOf(signIn(provider(), { browser }))).toBe('OIDC_CALLBACK_REJECTED')
})

test('a browser that does not start ends the sign-in and closes the port', async () => {
  let port = ''
  const browser: Browser = {
    open: (url) => {
      port = new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port
      return Promise.reject(new Error('no browser'))
    },
  }
  expect(await codeOf(signIn(provider(), { browser }))).toBe('OIDC_BROWSER')
  await expect(fetch(`http://127.0.0.1:${port}/callback`)).rejects.toThrow()
})

test('cancelling closes the port within a second', async () => {
  const cancel = new AbortController()
  let port = ''
  const browser: Browser = {
    open: (url) => {
      port = new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port
      setImmediate(() => cancel.abort())
      return Promise.resolve()
    },
  }
  const started = performance.now()
  expect(await codeOf(signIn(provider(), { browser, signal: cancel.signal }))).toBe('OIDC_CANCELLED')
  expect(performance.now() - started).toBeLessThan(1000)
  await expect(fetch(`http://127.0.0.1:${port}/callback`)).rejects.toThrow()
})

test('cancelling while the provider is silent', async () => {
  fake.script = { discovery: () => new Promise(() => undefined) }
  const cancel = new AbortController()
  const outcome = codeOf(
    signIn(provider(), { signal: cancel.signal, onProgress: () => setImmediate(() => cancel.abort()) }),
  )
  expect(await outcome).toBe('OIDC_CANCELLED')
})

test('a browser that never returns: ten minutes, then the port is closed', async () => {
  let port = ''
  const expire: (() => void)[] = []
  const browser: Browser = {
    open: (url) => {
      port = new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port
      for (const fire of expire) fire()
      return Promise.resolve()
    },
  }
  const limits: number[] = []
  const desk = createOidcSignIn({
    browser,
    clock: systemClock,
    logger: createLogBook().logger,
    texts,
    timer: (ms, callback) => {
      limits.push(ms)
      expire.push(callback)
      return () => undefined
    },
  })
  const run = { signal: new AbortController().signal, onProgress: () => undefined, prompt: null }
  expect(await codeOf(desk.signIn(provider(), run))).toBe('OIDC_CALLBACK_TIMEOUT')
  expect(limits).toEqual([600_000])
  await expect(fetch(`http://127.0.0.1:${port}/callback`)).rejects.toThrow()
})

test('nothing that is logged or thrown holds a code, a token or a secret', async () => {
  const { logger, lines } = createLogBook()
  const errors: unknown[] = []
  const desk = createOidcSignIn({
    browser: createFollowingBrowser().browser,
    clock: systemClock,
    logger,
    texts,
  })
  const run = { signal: new AbortController().signal, onProgress: () => undefined, prompt: null }
  const plans: FakeScript[] = [
    {},
    { idToken: { claims: { aud: 'other', secretish: 'claim-value' } } },
    { userinfo: { status: 500, body: '' } },
    { token: () => ({ body: 'fake-access-token is not JSON' }) },
    { idToken: { foreignKey: true } },
  ]
  for (const script of plans) {
    fake.script = script
    await desk
      .signIn(provider({ clientSecret: 'very-secret' }), run)
      .catch((error: unknown) => errors.push(error))
  }
  expect(errors).toHaveLength(3)
  const seen = JSON.stringify(lines) + errors.map((error) => describeError(error)).join('\n')
  expect(seen).toContain('oidc request')
  for (const secret of ['very-secret', 'fake-access-token', 'code-', 'eyJ', 'code_verifier'])
    expect(seen).not.toContain(secret)
})

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error)
  return `${error.message} ${JSON.stringify(error)} ${error.stack ?? ''} ${describeError(error.cause ?? null)}`
}

describe('an encrypted channel', () => {
  let authority: FakeAuthority
  beforeAll(() => {
    authority = createAuthority()
  })
  afterAll(() => authority.remove())

  const cases: readonly [string, () => FakeCertificate, string][] = [
    ['good', () => authority.good, 'signed in'],
    ['with its intermediate', () => authority.intermediate.chain, 'signed in'],
    ['of another host', () => authority.wrongName, 'OIDC_TLS_HOSTNAME'],
    ['expired', () => authority.expired, 'OIDC_TLS_EXPIRED'],
    ['too early', () => authority.notYetValid, 'OIDC_TLS_NOT_YET_VALID'],
    ['self-signed', () => authority.selfSigned, 'OIDC_TLS_SELF_SIGNED'],
    ['with a short key', () => authority.weak, 'OIDC_TLS_WEAK'],
  ]
  test.each(cases)('certificate %s', async (...[, certificate, outcome]) => {
    const secure = await startFake({ tls: certificate() })
    const { caFile } = authority
    const trusting: Browser = { open: (url) => followTrusting(url, caFile) }
    expect(await codeOf(signIn(provider({ issuer: secure.issuer, caFile }), { browser: trusting }))).toBe(
      outcome,
    )
    if (outcome === 'signed in') {
      expect(await codeOf(signIn(provider({ issuer: secure.issuer })))).toBe('OIDC_TLS_UNTRUSTED_CA')
    }
    await secure.stop()
  })

  test('an access token never leaves it, whatever the description says', async () => {
    const secure = await startFake({ tls: authority.good })
    const { caFile } = authority
    const asked = fake.requests.length
    secure.script = {
      discovery: (good) => ({ body: { ...good, userinfo_endpoint: `${fake.issuer}/userinfo` } }),
    }
    const trusting: Browser = { open: (url) => followTrusting(url, caFile) }
    expect(await codeOf(signIn(provider({ issuer: secure.issuer, caFile }), { browser: trusting }))).toBe(
      'signed in',
    )
    expect(fake.requests).toHaveLength(asked)
    await secure.stop()
  })
})

/** The person's browser trusts the authority too. */
async function followTrusting(url: string, caFile: string): Promise<void> {
  const dispatcher = new Agent({ connect: { ca: await readFile(caFile, 'utf8') } })
  const response = await undiciFetch(url, { dispatcher, redirect: 'manual' })
  await undiciFetch(response.headers.get('location') ?? '')
  await dispatcher.close()
}

describe('ports', () => {
  const busy = createServer()
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
    const address = busy.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  afterAll(() => void busy.close())
  afterEach(() => {
    fake.script = {}
  })

  test('a taken port is named', async () => {
    const loopback = { host: '127.0.0.1' as const, ports: [port], path: '/callback' }
    expect(await codeOf(signIn(provider({ loopback })))).toBe('OIDC_PORT_IN_USE')
  })
})
