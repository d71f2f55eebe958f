import type { Code } from '../../src-main/contract/errors'
import type { OidcLoginStageId } from '../../src-main/contract/stages'
import type { OidcSettings } from '../../src-main/core/app/ports'
import type { FakeProvider, FakeScript } from './oidc-fake'
import type { FakeAuthority, FakeCertificate } from './oidc-fake-certificates'

/** One thing that is wrong with a provider, with the stage where the doctor finds it and its code. */
export interface Fault {
  readonly name: string
  readonly at: readonly [OidcLoginStageId, Code]
  readonly script?: (fake: FakeProvider) => FakeScript
  readonly settings?: (fake: FakeProvider) => Partial<OidcSettings>
  readonly tls?: (authority: FakeAuthority) => FakeCertificate & { readonly maxVersion?: 'TLSv1.1' }
}

const described = (changes: (issuer: string) => object): Pick<Fault, 'script'> => ({
  script: ({ issuer }) => ({ discovery: (good) => ({ body: { ...good, ...changes(issuer) } }) }),
})
const scripted = (script: FakeScript): Pick<Fault, 'script'> => ({ script: () => script })
const claims = (changes: Readonly<Record<string, unknown>>) => scripted({ idToken: { claims: changes } })
const later = (claim: string, seconds: number): Pick<Fault, 'script'> => ({
  script: () => ({ idToken: { claims: { [claim]: Math.floor(Date.now() / 1000) + seconds } } }),
})
const set = (settings: Partial<OidcSettings>): Pick<Fault, 'settings'> => ({ settings: () => settings })
const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`

const network: readonly Fault[] = [
  {
    name: 'no encryption',
    at: ['config', 'OIDC_CONFIG_INVALID'],
    ...set({ issuer: 'http://idp.example.org' }),
  },
  { name: 'no client', at: ['config', 'OIDC_CONFIG_INVALID'], ...set({ clientId: '' }) },
  { name: 'no scope openid', at: ['config', 'OIDC_CONFIG_INVALID'], ...set({ scopes: ['email'] }) },
  { name: 'no file of authorities', at: ['config', 'OIDC_CA_FILE'], ...set({ caFile: '/nowhere.pem' }) },
  {
    name: 'a name without an address',
    at: ['dns', 'OIDC_DNS_NOT_FOUND'],
    ...set({ issuer: 'https://idp.invalid' }),
  },
  { name: 'nobody listens', at: ['tcp', 'OIDC_CONNECT_REFUSED'], ...set({ issuer: 'https://127.0.0.1:9' }) },
  {
    name: 'a server without TLS',
    at: ['tls', 'OIDC_TLS_VERSION'],
    settings: ({ port }) => ({ issuer: `https://127.0.0.1:${port}` }),
  },
]

const certificates: readonly Fault[] = [
  {
    name: 'a certificate for another host',
    at: ['tls', 'OIDC_TLS_HOSTNAME'],
    tls: ({ wrongName }) => wrongName,
  },
  { name: 'an expired certificate', at: ['tls', 'OIDC_TLS_EXPIRED'], tls: ({ expired }) => expired },
  {
    name: 'a certificate for later',
    at: ['tls', 'OIDC_TLS_NOT_YET_VALID'],
    tls: ({ notYetValid }) => notYetValid,
  },
  {
    name: 'a self-signed certificate',
    at: ['tls', 'OIDC_TLS_SELF_SIGNED'],
    tls: ({ selfSigned }) => selfSigned,
  },
  {
    name: 'a forgotten intermediate',
    at: ['tls', 'OIDC_TLS_MISSING_INTERMEDIATE'],
    tls: ({ intermediate }) => intermediate.alone,
  },
  {
    name: 'an authority that nobody knows',
    at: ['tls', 'OIDC_TLS_UNTRUSTED_CA'],
    tls: ({ good }) => good,
    ...set({ caFile: null }),
  },
  {
    name: 'an old protocol',
    at: ['tls', 'OIDC_TLS_VERSION'],
    tls: ({ good }) => ({ ...good, maxVersion: 'TLSv1.1' }),
  },
  { name: 'a short key', at: ['tls', 'OIDC_TLS_WEAK'], tls: ({ weak }) => weak },
]

