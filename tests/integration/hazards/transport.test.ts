import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startFake, type FakeProvider } from '../../support/oidc-fake'
import { codeOf, signIn } from '../../support/oidc-fake-run'
import { oidcSettings } from '../../support/oidc-fake-settings'

let fake: FakeProvider
beforeAll(async () => void (fake = await startFake()))
afterAll(() => fake.stop())
beforeEach(() => void (fake.script = {}))

const good = { sub: 'subject-1', email: 'ada@example.org', email_verified: true }
const unsigned = () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ ...good, iss: fake.issuer, aud: fake.clientId })}.`
}

describe('H12: userinfo or an unverified token counts where the ID token’s check fails', () => {
  it.each([
    ['signed by a foreign key', () => ({ foreignKey: true })],
    ['not signed at all', () => ({ raw: unsigned() })],
    ['of another issuer', () => ({ claims: { iss: 'https://elsewhere.example.test' } })],
    ['for another client', () => ({ claims: { aud: 'somebody-else' } })],
    ['of another sign-in', () => ({ claims: { nonce: 'replayed' } })],
    ['run out', () => ({ claims: { exp: 1 } })],
    ['without a subject', () => ({ claims: { sub: undefined } })],
  ])('a token %s ends the sign-in, and userinfo is not even asked', async (_, idToken) => {
    fake.script = { idToken: idToken(), userinfo: { body: good } }
    const asked = fake.requests.filter((path) => path === '/userinfo').length
    expect(await codeOf(signIn(oidcSettings({ issuer: fake.issuer })))).toMatch(/^OIDC_/)
    expect(fake.requests.filter((path) => path === '/userinfo')).toHaveLength(asked)
  })

  it('userinfo of another subject ends it too', async () => {
    fake.script = {
      idToken: { claims: { email: undefined } },
      userinfo: { body: { ...good, sub: 'somebody-else' } },
    }
    expect(await codeOf(signIn(oidcSettings({ issuer: fake.issuer })))).toBe('OIDC_SUBJECT_MISMATCH')
  })
})
