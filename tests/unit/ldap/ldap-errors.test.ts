import { InvalidCredentialsError, NoSuchObjectError, UnknownStatusCodeError } from 'ldapts'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import { noEvidence, toLdapError, toSocketError } from '../../../src-main/core/ldap/ldap-errors'
import { printable } from '../../../src-main/core/ldap/printable'

const socketError = (code: string) => Object.assign(new Error('secret words of the system'), { code })

describe('ldapts', () => {
  test('results keep their number and the server’s words, without what ldapts adds', () => {
    const error = toLdapError(new InvalidCredentialsError('Invalid DN\u0000'), 'bind', noEvidence)
    expect(error).toMatchObject({
      code: 'LDAP_BIND_CREDENTIALS',
      details: { resultCode: 49, diagnostic: 'Invalid DN' },
    })
    expect(toLdapError(new NoSuchObjectError(''), 'search', noEvidence).details).toEqual({ resultCode: 32 })
  })

  test('a referral is one, although ldapts does not know it', () => {
    expect(toLdapError(new UnknownStatusCodeError(10), 'search', noEvidence).code).toBe('LDAP_REFERRAL')
  })

  test.each([
    ['SearchRequest: Operation timed out', 'LDAP_CONNECT_TIMEOUT'],
    ['Connection timeout', 'LDAP_CONNECT_TIMEOUT'],
    ['Connection closed before message response was received.', 'LDAP_DROPPED'],
    ['Socket connection not established', 'LDAP_DROPPED'],
    ['Expected 0x4: got 0x2', 'LDAP_PROTOCOL'],
  ])('the sentence %j is %s', (message, code) => {
    expect(toLdapError(new Error(message), 'search', noEvidence).code).toBe(code)
  })

  test('what the connection saw comes before the sentence, and our own end before both', () => {
    const lost = new Error('Connection closed before message response was received.')
    const reset = { ...noEvidence, socketError: socketError('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED') }
    expect(toLdapError(lost, 'search', reset).code).toBe('LDAP_TLS_CLIENT_CERTIFICATE')
    const ended = { ...reset, ended: new AppError('CANCELLED') }
    expect(toLdapError(lost, 'search', ended).code).toBe('CANCELLED')
    const own = new AppError('LDAP_NOT_LDAP')
    expect(toLdapError(own, 'search', ended)).toBe(own)
  })
})

test.each([
  ['ENOTFOUND', 'LDAP_DNS_NOT_FOUND'],
  ['EAI_AGAIN', 'LDAP_DNS_NOT_FOUND'],
  ['ECONNREFUSED', 'LDAP_CONNECT_REFUSED'],
  ['ETIMEDOUT', 'LDAP_CONNECT_TIMEOUT'],
  ['EHOSTUNREACH', 'LDAP_UNREACHABLE'],
  ['ENETUNREACH', 'LDAP_UNREACHABLE'],
  ['ECONNRESET', 'LDAP_DROPPED'],
  ['EPIPE', 'LDAP_DROPPED'],
  ['CERT_HAS_EXPIRED', 'LDAP_TLS_EXPIRED'],
  ['EWHATEVER', 'LDAP_DROPPED'],
])('the socket’s %s is %s', (reason, code) => {
  const error = toSocketError(socketError(reason))
  expect(error).toMatchObject({ code, details: { reason } })
  expect(JSON.stringify(error.details)).not.toContain('secret')
})

test('a server’s words are made fit to show', () => {
  expect(printable('a\r\n\u001b[31mb\u0000  c\u009f')).toBe('a [31mb c')
  expect(printable('x'.repeat(1000)).length).toBe(300)
})
