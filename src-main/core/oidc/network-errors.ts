import type { OidcCode } from '../../contract/errors'

/** Node's, undici's and OpenSSL's codes (BoringSSL has the same codes with other texts). */
const codes: Readonly<Record<string, OidcCode>> = {
  ENOTFOUND: 'OIDC_DNS_NOT_FOUND',
  EAI_AGAIN: 'OIDC_DNS_NOT_FOUND',
  EAI_NODATA: 'OIDC_DNS_NOT_FOUND',
  EAI_NONAME: 'OIDC_DNS_NOT_FOUND',
  ECONNREFUSED: 'OIDC_CONNECT_REFUSED',
  ECONNRESET: 'OIDC_UNREACHABLE',
  EPIPE: 'OIDC_UNREACHABLE',
  EHOSTUNREACH: 'OIDC_UNREACHABLE',
  EHOSTDOWN: 'OIDC_UNREACHABLE',
  ENETUNREACH: 'OIDC_UNREACHABLE',
  EADDRNOTAVAIL: 'OIDC_UNREACHABLE',
  UND_ERR_SOCKET: 'OIDC_UNREACHABLE',
  UND_ERR_CLOSED: 'OIDC_UNREACHABLE',
  ETIMEDOUT: 'OIDC_TIMEOUT',
  UND_ERR_CONNECT_TIMEOUT: 'OIDC_TIMEOUT',
  UND_ERR_HEADERS_TIMEOUT: 'OIDC_TIMEOUT',
  UND_ERR_BODY_TIMEOUT: 'OIDC_TIMEOUT',
  OAUTH_TIMEOUT: 'OIDC_TIMEOUT',
  OAUTH_ABORT: 'OIDC_CANCELLED',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'OIDC_TLS_SELF_SIGNED',
  SELF_SIGNED_CERT_IN_CHAIN: 'OIDC_TLS_UNTRUSTED_CA',
  UNABLE_TO_GET_ISSUER_CERT: 'OIDC_TLS_UNTRUSTED_CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'OIDC_TLS_UNTRUSTED_CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'OIDC_TLS_UNTRUSTED_CA',
  CERT_SIGNATURE_FAILURE: 'OIDC_TLS_UNTRUSTED_CA',
  CERT_UNTRUSTED: 'OIDC_TLS_UNTRUSTED_CA',
  CERT_REJECTED: 'OIDC_TLS_UNTRUSTED_CA',
  CERT_REVOKED: 'OIDC_TLS_UNTRUSTED_CA',
  INVALID_CA: 'OIDC_TLS_UNTRUSTED_CA',
  INVALID_PURPOSE: 'OIDC_TLS_UNTRUSTED_CA',
  CERT_HAS_EXPIRED: 'OIDC_TLS_EXPIRED',
  CERT_NOT_YET_VALID: 'OIDC_TLS_NOT_YET_VALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'OIDC_TLS_HOSTNAME',
  HOSTNAME_MISMATCH: 'OIDC_TLS_HOSTNAME',
  EPROTO: 'OIDC_TLS_VERSION',
  ERR_SSL_WRONG_VERSION_NUMBER: 'OIDC_TLS_VERSION',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'OIDC_TLS_VERSION',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'OIDC_TLS_VERSION',
  ERR_SSL_HTTP_REQUEST: 'OIDC_TLS_VERSION',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'OIDC_TLS_VERSION',
  ERR_SSL_NO_SHARED_CIPHER: 'OIDC_TLS_WEAK',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'OIDC_TLS_WEAK',
  ERR_SSL_SSL_TLS_ALERT_HANDSHAKE_FAILURE: 'OIDC_TLS_WEAK',
  ERR_SSL_DH_KEY_TOO_SMALL: 'OIDC_TLS_WEAK',
  ERR_SSL_EE_KEY_TOO_SMALL: 'OIDC_TLS_WEAK',
  ERR_SSL_WRONG_SIGNATURE_TYPE: 'OIDC_TLS_WEAK',
  EE_KEY_TOO_SMALL: 'OIDC_TLS_WEAK',
  CA_KEY_TOO_SMALL: 'OIDC_TLS_WEAK',
  CA_MD_TOO_WEAK: 'OIDC_TLS_WEAK',
}

/** The code of one error of a socket, a look-up, a handshake or an abort; null where it is none of these. */
export function networkCode(error: unknown): OidcCode | null {
  if (typeof error !== 'object' || error === null) return null
  const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown }
  if (name === 'TimeoutError') return 'OIDC_TIMEOUT'
  if (typeof code === 'string' && Object.hasOwn(codes, code)) return codes[code] ?? null
  if (code === 'UNSPECIFIED' && typeof message === 'string' && /too (weak|small)/.test(message))
    return 'OIDC_TLS_WEAK'
  if (code === 'UND_ERR_ABORTED' && typeof message === 'string' && message.startsWith('Proxy'))
    return 'OIDC_PROXY'
  return name === 'AbortError' ? 'OIDC_CANCELLED' : null
}

/** The code of a verdict that Node gives as a word (`socket.authorizationError`). */
export function certificateCode(verdict: string): OidcCode {
  return codes[verdict] ?? 'OIDC_TLS_UNTRUSTED_CA'
}
