import { AppError, type Code } from '../../../contract/errors'
import { titleOf, type Texts } from '../../app/texts'
import { parseAddress } from '../addresses'
import { readableText, withoutSecrets } from '../answer-text'
import { found, type Examination } from '../examination'
import { translateOidcError } from '../oidc-errors'
import { openChannel, withoutQuery } from '../oidc-fetch'
import type { Check, Evidence, Finding } from '../oidc-ladder'
import { CookieJar, droppedBecause } from './cookie-jar'
import { findStart, type Arrival, type NoStart } from './find-start'
import { judgeCookies } from './judge-cookies'
import { judgeRequest } from './judge-request'
import { InternalRedirect, RedirectLoop, type Hop, type Landing, type Visit } from './visit'

export type AppChecks = Readonly<Record<'app' | 'appredirect' | 'appcookie', Check>>

/** What one visit to the application has found so far. */
interface AppRun {
  readonly run: Examination
  readonly app: URL
  readonly jar: CookieJar
  readonly hops: Hop[]
  left: Extract<Landing, { kind: 'request' }> | null
  lastHop: number
}

/** The application's own way to the provider, from its address to the request that it would send; that isn't sent. */
export function appChecks(run: Examination, address: string): AppChecks {
  const of: AppRun = { run, app: new URL(address), jar: new CookieJar(), hops: [], left: null, lastHop: 0 }
  return {
    app: async (signal) => hide(of, await checkApp(of, signal)),
    appredirect: () => hide(of, judgeRequest({ ...found(of.left), ...settingsOf(run) }, run.texts)),
    appcookie: () =>
      hide(of, judgeCookies({ ...found(of.left), cookies: of.jar.all(), lastHop: of.lastHop }, run.texts)),
  }
}

const settingsOf = ({ provider, discovery }: Examination) => ({
  provider,
  endpoint: discovery?.metadata.authorization_endpoint ?? null,
})

const isWebAddress = (address: string): boolean => {
  const url = parseAddress(address)
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}

async function checkApp(of: AppRun, signal: AbortSignal): Promise<Finding> {
  const { run, app, jar, hops } = of
  const channel = await openChannel({ ...run, signal, allows: isWebAddress })
  const visit: Visit = { channel, signal, jar, hops, endpoint: settingsOf(run).endpoint }
  try {
    const finding = judgeArrival(of, await findStart(visit, app, run.provider))
    return { ...finding, detail: [...(finding.detail ?? []), ...hopsOf(of)] }
  } catch (error) {
    if (signal.aborted) throw error
    return { ...judgeFailure(of, error), detail: hopsOf(of) }
  } finally {
    await channel.close()
  }
}

const hopsOf = ({ hops, run }: AppRun): Evidence[] =>
  hops.map(({ method, address, status }, index) => ({
    label: run.texts('oidcApp.hop', { n: index + 1 }),
    value: `${method} ${address} → ${status}`,
  }))

function judgeArrival(of: AppRun, arrival: Arrival | NoStart): Finding {
  const t = of.run.texts
  const { landing } = arrival
  if (landing === null) return noButton(arrival, t)
  if (landing.kind === 'answer') return judgeAnswer(landing, of)
  of.left = landing
  of.lastHop = of.hops.length
  const words = { from: withoutQuery(landing.from.href), to: withoutQuery(landing.request.href) }
  if (arrival.button === 'hidden')
    return failure('OIDC_APP_BUTTON', t('oidcApp.stage.hidden', words), t('oidcApp.next.hidden'))
  const down = downgradeIn(of.hops)
  if (down !== null) {
    const summary = t('oidcApp.stage.downgrade', down)
    return { ...failure('OIDC_APP_PROXY_HEADERS', summary), status: 'warning' }
  }
  return { status: 'passed', summary: t(`oidcApp.stage.${arrival.button}`, words) }
}

const failure = (code: Code, summary: string, next?: string): Finding => ({
  ...{ status: 'failed', code, summary },
  ...(next === undefined ? {} : { next }),
})

function noButton({ page, offer }: NoStart, t: Texts): Finding {
  const words = { page: withoutQuery(page.href), names: offer?.names.join(', ') ?? '' }
  const application = offer?.application ?? ''
  const word = offer === null ? 'noStart' : offer.names.length === 0 ? 'off' : 'others'
  return failure(
    'OIDC_APP_BUTTON',
    t(`oidcApp.stage.${word}`, { ...words, application }),
    t(`oidcApp.next.${word}`),
  )
}

