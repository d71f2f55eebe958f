import type { InspectFinding } from '../../../contract/inspection'
import type { OidcSettings } from '../../app/ports'
import { isWellKnownAddress } from '../addresses'
import type { Product } from '../rule-book/products'
import { productOfIssuer } from '../rule-book/rule-book'
import { errorFinding, failed, labelled, passed, productFindings, providerOf, warning } from './inspection'
import type { Bench, Looked } from './inspection'

const wellKnown = '/.well-known/openid-configuration'
/** Values that are worth something to whoever sees them; only that they are there is said. */
const secrets: ReadonlySet<string> = new Set([
  'code',
  'state',
  'nonce',
  'id_token',
  'access_token',
  'code_challenge',
])

/** An address out of a browser: a provider's answer, a request to it, or its description's place. */
export function inspectAddress(bench: Bench, url: URL): Looked {
  const query = url.searchParams
  if (query.has('response_type') || query.has('redirect_uri')) return request(bench, query)
  const behindHash = new URLSearchParams(url.hash.slice(1))
  const isAnswer = (from: URLSearchParams) => ['code', 'error', 'id_token'].some((name) => from.has(name))
  if (isAnswer(behindHash)) return fragment(bench, behindHash)
  if (isAnswer(query) || query.has('state')) return callback(bench, url)
  return place(bench, url)
}

function place(bench: Bench, url: URL): Looked {
  const { t } = bench
  const address = url.origin + url.pathname
  const issuer = isWellKnownAddress(address) ? address.slice(0, address.indexOf('/.well-known/')) : address
  const product = productOfIssuer(issuer) ?? productOfIssuer(`${issuer}/`)
  const finding = address.endsWith(wellKnown)
    ? warning(bench)('OIDC_ISSUER_MISMATCH', t('oidcInspect.discovery.wellKnown', { issuer }), {
        next: t('oidcInspect.nextOf.discovery', { stated: issuer }),
      })
    : unknownPlace(bench, issuer)
  return { kind: 'address', product, findings: [finding, ...productFindings(bench, product)] }
}

function unknownPlace(bench: Bench, issuer: string): InspectFinding {
  const { t } = bench
  const provider = providerOf(bench, issuer) ?? providerOf(bench, `${issuer}/`)
  if (provider !== null) return passed(t('oidcInspect.token.issuerKnown', { provider: provider.name }))
  return passed(t('oidcInspect.discovery.notConfigured'))
}

function partsOf(query: URLSearchParams) {
  return labelled(
    [...query].map(([name, value]) => [name, secrets.has(name) ? `${value.length} characters` : value]),
  )
}

function fragment(bench: Bench, answer: URLSearchParams): Looked {
  const { t } = bench
  const more = { detail: partsOf(answer), next: t('oidcInspect.nextOf.fragment') }
  const finding = failed(bench)('OIDC_CALLBACK_REJECTED', t('oidcInspect.callback.fragment'), more)
  return { kind: 'callback', product: null, findings: [finding] }
}

/** RFC 6749 §4.1.2, RFC 9207. */
function callback(bench: Bench, url: URL): Looked {
  const query = url.searchParams
  const { product, findings } = outcome(bench, query)
  const all = [
    ...formFindings(bench, query),
    ...findings,
    ...issuerFindings(bench, query),
    ...placeFindings(bench, url),
  ]
  return { kind: 'callback', product, findings: all }
}

function outcome(
  bench: Bench,
  query: URLSearchParams,
): { product: Product | null; findings: InspectFinding[] } {
  const { t } = bench
  const error = query.get('error')
  if (error !== null) {
    const description = query.get('error_description') ?? ''
    const { product, finding } = errorFinding(bench, { error, description, otherwise: 'OIDC_PROVIDER_ERROR' })
    return { product, findings: [finding] }
  }
  const finding = query.has('code')
    ? passed(t('oidcInspect.callback.code'), partsOf(query))
    : failed(bench)('OIDC_CALLBACK_REJECTED', t('oidcInspect.callback.nothing'), { detail: partsOf(query) })
  return { product: null, findings: [finding] }
}

function formFindings(bench: Bench, query: URLSearchParams): InspectFinding[] {
  const { t } = bench
  const twice = ['code', 'state', 'error', 'iss'].filter((name) => query.getAll(name).length > 1)
  const code = 'OIDC_CALLBACK_REJECTED'
  return [
    ...(twice.length > 0
      ? [failed(bench)(code, t('oidcInspect.callback.twice', { names: twice.join(', ') }))]
      : []),
    ...(query.has('state') ? [] : [failed(bench)(code, t('oidcInspect.callback.noState'))]),
  ]
}

