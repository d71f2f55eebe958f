import type { RequestInit, Response } from 'undici'
import { AppError } from '../../../contract/errors'
import { parseAddress } from '../addresses'
import { withoutQuery, type OidcChannel } from '../oidc-fetch'
import type { CookieJar } from './cookie-jar'
import { asRequest } from './sign-in-request'

const mostHops = 10
const mostBytes = 512 * 1024

export interface Hop {
  readonly method: string
  readonly address: string
  readonly status: number
}

/** One visit to an application, as a browser would make it that nobody types anything into. */
export interface Visit {
  readonly channel: OidcChannel
  readonly signal: AbortSignal
  /** The address that the provider asks people to sign in at; null: it is not known. */
  readonly endpoint: string | null
  readonly jar: CookieJar
  readonly hops: Hop[]
}

/** Where following ended: at the way out to the provider, which is not taken, or at an answer of the application. */
export type Landing =
  | { readonly kind: 'request'; readonly request: URL; readonly from: URL }
  | { readonly kind: 'answer'; readonly url: URL; readonly status: number; readonly body: string }

export class RedirectLoop extends Error {
  readonly trail: readonly URL[]
  constructor(trail: readonly URL[]) {
    super('the application’s redirects do not end')
    this.trail = trail
  }
}

/** The application sends the browser to a name that only exists behind its web server. */
export class InternalRedirect extends Error {
  readonly from: URL
  readonly to: URL
  constructor(from: URL, to: URL) {
    super('the application redirects to an internal address')
    this.from = from
    this.to = to
  }
}

/** Follows redirects; nothing is sent but the cookies that the application itself has set on the way. */
export async function follow(visit: Visit, start: URL, init: RequestInit = {}): Promise<Landing> {
  const trail: URL[] = []
  const seen = new Set<string>()
  let url = start
  let next = init
  for (;;) {
    const key = `${next.method ?? 'GET'} ${url.href} ${visit.jar.names()}`
    trail.push(url)
    if (asRequest(url, visit.endpoint)) return { kind: 'request', request: url, from: trail.at(-2) ?? start }
    if (seen.has(key) || trail.length > mostHops) throw new RedirectLoop(trail)
    seen.add(key)
    const response = await ask(visit, url, next)
    const body = isRedirect(response) ? await drop(response) : await bodyOf(response)
    const to = targetOf(response, body, url)
    if (to === null) return { kind: 'answer', url, status: response.status, body }
    const leaves = asRequest(to, visit.endpoint)
    if (!leaves && isInternal(to) && to.hostname !== url.hostname) throw new InternalRedirect(url, to)
    url = to
    next = {}
  }
}

async function ask({ channel, jar, hops, signal }: Visit, url: URL, init: RequestInit): Promise<Response> {
  const cookie = jar.headerFor(url)
  const headers = {
    accept: 'text/html,application/json;q=0.9',
    ...(cookie === '' ? {} : { cookie }),
    ...(init.headers as Record<string, string> | undefined),
  }
  const response = await channel.fetch(url.href, { ...init, headers, signal })
  hops.push({ method: init.method ?? 'GET', address: withoutQuery(url.href), status: response.status })
  jar.take(response.headers.getSetCookie(), url, hops.length)
  return response
}

const isRedirect = ({ status, headers }: Response): boolean =>
  status >= 300 && status < 400 && headers.has('location')

/** A redirect, or the address that a page's script is given to go to, as Pulse's. */
function targetOf(response: Response, body: string, base: URL): URL | null {
  const location = isRedirect(response) ? response.headers.get('location') : addressInJson(body)
  if (location === null) return null
  const to = URL.canParse(location, base) ? new URL(location, base) : null
  if (to === null || !/^https?:$/.test(to.protocol) || to.username !== '')
    throw new AppError('OIDC_APP_REDIRECT', { details: { location: withoutQuery(location) } })
  return to
}

function addressInJson(body: string): string | null {
  const [, address] =
    /^\s*\{\s*"(?:authorizationUrl|authorization_url|redirectUrl)"\s*:\s*("[^"]+")/.exec(body) ?? []
  if (address === undefined) return null
  const text: unknown = JSON.parse(address)
  return typeof text === 'string' && parseAddress(text) !== null ? text : null
}

async function drop(response: Response): Promise<string> {
  await response.body?.cancel()
  return ''
}

/** Only so much of a page is read as its sign-in link can stand in. */
async function bodyOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array
    parts.push(bytes)
    size += bytes.byteLength
    if (size > mostBytes) break
  }
  return Buffer.concat(parts).toString('utf8')
}

const innerName = /(?:^[^.]+$|\.(?:local|internal|lan|svc|home\.arpa|docker)$)/
const innerAddress = /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[(?:::1|f[cd]))/

/** A name or address that means nothing outside the application's own network. */
export const isInternal = ({ hostname }: URL): boolean =>
  innerAddress.test(hostname) || (!hostname.startsWith('[') && innerName.test(hostname))