function judgeAnswer({ url, status, body }: Extract<Landing, { kind: 'answer' }>, { run }: AppRun): Finding {
  const t = run.texts
  const address = withoutQuery(url.href)
  const said = (url.searchParams.get('error_description') ?? url.searchParams.get('error') ?? '').slice(
    0,
    300,
  )
  if (status >= 400) {
    const summary = t('oidcApp.stage.status', { address, status })
    const detail = [{ label: t('oidc.label.body'), value: readableText(body).slice(0, 600) }]
    return { ...failure('OIDC_HTTP_STATUS', summary, t('oidcApp.next.status')), detail }
  }
  const summary = t(said === '' ? 'oidcApp.stage.stays' : 'oidcApp.stage.refuses', { address, said })
  return failure('OIDC_APP_REDIRECT', summary, t('oidcApp.next.stays'))
}

/** Back from https to http on the same host: the application does not know that people come by https. */
function downgradeIn(hops: readonly Hop[]): { from: string; to: string } | null {
  for (const [index, { address: to }] of hops.entries()) {
    const from = hops[index - 1]?.address
    if (from === undefined || !from.startsWith('https:') || !to.startsWith('http:')) continue
    if (new URL(from).hostname === new URL(to).hostname) return { from, to }
  }
  return null
}

function judgeFailure(of: AppRun, error: unknown): Finding {
  const t = of.run.texts
  if (error instanceof RedirectLoop) return judgeLoop(of, error)
  if (error instanceof InternalRedirect) {
    const words = { from: withoutQuery(error.from.href), to: withoutQuery(error.to.href) }
    return failure('OIDC_APP_PROXY_HEADERS', t('oidcApp.stage.internal', words))
  }
  if (error instanceof AppError && error.code.startsWith('OIDC_APP')) {
    const { location } = error.details
    const to = typeof location === 'string' ? location : ''
    return failure('OIDC_APP_REDIRECT', t('oidcApp.stage.nowhere', { to }))
  }
  const translated = translateOidcError(error, 'discovery').code
  const code = translated === 'OIDC_DISCOVERY_INVALID' ? 'OIDC_UNREACHABLE' : translated
  const summary = t('oidcApp.stage.unreachable', { address: of.app.origin, title: titleOf(t, code) })
  return failure(code, summary, t('oidcApp.next.reach'))
}

/** Round and round: for its own https, for a cookie that no browser keeps, or for a reason that only its log knows. */
function judgeLoop({ jar, run }: AppRun, { trail }: RedirectLoop): Finding {
  const t = run.texts
  const words = {
    trail: trail
      .slice(-4)
      .map(({ href }) => withoutQuery(href))
      .join(' → '),
  }
  const bare = trail.map(({ href }) => href.replace(/^https?:/, ''))
  const isOnSpot = bare.some((href, index) => index > 0 && href === bare[index - 1])
  if (isOnSpot) return failure('OIDC_APP_PROXY_HEADERS', t('oidcApp.stage.loopScheme', words))
  const dropped = jar.all().find((cookie) => droppedBecause(cookie) !== null)
  if (dropped === undefined) return failure('OIDC_APP_LOOP', t('oidcApp.stage.loop', words))
  const reason = t(`oidcApp.dropped.${droppedBecause(dropped) ?? 'size'}`)
  return failure('OIDC_APP_COOKIE', t('oidcApp.stage.loopCookie', { ...words, name: dropped.name, reason }))
}

/** Pages and errors may repeat what was sent: no state and no cookie's value is told. */
function hide({ jar, left }: AppRun, finding: Finding): Finding {
  const asked = ['state', 'nonce', 'code_challenge', 'login_hint', 'request', 'request_uri']
  const sent = asked.map((name) => left?.request.searchParams.get(name) ?? null)
  const secrets = [...jar.all().map(({ value }) => value), ...sent].filter((each) => (each?.length ?? 0) >= 6)
  const bare = (text: string): string => withoutSecrets(text, secrets)
  const detail = (finding.detail ?? []).map(({ label, value }) => ({ label, value: bare(value) }))
  return { ...finding, summary: bare(finding.summary), detail }
}