function issuerFindings(bench: Bench, query: URLSearchParams): InspectFinding[] {
  const { t, providers } = bench
  const stated = query.get('iss')
  if (stated === null || providers.length === 0) return []
  const provider = providerOf(bench, stated)
  if (provider !== null) return [passed(t('oidcInspect.callback.issuerKnown', { provider: provider.name }))]
  return [failed(bench)('OIDC_CALLBACK_ISSUER', t('oidcInspect.callback.issuer', { stated }))]
}

/** Where the desk listens, port aside, or where the application does. */
function returnsTo(provider: OidcSettings, url: URL): boolean {
  const { host, path } = provider.loopback
  const own = url.protocol === 'http:' && url.hostname === host && url.pathname === path
  return own || provider.redirectUri === url.origin + url.pathname
}

function placeFindings(bench: Bench, url: URL): InspectFinding[] {
  const { t, providers } = bench
  if (providers.length === 0 || providers.some((provider) => returnsTo(provider, url))) return []
  const address = url.origin + url.pathname
  return [warning(bench)('OIDC_REDIRECT_MISMATCH', t('oidcInspect.callback.place', { address }))]
}

/** An authorization request (OpenID Connect Core §3.1.2.1) as it stands in the browser's address line. */
function request(bench: Bench, query: URLSearchParams): Looked {
  const findings = [
    ...flowFindings(bench, query),
    ...safetyFindings(bench, query),
    ...clientFindings(bench, query),
  ]
  const sound = passed(bench.t('oidcInspect.kind.request'), partsOf(query))
  return { kind: 'request', product: null, findings: [sound, ...findings] }
}

function flowFindings(bench: Bench, query: URLSearchParams): InspectFinding[] {
  const { t } = bench
  const type = query.get('response_type') ?? ''
  const scopes = (query.get('scope') ?? '').split(' ')
  return [
    ...(type === 'code'
      ? []
      : [warning(bench)('OIDC_CONFIG_INVALID', t('oidcInspect.request.flow', { type }))]),
    ...(scopes.includes('openid')
      ? []
      : [failed(bench)('OIDC_CONFIG_INVALID', t('oidcInspect.request.noOpenid'))]),
  ]
}

function safetyFindings(bench: Bench, query: URLSearchParams): InspectFinding[] {
  const { t } = bench
  const hasPkce = query.get('code_challenge_method') === 'S256' && query.has('code_challenge')
  return [
    hasPkce
      ? passed(t('oidcInspect.request.pkce'))
      : warning(bench)('OIDC_PKCE_UNSUPPORTED', t('oidcInspect.request.noPkce')),
    ...(query.has('nonce') ? [] : [warning(bench)('OIDC_NONCE', t('oidcInspect.request.noNonce'))]),
    ...(query.has('state') ? [] : [failed(bench)('OIDC_STATE_UNKNOWN', t('oidcInspect.request.noState'))]),
  ]
}

function clientFindings(bench: Bench, query: URLSearchParams): InspectFinding[] {
  const { t, providers } = bench
  const stated = query.get('client_id') ?? ''
  const redirectUri = query.get('redirect_uri') ?? ''
  const provider = providers.find(({ clientId }) => clientId === stated)
  if (provider === undefined)
    return [passed(t('oidcInspect.request.redirect', { redirectUri })), ...otherClient(bench, stated)]
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : null
  if (url !== null && returnsTo(provider, url))
    return [passed(t('oidcInspect.request.redirect', { redirectUri }))]
  const { host, path } = provider.loopback
  const configured = provider.redirectUri ?? `http://${host}${path}`
  const words = { redirectUri, provider: provider.name, configured }
  return [warning(bench)('OIDC_REDIRECT_MISMATCH', t('oidcInspect.request.redirectForeign', words))]
}

function otherClient(bench: Bench, stated: string): InspectFinding[] {
  const [only, ...others] = bench.providers
  if (only === undefined || others.length > 0) return []
  const words = { stated, provider: only.name, configured: only.clientId }
  return [warning(bench)('OIDC_CLIENT_REJECTED', bench.t('oidcInspect.request.client', words))]
}