const description: readonly Fault[] = [
  {
    name: 'no description',
    at: ['discovery', 'OIDC_DISCOVERY_NOT_FOUND'],
    ...scripted({ discovery: () => ({ status: 404, body: 'no' }) }),
  },
  {
    name: 'a web page for a description',
    at: ['discovery', 'OIDC_DISCOVERY_INVALID'],
    ...scripted({ discovery: () => ({ body: '<!doctype html><h1>Portal</h1>' }) }),
  },
  {
    name: 'an empty description',
    at: ['discovery', 'OIDC_DISCOVERY_INVALID'],
    ...scripted({ discovery: () => ({ body: {} }) }),
  },
  {
    name: 'a broken server',
    at: ['discovery', 'OIDC_HTTP_STATUS'],
    ...scripted({ discovery: () => ({ status: 503, body: 'later' }) }),
  },
  {
    name: 'a redirect to a portal',
    at: ['discovery', 'OIDC_HTTP_STATUS'],
    ...scripted({
      discovery: () => ({ status: 302, headers: { location: 'https://portal.example' }, body: '' }),
    }),
  },
  {
    name: 'a description that never comes',
    at: ['discovery', 'OIDC_TIMEOUT'],
    ...scripted({ discovery: () => new Promise(() => undefined) }),
    ...set({ timeout: 0.3 }),
  },
  {
    name: 'another issuer',
    at: ['issuer', 'OIDC_ISSUER_MISMATCH'],
    ...described(() => ({ issuer: 'https://other.example' })),
  },
  {
    name: 'a slash too many',
    at: ['issuer', 'OIDC_ISSUER_MISMATCH'],
    ...described((issuer) => ({ issuer: `${issuer}/` })),
  },
  {
    name: 'another scheme',
    at: ['issuer', 'OIDC_ISSUER_MISMATCH'],
    ...described((issuer) => ({ issuer: issuer.replace('http:', 'https:') })),
  },
  {
    name: 'the address of the description for an issuer',
    at: ['issuer', 'OIDC_ISSUER_MISMATCH'],
    settings: ({ issuer }) => ({ issuer: `${issuer}/.well-known/openid-configuration` }),
  },
  {
    name: 'a template for all tenants',
    at: ['issuer', 'OIDC_ISSUER_TEMPLATE'],
    ...described(() => ({ issuer: 'https://login.example/{tenantid}/v2.0' })),
  },
]

