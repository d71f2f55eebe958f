import type { OidcCode } from '../../../contract/errors'
import { products, type Product } from './products'

/** A provider's own words, or its number, and the code that they stand for; `id` names the text in the catalogue. */
export interface MessageRule {
  readonly id: string
  readonly product: Product
  readonly pattern: RegExp
  readonly code: OidcCode
}

/** Microsoft's numbers stand for themselves, whatever language the text around them is in. */
const numbered = (number: string) => new RegExp(`\\b${number}\\b`, 'i')

/**
 * What providers say instead of, or beside, the words of RFC 6749. The first that fits is taken. Sources: Microsoft's
 * list of AADSTS error codes, AD FS event texts, and the message catalogues of the open products.
 */
const byProduct: Readonly<
  Record<Product, readonly (readonly [id: string, code: OidcCode, pattern: RegExp])[]>
> = {
  entra: [
    ['AADSTS50011', 'OIDC_REDIRECT_MISMATCH', numbered('AADSTS50011')],
    ['AADSTS700016', 'OIDC_CLIENT_REJECTED', numbered('AADSTS700016')],
    ['AADSTS7000215', 'OIDC_CLIENT_REJECTED', numbered('AADSTS7000215')],
    ['AADSTS7000218', 'OIDC_CLIENT_REJECTED', numbered('AADSTS7000218')],
    ['AADSTS7000222', 'OIDC_CLIENT_REJECTED', numbered('AADSTS7000222')],
    ['AADSTS7000229', 'OIDC_CLIENT_REJECTED', numbered('AADSTS7000229')],
    ['AADSTS650053', 'OIDC_SCOPE_UNSUPPORTED', numbered('AADSTS650053')],
    ['AADSTS70011', 'OIDC_SCOPE_UNSUPPORTED', numbered('AADSTS70011')],
    ['AADSTS90002', 'OIDC_DISCOVERY_NOT_FOUND', numbered('AADSTS90002')],
    ['AADSTS50194', 'OIDC_ISSUER_TEMPLATE', numbered('AADSTS50194')],
    ['AADSTS50020', 'OIDC_PROVIDER_ERROR', numbered('AADSTS50020')],
    ['AADSTS50034', 'OIDC_PROVIDER_ERROR', numbered('AADSTS50034')],
    ['AADSTS50057', 'OIDC_PROVIDER_ERROR', numbered('AADSTS50057')],
    ['AADSTS50105', 'OIDC_PROVIDER_ERROR', numbered('AADSTS50105')],
    ['AADSTS50126', 'OIDC_PROVIDER_ERROR', numbered('AADSTS50126')],
    ['AADSTS53003', 'OIDC_PROVIDER_ERROR', numbered('AADSTS53003')],
    ['AADSTS65001', 'OIDC_PROVIDER_ERROR', numbered('AADSTS65001')],
    ['AADSTS65004', 'OIDC_PROVIDER_ERROR', numbered('AADSTS65004')],
    ['AADSTS90094', 'OIDC_PROVIDER_ERROR', numbered('AADSTS90094')],
    ['AADSTS54005', 'OIDC_TOKEN_EXCHANGE', numbered('AADSTS54005')],
    ['AADSTS70000', 'OIDC_TOKEN_EXCHANGE', numbered('AADSTS70000')],
    ['AADSTS70008', 'OIDC_TOKEN_EXCHANGE', numbered('AADSTS70008')],
    ['AADSTS50173', 'OIDC_SESSION_REVOKED', numbered('AADSTS50173')],
    ['AADSTS700082', 'OIDC_SESSION_REVOKED', numbered('AADSTS700082')],
    ['AADSTS90033', 'OIDC_UNAVAILABLE', numbered('AADSTS90033')],
  ],
  adfs: [
    ['MSIS9223', 'OIDC_CLIENT_REJECTED', numbered('MSIS9223')],
    ['MSIS9224', 'OIDC_REDIRECT_MISMATCH', numbered('MSIS9224')],
    ['MSIS9622', 'OIDC_CLIENT_REJECTED', numbered('MSIS9622')],
    ['MSIS9205', 'OIDC_CLIENT_REJECTED', numbered('MSIS9205')],
  ],
  keycloak: [
    ['redirect', 'OIDC_REDIRECT_MISMATCH', /Invalid parameter: redirect_uri/i],
    ['pkce', 'OIDC_PKCE_UNSUPPORTED', /Missing parameter: code_challenge_method/i],
    ['scope', 'OIDC_SCOPE_UNSUPPORTED', /^\W*Invalid scopes?: /im],
    ['realm', 'OIDC_DISCOVERY_NOT_FOUND', /Realm does not exist/i],
    ['credentials', 'OIDC_CLIENT_REJECTED', /Invalid client or Invalid client credentials/i],
    ['bearerOnly', 'OIDC_CLIENT_REJECTED', /Bearer-only applications are not allowed/i],
    ['code', 'OIDC_TOKEN_EXCHANGE', /\bCode not valid\b/i],
    ['session', 'OIDC_SESSION_REVOKED', /\b(?:Session not active|Token is not active|Stale token)\b/i],
  ],
  okta: [
    [
      'redirect',
      'OIDC_REDIRECT_MISMATCH',
      /'redirect_uri' parameter must be (?:a|an absolute) .*redirect uri/i,
    ],
    ['assigned', 'OIDC_PROVIDER_ERROR', /User is not assigned to the client application/i],
    ['scope', 'OIDC_SCOPE_UNSUPPORTED', /scopes are not configured for the authorization server/i],
    ['policy', 'OIDC_PROVIDER_ERROR', /Policy evaluation failed for this request/i],
  ],
  auth0: [
    ['redirect', 'OIDC_REDIRECT_MISMATCH', /\bCallback URL mismatch\b/i],
    ['audience', 'OIDC_PROVIDER_ERROR', /\bService not found: /i],
  ],
  authentik: [
    ['redirect', 'OIDC_REDIRECT_MISMATCH', /mismatching redirection URI|Redirect URI Error/i],
    ['client', 'OIDC_CLIENT_REJECTED', /client identifier \(client_id\) is missing or invalid/i],
  ],
  authelia: [
    [
      'redirect',
      'OIDC_REDIRECT_MISMATCH',
      /'redirect_uri' parameter does not match any of the OAuth 2\.0 Client's pre-registered/i,
    ],
    [
      'method',
      'OIDC_CLIENT_REJECTED',
      /requested client authentication method|unsupported authentication method/i,
    ],
  ],
  google: [
    ['redirect', 'OIDC_REDIRECT_MISMATCH', /\bredirect_uri_mismatch\b/i],
    ['client', 'OIDC_CLIENT_REJECTED', /The OAuth client was (?:not found|deleted)/i],
    ['internal', 'OIDC_PROVIDER_ERROR', /\borg_internal\b|access_blocked/i],
  ],
  pocketid: [['redirect', 'OIDC_REDIRECT_MISMATCH', /Invalid callback URL/i]],
  zitadel: [
    ['redirect', 'OIDC_REDIRECT_MISMATCH', /requested redirect_uri is missing in the client configuration/i],
    ['client', 'OIDC_CLIENT_REJECTED', /Errors\.App\.NotFound|no active client found/i],
  ],
}

export const messageRules: readonly MessageRule[] = products.flatMap((product) =>
  byProduct[product].map(([id, code, pattern]) => ({ product, id, code, pattern })),
)
