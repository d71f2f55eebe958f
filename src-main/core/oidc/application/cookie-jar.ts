import { isLoopbackHost } from '../addresses'

export type SameSite = 'strict' | 'lax' | 'none' | null

/** One cookie as the application sent it. Its value is sent back to it during this visit and shown nowhere. */
export interface AppCookie {
  readonly name: string
  readonly value: string
  /** Who set it, and at which of the requests, counted from 1. */
  readonly from: URL
  readonly hop: number
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly sameSite: SameSite
  readonly path: string
  /** null: of this host alone. */
  readonly domain: string | null
  /** Bytes of name and value. */
  readonly size: number
  readonly isRemoval: boolean
}

/** RFC 6265bis §5.7: what is larger, a browser drops. */
export const largestCookie = 4096

export function parseCookie(header: string, from: URL, hop: number): AppCookie | null {
  const [pair = '', ...rest] = header.split(';')
  const at = pair.indexOf('=')
  if (at < 1) return null
  const name = pair.slice(0, at).trim()
  const value = pair.slice(at + 1).trim()
  const attributes = new Map(rest.map(attributeOf))
  const path = attributes.get('path') ?? ''
  const domain = (attributes.get('domain') ?? '').toLowerCase().replace(/^\./, '')
  return {
    ...{ name, value, from, hop, sameSite: sameSiteOf(attributes.get('samesite')) },
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    path: path.startsWith('/') ? path : defaultPath(from),
    domain: domain === '' ? null : domain,
    size: Buffer.byteLength(name) + Buffer.byteLength(value),
    isRemoval: isPast(attributes),
  }
}

function attributeOf(text: string): [string, string] {
  const [name = '', ...value] = text.split('=')
  return [name.trim().toLowerCase(), value.join('=').trim()]
}

function sameSiteOf(text: string | undefined): SameSite {
  const word = text?.toLowerCase()
  return word === 'strict' || word === 'lax' || word === 'none' ? word : null
}

/** RFC 6265 §5.1.4. */
function defaultPath(from: URL): string {
  const end = from.pathname.lastIndexOf('/')
  return end <= 0 ? '/' : from.pathname.slice(0, end)
}

function isPast(attributes: ReadonlyMap<string, string>): boolean {
  const age = attributes.get('max-age')
  if (age !== undefined && /^-?\d+$/.test(age)) return Number(age) <= 0
  return Date.parse(attributes.get('expires') ?? '') <= Date.now()
}

export type Dropped = 'size' | 'insecure' | 'sameSiteNone' | 'domain' | 'prefix'

const isTrustworthy = (url: URL): boolean => url.protocol === 'https:' || isLoopbackHost(url.hostname)

/** Why a browser would not even keep it (RFC 6265bis §5.7); null where it keeps it. */
export function droppedBecause(cookie: AppCookie): Dropped | null {
  const { name, from, secure, sameSite, domain, path, size } = cookie
  if (size > largestCookie) return 'size'
  if (secure && !isTrustworthy(from)) return 'insecure'
  if (sameSite === 'none' && !secure) return 'sameSiteNone'
  if (domain !== null && !isWithin(from.hostname, domain)) return 'domain'
  const isHostOnly = secure && domain === null && path === '/'
  if (/^__Host-/i.test(name) && !isHostOnly) return 'prefix'
  return /^__Secure-/i.test(name) && !secure ? 'prefix' : null
}

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)

export type Withheld = 'host' | 'path' | 'scheme'

/** Why a kept cookie is not sent to an address; null where it is. */
export function withheldBecause(cookie: AppCookie, to: URL): Withheld | null {
  const { from, domain, path, secure } = cookie
  const fits = domain === null ? to.hostname === from.hostname : isWithin(to.hostname, domain)
  if (!fits) return 'host'
  const within = path.endsWith('/') ? path : `${path}/`
  if (to.pathname !== path && !`${to.pathname}/`.startsWith(within)) return 'path'
  return secure && !isTrustworthy(to) ? 'scheme' : null
}

/** The application's cookies of one visit, kept as a browser would and forgotten with it. */
export class CookieJar {
  private readonly kept = new Map<string, AppCookie>()
  /** All that were set, the dropped ones too; the last one of each name and place counts. */
  private readonly seen = new Map<string, AppCookie>()

  take(headers: readonly string[], from: URL, hop: number): void {
    for (const header of headers) {
      const cookie = parseCookie(header, from, hop)
      if (cookie !== null) this.keep(cookie)
    }
  }

  private keep(cookie: AppCookie): void {
    const place = [cookie.domain ?? cookie.from.hostname, cookie.path, cookie.name].join(' ')
    const isDropped = droppedBecause(cookie) !== null
    if (cookie.isRemoval) {
      this.kept.delete(place)
      this.seen.delete(place)
      return
    }
    this.seen.set(place, cookie)
    if (!isDropped) this.kept.set(place, cookie)
  }

  headerFor(to: URL): string {
    return [...this.kept.values()]
      .filter((cookie) => withheldBecause(cookie, to) === null)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  all(): AppCookie[] {
    return [...this.seen.values()]
  }

  /** Which cookies are held, without their values. */
  names(): string {
    return [...this.kept.keys()].toSorted().join(', ')
  }
}
