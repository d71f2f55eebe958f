import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkExtraClaims, inspectIdToken, inspectTokenAnswer } from '../../../src-main/core/oidc/id-token'
import { parseJwks, signingKeys } from '../../../src-main/core/oidc/jwks'
import { createOidcStates } from '../../../src-main/core/oidc/oidc-states'

const withHeader = (header: unknown): string =>
  `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.c2ln`
const coded = (code: string) => expect.objectContaining({ code }) as unknown

describe('the form of an ID token', () => {
  test.each(['RS256', 'PS384', 'ES512', 'EdDSA'])('%s is accepted', (alg) => {
    expect(() => inspectIdToken(withHeader({ alg }))).not.toThrow()
  })
  test.each(['HS256', 'none', 'None', 'nOnE', 'HS512', 'dir', ''])('“%s” is not', (alg) => {
    expect(() => inspectIdToken(withHeader({ alg }))).toThrow(coded('OIDC_ID_TOKEN_ALGORITHM'))
  })
  test('encryption is seen by five parts or by its header', () => {
    expect(() => inspectIdToken('a.b.c.d.e')).toThrow(coded('OIDC_ID_TOKEN_ENCRYPTED'))
    expect(() => inspectIdToken(withHeader({ alg: 'RSA-OAEP', enc: 'A256GCM' }))).toThrow(
      coded('OIDC_ID_TOKEN_ENCRYPTED'),
    )
  })
  test('whatever is no token is malformed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(text.split('.').length !== 5)
        expect(() => inspectIdToken(text)).toThrow(coded('OIDC_ID_TOKEN_MALFORMED'))
      }),
    )
    expect(() => inspectTokenAnswer('{"access_token":"a"}')).toThrow(coded('OIDC_ID_TOKEN_MALFORMED'))
    expect(() => inspectTokenAnswer('<html>')).toThrow(coded('OIDC_TOKEN_EXCHANGE'))
  })
})

test('authorised party and time of issue', () => {
  const now = new Date(1_000_000_000_000)
  const iat = 1_000_000_000
  expect(() => checkExtraClaims({ iat, azp: 'desk' }, 'desk', now)).not.toThrow()
  expect(() => checkExtraClaims({ iat: iat + 300 }, 'desk', now)).not.toThrow()
  expect(() => checkExtraClaims({ iat: iat + 301 }, 'desk', now)).toThrow(
    coded('OIDC_ID_TOKEN_NOT_YET_VALID'),
  )
  expect(() => checkExtraClaims({ iat, azp: 'other' }, 'desk', now)).toThrow(coded('OIDC_ID_TOKEN_AUDIENCE'))
  expect(() => checkExtraClaims({ iat: 'soon' }, 'desk', now)).toThrow(coded('OIDC_ID_TOKEN_MALFORMED'))
})

test('keys', () => {
  const keys = [
    { kty: 'RSA', use: 'enc' },
    { kty: 'EC', crv: 'P-256' },
    { kty: 'oct' },
    { kty: 'RSA', alg: 'RSA-OAEP' },
  ]
  expect(signingKeys(parseJwks(200, JSON.stringify({ keys })))).toEqual([{ kty: 'EC', crv: 'P-256' }])
  for (const [status, body] of [
    [404, ''],
    [200, 'x'],
    [200, '{}'],
    [200, '{"keys":[1]}'],
  ] as const) {
    expect(() => parseJwks(status, body)).toThrow(coded('OIDC_JWKS'))
  }
})

describe('states', () => {
  test('each is for one use, for ten minutes, for the sign-in it was made for', () => {
    let time = 0
    const states = createOidcStates({ now: () => new Date(time) })
    const [first, second, third] = [states.issue(), states.issue(), states.issue()]
    expect(new Set([first, second, third]).size).toBe(3)
    expect(() => states.consume('made-up', first)).toThrow(coded('OIDC_STATE_UNKNOWN'))
    expect(() => states.consume(second, first)).toThrow(coded('OIDC_STATE_UNKNOWN'))
    states.consume(first, first)
    expect(() => states.consume(first, first)).toThrow(coded('OIDC_STATE_USED'))
    states.consume(second, second)
    time = 10 * 60 * 1000 + 1
    expect(() => states.consume(third, third)).toThrow(coded('OIDC_STATE_EXPIRED'))
    time *= 3
    states.issue()
    expect(() => states.consume(third, third)).toThrow(coded('OIDC_STATE_UNKNOWN'))
  })
})
