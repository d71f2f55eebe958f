import { beforeAll, describe, expect, it } from 'vitest'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Inspection } from '../../../src-main/contract/oidc'
import type { OidcSettings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { inspectOidc } from '../../../src-main/core/oidc/inspect/inspect'
import { otherMetadata, productMetadata } from './rule-book/metadata-fixtures'
import { oidcSettings } from '../../support/oidc-fake-settings'

const t = createTexts()
const now = new Date('2026-03-01T12:00:00Z')
const seconds = now.getTime() / 1000
const issuer = 'https://id.example.org/realms/staff'
const provider = oidcSettings({ issuer, clientId: 'desk', name: 'Staff ID', allowedDomains: ['example.org'] })

const inspect = (text: string, providers: readonly OidcSettings[] = [provider]) =>
  inspectOidc({ t, now, providers }, text)
/** Kind, then each code that is not well, with a sign for how bad it is. */
const verdict = ({ kind, findings }: Inspection) => [
  kind,
  ...findings.flatMap(({ status, code }) =>
    status === 'passed' ? [] : [`${status === 'failed' ? '✗' : '!'} ${code ?? ''}`.trim()],
  ),
]
const saw = (text: string, providers?: readonly OidcSettings[]) => verdict(inspect(text, providers))

const person = {
  ...{ iss: issuer, aud: 'desk', sub: 'u1', nonce: 'n', iat: seconds - 10, exp: seconds + 290 },
  ...{ email: 'ada@example.org', email_verified: true, groups: ['staff'] },
}
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (claims: object, header: object = { alg: 'RS256', kid: 'k1' }) =>
  `${encode(header)}.${encode(claims)}.c2lnbmF0dXJl`

describe('a token', () => {
  it('of a real signer is read', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const signed = await new SignJWT(person).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    expect(saw(signed)).toEqual(['id-token'])
    expect(saw(`Authorization: Bearer ${signed}`)).toEqual(['id-token'])
    expect(saw(signed.replace(/(.{60})/g, '$1\n'))).toEqual(['id-token'])
  })

  it.each<[string, object, string]>([
    ['of another issuer', { iss: 'https://id.example.org/realms/other' }, '! OIDC_ID_TOKEN_ISSUER'],
    ['for another client', { aud: ['web', 'app'] }, '✗ OIDC_ID_TOKEN_AUDIENCE'],
    ['made for another party', { azp: 'web' }, '✗ OIDC_ID_TOKEN_AUDIENCE'],
    ['that is over', { exp: seconds - 3600 }, '! OIDC_ID_TOKEN_EXPIRED'],
    ['of the future', { iat: seconds + 3600 }, '✗ OIDC_ID_TOKEN_NOT_YET_VALID'],
    ['not valid before later', { nbf: seconds + 3600 }, '✗ OIDC_ID_TOKEN_NOT_YET_VALID'],
    ['without an end', { exp: undefined }, '✗ OIDC_ID_TOKEN_MALFORMED'],
    ['without a person', { sub: undefined }, '✗ OIDC_MISSING_SUBJECT'],
    ['without a nonce', { nonce: undefined }, '! OIDC_NONCE'],
    ['for access', { scp: 'User.Read' }, '! OIDC_ID_TOKEN_MALFORMED'],
    ['with an address that nobody verified', { email_verified: false }, '! OIDC_EMAIL_UNVERIFIED'],
    ['with groups left out', { groups: undefined, hasgroups: true }, '✗ OIDC_GROUPS_OVERAGE'],
    ['of a domain that is not allowed', { email: 'ada@example.com' }, '✗ OIDC_NOT_ALLOWED_DOMAIN'],
  ])('%s', (_name, change, expected) => {
    expect(saw(token({ ...person, ...change }))).toContain(expected)
    expect(saw(token(person))).not.toContain(expected)
  })

  it('signed with a shared secret or not at all is refused', () => {
    expect(saw(token(person, { alg: 'HS256' }))).toContain('✗ OIDC_ID_TOKEN_ALGORITHM')
    expect(saw(`${encode({ alg: 'none' })}.${encode(person)}.`)).toContain('✗ OIDC_ID_TOKEN_ALGORITHM')
  })

  it('that is encrypted is known by its form', () => {
    const jwe = `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`
    expect(saw(jwe)).toEqual(['encrypted-token', '✗ OIDC_ID_TOKEN_ENCRYPTED'])
  })

  it('that nobody can read is opaque', () => {
    expect(saw('b0pjZ5TIvVmYqFfJ1N2aQk3xWc7dRe')).toEqual(['opaque-token'])
  })

  it('is judged without any configured provider too', () => {
    expect(saw(token(person), [])).toEqual(['id-token'])
  })
})

