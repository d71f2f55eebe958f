import { describe, expect, it } from 'vitest'
import { codes } from '../../../../src-main/contract/errors'
import { ruleBookTexts } from '../../../../src-main/contract/texts/en/rule-book'
import { createTexts } from '../../../../src-main/core/app/texts'
import { adviceFor, limitsOf, meaningOf, nameOf } from '../../../../src-main/core/oidc/rule-book/advice'
import { messageRules } from '../../../../src-main/core/oidc/rule-book/messages'
import { products, type Product } from '../../../../src-main/core/oidc/rule-book/products'
import { messageOf, productOf, productOfIssuer } from '../../../../src-main/core/oidc/rule-book/rule-book'
import { otherMetadata, productMetadata } from './metadata-fixtures'

const t = createTexts()

describe('a product is recognised by its metadata', () => {
  it.each(products)('%s as itself and as nothing else', (product) => {
    expect(productMetadata[product].map((metadata) => productOf(metadata))).toEqual(
      productMetadata[product].map(() => product),
    )
  })

  it('and an unknown one as none', () => {
    expect(otherMetadata.map((metadata) => productOf(metadata))).toEqual(otherMetadata.map(() => null))
  })

  it('or by its issuer, where that can be no other’s', () => {
    const seen = products.flatMap((product) =>
      productMetadata[product].map(({ issuer }) => [product, productOfIssuer(String(issuer))] as const),
    )
    expect(seen.filter(([product, found]) => found !== null && found !== product)).toEqual([])
    expect(new Set(seen.filter(([, found]) => found !== null).map(([product]) => product))).toEqual(
      new Set(['entra', 'keycloak', 'okta', 'authentik', 'google', 'auth0', 'adfs', 'zitadel']),
    )
    expect(
      otherMetadata.map(({ issuer }) => productOfIssuer(typeof issuer === 'string' ? issuer : '')),
    ).toEqual(otherMetadata.map(() => null))
  })
})

/** What each product says, in the wording that a person would paste. */
const said: Readonly<Record<string, readonly string[]>> = {
  'adfs MSIS9223': [
    "MSIS9223: Received invalid OAuth authorization request. The received 'client_id' is invalid.",
  ],
  'adfs MSIS9224': [
    "MSIS9224: The received 'redirect_uri' parameter is not a valid registered redirect URI.",
  ],
  'adfs MSIS9622': ['MSIS9622: Client authentication failed.'],
  'adfs MSIS9205': ['MSIS9205: The secret is wrong.'],
  'keycloak redirect': ['Invalid parameter: redirect_uri', 'We are sorry... Invalid parameter: redirect_uri'],
  'keycloak pkce': ['Missing parameter: code_challenge_method'],
  'keycloak scope': ['Invalid scopes: openid profile groups', 'Invalid scopes: openid nope'],
  'keycloak realm': ['{"error":"Realm does not exist"}'],
  'keycloak credentials': ['Invalid client or Invalid client credentials'],
  'keycloak bearerOnly': ['Bearer-only applications are not allowed to initiate browser login.'],
  'keycloak code': ['Code not valid'],
  'keycloak session': ['Session not active', 'Token is not active', 'Stale token'],
  'okta redirect': [
    "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings: https://example-admin.okta.com/admin/app/…",
  ],
  'okta assigned': ['User is not assigned to the client application.'],
  'okta scope': ['One or more scopes are not configured for the authorization server resource.'],
  'okta policy': ['Policy evaluation failed for this request, please check the policy configurations.'],
  'auth0 redirect': [
    'Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.',
  ],
  'auth0 audience': ['Service not found: https://api.example.org/'],
  'authentik redirect': [
    'The request fails due to a missing, invalid, or mismatching redirection URI (redirect_uri).',
    'Redirect URI Error',
  ],
  'authentik client': ['The client identifier (client_id) is missing or invalid.'],
  'authelia redirect': [
    "The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered 'redirect_uris'.",
  ],
  'authelia method': [
    'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
  ],
  'google redirect': ['Error 400: redirect_uri_mismatch'],
  'google client': ['The OAuth client was not found.', 'The OAuth client was deleted.'],
  'google internal': ['Error 403: org_internal', 'access_blocked'],
  'pocketid redirect': ['Invalid callback URL, it might be necessary for an admin to fix this'],
  'zitadel redirect': ['The requested redirect_uri is missing in the client configuration.'],
  'zitadel client': ['Errors.App.NotFound', 'no active client found'],
}

/** Microsoft's numbers come with a text around them, in the language of the browser. */
const wordings = ({ id, product }: { id: string; product: Product }): readonly string[] =>
  product === 'entra'
    ? [
        `${id}: Something went wrong. Trace ID: 8c1a Correlation ID: 5b`,
        `Erreur : ${id.toLowerCase()} – détails`,
      ]
    : (said[`${product} ${id}`] ?? [])

describe('a provider’s own words', () => {
  it.each(messageRules.map((rule) => [`${rule.product} ${rule.id}`, rule] as const))('%s', (_name, rule) => {
    expect(wordings(rule).length).toBeGreaterThan(0)
    for (const text of wordings(rule)) {
      const others = messageRules.filter((each) => each.pattern.test(text))
      expect(others.map(({ product, id }) => `${product} ${id}`)).toEqual([`${rule.product} ${rule.id}`])
      expect(messageOf(text)?.code).toBe(rule.code)
    }
    expect(meaningOf(t, rule)).toMatch(/^[^.].+\.$/)
  })

  it('are read by the rules of the product alone, where it is known', () => {
    expect(messageOf('Invalid callback URL', 'pocketid')?.id).toBe('redirect')
    expect(messageOf('Invalid callback URL', 'keycloak')).toBeNull()
  })

  it.each(['AADSTS5001', 'AADSTS500110', 'everything is well', 'redirect_uri', 'code not validated', ''])(
    'are not heard in “%s”',
    (text) => expect(messageOf(text)).toBeNull(),
  )

  it('have a text for each rule and no other', () => {
    const written = products.flatMap((product) =>
      Object.keys((ruleBookTexts.message as Partial<Record<Product, object>>)[product] ?? {}).map(
        (id) => `${product} ${id}`,
      ),
    )
    expect(written.toSorted()).toEqual(messageRules.map(({ product, id }) => `${product} ${id}`).toSorted())
  })
})

describe('where to click', () => {
  it.each(products)(
    'at %s is said for codes that there are, for a wrong redirect URI and client always',
    (product) => {
      const advised = Object.keys(ruleBookTexts.product[product].advice)
      expect(advised.filter((code) => !codes.some((each) => each === code))).toEqual([])
      expect(advised).toEqual(expect.arrayContaining(['OIDC_REDIRECT_MISMATCH', 'OIDC_CLIENT_REJECTED']))
      expect(adviceFor(t, product, 'OIDC_REDIRECT_MISMATCH')).not.toBe(
        adviceFor(t, null, 'OIDC_REDIRECT_MISMATCH'),
      )
      expect(nameOf(t, product)).not.toContain('ruleBook')
      expect(limitsOf(t, product).filter((limit) => limit.includes('ruleBook'))).toEqual([])
    },
  )

  it('is the code’s own advice where the product has none', () => {
    expect(adviceFor(t, 'google', 'OIDC_NONCE')).toBe(t('codes.OIDC_NONCE.next'))
    expect(adviceFor(t, null, 'OIDC_JWKS')).toBe(t('codes.OIDC_JWKS.next'))
  })
})
