import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { OidcPerson, OidcSettings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createOidcSignIn } from '../../../src-main/core/oidc/oidc-sign-in'
import { createChromium, type Chromium } from '../../support/chromium'
import { createLogBook, oidcSettings, systemClock } from '../../support/oidc-fake-settings'
import { startProvider, type RunningProvider } from '../../support/oidc-provider'

/** The real thing: a real provider, a real browser, a real loopback redirect. */
describe('sign-in through a real browser', () => {
  let real: RunningProvider
  let chromium: Chromium
  beforeAll(async () => {
    real = await startProvider()
    chromium = createChromium()
  })
  afterEach(() => real.signInAs('ada'))
  afterAll(async () => {
    await chromium.stop()
    await real.stop()
  })

  function signIn(
    overrides: Partial<OidcSettings>,
    signal = new AbortController().signal,
  ): Promise<OidcPerson> {
    const { logger } = createLogBook()
    const desk = createOidcSignIn({
      browser: chromium.browser,
      clock: systemClock,
      logger,
      texts: createTexts(),
    })
    const settings = oidcSettings({ issuer: real.issuer, clientId: real.publicClientId, ...overrides })
    return desk.signIn(settings, { signal, onProgress: () => undefined, prompt: null })
  }

  test('a public client', async () => {
    const person = await signIn({ adminGroup: 'desk-admins' })
    expect(person).toMatchObject({
      issuer: real.issuer,
      subject: 'ada',
      username: 'ada',
      email: 'ada@example.org',
      emailVerified: true,
      fullName: 'Ada Lovelace',
      roles: ['admin'],
    })
    expect(await chromium.settled()).toBe(true)
  })

  test('a confidential client on localhost, as another person, without the admin group', async () => {
    real.signInAs('grace')
    const person = await signIn({
      clientId: real.clientId,
      clientSecret: real.clientSecret,
      adminGroup: 'desk-admins',
      loopback: { host: 'localhost', ports: [], path: '/callback' },
    })
    expect(person).toMatchObject({ subject: 'grace', fullName: 'Grace Hopper', roles: [] })
  })

  test('a person who refuses', async () => {
    real.signInAs(null)
    await expect(signIn({})).rejects.toMatchObject({
      code: 'OIDC_PROVIDER_ERROR',
      details: { error: 'access_denied', description: 'The person refused.' },
    })
  })

  test('a person who is on no list', async () => {
    await expect(signIn({ allowedDomains: ['example.com'] })).rejects.toMatchObject({
      code: 'OIDC_NOT_ALLOWED_DOMAIN',
    })
  })

  test('a person who walks away, until somebody cancels', async () => {
    real.signInAs('wait')
    const cancel = new AbortController()
    const waiting = signIn({}, cancel.signal)
    setTimeout(() => cancel.abort(), 500)
    await expect(waiting).rejects.toMatchObject({ code: 'OIDC_CANCELLED' })
    await chromium.stop()
  })
})

test('claims that are only in userinfo fill the gaps', async () => {
  const real = await startProvider({ claimsIn: 'userinfo' })
  const chromium = createChromium()
  try {
    const { logger, lines } = createLogBook()
    const desk = createOidcSignIn({
      browser: chromium.browser,
      clock: systemClock,
      logger,
      texts: createTexts(),
    })
    const settings = oidcSettings({
      issuer: real.issuer,
      clientId: real.publicClientId,
      roleGroupMap: { staff: 'helpdesk' },
    })
    const run = { signal: new AbortController().signal, onProgress: () => undefined, prompt: null }
    expect(await desk.signIn(settings, run)).toMatchObject({
      email: 'ada@example.org',
      emailVerified: true,
      roles: ['helpdesk'],
    })
    expect(JSON.stringify(lines)).toContain('/me')
  } finally {
    await chromium.stop()
    await real.stop()
  }
})
