import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Code } from '../../../src-main/contract/errors'
import { oidcStages, stageSchema, type Stage } from '../../../src-main/contract/stages'
import type { Clock, OidcSettings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createOidcTest } from '../../../src-main/core/oidc/oidc-test'
import { startFake, type FakeProvider, type FakeScript } from '../../support/oidc-fake'
import {
  createAuthority,
  type FakeAuthority,
  type FakeCertificate,
} from '../../support/oidc-fake-certificates'
import { createLogBook, oidcSettings, systemClock } from '../../support/oidc-fake-settings'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'

const texts = createTexts()

async function examine(provider: OidcSettings, options: { clock?: Clock; signal?: AbortSignal } = {}) {
  const events: [string, Stage | null][] = []
  const doctor = createOidcTest({
    clock: options.clock ?? systemClock,
    logger: createLogBook().logger,
    texts,
  })
  const report = await doctor({
    provider,
    signal: options.signal ?? new AbortController().signal,
    onStage: (id, stage) => events.push([id, stage]),
  })
  for (const stage of report.stages) {
    stageSchema.parse(stage)
    expect(JSON.stringify(stage)).not.toMatch(/\{\{|oidc\.(stage|label|advice)\./)
  }
  return { report, events, stage: (id: string) => report.stages.find((stage) => stage.id === id) }
}

/** Status and code of every stage that isn't simply passed. */
const notPassed = (stages: readonly Stage[]): string[] =>
  stages
    .filter(({ status }) => status !== 'passed')
    .map(({ id, status, code }) => `${id} ${status} ${code ?? '-'}`)

describe('a real provider', () => {
  let real: RunningProvider
  beforeAll(async () => {
    real = await startProvider()
  })
  afterAll(() => real.stop())

  const settings = (overrides: Partial<OidcSettings> = {}): OidcSettings =>
    oidcSettings({ issuer: real.issuer, clientId: real.publicClientId, ...overrides })

  test.each(['public', 'confidential'])(
    'a well-configured %s client is green from top to bottom',
    async (kind) => {
      const confidential = { clientId: real.clientId, clientSecret: real.clientSecret }
      const { report, events } = await examine(settings(kind === 'public' ? {} : confidential))
      expect(notPassed(report.stages)).toEqual([])
      expect(report.ok).toBe(true)
      expect(report.stages.map(({ id }) => id)).toEqual(Object.keys(oidcStages))
      expect(events).toHaveLength(report.stages.length * 2)
      expect(events[0]).toEqual(['config', null])
    },
  )

  test('an unknown client, a wrong secret', async () => {
    const unknown = await examine(settings({ clientId: 'nobody' }))
    expect(unknown.stage('client')).toMatchObject({ status: 'failed', code: 'OIDC_CLIENT_REJECTED' })
    expect(unknown.report.ok).toBe(false)
    const wrong = await examine(settings({ clientId: real.clientId, clientSecret: 'wrong' }))
    expect(notPassed(wrong.report.stages)).toEqual(['client failed OIDC_CLIENT_REJECTED'])
    expect(JSON.stringify(wrong.report)).not.toContain('"wrong"')
  })

  test('a return address that is not registered is proven by the provider’s own page', async () => {
    const loopback = { host: '127.0.0.1' as const, ports: [8410], path: '/elsewhere' }
    const { stage } = await examine(settings({ loopback }))
    expect(stage('redirect')).toMatchObject({ status: 'failed', code: 'OIDC_REDIRECT_MISMATCH' })
    expect(stage('redirect')?.next).toContain('http://127.0.0.1:8410/elsewhere')
  })

  test('a slash too many is shown character by character', async () => {
    const { stage } = await examine(settings({ issuer: `${real.issuer}/` }))
    expect(stage('issuer')).toMatchObject({ status: 'failed', code: 'OIDC_ISSUER_MISMATCH' })
    expect(stage('issuer')?.detail.find(({ label }) => label === 'First difference')?.value).toBe(
      `character ${real.issuer.length + 1}: “/” is configured, “end” is stated`,
    )
    expect(stage('issuer')?.next).toContain('slash at the end')
    expect(stage('jwks')?.status).toBe('passed')
  })

  test('the pasted address of the description is recognised', async () => {
    const { stage } = await examine(settings({ issuer: `${real.issuer}/.well-known/openid-configuration` }))
    expect(stage('discovery')?.status).toBe('passed')
    expect(stage('issuer')).toMatchObject({ status: 'failed', code: 'OIDC_ISSUER_MISMATCH' })
    expect(stage('issuer')?.next).toContain(`“${real.issuer}”`)
  })

  test('clocks', async () => {
    const off = (seconds: number): Clock => ({ now: () => new Date(Date.now() + seconds * 1000) })
    expect((await examine(settings(), { clock: off(-120) })).stage('clock')).toMatchObject({
      status: 'warning',
      code: 'OIDC_CLOCK_SKEW',
    })
    const far = (await examine(settings(), { clock: off(3600) })).stage('clock')
    expect(far).toMatchObject({ status: 'failed', code: 'OIDC_CLOCK_SKEW' })
    expect(far?.summary).toContain('behind')
  })
})

describe('a provider that misbehaves', () => {
  let fake: FakeProvider
  beforeAll(async () => {
    fake = await startFake()
  })
  afterAll(() => fake.stop())
  beforeEach(() => {
    fake.script = {}
  })
  const document = (changes: object): FakeScript => ({
    discovery: (good) => ({ body: { ...good, ...changes } }),
  })

  const warnings: readonly [string, string, Code | null, FakeScript][] = [
    ['an unlisted scope', 'endpoints', 'OIDC_SCOPE_UNSUPPORTED', document({ scopes_supported: ['openid'] })],
    [
      'silence about PKCE',
      'pkce',
      'OIDC_PKCE_UNSUPPORTED',
      document({ code_challenge_methods_supported: undefined }),
    ],
    ['a page of its own', 'redirect', null, { authorize: () => ({ body: '<h1>Sign in</h1>' }) }],
    [
      'an error page that proves nothing',
      'redirect',
      null,
      { authorize: () => ({ status: 400, body: 'Bad request' }) },
    ],
    [
      'an odd answer to the made-up code',
      'client',
      'OIDC_TOKEN_EXCHANGE',
      { token: () => ({ status: 400, body: { error: 'invalid_request' } }) },
    ],
  ]
  test.each(warnings)('%s: %s warns, never fails without proof', async (...[, id, code, script]) => {
    fake.script = script
    const { report, stage } = await examine(oidcSettings({ issuer: fake.issuer }))
    expect(stage(id)).toMatchObject({ status: 'warning', code })
    expect(report.ok).toBe(true)
  })

  test('each stage has its own deadline', async () => {
    fake.script = { jwks: () => new Promise<never>(() => undefined) as never }
    const { report } = await examine(oidcSettings({ issuer: fake.issuer, timeout: 0.5 }))
    expect(notPassed(report.stages)).toEqual(['jwks failed OIDC_TIMEOUT'])
  })

  test('cancelling ends it within a second', async () => {
    fake.script = { discovery: () => new Promise(() => undefined) }
    const cancel = new AbortController()
    const outcome = examine(oidcSettings({ issuer: fake.issuer, timeout: 30 }), { signal: cancel.signal })
    const asked = new Promise<void>((resolve) => {
      fake.script.discovery = () => {
        resolve()
        return new Promise(() => undefined)
      }
    })
    await asked
    const started = performance.now()
    cancel.abort()
    await expect(outcome).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(performance.now() - started).toBeLessThan(1000)
  })

  test('settings, names and ports', async () => {
    const config = await examine(oidcSettings({ issuer: 'http://idp.example.org' }))
    expect(config.stage('config')).toMatchObject({ status: 'failed', code: 'OIDC_CONFIG_INVALID' })
    expect(config.stage('dns')).toMatchObject({ status: 'skipped', because: 'config' })
    expect(config.stage('clock')).toMatchObject({ status: 'skipped', because: 'discovery' })
    const ca = await examine(oidcSettings({ caFile: '/nowhere.pem' }))
    expect(ca.stage('config')).toMatchObject({ status: 'failed', code: 'OIDC_CA_FILE' })
    const dns = await examine(oidcSettings({ issuer: 'https://idp.invalid' }))
    expect(dns.stage('dns')).toMatchObject({ status: 'failed', code: 'OIDC_DNS_NOT_FOUND' })
    const gone = await startFake()
    await gone.stop()
    const tcp = await examine(oidcSettings({ issuer: gone.issuer }))
    expect(tcp.stage('tcp')).toMatchObject({ status: 'failed', code: 'OIDC_CONNECT_REFUSED' })
  })
})

describe('certificates', () => {
  let authority: FakeAuthority
  beforeAll(() => {
    authority = createAuthority()
  })
  afterAll(() => authority.remove())

  async function behind(tls: FakeCertificate, overrides: Partial<OidcSettings> = {}) {
    const fake = await startFake({ tls })
    try {
      return await examine(oidcSettings({ issuer: fake.issuer, caFile: authority.caFile, ...overrides }))
    } finally {
      await fake.stop()
    }
  }

  test('a private authority from the file is trusted, and it is said that the file answered', async () => {
    for (const certificate of [authority.good, authority.intermediate.chain]) {
      const { report, stage } = await behind(certificate)
      expect(notPassed(report.stages)).toEqual([])
      expect(stage('tls')?.detail).toContainEqual({ label: 'Trusted by', value: 'OIDC_CA_BUNDLE' })
    }
  })
})