const metadata: readonly Fault[] = [
  {
    name: 'no token endpoint',
    at: ['endpoints', 'OIDC_ENDPOINT_MISSING'],
    ...described(() => ({ token_endpoint: undefined })),
  },
  {
    name: 'no keys address',
    at: ['endpoints', 'OIDC_ENDPOINT_MISSING'],
    ...described(() => ({ jwks_uri: undefined })),
  },
  {
    name: 'a sign-in page without encryption',
    at: ['endpoints', 'OIDC_ENDPOINT_MISSING'],
    ...described(() => ({ authorization_endpoint: 'http://idp.example.org/authorize' })),
  },
  {
    name: 'a sign-in page that is a program',
    at: ['endpoints', 'OIDC_ENDPOINT_MISSING'],
    ...described(() => ({ authorization_endpoint: 'file:///usr/bin/true' })),
  },
  { name: 'no keys', at: ['jwks', 'OIDC_JWKS'], ...scripted({ jwks: () => ({ body: { keys: [] } }) }) },
  {
    name: 'encryption keys only',
    at: ['jwks', 'OIDC_JWKS'],
    ...scripted({
      jwks: ({ keys }) => ({ body: { keys: keys.map((key) => ({ ...(key as object), use: 'enc' })) } }),
    }),
  },
  {
    name: 'keys that break',
    at: ['jwks', 'OIDC_JWKS'],
    ...scripted({ jwks: () => ({ status: 500, body: '' }) }),
  },
  {
    name: 'keys that are a web page',
    at: ['jwks', 'OIDC_JWKS'],
    ...scripted({ jwks: () => ({ body: '<html>' }) }),
  },
  {
    name: 'signatures with a shared secret only',
    at: ['jwks', 'OIDC_ID_TOKEN_ALGORITHM'],
    ...described(() => ({ id_token_signing_alg_values_supported: ['HS256'] })),
  },
  {
    name: 'an unknown client',
    at: ['client', 'OIDC_CLIENT_REJECTED'],
    ...scripted({ token: () => ({ status: 401, body: { error: 'invalid_client' } }) }),
  },
  {
    name: 'a challenge instead of an error',
    at: ['client', 'OIDC_CLIENT_REJECTED'],
    ...scripted({ token: () => ({ status: 401, headers: { 'www-authenticate': 'Basic' }, body: '' }) }),
  },
  {
    name: 'a client that may not use codes',
    at: ['client', 'OIDC_CLIENT_REJECTED'],
    ...scripted({ token: () => ({ status: 400, body: { error: 'unauthorized_client' } }) }),
  },
  {
    name: 'a token endpoint that breaks',
    at: ['client', 'OIDC_HTTP_STATUS'],
    ...scripted({ token: () => ({ status: 502, body: 'bad gateway' }) }),
  },
  {
    name: 'a secret that must be typed again',
    at: ['client', 'SECRET_REQUIRED'],
    ...set({ clientSecretWithheld: true }),
  },
  {
    name: 'a scope that is refused',
    at: ['redirect', 'OIDC_SCOPE_UNSUPPORTED'],
    ...scripted({ callback: () => ({ code: null, error: 'invalid_scope' }) }),
  },
  {
    name: 'a page that refuses the redirect URI',
    at: ['redirect', 'OIDC_REDIRECT_MISMATCH'],
    ...scripted({ authorize: () => ({ status: 400, body: '<p>Invalid parameter: redirect_uri</p>' }) }),
  },
  {
    name: 'plain PKCE only',
    at: ['pkce', 'OIDC_PKCE_UNSUPPORTED'],
    ...described(() => ({ code_challenge_methods_supported: ['plain'] })),
  },
  { name: 'a clock ten minutes ahead', at: ['clock', 'OIDC_CLOCK_SKEW'], ...scripted({ ahead: 600 }) },
  { name: 'a clock ten minutes behind', at: ['clock', 'OIDC_CLOCK_SKEW'], ...scripted({ ahead: -600 }) },
]

const answers: readonly Fault[] = [
  {
    name: 'a person who refuses',
    at: ['callback', 'OIDC_PROVIDER_ERROR'],
    ...scripted({ callback: () => ({ code: null, error: 'access_denied' }) }),
  },
  {
    name: 'an answer in the name of another issuer',
    at: ['callback', 'OIDC_CALLBACK_ISSUER'],
    ...scripted({ callback: () => ({ iss: 'https://evil.example' }) }),
  },
  {
    name: 'an answer that hides its issuer',
    at: ['callback', 'OIDC_CALLBACK_ISSUER'],
    ...scripted({ callback: () => ({ iss: null }) }),
  },
  {
    name: 'a state that nobody made',
    at: ['callback', 'OIDC_STATE_UNKNOWN'],
    ...scripted({ callback: () => ({ state: 'made-up' }) }),
  },
  {
    name: 'a code that was made up',
    at: ['token', 'OIDC_TOKEN_EXCHANGE'],
    ...scripted({ callback: () => ({ code: 'made-up' }) }),
  },
]

