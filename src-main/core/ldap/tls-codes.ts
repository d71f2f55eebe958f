import type { LdapCode } from '../../contract/errors'

/** Verdicts about the server's certificate, by the `code` that OpenSSL and BoringSSL share. */
const verdicts: Readonly<Record<string, LdapCode>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'LDAP_TLS_SELF_SIGNED',
  SELF_SIGNED_CERT_IN_CHAIN: 'LDAP_TLS_UNTRUSTED_CA',
  UNABLE_TO_GET_ISSUER_CERT: 'LDAP_TLS_UNTRUSTED_CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'LDAP_TLS_UNTRUSTED_CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'LDAP_TLS_UNTRUSTED_CA',
  CERT_UNTRUSTED: 'LDAP_TLS_UNTRUSTED_CA',
  CERT_REJECTED: 'LDAP_TLS_UNTRUSTED_CA',
  CERT_REVOKED: 'LDAP_TLS_UNTRUSTED_CA',
  INVALID_CA: 'LDAP_TLS_UNTRUSTED_CA',
  INVALID_PURPOSE: 'LDAP_TLS_UNTRUSTED_CA',
  PATH_LENGTH_EXCEEDED: 'LDAP_TLS_UNTRUSTED_CA',
  CERT_CHAIN_TOO_LONG: 'LDAP_TLS_UNTRUSTED_CA',
  CERT_SIGNATURE_FAILURE: 'LDAP_TLS_UNTRUSTED_CA',
  CERT_HAS_EXPIRED: 'LDAP_TLS_EXPIRED',
  CERT_NOT_YET_VALID: 'LDAP_TLS_NOT_YET_VALID',
  HOSTNAME_MISMATCH: 'LDAP_TLS_HOSTNAME',
  ERR_TLS_CERT_ALTNAME_INVALID: 'LDAP_TLS_HOSTNAME',
  ERR_TLS_CERT_ALTNAME_FORMAT: 'LDAP_TLS_HOSTNAME',
}

/** Failures of the handshake itself. A version or a cipher that one side lacks ends as an alert of the other. */
const handshake: readonly (readonly [RegExp, LdapCode])[] = [
  [/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|NO_PROTOCOLS_AVAILABLE/, 'LDAP_TLS_VERSION'],
  [
    /CERTIFICATE_REQUIRED|PEER_DID_NOT_RETURN|ALERT_BAD_CERTIFICATE|ALERT_CERTIFICATE/,
    'LDAP_TLS_CLIENT_CERTIFICATE',
  ],
  [/TOO_SMALL|TOO_WEAK|MD_TOO|INSUFFICIENT_SECURITY|NO_SHARED|NO_CIPHERS|HANDSHAKE_FAILURE/, 'LDAP_TLS_WEAK'],
]

/** The code of a TLS failure, or null where the bytes were none that TLS would send. */
export function codeOfTls(code: string): LdapCode | null {
  return verdicts[code] ?? handshake.find(([pattern]) => pattern.test(code))?.[1] ?? null
}

/** What is known of a certificate whose issuer was not found. */
export interface UnknownIssuer {
  readonly verdict: string
  readonly sentCertificates: number
  readonly issuer: { readonly name: string; readonly organisation: string }
  readonly issuerAddress: 'named' | 'absent'
  /** Organisations of the authorities that the settings trust. */
  readonly trustedOrganisations: readonly string[]
}

/**
 * A server that leaves out its intermediate and one of an unknown authority look alike to the verification: only the
 * server's own certificate came. An address to fetch the issuer from, an issuer that calls itself subordinate, or one
 * of the very organisation that is trusted speaks for the missing intermediate.
 */
export function missesIntermediate(what: UnknownIssuer): boolean {
  const alone = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'].includes(
    what.verdict,
  )
  if (!alone || what.sentCertificates !== 1) return false
  const { name, organisation } = what.issuer
  return (
    what.issuerAddress === 'named' ||
    /\b(?:intermediate|issuing|subordinate|sub[ -]?ca)\b/i.test(name) ||
    (organisation !== '' && what.trustedOrganisations.includes(organisation))
  )
}