describe('a discovery document', () => {
  const sound = {
    ...{ ...productMetadata.keycloak[0], issuer },
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
  }

  it('that is sound is said to be, with its product', () => {
    const seen = inspect(JSON.stringify(sound))
    expect(verdict(seen)).toEqual(['discovery'])
    expect(seen).toMatchObject({ ok: true, product: 'keycloak' })
    expect(seen.findings.map(({ message }) => message)).toContain(
      t('oidcInspect.discovery.configured', { provider: 'Staff ID' }),
    )
  })

  it.each<[string, object, string]>([
    ['without keys', { jwks_uri: undefined }, '✗ OIDC_ENDPOINT_MISSING'],
    ['with a plain address', { token_endpoint: 'http://id.example.org/token' }, '✗ OIDC_ENDPOINT_MISSING'],
    [
      'of many tenants',
      { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' },
      '✗ OIDC_ISSUER_TEMPLATE',
    ],
    [
      'with shared secrets only',
      { id_token_signing_alg_values_supported: ['HS256'] },
      '✗ OIDC_ID_TOKEN_ALGORITHM',
    ],
    ['with plain PKCE only', { code_challenge_methods_supported: ['plain'] }, '✗ OIDC_PKCE_UNSUPPORTED'],
    ['silent about PKCE', { code_challenge_methods_supported: undefined }, '! OIDC_PKCE_UNSUPPORTED'],
    ['without a scope of the settings', { scopes_supported: ['openid'] }, '! OIDC_SCOPE_UNSUPPORTED'],
    ['with a slash more than the settings', { issuer: `${issuer}/` }, '✗ OIDC_ISSUER_MISMATCH'],
    ['without an issuer', { issuer: undefined }, '✗ OIDC_DISCOVERY_INVALID'],
  ])('%s', (_name, change, expected) => {
    expect(saw(JSON.stringify({ ...sound, ...change }))).toContain(expected)
  })

  it('of no configured provider is no fault of its own', () => {
    const [other] = otherMetadata
    expect(saw(JSON.stringify({ ...other, code_challenge_methods_supported: ['S256'] }))).toEqual([
      'discovery',
    ])
  })
})

describe('a key set', () => {
  let publicKey: object
  let privateKey: object
  beforeAll(async () => {
    const pair = await generateKeyPair('ES256', { extractable: true })
    ;[publicKey, privateKey] = [await exportJWK(pair.publicKey), await exportJWK(pair.privateKey)]
  })

  it('with a key that can check signatures is well', () => {
    expect(saw(JSON.stringify({ keys: [{ ...publicKey, kid: 'a', use: 'sig' }] }))).toEqual(['jwks'])
    expect(saw(JSON.stringify(publicKey))).toEqual(['jwks'])
  })

  it('that is empty, for encryption only, or none at all is not', () => {
    expect(saw('{"keys":[]}')).toEqual(['jwks', '✗ OIDC_JWKS'])
    expect(saw(JSON.stringify({ keys: [{ ...publicKey, use: 'enc' }] }))).toEqual(['jwks', '✗ OIDC_JWKS'])
    expect(saw('{"keys":[1]}')).toEqual(['jwks', '✗ OIDC_JWKS'])
  })

  it('that gives a secret away is named, and the secret is not repeated', () => {
    const seen = inspect(JSON.stringify({ keys: [{ ...privateKey, kid: 'a' }] }))
    expect(verdict(seen)).toEqual(['jwks', '✗ OIDC_JWKS'])
    expect(JSON.stringify(seen)).not.toContain((privateKey as { d: string }).d)
  })

  it('with one key ID for two keys is doubtful', () => {
    const keys = [publicKey, publicKey].map((key) => ({ ...key, kid: 'same' }))
    expect(saw(JSON.stringify({ keys }))).toEqual(['jwks', '! OIDC_JWKS'])
  })
})

describe('an address', () => {
  const back = 'http://127.0.0.1:49200/callback'

  it.each<[string, string, string[]]>([
    ['an answer', `${back}?code=SplxlOBeZQQYbYS6WxSbIA&state=af0&iss=${issuer}`, ['callback']],
    ['a refusal', `${back}?error=access_denied&state=a`, ['callback', '✗ OIDC_PROVIDER_ERROR']],
    ['a refused scope', `${back}?error=invalid_scope&state=a`, ['callback', '✗ OIDC_SCOPE_UNSUPPORTED']],
    [
      'a refusal with a number',
      `${back}?error=invalid_request&error_description=AADSTS50011%3A+no&state=a`,
      ['callback', '✗ OIDC_REDIRECT_MISMATCH'],
    ],
    ['an answer without a state', `${back}?code=abc`, ['callback', '✗ OIDC_CALLBACK_REJECTED']],
    ['an answer twice', `${back}?code=a&code=b&state=s`, ['callback', '✗ OIDC_CALLBACK_REJECTED']],
    ['an answer of nothing', `${back}?state=s`, ['callback', '✗ OIDC_CALLBACK_REJECTED']],
    [
      'another’s answer',
      `${back}?code=a&state=s&iss=https://evil.example`,
      ['callback', '✗ OIDC_CALLBACK_ISSUER'],
    ],
    ['an answer behind #', `${back}#id_token=a.b.c&state=s`, ['callback', '✗ OIDC_CALLBACK_REJECTED']],
    [
      'an answer elsewhere',
      'https://app.example.org/cb?code=a&state=s',
      ['callback', '! OIDC_REDIRECT_MISMATCH'],
    ],
    [
      'the place of a description',
      `${issuer}/.well-known/openid-configuration`,
      ['address', '! OIDC_ISSUER_MISMATCH'],
    ],
    ['an issuer', issuer, ['address']],
  ])('that is %s', (_name, text, expected) => expect(saw(text)).toEqual(expected))

  it('says neither code nor state again', () => {
    const seen = JSON.stringify(inspect(`${back}?code=SplxlOBeZQQYbYS6WxSbIA&state=MySecretState`))
    expect(seen).not.toContain('SplxlOBeZQQYbYS6WxSbIA')
    expect(seen).not.toContain('MySecretState')
  })

  const query = (change: Readonly<Record<string, string | undefined>> = {}) => {
    const all: Readonly<Record<string, string | undefined>> = {
      ...{ response_type: 'code', client_id: 'desk', redirect_uri: back, scope: 'openid email' },
      ...{ state: 's', nonce: 'n', code_challenge: 'c', code_challenge_method: 'S256' },
      ...change,
    }
    const kept = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
    return `${issuer}/protocol/openid-connect/auth?${new URLSearchParams(Object.fromEntries(kept) as Record<string, string>).toString()}`
  }

  it.each<[string, Readonly<Record<string, string | undefined>>, string[]]>([
    ['sound', {}, []],
    ['for another client', { client_id: 'web' }, ['! OIDC_CLIENT_REJECTED']],
    ['back to elsewhere', { redirect_uri: 'https://app.example.org/cb' }, ['! OIDC_REDIRECT_MISMATCH']],
    ['without openid', { scope: 'email' }, ['✗ OIDC_CONFIG_INVALID']],
    ['for a token at once', { response_type: 'id_token token' }, ['! OIDC_CONFIG_INVALID']],
    ['without PKCE', { code_challenge_method: 'plain' }, ['! OIDC_PKCE_UNSUPPORTED']],
    ['without a nonce', { nonce: undefined }, ['! OIDC_NONCE']],
    ['without a state', { state: undefined }, ['✗ OIDC_STATE_UNKNOWN']],
  ])('of a request that is %s', (_name, change, expected) =>
    expect(saw(query(change))).toEqual(['request', ...expected]),
  )
})

describe('an answer or an error', () => {
  it('of a token endpoint names what came, and repeats no token', () => {
    const refreshToken = 'refresh-0123456789abcdef'
    const answer = { access_token: 'access-0123456789', refresh_token: refreshToken, id_token: token(person) }
    const seen = inspect(JSON.stringify({ ...answer, token_type: 'Bearer', expires_in: 300 }))
    expect(verdict(seen)).toEqual(['token-answer'])
    expect(JSON.stringify(seen)).not.toContain(refreshToken)
    expect(JSON.stringify(seen)).not.toContain('access-0123456789')
    expect(saw('{"access_token":"x","token_type":"Bearer"}')).toEqual([
      'token-answer',
      '✗ OIDC_ID_TOKEN_MALFORMED',
    ])
  })

  it.each<[string, string]>([
    ['{"error":"invalid_client","error_description":"Bad client"}', '✗ OIDC_CLIENT_REJECTED'],
    ['{"error":"invalid_grant"}', '✗ OIDC_TOKEN_EXCHANGE'],
    ['{"error":"invalid_grant","error_description":"Session not active"}', '✗ OIDC_SESSION_REVOKED'],
    ['{"error":"invalid_client","error_description":"AADSTS7000222: expired"}', '✗ OIDC_CLIENT_REJECTED'],
    ['AADSTS90002: Tenant not found.', '✗ OIDC_DISCOVERY_NOT_FOUND'],
    ['Invalid parameter: redirect_uri', '✗ OIDC_REDIRECT_MISMATCH'],
    ['Login failed: error=access_denied', '✗ OIDC_PROVIDER_ERROR'],
    ['oauth2: "invalid_scope" "scope not allowed"', '✗ OIDC_SCOPE_UNSUPPORTED'],
  ])('%s', (text, expected) => expect(saw(text)).toEqual(['error', expected]))

  it('of a known product is answered with where to click', () => {
    const [finding] = inspect('AADSTS50011: The redirect URI does not match').findings
    expect(finding?.next).toContain('Entra admin center')
    expect(finding?.message).toContain('Microsoft Entra ID')
  })

  it('with claims only is read as a person', () => {
    expect(saw(JSON.stringify({ sub: 'u1', email: 'ada@example.org', email_verified: 'true' }))).toEqual([
      'claims',
    ])
    expect(saw(JSON.stringify({ sub: 'u1' }))).toEqual(['claims', '! OIDC_NO_EMAIL', '✗ OIDC_NO_EMAIL'])
  })
})

describe('what is none of this', () => {
  it.each([
    'hello there',
    '{"a":1}',
    '{',
    '[1]',
    'ftp://x',
    '\u0000',
    'a.b.c',
    '...',
    'http://[',
    'x'.repeat(100_000),
  ])('“%.20s” is said to be unknown, without an error', (text) => {
    const seen = inspect(text)
    expect([seen.kind, seen.ok, seen.findings[0]?.code]).toEqual(['unknown', false, null])
  })
})