const tokens: readonly Fault[] = [
  {
    name: 'no ID token',
    at: ['idtoken', 'OIDC_ID_TOKEN_MALFORMED'],
    ...scripted({ token: () => ({ body: { access_token: 'a', token_type: 'Bearer' } }) }),
  },
  {
    name: 'an ID token that is none',
    at: ['idtoken', 'OIDC_ID_TOKEN_MALFORMED'],
    ...scripted({ idToken: { raw: 'hello' } }),
  },
  {
    name: 'an encrypted ID token',
    at: ['idtoken', 'OIDC_ID_TOKEN_ENCRYPTED'],
    ...scripted({ idToken: { raw: 'a.b.c.d.e' } }),
  },
  {
    name: 'a shared secret’s signature',
    at: ['idtoken', 'OIDC_ID_TOKEN_ALGORITHM'],
    ...scripted({ idToken: { alg: 'HS256' } }),
  },
  {
    name: 'no signature',
    at: ['idtoken', 'OIDC_ID_TOKEN_ALGORITHM'],
    ...scripted({ idToken: { raw: unsigned } }),
  },
  {
    name: 'somebody else’s signature',
    at: ['idtoken', 'OIDC_ID_TOKEN_SIGNATURE'],
    ...scripted({ idToken: { foreignKey: true } }),
  },
  {
    name: 'a key that is not published',
    at: ['idtoken', 'OIDC_ID_TOKEN_SIGNATURE'],
    ...scripted({ idToken: { kid: 'unknown' } }),
  },
  {
    name: 'a token of another issuer',
    at: ['idtoken', 'OIDC_ID_TOKEN_ISSUER'],
    ...claims({ iss: 'https://evil.example' }),
  },
  {
    name: 'a token for somebody else',
    at: ['idtoken', 'OIDC_ID_TOKEN_AUDIENCE'],
    ...claims({ aud: 'somebody' }),
  },
  {
    name: 'a token of another party',
    at: ['idtoken', 'OIDC_ID_TOKEN_AUDIENCE'],
    ...claims({ azp: 'other' }),
  },
  { name: 'an old nonce', at: ['idtoken', 'OIDC_NONCE'], ...claims({ nonce: 'old' }) },
  { name: 'no nonce', at: ['idtoken', 'OIDC_NONCE'], ...claims({ nonce: undefined }) },
  { name: 'an expired token', at: ['idtoken', 'OIDC_ID_TOKEN_EXPIRED'], ...later('exp', -400) },
  { name: 'a token of the future', at: ['idtoken', 'OIDC_ID_TOKEN_NOT_YET_VALID'], ...later('iat', 400) },
  { name: 'a token for later', at: ['idtoken', 'OIDC_ID_TOKEN_NOT_YET_VALID'], ...later('nbf', 400) },
  { name: 'no subject', at: ['idtoken', 'OIDC_MISSING_SUBJECT'], ...claims({ sub: undefined }) },
  { name: 'no end', at: ['idtoken', 'OIDC_ID_TOKEN_MALFORMED'], ...claims({ exp: undefined }) },
]

const people: readonly Fault[] = [
  {
    name: 'user information about another person',
    at: ['userinfo', 'OIDC_SUBJECT_MISMATCH'],
    ...scripted({ userinfo: { body: { sub: 'somebody-else' } } }),
  },
  {
    name: 'no e-mail and no user information',
    at: ['userinfo', 'OIDC_USERINFO'],
    ...scripted({ idToken: { claims: { email: undefined } }, userinfo: { status: 500, body: '' } }),
  },
  {
    name: 'an address that is not allowed',
    at: ['decision', 'OIDC_NOT_ALLOWED_EMAIL'],
    ...set({ allowedEmails: ['grace@example.org'] }),
  },
  {
    name: 'a domain that is not allowed',
    at: ['decision', 'OIDC_NOT_ALLOWED_DOMAIN'],
    ...set({ allowedDomains: ['example.net'] }),
  },
  {
    name: 'no group that is allowed',
    at: ['decision', 'OIDC_NOT_ALLOWED_GROUP'],
    ...claims({ groups: ['others'] }),
    ...set({ allowedGroups: ['staff'] }),
  },
  {
    name: 'too many groups',
    at: ['decision', 'OIDC_GROUPS_OVERAGE'],
    ...claims({ _claim_names: { groups: 'src1' } }),
    ...set({ allowedGroups: ['staff'] }),
  },
  {
    name: 'an address that is not verified',
    at: ['decision', 'OIDC_EMAIL_UNVERIFIED'],
    ...claims({ email_verified: false }),
    ...set({ allowedDomains: ['example.org'] }),
  },
  {
    name: 'no e-mail where a list wants one',
    at: ['decision', 'OIDC_NO_EMAIL'],
    ...scripted({ idToken: { claims: { email: undefined } }, userinfo: { body: { sub: 'subject-1' } } }),
    ...set({ allowedDomains: ['example.org'] }),
  },
]

export const faultTable: readonly Fault[] = [
  ...network,
  ...certificates,
  ...description,
  ...metadata,
  ...answers,
  ...tokens,
  ...people,
]
