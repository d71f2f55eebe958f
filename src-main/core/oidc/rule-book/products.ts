/** Grows with each change of what the rules say, so that a report can name the book it was made with. */
export const ruleBookVersion = '2026-11'

export const products = [
  'entra',
  'keycloak',
  'okta',
  'authentik',
  'google',
  'auth0',
  'authelia',
  'adfs',
  'pocketid',
  'zitadel',
] as const
export type Product = (typeof products)[number]

/** The parts of a discovery document that tell products apart. */
export type SignField =
  | 'issuer'
  | 'authorization_endpoint'
  | 'token_endpoint'
  | 'jwks_uri'
  | 'userinfo_endpoint'
  | 'mfa_challenge_endpoint'

export interface ProductRule {
  /** Each alternative is enough; within one, every field has to look like this. */
  readonly signs: readonly Readonly<Partial<Record<SignField, RegExp>>>[]
  /** An issuer alone that can be no other product's. */
  readonly issuer?: RegExp
}

/**
 * By what a provider's own metadata gives it away: the paths that a product has wherever it runs, or the host of a
 * service. Sources: each vendor's documentation of its discovery document.
 */
export const productRules: Readonly<Record<Product, ProductRule>> = {
  entra: {
    issuer:
      /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|sts\.windows\.net|[^/]+\.ciamlogin\.com|[^/]+\.b2clogin\.com)\//i,
    signs: [
      {
        authorization_endpoint:
          /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn)\//i,
      },
      { token_endpoint: /\.(?:ciamlogin|b2clogin)\.com\//i },
    ],
  },
  keycloak: {
    issuer: /\/realms\/[^/]+\/?$/,
    signs: [{ authorization_endpoint: /\/realms\/[^/]+\/protocol\/openid-connect\/auth$/ }],
  },
  okta: {
    issuer: /^https:\/\/[^/]+\.(?:okta|oktapreview|okta-emea)\.com(?:\/oauth2\/[^/]+)?\/?$/i,
    signs: [
      {
        authorization_endpoint: /\/oauth2(?:\/[^/]+)?\/v1\/authorize$/,
        jwks_uri: /\/oauth2(?:\/[^/]+)?\/v1\/keys$/,
      },
    ],
  },
  authentik: {
    issuer: /\/application\/o\/[^/]+\/?$/,
    signs: [{ authorization_endpoint: /\/application\/o\/authorize\/$/ }],
  },
  google: {
    issuer: /^https:\/\/accounts\.google\.com$/,
    signs: [{ issuer: /^https:\/\/accounts\.google\.com$/ }],
  },
  auth0: {
    issuer: /^https:\/\/[^/]+\.auth0\.com\/$/i,
    signs: [
      { issuer: /^https:\/\/[^/]+\.auth0\.com\/$/i },
      { mfa_challenge_endpoint: /\/mfa\/challenge$/, token_endpoint: /\/oauth\/token$/ },
    ],
  },
  authelia: {
    signs: [{ authorization_endpoint: /\/api\/oidc\/authorization$/, token_endpoint: /\/api\/oidc\/token$/ }],
  },
  adfs: {
    issuer: /\/adfs\/?$/,
    signs: [{ authorization_endpoint: /\/adfs\/oauth2\/authorize\/?$/ }],
  },
  pocketid: {
    signs: [{ authorization_endpoint: /[^/]\/authorize$/, token_endpoint: /\/api\/oidc\/token$/ }],
  },
  zitadel: {
    issuer: /^https:\/\/[^/]+\.zitadel\.cloud$/i,
    signs: [
      { authorization_endpoint: /\/oauth\/v2\/authorize$/, userinfo_endpoint: /\/oidc\/v1\/userinfo$/ },
    ],
  },
}
