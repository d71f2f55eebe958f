import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { oidcAppStages, stageSchema, type Stage } from '../../../src-main/contract/stages'
import type { OidcSettings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { CookieJar, droppedBecause, parseCookie } from '../../../src-main/core/oidc/application/cookie-jar'
import { createOidcTest } from '../../../src-main/core/oidc/oidc-test'
import { applicationFaults, inSettings } from '../../support/application-fault-table'
import {
  appSecrets,
  pulse,
  requestTo,
  startApplication,
  timeTracker,
  tududi,
  vikunja,
  type FakeApplication,
} from '../../support/fake-application'
import { startFake, type FakeProvider } from '../../support/oidc-fake'
import { createAuthority, type FakeAuthority } from '../../support/oidc-fake-certificates'
import { createLogBook, oidcSettings, systemClock } from '../../support/oidc-fake-settings'
import { hitsIn } from '../../support/report-canaries'

const texts = createTexts()
let authority: FakeAuthority
let idp: FakeProvider
let app: FakeApplication
let plain: FakeApplication
/** Where nobody listens. */
let closed: string

beforeAll(async () => {
  authority = createAuthority()
  idp = await startFake({ tls: authority.good })
  app = await startApplication({ tls: authority.good })
  plain = await startApplication()
  const gone = await startApplication({ tls: authority.good })
  closed = gone.origin
  await gone.stop()
})
afterAll(async () => {
  await Promise.all([idp.stop(), app.stop(), plain.stop()])
  authority.remove()
})
afterEach(() => {
  app.routes = {}
  plain.routes = {}
})

const endpoint = () => `${idp.issuer}/authorize`
const shape = () => ({ origin: app.origin, endpoint: endpoint() })

async function visit(overrides: Partial<OidcSettings> = {}, address = app.origin) {
  const book = createLogBook()
  const doctor = createOidcTest({ clock: systemClock, logger: book.logger, texts })
  const provider = oidcSettings({
    ...{ issuer: idp.issuer, caFile: authority.caFile, clientSecret: 'canary-client-secret', timeout: 5 },
    ...overrides,
  })
  const before = idp.requests.filter((path) => path === '/authorize').length
  const { signal } = new AbortController()
  const report = await doctor({ provider, signal, onStage: () => undefined, app: address })
  for (const stage of report.stages) {
    stageSchema.parse(stage)
    expect(JSON.stringify(stage)).not.toMatch(/\{\{|oidcApp\.|oidc\.(stage|label|advice)\./)
  }
  expect(report.stages.map(({ id }) => id)).toEqual(Object.keys(oidcAppStages))
  const told = JSON.stringify(report) + JSON.stringify(book.lines)
  expect(hitsIn(told, Object.values(appSecrets)), 'what only the application knows').toEqual([])
  // The doctor’s own stage `redirect` asks once; the application’s request is never sent.
  expect(idp.requests.filter((path) => path === '/authorize').length - before).toBeLessThanOrEqual(1)
  return report.stages
}

const appStages = (stages: readonly Stage[]): Stage[] => stages.filter(({ id }) => id.startsWith('app'))
const verdicts = (stages: readonly Stage[]): string[] =>
  appStages(stages).map(({ id, status, code }) => `${id} ${status} ${code ?? '-'}`)
const allPassed = ['app passed -', 'appredirect passed -', 'appcookie passed -']

describe('a well-configured application', () => {
  test('TimeTracker: a link on its page, its state in the session cookie', async () => {
    app.routes = timeTracker(shape())
    const stages = await visit({ redirectUri: `${app.origin}/auth/oidc/callback` })
    expect(verdicts(stages)).toEqual(allPassed)
    expect(app.asked.at(-1)?.cookie).toBe(`session=${appSecrets.session}`)
    const [found] = appStages(stages)
    expect(found?.detail.map(({ value }) => value)).toEqual([
      `GET ${app.origin}/ → 302`,
      `GET ${app.origin}/login → 200`,
      `GET ${app.origin}/login/oidc → 302`,
    ])
  })

  test('TimeTracker, given the address where its single sign-on begins', async () => {
    app.routes = timeTracker(shape())
    const stages = await visit(
      { redirectUri: `${app.origin}/auth/oidc/callback` },
      `${app.origin}/login/oidc`,
    )
    expect(verdicts(stages)).toEqual(allPassed)
  })

  test('tududi: its page asks for the providers', async () => {
    app.routes = tududi(shape())
    const stages = await visit({ redirectUri: `${app.origin}/api/oidc/callback/test` })
    expect(verdicts(stages)).toEqual(allPassed)
  })

  test('Vikunja: its page makes the request', async () => {
    app.routes = vikunja(shape())
    const stages = await visit({ redirectUri: `${app.origin}/auth/openid/test` })
    expect(verdicts(stages)).toEqual(allPassed)
    expect(appStages(stages)[2]?.summary).toContain('No cookie')
  })

  test('Pulse: the way is the answer to a question', async () => {
    app.routes = pulse(shape())
    const stages = await visit({ redirectUri: `${app.origin}/api/oidc/callback` })
    expect(verdicts(stages)).toEqual(allPassed)
  })

  test('on this computer without encryption, and without a return address in the settings', async () => {
    plain.routes = timeTracker({ ...shape(), origin: plain.origin })
    expect(verdicts(await visit({}, plain.origin))).toEqual(allPassed)
  })

  test('is looked at although its provider is down', async () => {
    app.routes = timeTracker({ ...shape(), endpoint: 'https://127.0.0.1:9/authorize' })
    const down = { issuer: 'https://127.0.0.1:9', redirectUri: `${app.origin}/auth/oidc/callback` }
    expect(verdicts(await visit(down))).toEqual(allPassed)
  })
})

const place = () => ({ ...shape(), closed })

describe('an application with a fault', () => {
  test.each(applicationFaults)(
    '$name',
    async ({ routes, settings = inSettings, address, expected, says = /./ }) => {
      app.routes = routes(place())
      const stages = await visit(settings(place()), address?.(place()) ?? app.origin)
      const [id = ''] = expected.split(' ')
      expect(verdicts(stages)).toContain(expected)
      const before = appStages(stages).slice(
        0,
        appStages(stages).findIndex((stage) => stage.id === id),
      )
      // The way can be found and still lead to a wrong request; a later stage’s fault is not an earlier one’s.
      if (address === undefined) expect(before.map(({ status }) => status)).not.toContain('failed')
      const stage = stages.find((each) => each.id === id)
      expect(stage?.summary).toMatch(says)
      expect(stage?.next ?? '').not.toBe('')
      expect(stage?.detail.length).toBeGreaterThan(id === 'app' && address !== undefined ? -1 : 0)
      if (id === 'app' && stage?.status === 'failed' && stage.code !== 'OIDC_APP_BUTTON')
        expect(verdicts(stages).slice(1)).toEqual(['appredirect skipped -', 'appcookie skipped -'])
    },
  )

  test('a certificate that nobody vouches for', async () => {
    const other = await startApplication({ tls: authority.selfSigned })
    try {
      expect(verdicts(await visit({}, other.origin))[0]).toBe('app failed OIDC_TLS_SELF_SIGNED')
      expect(other.asked).toEqual([])
    } finally {
      await other.stop()
    }
  })

  test('https that goes back to http is a warning where it comes back', async () => {
    plain.routes = { '/login': { to: `${app.origin}/login` } }
    app.routes = { ...timeTracker(shape()), '/': { to: `${plain.origin}/login` } }
    expect(verdicts(await visit(inSettings(place())))[0]).toBe('app warning OIDC_APP_PROXY_HEADERS')
  })

  test('a Secure cookie over http to the network is one that no browser keeps', () => {
    const cookie = parseCookie('session=a; Secure', new URL('http://tracker.example.org/'), 1)
    expect(cookie && droppedBecause(cookie)).toBe('insecure')
  })

  test('cookies go to nobody but whom they are for', () => {
    const jar = new CookieJar()
    const from = new URL('https://tracker.example.org/login')
    jar.take(['session=one; Path=/login; Secure', 'wide=two; Domain=example.org; Path=/'], from, 1)
    const sentTo = (address: string) => jar.headerFor(new URL(address))
    expect(sentTo('https://tracker.example.org/login/oidc')).toBe('session=one; wide=two')
    expect(sentTo('https://tracker.example.org/loginx')).toBe('wide=two')
    expect(sentTo('http://tracker.example.org/login')).toBe('wide=two')
    expect(sentTo('https://login.example.org/login')).toBe('wide=two')
    expect(sentTo('https://example.com/login')).toBe('')
    jar.take(['wide=; Domain=example.org; Path=/; Max-Age=0'], from, 2)
    expect(sentTo('https://login.example.org/')).toBe('')
  })

  test('an address that asks the provider itself is compared and not sent', async () => {
    const address = requestTo(endpoint(), { client_id: 'other', response_type: 'code' })
    expect(verdicts(await visit({}, address))[1]).toBe('appredirect failed OIDC_APP_REDIRECT')
  })
})
