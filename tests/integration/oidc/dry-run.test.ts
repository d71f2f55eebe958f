import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { oidcLoginSchema } from '../../../src-main/contract/oidc-login'
import { oidcLoginStages, type Stage } from '../../../src-main/contract/stages'
import type { Browser, OidcSettings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createOidcDryRun } from '../../../src-main/core/oidc/login/dry-run'
import { createFollowingBrowser, startFake, type FakeProvider } from '../../support/oidc-fake'
import { createAuthority, type FakeAuthority } from '../../support/oidc-fake-certificates'
import { createLogBook, oidcSettings, systemClock } from '../../support/oidc-fake-settings'
import { faultTable, type Fault } from '../../support/oidc-fault-table'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'
import { createVisitingBrowser } from '../../support/visiting-browser'

const texts = createTexts()
let fake: FakeProvider
let authority: FakeAuthority
let real: RunningProvider
beforeAll(async () => {
  ;[fake, real] = await Promise.all([startFake(), startProvider({ claimsIn: 'userinfo' })])
  authority = createAuthority()
})
afterAll(async () => {
  authority.remove()
  await Promise.all([fake.stop(), real.stop()])
})
beforeEach(() => {
  fake.script = {}
  real.signInAs('ada')
})

interface Options {
  readonly browser?: Browser
  readonly signal?: AbortSignal
  readonly onStage?: (id: string, stage: Stage | null) => void
}

