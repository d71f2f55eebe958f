import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FakeCertificate } from './oidc-fake-certificates'

export interface AppAnswer {
  readonly status?: number
  /** Sends the browser on. */
  readonly to?: string
  readonly cookies?: readonly string[]
  /** An object is sent as JSON, a string as a page. */
  readonly body?: unknown
}

export interface AppAsked {
  readonly method: string
  readonly url: URL
  readonly cookie: string
}

/** `METHOD /path` → answer; without a method, GET. What is not there is a 404, or the page at `*`. */
export type AppRoutes = Readonly<Record<string, AppAnswer | ((asked: AppAsked) => AppAnswer)>>

export interface FakeApplication {
  readonly origin: string
  readonly asked: readonly AppAsked[]
  routes: AppRoutes
  readonly stop: () => Promise<void>
}

/** An application’s server on this computer that answers by its routes; a test may change them while it runs. */
export async function startApplication(
  options: { readonly tls?: FakeCertificate; readonly host?: string } = {},
): Promise<FakeApplication> {
  const asked: AppAsked[] = []
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', app.origin)
    const one = { method: request.method ?? 'GET', url, cookie: request.headers.cookie ?? '' }
    asked.push(one)
    const key = one.method === 'GET' ? url.pathname : `${one.method} ${url.pathname}`
    const route = app.routes[key] ?? app.routes['*'] ?? { status: 404, body: 'nothing here' }
    send(response, typeof route === 'function' ? route(one) : route)
  }
  const server = options.tls === undefined ? createHttp(listener) : createHttps(options.tls, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const scheme = options.tls === undefined ? 'http' : 'https'
  const app: FakeApplication = {
    ...{ origin: `${scheme}://${options.host ?? '127.0.0.1'}:${port}`, asked, routes: {} },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return app
}

function send(response: ServerResponse, { status, to, cookies = [], body = '' }: AppAnswer): void {
  const isText = typeof body === 'string'
  response.writeHead(status ?? (to === undefined ? 200 : 302), {
    'content-type': isText ? 'text/html; charset=utf-8' : 'application/json',
    ...(to === undefined ? {} : { location: to }),
    ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }),
  })
  response.end(isText ? body : JSON.stringify(body))
}

export interface AppShape {
  readonly origin: string
  /** The provider’s sign-in page. */
  readonly endpoint: string
  readonly slug?: string
  /** Parameters of the request that are otherwise than they should be; null leaves one out. */
  readonly request?: Readonly<Record<string, string | null>>
  readonly cookie?: string
}

/** What only the application knows; none of it may ever be told. */
export const appSecrets = {
  state: 'canary-state-1f0c93b7',
  nonce: 'canary-nonce-88d2a6e1',
  challenge: 'canary-challenge-5b7e20',
  session: 'canary-session-c41d77',
}

export function requestTo(endpoint: string, parameters: Readonly<Record<string, string | null>>): string {
  const url = new URL(endpoint)
  for (const [name, value] of Object.entries(parameters))
    if (value !== null) url.searchParams.set(name, value)
  return url.href
}

const common = { response_type: 'code', client_id: 'desk', scope: 'openid profile email' }

/** A page from the server; the state in a session cookie that grows; PKCE. */
export function timeTracker({ origin, endpoint, request, cookie }: AppShape): AppRoutes {
  const { state, nonce, challenge, session } = appSecrets
  const redirect = { redirect_uri: `${origin}/auth/oidc/callback`, state, nonce }
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
  const secure = origin.startsWith('https:') ? '; Secure' : ''
  return {
    '/': { to: '/login?next=%2F' },
    '/login': {
      cookies: [`session=${session}; HttpOnly; Path=/; SameSite=Lax${secure}`],
      body: '<form action="/login" method="post"></form><a class="btn" href="/login/oidc?next=/">Single sign-on</a>',
    },
    '/login/oidc': {
      to: requestTo(endpoint, { ...common, ...redirect, ...pkce, ...request }),
      cookies: [cookie ?? `session=${session}-more; HttpOnly; Path=/; SameSite=Lax${secure}`],
    },
  }
}

const script = '<!doctype html><div id="root"></div><script src="/assets/index.js"></script>'

/** A page with a script that asks for the providers; the state is the server’s, bound by a cookie. */
export function tududi({ origin, endpoint, slug = 'test', request, cookie }: AppShape): AppRoutes {
  const { state, nonce, session } = appSecrets
  const redirect = { redirect_uri: `${origin}/api/oidc/callback/${slug}`, state, nonce }
  return {
    '*': { body: script },
    '/api/oidc/providers': { body: { providers: [{ slug, name: 'Test provider', type: 'oidc' }] } },
    [`/api/oidc/auth/${slug}`]: {
      to: requestTo(endpoint, { ...common, ...redirect, ...request }),
      cookies: [cookie ?? `oidc_binding=${session}; Path=/api/oidc; HttpOnly; SameSite=Lax; Secure`],
    },
  }
}

/** A page with a script that makes the request itself from what the server says. */
export function vikunja({ endpoint, slug = 'test', request = {} }: AppShape): AppRoutes {
  const provider = {
    ...{ name: 'Test provider', key: slug, auth_url: endpoint, logout_url: '' },
    ...{ client_id: request['client_id'] ?? 'desk', scope: request['scope'] ?? 'openid profile email' },
  }
  return {
    '*': { body: script },
    '/api/oidc/providers': { status: 404, body: { message: 'Not Found' } },
    '/api/v1/info': {
      body: { version: 'v1', auth: { local: {}, openid_connect: { enabled: true, providers: [provider] } } },
    },
  }
}

/** A page with a script; the way to the provider is the answer to a question, not a redirect. */
export function pulse({ origin, endpoint, request }: AppShape): AppRoutes {
  const { state, nonce, challenge } = appSecrets
  const redirect = { redirect_uri: `${origin}/api/oidc/callback`, state, nonce }
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
  return {
    '*': { body: script },
    '/api/oidc/providers': { status: 404, body: 'not found' },
    '/api/v1/info': { status: 401, body: { error: 'unauthorized' } },
    '/api/security/status': { body: { hasAuthentication: true, oidcEnabled: true } },
    'POST /api/oidc/login': {
      body: { authorizationUrl: requestTo(endpoint, { ...common, ...redirect, ...pkce, ...request }) },
    },
  }
}
