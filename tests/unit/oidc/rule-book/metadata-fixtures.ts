import type { Product } from '../../../../src-main/core/oidc/rule-book/products'

type Metadata = Readonly<Record<string, unknown>>

const at = (base: string, paths: Readonly<Record<string, string>>, more: Metadata = {}): Metadata => ({
  ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, base + path])),
  ...more,
})

const keycloak = (base: string) =>
  at(`${base}/realms/staff`, {
    issuer: '',
    authorization_endpoint: '/protocol/openid-connect/auth',
    token_endpoint: '/protocol/openid-connect/token',
    jwks_uri: '/protocol/openid-connect/certs',
    userinfo_endpoint: '/protocol/openid-connect/userinfo',
    end_session_endpoint: '/protocol/openid-connect/logout',
  })
const okta = (base: string, server: string) =>
  at(base, {
    issuer: server,
    authorization_endpoint: `${server || '/oauth2'}/v1/authorize`,
    token_endpoint: `${server || '/oauth2'}/v1/token`,
    jwks_uri: `${server || '/oauth2'}/v1/keys`,
    userinfo_endpoint: `${server || '/oauth2'}/v1/userinfo`,
  })
const entra = (tenant: string, issuer: string) =>
  at(
    `https://login.microsoftonline.com/${tenant}`,
    {
      authorization_endpoint: '/oauth2/v2.0/authorize',
      token_endpoint: '/oauth2/v2.0/token',
      jwks_uri: '/discovery/v2.0/keys',
    },
    { issuer, userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo', tenant_region_scope: 'EU' },
  )
const auth0 = (base: string) =>
  at(base, {
    issuer: '/',
    authorization_endpoint: '/authorize',
    token_endpoint: '/oauth/token',
    mfa_challenge_endpoint: '/mfa/challenge',
    jwks_uri: '/.well-known/jwks.json',
    userinfo_endpoint: '/userinfo',
  })

/** Discovery documents in the shapes that each product has, at its own host and at one that says nothing. */
export const productMetadata: Readonly<Record<Product, readonly Metadata[]>> = {
  entra: [
    entra('0f0e', 'https://login.microsoftonline.com/0f0e/v2.0'),
    entra('common', 'https://login.microsoftonline.com/{tenantid}/v2.0'),
  ],
  keycloak: [keycloak('https://id.example.org'), keycloak('https://id.example.org/auth')],
  okta: [okta('https://example.okta.com', ''), okta('https://id.example.org', '/oauth2/default')],
  authentik: [
    at('https://auth.example.org/application/o', {
      issuer: '/desk/',
      authorization_endpoint: '/authorize/',
      token_endpoint: '/token/',
      jwks_uri: '/desk/jwks/',
      userinfo_endpoint: '/userinfo/',
      end_session_endpoint: '/desk/end-session/',
    }),
  ],
  google: [
    {
      issuer: 'https://accounts.google.com',
      authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_endpoint: 'https://oauth2.googleapis.com/token',
      jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
      userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
    },
  ],
  auth0: [auth0('https://example.eu.auth0.com'), auth0('https://login.example.org')],
  authelia: [
    at('https://auth.example.org', {
      issuer: '',
      authorization_endpoint: '/api/oidc/authorization',
      token_endpoint: '/api/oidc/token',
      jwks_uri: '/jwks.json',
      userinfo_endpoint: '/api/oidc/userinfo',
    }),
  ],
  adfs: [
    at('https://fs.example.org/adfs', {
      issuer: '',
      authorization_endpoint: '/oauth2/authorize/',
      token_endpoint: '/oauth2/token/',
      jwks_uri: '/discovery/keys',
      userinfo_endpoint: '/userinfo',
      end_session_endpoint: '/oauth2/logout',
    }),
  ],
  pocketid: [
    at('https://pocket.example.org', {
      issuer: '',
      authorization_endpoint: '/authorize',
      token_endpoint: '/api/oidc/token',
      jwks_uri: '/.well-known/jwks.json',
      userinfo_endpoint: '/api/oidc/userinfo',
      end_session_endpoint: '/api/oidc/end-session',
    }),
  ],
  zitadel: [
    at('https://example.zitadel.cloud', {
      issuer: '',
      authorization_endpoint: '/oauth/v2/authorize',
      token_endpoint: '/oauth/v2/token',
      jwks_uri: '/oauth/v2/keys',
      userinfo_endpoint: '/oidc/v1/userinfo',
      end_session_endpoint: '/oidc/v1/end_session',
    }),
  ],
}

/** Providers that none of the rules knows. */
export const otherMetadata: readonly Metadata[] = [
  at('https://op.example.org', {
    issuer: '',
    authorization_endpoint: '/auth',
    token_endpoint: '/token',
    jwks_uri: '/jwks',
    userinfo_endpoint: '/me',
  }),
  at('https://dex.example.org/dex', {
    issuer: '',
    authorization_endpoint: '/auth',
    token_endpoint: '/token',
    jwks_uri: '/keys',
    userinfo_endpoint: '/userinfo',
  }),
  { issuer: 'https://op.example.org' },
  {},
]
