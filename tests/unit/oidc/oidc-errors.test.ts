import { describe, expect, test } from 'vitest'
import { AppError, type Code } from '../../../src-main/contract/errors'
import { isOidcOutage, translateOidcError } from '../../../src-main/core/oidc/oidc-errors'

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code })
const fetchFailed = (cause: unknown): Error => new TypeError('fetch failed', { cause })

describe('what Node and undici throw', () => {
  const cases: readonly [string, Code][] = [
    ['ENOTFOUND', 'OIDC_DNS_NOT_FOUND'],
    ['EAI_AGAIN', 'OIDC_DNS_NOT_FOUND'],
    ['ECONNREFUSED', 'OIDC_CONNECT_REFUSED'],
    ['ECONNRESET', 'OIDC_UNREACHABLE'],
    ['EHOSTUNREACH', 'OIDC_UNREACHABLE'],
    ['UND_ERR_SOCKET', 'OIDC_UNREACHABLE'],
    ['UND_ERR_CONNECT_TIMEOUT', 'OIDC_TIMEOUT'],
    ['UND_ERR_HEADERS_TIMEOUT', 'OIDC_TIMEOUT'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'OIDC_TLS_SELF_SIGNED'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'OIDC_TLS_UNTRUSTED_CA'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'OIDC_TLS_UNTRUSTED_CA'],
    ['CERT_HAS_EXPIRED', 'OIDC_TLS_EXPIRED'],
    ['CERT_NOT_YET_VALID', 'OIDC_TLS_NOT_YET_VALID'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'OIDC_TLS_HOSTNAME'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'OIDC_TLS_VERSION'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'OIDC_TLS_WEAK'],
  ]
  test.each(cases)('%s → %s', (code, expected) => {
    expect(translateOidcError(fetchFailed(coded(code)), 'discovery').code).toBe(expected)
    expect(isOidcOutage(expected)).toBe(true)
  })

  test('several addresses, none of which answered', () => {
    const both = new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')])
    expect(translateOidcError(fetchFailed(both), 'discovery').code).toBe('OIDC_CONNECT_REFUSED')
  })

  test('a limit and a cancel', () => {
    expect(translateOidcError(new DOMException('late', 'TimeoutError'), 'token').code).toBe('OIDC_TIMEOUT')
    expect(translateOidcError(new DOMException('stop', 'AbortError'), 'token').code).toBe('OIDC_CANCELLED')
    expect(isOidcOutage('OIDC_CANCELLED')).toBe(false)
  })

  test('a proxy that says no, a key that is too short', () => {
    const proxy = coded('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling')
    expect(translateOidcError(fetchFailed(proxy), 'discovery').code).toBe('OIDC_PROXY')
    const weak = coded('UNSPECIFIED', 'EE certificate key too weak')
    expect(translateOidcError(fetchFailed(weak), 'discovery').code).toBe('OIDC_TLS_WEAK')
  })
})

test('an own error stays itself, however deep it is wrapped', () => {
  const own = new AppError('OIDC_ID_TOKEN_ENCRYPTED')
  expect(translateOidcError(new Error('something went wrong', { cause: fetchFailed(own) }), 'token')).toBe(
    own,
  )
})

test('what nobody knows becomes what was being done', () => {
  expect(translateOidcError(new Error('?'), 'discovery').code).toBe('OIDC_DISCOVERY_INVALID')
  expect(translateOidcError('?', 'callback').code).toBe('OIDC_CALLBACK_REJECTED')
  expect(translateOidcError(null, 'token').code).toBe('OIDC_TOKEN_EXCHANGE')
  expect(translateOidcError(undefined, 'userinfo').code).toBe('OIDC_USERINFO')
})

test('the cause that is logged has no bodies and no tokens', () => {
  const claims = { sub: 's', nonce: 'secret-nonce', id_token: 'eyJ.secret' }
  const library = Object.assign(
    new Error('unexpected claim', { cause: { claims, claim: 'nonce', expected: 'secret-nonce' } }),
    {
      code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
    },
  )
  const failure = translateOidcError(new Error('wrapped', { cause: library }), 'token')
  expect(failure.code).toBe('OIDC_NONCE')
  const seen = JSON.stringify([failure.details, failure.cause, (failure.cause as Error).message])
  expect(seen).toContain('OAUTH_JWT_CLAIM_COMPARISON_FAILED')
  expect(seen).not.toContain('secret')
  const syntax = new SyntaxError('Unexpected token in JSON: secret-token')
  expect((translateOidcError(syntax, 'token').cause as Error).message).not.toContain('secret')
})
