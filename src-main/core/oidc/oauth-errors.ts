import type { OidcCode } from '../../contract/errors'

/** RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core §3.1.2.6: the errors that say more than "refused". */
const codes: Readonly<Record<string, OidcCode>> = {
  invalid_client: 'OIDC_CLIENT_REJECTED',
  unauthorized_client: 'OIDC_CLIENT_REJECTED',
  invalid_scope: 'OIDC_SCOPE_UNSUPPORTED',
  invalid_redirect_uri: 'OIDC_REDIRECT_MISMATCH',
  temporarily_unavailable: 'OIDC_UNAVAILABLE',
  server_error: 'OIDC_UNAVAILABLE',
}

/** The code of an OAuth error; null where it says no more than that something was refused. */
export function codeOfOauthError(error: string): OidcCode | null {
  return Object.hasOwn(codes, error) ? (codes[error] ?? null) : null
}
