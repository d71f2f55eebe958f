import type { OidcSettings } from '../../app/ports'
import { blindStarts, listings, rootOf, startsIn, type Offer, type SsoStart } from './sso-start'
import { follow, type Landing, type Visit } from './visit'

/** How the way to the provider was found: given, by a button or link, or only by knowing where it is. */
export type Button = 'direct' | 'shown' | 'hidden'

export interface Arrival {
  readonly landing: Landing
  readonly button: Button
  readonly application: string | null
}

/** No way was found; `offer` is what the application says that it has buttons for. */
export interface NoStart {
  readonly landing: null
  readonly page: URL
  readonly offer: Offer | null
}

/** From the application's address to its sign-in at the provider: its redirects, its page, its page's questions. */
export async function findStart(visit: Visit, app: URL, provider: OidcSettings): Promise<Arrival | NoStart> {
  const landing = await follow(visit, app)
  if (landing.kind === 'request' || landing.status >= 400)
    return { landing, button: 'direct', application: null }
  const found =
    (await byLink(visit, landing.body, landing.url)) ?? (await byListing(visit, landing.url, provider))
  if (found !== null) return found
  return (await byLoginPage(visit, landing.url)) ?? (await blindly(visit, landing.url, provider))
}

async function byLink(visit: Visit, body: string, page: URL): Promise<Arrival | null> {
  const [link] = startsIn(body, page)
  return link === undefined ? null : begin(visit, { url: link }, { button: 'shown', application: null })
}

async function begin(visit: Visit, start: SsoStart, how: Omit<Arrival, 'landing'>): Promise<Arrival> {
  return { landing: await follow(visit, start.url, start.init), ...how }
}

/** The page of an application with a script holds no link; what it would ask its server is asked. */
async function byListing(visit: Visit, page: URL, provider: OidcSettings): Promise<Arrival | NoStart | null> {
  const root = rootOf(page)
  for (const { path, read } of listings) {
    const answer = await follow(visit, new URL(path, root))
    const offer =
      answer.kind === 'answer' && answer.status === 200 ? read(parsed(answer.body), root, provider) : null
    if (offer !== null) return byOffer(visit, page, offer)
  }
  return null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function byOffer(visit: Visit, page: URL, offer: Offer): Promise<Arrival | NoStart> {
  const { application, start, hidden } = offer
  if (start !== null) {
    const isComposed = start.init === undefined && start.url.origin !== page.origin
    if (isComposed)
      return { landing: { kind: 'request', request: start.url, from: page }, button: 'shown', application }
    return begin(visit, start, { button: 'shown', application })
  }
  const tried = hidden === null ? null : await begin(visit, hidden, { button: 'hidden', application })
  return tried?.landing.kind === 'request' ? tried : { landing: null, page, offer }
}

async function byLoginPage(visit: Visit, page: URL): Promise<Arrival | null> {
  const login = new URL('login', rootOf(page))
  if (login.pathname === page.pathname) return null
  const landing = await follow(visit, login)
  if (landing.kind === 'request') return { landing, button: 'shown', application: null }
  return landing.status === 200 ? byLink(visit, landing.body, landing.url) : null
}

async function blindly(visit: Visit, page: URL, provider: OidcSettings): Promise<Arrival | NoStart> {
  for (const start of blindStarts(rootOf(page), provider)) {
    const tried = await begin(visit, start, { button: 'hidden', application: null })
    if (tried.landing.kind === 'request') return tried
  }
  return { landing: null, page, offer: null }
}
