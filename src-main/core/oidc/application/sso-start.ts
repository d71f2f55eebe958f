import { z } from 'zod'
import type { RequestInit } from 'undici'
import type { OidcSettings } from '../../app/ports'

/** Where an application begins a sign-in at the provider. */
export interface SsoStart {
  readonly url: URL
  readonly init?: RequestInit
}

const knownStart = /\/(?:login\/oidc|api\/oidc\/auth\/[^/?#]+|api\/oidc\/login|api\/oidc\/[^/?#]+\/login)$/
const likelyStart = /\/(?:oidc|openid|sso|oauth2?|openid-connect)(?:[/_-][^?#]*)?$/i
const noStart = /callback|logout|disconnect|\.(?:js|css|png|svg|ico|json|woff2?)$/i

/** The links of a page to a sign-in at a provider: those of the known applications first. */
export function startsIn(html: string, page: URL): URL[] {
  const links = [...html.matchAll(/\b(?:href|action|formaction|data-href)\s*=\s*["']([^"']+)["']/gi)]
    .map(([, address = '']) => address.replaceAll('&amp;', '&'))
    .filter((address) => URL.canParse(address, page))
    .map((address) => new URL(address, page))
    .filter((url) => url.origin === page.origin && url.href !== page.href && !noStart.test(url.pathname))
  const known = links.filter(({ pathname }) => knownStart.test(pathname))
  return known.length > 0 ? known : links.filter(({ pathname }) => likelyStart.test(pathname))
}

/** The application's own root, also where it lives below a path; the sign-in page's own path is none. */
export function rootOf(address: URL): URL {
  const path = address.pathname.replace(/(?:login|signin|sign-in|auth|api|index\.html)(?:\/.*)?$/, '')
  return new URL(path.endsWith('/') ? path : `${path}/`, address)
}

/** What the page of an application with a script asks its server for: which providers it has buttons for. */
export interface Listing {
  readonly path: string
  readonly read: (json: unknown, root: URL, provider: OidcSettings) => Offer | null
}

/** `starts` is empty where the application says that it has no button; `names` are those that it has. */
export interface Offer {
  readonly application: string
  readonly names: readonly string[]
  readonly start: SsoStart | null
  /** Where its button would lead to, if it had one. */
  readonly hidden: SsoStart | null
}

const tududi = z.object({ providers: z.array(z.object({ slug: z.string() })) })

const vikunja = z.object({
  auth: z.object({
    openid_connect: z.object({
      enabled: z.boolean(),
      providers: z
        .array(
          z.object({
            key: z.string(),
            auth_url: z.url(),
            client_id: z.string(),
            scope: z.string().default('openid'),
          }),
        )
        .nullish(),
    }),
  }),
})

const pulse = z.object({ oidcEnabled: z.boolean() })

const json = { 'content-type': 'application/json' }

/** One among several is the one of the same short name; a lone one is it whatever its name. */
function chosen<T>(all: readonly T[], name: (each: T) => string, slug: string): T | null {
  return all.find((each) => name(each) === slug) ?? (all.length === 1 ? (all[0] ?? null) : null)
}

export const listings: readonly Listing[] = [
  {
    path: 'api/oidc/providers',
    read: (answer, root, { slug }) => {
      const { data } = tududi.safeParse(answer)
      if (data === undefined) return null
      const at = (of: string) => ({ url: new URL(`api/oidc/auth/${encodeURIComponent(of)}`, root) })
      const one = chosen(data.providers, (each) => each.slug, slug)
      const names = data.providers.map((each) => each.slug)
      return { application: 'tududi', names, start: one && at(one.slug), hidden: at(slug) }
    },
  },
  {
    path: 'api/v1/info',
    read: (answer, root, { slug }) => {
      const { data } = vikunja.safeParse(answer)
      if (data === undefined) return null
      const { enabled, providers } = data.auth.openid_connect
      const all = enabled ? (providers ?? []) : []
      const one = chosen(all, ({ key }) => key, slug)
      const start = one && { url: vikunjaRequest(one, root) }
      return { application: 'Vikunja', names: all.map(({ key }) => key), start, hidden: null }
    },
  },
  {
    path: 'api/security/status',
    read: (answer, root) => {
      const { data } = pulse.safeParse(answer)
      if (data === undefined) return null
      const login = {
        url: new URL('api/oidc/login', root),
        init: { method: 'POST', body: '{}', headers: json },
      }
      const start = data.oidcEnabled ? login : null
      return { application: 'Pulse', names: data.oidcEnabled ? ['oidc'] : [], start, hidden: login }
    },
  },
]

/** Vikunja's page makes the request itself, with the address that it is open at; its state stays in the browser. */
function vikunjaRequest(
  of: { key: string; auth_url: string; client_id: string; scope: string },
  root: URL,
): URL {
  const url = new URL(of.auth_url)
  const parameters = {
    client_id: of.client_id,
    redirect_uri: new URL(`auth/openid/${of.key}`, root).href,
    response_type: 'code',
    scope: of.scope,
    state: 'made-by-the-page',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}

/** Where the known applications begin, for one whose page shows no way. */
export function blindStarts(root: URL, { slug }: OidcSettings): SsoStart[] {
  return ['login/oidc', `api/oidc/auth/${encodeURIComponent(slug)}`].map((path) => ({
    url: new URL(path, root),
  }))
}