async function login(provider: OidcSettings, options: Options = {}) {
  const log = createLogBook()
  const browser = options.browser ?? createFollowingBrowser().browser
  const dryRun = createOidcDryRun({ browser, clock: systemClock, logger: log.logger, texts })
  const found = await dryRun({
    ...{ provider, prompt: null, signal: options.signal ?? new AbortController().signal },
    onStage: options.onStage ?? (() => undefined),
    onProgress: () => undefined,
    decide: ({ username }) =>
      Promise.resolve({
        decision: { allowed: true, code: null, reason: `yes, ${username ?? ''}`, next: null },
        account: null,
      }),
  })
  const text = JSON.stringify(oidcLoginSchema.parse(found))
  expect(text).not.toMatch(/\{\{|oidc(?:Login)?\.[a-z]+\./)
  return { found, text, log }
}

async function run({ script, settings, tls }: Fault) {
  const provider = tls === undefined ? fake : await startFake({ tls: tls(authority) })
  provider.script = script?.(provider) ?? {}
  const { issuer } = provider
  try {
    const caFile = tls === undefined ? null : authority.caFile
    return await login(oidcSettings({ issuer, caFile, ...settings?.(provider) }))
  } finally {
    if (tls !== undefined) await provider.stop()
  }
}

describe('each fault is found at its stage, with its code', () => {
  test('the table has its size, and every line is another one', () => {
    expect(faultTable.length).toBeGreaterThanOrEqual(45)
    expect(new Set(faultTable.map(({ name }) => name)).size).toBe(faultTable.length)
  })

  test.each(faultTable.map((fault) => [fault.name, fault] as const))('%s', async (_name, fault) => {
    const { found } = await run(fault)
    const failed = found.stages.find(({ status }) => status === 'failed')
    expect([failed?.id, failed?.code]).toEqual(fault.at)
    expect(failed?.next).toBeTruthy()
    expect(found.ok).toBe(false)
    expect(found.decision).toMatchObject({ allowed: false, code: fault.at[1], stage: fault.at[0] })
    for (const { id, status, because } of found.stages)
      if (status === 'skipped') expect(oidcLoginStages[id as keyof typeof oidcLoginStages]).toContain(because)
  })
})

describe('a real provider', () => {
  const settings = (more: Partial<OidcSettings> = {}) =>
    oidcSettings({ issuer: real.issuer, clientId: real.publicClientId, ...more })
  const browser = createVisitingBrowser()

  test('each claim with its origin and use, and the token taken apart', async () => {
    const { found, text } = await login(settings(), { browser })
    expect(found.stages.filter(({ status }) => status !== 'passed')).toEqual([])
    expect(found.stages.map(({ id }) => id)).toEqual(Object.keys(oidcLoginStages))
    expect(found).toMatchObject({ ok: true, decision: { allowed: true, reason: 'yes, ada' }, missing: [] })
    const claim = (name: string) => found.claims.find((each) => each.name === name)
    expect(claim('sub')).toEqual({ name: 'sub', value: 'ada', origin: 'id-token', use: 'subject' })
    expect(claim('email')).toMatchObject({ origin: 'userinfo', use: 'email', value: 'ada@example.org' })
    expect(claim('groups')).toMatchObject({
      origin: 'userinfo',
      use: 'groups',
      value: '["staff","desk-admins"]',
    })
    expect(claim('nonce')).toMatchObject({
      use: 'protocol',
      value: expect.stringMatching(/^\d+ characters$/) as string,
    })
    expect(found.token).toMatchObject({ subject: 'ada', audience: [real.publicClientId] })
    expect(found.token?.header).toContainEqual({ label: 'alg', value: 'RS256' })
    expect(found.token?.times.map((each) => each.claim)).toEqual(['iat', 'exp'])
    expect(text).not.toMatch(/eyJ[\w-]+\./)
  })

  test('a missing claim is named with the scope that brings it', async () => {
    const { found } = await login(settings({ scopes: ['openid', 'profile'] }), { browser })
    expect(found.missing).toMatchObject([{ name: 'email', scope: 'email', code: 'OIDC_NO_EMAIL' }])
    expect(found.missing[0]?.next).toContain('Add the scope “email”')
    expect(found.stages.find(({ id }) => id === 'claims')).toMatchObject({
      status: 'warning',
      code: 'OIDC_NO_EMAIL',
    })
  })

  test('an unknown client, a wrong secret and a redirect URI that is not registered are found before the browser opens', async () => {
    const unused: Browser = { open: () => Promise.reject(new Error('a browser was opened')) }
    const secret = 'canary-wrong-secret'
    const loopback = { host: '127.0.0.1' as const, ports: [], path: '/elsewhere' }
    for (const [more, stage, code] of [
      [{ clientId: 'nobody' }, 'client', 'OIDC_CLIENT_REJECTED'],
      [{ clientId: real.clientId, clientSecret: secret }, 'client', 'OIDC_CLIENT_REJECTED'],
      [{ loopback }, 'redirect', 'OIDC_REDIRECT_MISMATCH'],
    ] as const) {
      const { found, text, log } = await login(settings(more), { browser: unused })
      expect(found.decision).toMatchObject({ stage, code })
      expect(text + JSON.stringify(log.lines)).not.toContain(secret)
    }
  })

  test('somebody who refuses', async () => {
    real.signInAs(null)
    const { found } = await login(settings(), { browser })
    expect(found.decision).toMatchObject({ stage: 'callback', code: 'OIDC_PROVIDER_ERROR' })
    expect(JSON.stringify(found.stages)).toContain('The person refused.')
  })
})

describe('the browser', () => {
  const settings = (more: Partial<OidcSettings> = {}) => oidcSettings({ issuer: fake.issuer, ...more })

  test('that does not start', async () => {
    const { found } = await login(settings(), { browser: { open: () => Promise.reject(new Error('no')) } })
    expect(found.decision).toMatchObject({ stage: 'authorize', code: 'OIDC_BROWSER' })
  })

  test('whose port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as AddressInfo
    const { found } = await login(
      settings({ loopback: { host: '127.0.0.1', ports: [port], path: '/callback' } }),
    )
    taken.close()
    expect(found.decision).toMatchObject({ stage: 'authorize', code: 'OIDC_PORT_IN_USE' })
  })

  test('that never comes back is given up when the person cancels', async () => {
    const cancel = new AbortController()
    const onStage = (id: string, stage: Stage | null) => {
      if (id === 'callback' && stage === null) cancel.abort()
    }
    const browser: Browser = { open: () => Promise.resolve() }
    const outcome = login(settings(), { browser, signal: cancel.signal, onStage })
    await expect(outcome).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

test('an answer is kept whole, without the secrets in it', async () => {
  const body = {
    error: 'invalid_client',
    error_description: 'x'.repeat(900),
    hint: 'canary-secret was sent',
    access_token: 'canary-token',
    more: { trace: 'trace-4711' },
  }
  fake.script = { token: () => ({ status: 400, body }) }
  const { text } = await login(oidcSettings({ issuer: fake.issuer, clientSecret: 'canary-secret' }))
  expect(text).toContain('x'.repeat(900))
  expect(text).toContain('trace-4711')
  expect(text).not.toContain('canary')
})

test('a token that is too young is explained by the clocks', async () => {
  fake.script = { ahead: 500 }
  const { found } = await login(oidcSettings({ issuer: fake.issuer }))
  const [clock, idToken] = ['clock', 'idtoken'].map((stage) => found.stages.find(({ id }) => id === stage))
  expect(clock?.summary).toMatch(/clock is (499|500|501) s .*ahead of/)
  expect(idToken).toMatchObject({ status: 'failed', code: 'OIDC_ID_TOKEN_NOT_YET_VALID' })
  expect(idToken?.summary).toMatch(/clock is (499|500|501) s .*ahead of/)
})

const offsetText = /^(-?[\d.]+) s ± ([\d.]+) s/

test.each([-600, -301, -61, -2, 2, 59, 61, 301, 600])(
  'a clock that is %i s ahead is measured',
  async (ahead) => {
    fake.script = { ahead }
    const { found } = await login(oidcSettings({ issuer: fake.issuer }), {
      browser: { open: () => Promise.reject(new Error('no')) },
    })
    const detail = found.stages.find(({ id }) => id === 'clock')?.detail ?? []
    const [, seconds, uncertainty] =
      offsetText.exec(detail.find(({ label }) => label === 'Provider')?.value ?? '') ?? []
    // Half the round trip and a second: the doubt that is said has half a second in it.
    expect(Math.abs(Number(seconds) - ahead)).toBeLessThanOrEqual(Number(uncertainty) + 0.5 + 0.1)
  },
)
