import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Code } from '../../../src-main/contract/errors'
import type { OidcSettings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createOidcSignIn } from '../../../src-main/core/oidc/oidc-sign-in'
import {
  createFollowingBrowser,
  startFake,
  type FakeProvider,
  type FakeScript,
} from '../../support/oidc-fake'
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

const unsigned = (claims: object): string =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`

const faults: readonly [string, Code, FakeScript | (() => FakeScript)][] = [
  [
    'another issuer in the description',
    'OIDC_ISSUER_MISMATCH',
    { discovery: (good) => ({ body: { ...good, issuer: 'https://evil.example' } }) },
  ],
  [
    'only a slash more',
    'OIDC_ISSUER_MISMATCH',
    { discovery: (good) => ({ body: { ...good, issuer: `${String(good['issuer'])}/` } }) },
  ],
  [
    'a template for all tenants',
    'OIDC_ISSUER_TEMPLATE',
    { discovery: (good) => ({ body: { ...good, issuer: 'https://login.example/{tenantid}/v2.0' } }) },
  ],
  ['no description', 'OIDC_DISCOVERY_NOT_FOUND', { discovery: () => ({ status: 404, body: 'no' }) }],
  [
    'a web page for a description',
    'OIDC_DISCOVERY_INVALID',
    { discovery: () => ({ body: '<!doctype html><h1>Portal</h1>' }) },
  ],
  ['an empty document', 'OIDC_DISCOVERY_INVALID', { discovery: () => ({ body: {} }) }],
  ['a broken server', 'OIDC_HTTP_STATUS', { discovery: () => ({ status: 503, body: 'later' }) }],
  [
    'no token endpoint',
    'OIDC_ENDPOINT_MISSING',
    { discovery: (good) => ({ body: { ...good, token_endpoint: undefined } }) },
  ],
  [
    'a sign-in page without encryption',
    'OIDC_ENDPOINT_MISSING',
    {
      discovery: (good) => ({
        body: { ...good, authorization_endpoint: 'http://idp.example.org/authorize' },
      }),
    },
  ],
  [
    'a sign-in page that is a program',
    'OIDC_ENDPOINT_MISSING',
    { discovery: (good) => ({ body: { ...good, authorization_endpoint: 'file:///usr/bin/true' } }) },
  ],
  [
    'an answer in the name of another issuer',
    'OIDC_CALLBACK_ISSUER',
    { callback: () => ({ iss: 'https://evil.example' }) },
  ],
  ['an answer that hides its issuer', 'OIDC_CALLBACK_ISSUER', { callback: () => ({ iss: null }) }],
  ['a state that nobody made', 'OIDC_STATE_UNKNOWN', { callback: () => ({ state: 'made-up' }) }],
  [
    'a person who refuses',
    'OIDC_PROVIDER_ERROR',
    { callback: () => ({ code: null, error: 'access_denied' }) },
  ],
  [
    'a scope that is not allowed',
    'OIDC_SCOPE_UNSUPPORTED',
    { callback: () => ({ code: null, error: 'invalid_scope' }) },
  ],
  ['a code that was made up', 'OIDC_TOKEN_EXCHANGE', { callback: () => ({ code: 'made-up' }) }],
  [
    'an unknown client',
    'OIDC_CLIENT_REJECTED',
    { token: () => ({ status: 401, body: { error: 'invalid_client' } }) },
  ],
  [
    'a challenge instead of an error',
    'OIDC_CLIENT_REJECTED',
    {
      token: () => ({
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="idp"' },
        body: { error: 'invalid_client' },
      }),
    },
  ],
  [
    'a token endpoint that breaks',
    'OIDC_HTTP_STATUS',
    { token: () => ({ status: 502, body: 'bad gateway' }) },
  ],
  [
    'no ID token',
    'OIDC_ID_TOKEN_MALFORMED',
    { token: () => ({ body: { access_token: 'a', token_type: 'Bearer' } }) },
  ],
  ['an encrypted ID token', 'OIDC_ID_TOKEN_ENCRYPTED', { idToken: { raw: 'a.b.c.d.e' } }],
  ['an ID token that is no token', 'OIDC_ID_TOKEN_MALFORMED', { idToken: { raw: 'hello' } }],
  ['an ID token with a shared secret', 'OIDC_ID_TOKEN_ALGORITHM', { idToken: { alg: 'HS256' } }],
  [
    'an unsigned ID token',
    'OIDC_ID_TOKEN_ALGORITHM',
    () => ({ idToken: { raw: unsigned({ iss: fake.issuer, sub: 'x' }) } }),
  ],
  ['a signature by somebody else', 'OIDC_ID_TOKEN_SIGNATURE', { idToken: { foreignKey: true } }],
  ['a key that is not published', 'OIDC_ID_TOKEN_SIGNATURE', { idToken: { kid: 'unknown' } }],
  ['another issuer', 'OIDC_ID_TOKEN_ISSUER', { idToken: { claims: { iss: 'https://evil.example' } } }],
  ['another audience', 'OIDC_ID_TOKEN_AUDIENCE', { idToken: { claims: { aud: 'somebody' } } }],
  [
    'two audiences without a party',
    'OIDC_ID_TOKEN_AUDIENCE',
    { idToken: { claims: { aud: ['desk', 'other'] } } },
  ],
  ['another authorised party', 'OIDC_ID_TOKEN_AUDIENCE', { idToken: { claims: { azp: 'other' } } }],
  ['an old nonce', 'OIDC_NONCE', { idToken: { claims: { nonce: 'old' } } }],
  ['no nonce', 'OIDC_NONCE', { idToken: { claims: { nonce: undefined } } }],
  ['an expired token', 'OIDC_ID_TOKEN_EXPIRED', () => ({ idToken: { claims: { exp: seconds() - 301 } } })],
  [
    'a token from the future',
    'OIDC_ID_TOKEN_NOT_YET_VALID',
    () => ({ idToken: { claims: { iat: seconds() + 400 } } }),
  ],
  [
    'a token for later',
    'OIDC_ID_TOKEN_NOT_YET_VALID',
    () => ({ idToken: { claims: { nbf: seconds() + 400 } } }),
  ],
  ['no subject', 'OIDC_MISSING_SUBJECT', { idToken: { claims: { sub: undefined } } }],
  ['an empty subject', 'OIDC_MISSING_SUBJECT', { idToken: { claims: { sub: '' } } }],
  ['no end', 'OIDC_ID_TOKEN_MALFORMED', { idToken: { claims: { exp: undefined } } }],
  ['keys that are a web page', 'OIDC_JWKS', { jwks: () => ({ body: '<html>' }) }],
  ['keys that are gone', 'OIDC_JWKS', { jwks: () => ({ status: 404, body: 'no' }) }],
  [
    'user information about another person',
    'OIDC_SUBJECT_MISMATCH',
    { userinfo: { body: { sub: 'somebody-else' } } },
  ],
  [
    'no e-mail and no user information',
    'OIDC_USERINFO',
    { idToken: { claims: { email: undefined } }, userinfo: { status: 500, body: '' } },
  ],
]

describe('each fault has its own code', () => {
  test.each(faults)('%s: %s', async (_name, code, script) => {
    fake.script = typeof script === 'function' ? script() : script
    expect(await codeOf(signIn(provider()))).toBe(code)
  })
})

describe('whatever is changed in a token, nobody gets in with it', () => {
  const good = (): Record<string, unknown> => ({ iss: fake.issuer, aud: 'desk', exp: 0, iat: 0 })
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
    fc.object(),
  )

  test('iss, aud, azp and nonce', { timeout: 60_000 }, async () => {
    const browser = createFollowingBrowser().browser
    const desk = createOidcSignIn({ browser, clock: systemClock, logger: createLogBook().logger, texts })
    const run = { signal: new AbortController().signal, onProgress: () => undefined, prompt: null }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('iss', 'aud', 'azp', 'nonce'), value, async (claim, changed) => {
        const isGood =
          JSON.stringify(changed) === JSON.stringify(good()[claim]) ||
          (claim === 'aud' && JSON.stringify(changed) === '["desk"]')
        fc.pre(!isGood)
        fake.script = { idToken: { claims: { [claim]: changed } } }
        expect(await codeOf(desk.signIn(provider(), run))).toMatch(
          /^OIDC_(ID_TOKEN_(ISSUER|AUDIENCE|MALFORMED)|NONCE)$/,
        )
      }),
      { numRuns: 60 },
    )
  })
})
