import type { Code } from '../../../contract/errors'
import type { OidcSettings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import { isLoopbackHost, parseAddress } from '../addresses'
import { evidence } from '../examination'
import { issuerDifference } from '../issuer-difference'
import type { Finding } from '../oidc-ladder'
import { withoutQuery } from '../oidc-fetch'
import { isInternal } from './visit'

export interface SentRequest {
  readonly request: URL
  /** Where people have the application open when it sends them off. */
  readonly from: URL
  readonly provider: OidcSettings
  readonly endpoint: string | null
}

interface Fault {
  readonly status?: 'warning'
  readonly code: Code
  readonly summary: string
  readonly next?: string
}

type Rule = (sent: SentRequest, t: Texts) => Fault | null

/** What the application asks of the provider, against the settings and against where it is open. */
export function judgeRequest(sent: SentRequest, t: Texts): Finding {
  const detail = detailOf(sent, t)
  const faults = rules.map((rule) => rule(sent, t)).filter((fault) => fault !== null)
  const fault = faults.find(({ status }) => status === undefined) ?? faults[0]
  if (fault !== undefined) return { status: 'failed', ...fault, detail }
  const uri = sent.request.searchParams.get('redirect_uri')
  const word = uri === null ? 'pushed' : sent.provider.redirectUri === null ? 'unset' : 'passed'
  return { status: 'passed', summary: t(`oidcApp.request.${word}`, { uri }), detail }
}

function detailOf({ request, from, provider, endpoint }: SentRequest, t: Texts) {
  const asks = request.searchParams
  const length = (name: string): string => {
    const text = asks.get(name)
    return text === null || text === '' ? t('oidcApp.notSent') : t('oidcApp.sent', { count: text.length })
  }
  const sentUri = asks.get('redirect_uri')
  const difference = sentUri === null ? null : differenceOf(provider.redirectUri ?? sentUri, sentUri, t)
  return evidence(t, {
    openedAt: from.origin,
    authorization_endpoint: withoutQuery(request.href),
    endpointConfigured: endpoint !== null && !sameAddress(request, endpoint) ? endpoint : null,
    redirectUri: sentUri === null ? null : withoutQuery(sentUri),
    redirectConfigured: provider.redirectUri,
    difference,
    client_id: asks.get('client_id'),
    scopes: asks.get('scope'),
    response_type: asks.get('response_type'),
    state: length('state'),
    nonce: length('nonce'),
    pkce: asks.has('code_challenge') ? (asks.get('code_challenge_method') ?? 'plain') : t('oidcApp.notSent'),
  })
}

function differenceOf(configured: string, stated: string, t: Texts): string | null {
  const difference = issuerDifference(configured, stated)
  if (difference === null) return null
  const end = t('oidc.end')
  return t('oidcApp.difference', {
    position: difference.position,
    configured: difference.configured ?? end,
    stated: difference.stated ?? end,
  })
}

function sameAddress(request: URL, endpoint: string): boolean {
  const url = parseAddress(endpoint)
  return url !== null && url.origin === request.origin && url.pathname === request.pathname
}

const wrong = (summary: string, next?: string): Fault => ({
  code: 'OIDC_APP_REDIRECT',
  summary,
  ...(next === undefined ? {} : { next }),
})

const otherProvider: Rule = ({ request, endpoint }, t) =>
  endpoint === null || sameAddress(request, endpoint)
    ? null
    : wrong(
        t('oidcApp.request.endpoint', { sent: withoutQuery(request.href), endpoint }),
        t('oidcApp.next.issuer'),
      )

const otherClient: Rule = ({ request, provider }, t) => {
  const sent = request.searchParams.get('client_id') ?? ''
  const words = { sent, configured: provider.clientId }
  return sent === provider.clientId
    ? null
    : wrong(t('oidcApp.request.client', words), t('oidcApp.next.client'))
}

const otherFlow: Rule = ({ request }, t) => {
  const sent = request.searchParams.get('response_type')
  if (sent === 'code' || isPushed(request)) return null
  return wrong(t('oidcApp.request.flow', { sent: sent ?? t('oidcApp.notSent') }), t('oidcApp.next.flow'))
}

const isPushed = ({ searchParams }: URL): boolean =>
  searchParams.has('request_uri') || searchParams.has('request')

const noRedirect: Rule = ({ request }, t) => {
  const uri = request.searchParams.get('redirect_uri')
  if (uri === null ? isPushed(request) : parseAddress(uri) !== null) return null
  return wrong(t('oidcApp.request.noUri'))
}

/** What comes from not knowing the public address; where the settings say the same, they are what is wrong. */
const front: Rule = ({ request, from, provider }, t) => {
  const uri = request.searchParams.get('redirect_uri')
  const to = uri === null ? null : parseAddress(uri)
  if (uri === null || to === null) return null
  const word = frontFault(to, from)
  if (word === null) return null
  const summary = t(`oidcApp.request.${word}`, { uri: withoutQuery(uri), from: from.origin })
  if (uri === provider.redirectUri) {
    const isChosen = word === 'port'
    return isChosen ? null : wrong(summary, t('oidcApp.next.setting'))
  }
  return { code: 'OIDC_APP_PROXY_HEADERS', summary }
}

function frontFault(to: URL, from: URL): 'plain' | 'internal' | 'port' | null {
  if (to.origin === from.origin) return null
  if (to.hostname !== from.hostname) return isInternal(to) ? 'internal' : null
  if (to.protocol === 'http:' && from.protocol === 'https:') return 'plain'
  return to.protocol === from.protocol ? 'port' : null
}

const otherRedirect: Rule = ({ request, provider }, t) => {
  const sent = request.searchParams.get('redirect_uri')
  const configured = provider.redirectUri
  if (sent === null || configured === null || sent === configured) return null
  const kind = differsIn(sent, configured)
  const words = { sent: withoutQuery(sent), configured }
  return wrong(t(`oidcApp.request.uri.${kind}`, words), t('oidcApp.next.uri', { sent: withoutQuery(sent) }))
}

type Part = 'slash' | 'scheme' | 'host' | 'port' | 'path'

function differsIn(sent: string, configured: string): Part {
  const [one, other] = [parseAddress(sent), parseAddress(configured)]
  if (one === null || other === null) return 'path'
  if (one.hostname !== other.hostname) return 'host'
  if (one.protocol !== other.protocol) return 'scheme'
  if (one.port !== other.port) return 'port'
  return sent.replace(/\/$/, '') === configured.replace(/\/$/, '') ? 'slash' : 'path'
}

const noState: Rule = ({ request }, t) =>
  isPushed(request) || (request.searchParams.get('state') ?? '') !== ''
    ? null
    : wrong(t('oidcApp.request.state'), t('oidcApp.next.state'))

const scopes: Rule = ({ request, provider }, t) => {
  if (isPushed(request)) return null
  const sent = (request.searchParams.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '')
  if (!sent.includes('openid')) return wrong(t('oidcApp.request.openid', { sent: sent.join(' ') }))
  const missing = provider.scopes.filter((scope) => !sent.includes(scope))
  const extra = sent.filter((scope) => !provider.scopes.includes(scope))
  if (missing.length === 0 && extra.length === 0) return null
  const words = { missing: missing.join(' ') || '–', extra: extra.join(' ') || '–' }
  return { ...wrong(t('oidcApp.request.scope', words), t('oidcApp.next.scope')), status: 'warning' }
}

const pkce: Rule = ({ request, provider }, t) => {
  if (isPushed(request)) return null
  const asks = request.searchParams
  const isPlain = asks.has('code_challenge') && asks.get('code_challenge_method') !== 'S256'
  const isMissing =
    !asks.has('code_challenge') && provider.clientSecret === null && !provider.clientSecretWithheld
  if (!isPlain && !isMissing) return null
  const summary = t(isPlain ? 'oidcApp.request.plainPkce' : 'oidcApp.request.noPkce')
  return { status: 'warning', code: 'OIDC_PKCE_UNSUPPORTED', summary, next: t('oidcApp.next.pkce') }
}

/** Without encryption anybody on the way can take the sign-in over, whatever the cookies say. */
const plainFront: Rule = ({ from }, t) =>
  from.protocol === 'http:' && !isLoopbackHost(from.hostname)
    ? {
        ...{ status: 'warning', code: 'OIDC_APP_PROXY_HEADERS' },
        ...{ summary: t('oidcApp.request.opened', { from: from.origin }), next: t('oidcApp.next.https') },
      }
    : null

const rules: readonly Rule[] = [
  ...[
    otherProvider,
    otherClient,
    otherFlow,
    noRedirect,
    front,
    otherRedirect,
    noState,
    scopes,
    pkce,
    plainFront,
  ],
]
