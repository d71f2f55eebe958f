import { describe, expect, test } from 'vitest'
import { codeOfTls, missesIntermediate, type UnknownIssuer } from '../../../src-main/core/ldap/tls-codes'

test.each([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'LDAP_TLS_SELF_SIGNED'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'LDAP_TLS_UNTRUSTED_CA'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'LDAP_TLS_UNTRUSTED_CA'],
  ['CERT_HAS_EXPIRED', 'LDAP_TLS_EXPIRED'],
  ['CERT_NOT_YET_VALID', 'LDAP_TLS_NOT_YET_VALID'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'LDAP_TLS_HOSTNAME'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'LDAP_TLS_VERSION'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'LDAP_TLS_VERSION'],
  ['ERR_SSL_EE_KEY_TOO_SMALL', 'LDAP_TLS_WEAK'],
  ['ERR_SSL_DH_KEY_TOO_SMALL', 'LDAP_TLS_WEAK'],
  ['ERR_SSL_CA_MD_TOO_WEAK', 'LDAP_TLS_WEAK'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'LDAP_TLS_WEAK'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'LDAP_TLS_CLIENT_CERTIFICATE'],
  ['ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED', 'LDAP_TLS_CLIENT_CERTIFICATE'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', null],
  ['ECONNRESET', null],
  ['', null],
])('%s is %s', (code, expected) => {
  expect(codeOfTls(code)).toBe(expected)
})

describe('an issuer that was not found', () => {
  const alone: UnknownIssuer = {
    verdict: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    sentCertificates: 1,
    issuer: { name: 'Example CA', organisation: 'Example' },
    issuerAddress: 'absent',
    trustedOrganisations: [],
  }
  test('is a missing intermediate where something speaks for one', () => {
    expect(missesIntermediate({ ...alone, issuerAddress: 'named' })).toBe(true)
    expect(missesIntermediate({ ...alone, trustedOrganisations: ['Example'] })).toBe(true)
    expect(missesIntermediate({ ...alone, issuer: { name: 'Example Issuing CA 2', organisation: '' } })).toBe(
      true,
    )
  })
  test('is else an unknown authority', () => {
    expect(missesIntermediate(alone)).toBe(false)
    expect(missesIntermediate({ ...alone, sentCertificates: 2, issuerAddress: 'named' })).toBe(false)
    expect(missesIntermediate({ ...alone, verdict: 'CERT_HAS_EXPIRED', issuerAddress: 'named' })).toBe(false)
    const nameless = { ...alone, issuer: { name: '', organisation: '' }, trustedOrganisations: [''] }
    expect(missesIntermediate(nameless)).toBe(false)
  })
})
