import type { OidcSettings } from '../../src-main/core/app/ports'
import { appSecrets, timeTracker, tududi, type AppRoutes } from './fake-application'

export interface Place {
  readonly origin: string
  readonly endpoint: string
  /** Where nobody listens. */
  readonly closed: string
}

/** TimeTracker with one thing otherwise. */
const asking = (request: Readonly<Record<string, string | null>>) => (place: Place) =>
  timeTracker({ ...place, request })
const setting = (cookie: string) => (place: Place) => timeTracker({ ...place, cookie })
const canary = appSecrets.session

/** One fault a row: what the application does, and the stage, status and code that say so. */
export interface ApplicationFault {
  readonly name: string
  readonly routes: (place: Place) => AppRoutes
  readonly settings?: (place: Place) => Partial<OidcSettings>
  readonly address?: (place: Place) => string
  readonly expected: string
  readonly says?: RegExp
}

const callback = ({ origin }: Place) => `${origin}/auth/oidc/callback`
export const inSettings = (place: Place) => ({ redirectUri: callback(place) })

export const applicationFaults: readonly ApplicationFault[] = [
  {
    name: 'the return address has http behind https',
    routes: asking({ redirect_uri: 'http://127.0.0.1/auth/oidc/callback' }),
    expected: 'appredirect failed OIDC_APP_PROXY_HEADERS',
    says: /by http/,
  },
  {
    name: 'the return address has the name inside the container network',
    routes: asking({ redirect_uri: 'http://timetracker:5000/auth/oidc/callback' }),
    expected: 'appredirect failed OIDC_APP_PROXY_HEADERS',
    says: /internal address: http:\/\/timetracker:5000/,
  },
  {
    name: 'the return address has the port behind the web server',
    routes: asking({ redirect_uri: 'https://127.0.0.1:8443/auth/oidc/callback' }),
    expected: 'appredirect failed OIDC_APP_PROXY_HEADERS',
    says: /another port/,
  },
  {
    name: 'the settings themselves have http',
    routes: asking({ redirect_uri: 'http://127.0.0.1/auth/oidc/callback' }),
    settings: () => ({ redirectUri: 'http://127.0.0.1/auth/oidc/callback' }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /by http/,
  },
  {
    name: 'a slash too many',
    routes: (place) => timeTracker({ ...place, request: { redirect_uri: `${callback(place)}/` } }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /slash/,
  },
  {
    name: 'another path',
    routes: (place) => timeTracker({ ...place, request: { redirect_uri: `${place.origin}/oidc/callback` } }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /path/,
  },
  {
    name: 'another public host',
    routes: asking({ redirect_uri: 'https://old.example.org/auth/oidc/callback' }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /host/,
  },
  {
    name: 'no return address',
    routes: asking({ redirect_uri: null }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
  },
  {
    name: 'another client',
    routes: asking({ client_id: 'other' }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /“other”.*“desk”/,
  },
  {
    name: 'another provider',
    routes: (place) => timeTracker({ ...place, endpoint: 'https://login.example.org/authorize' }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /login\.example\.org/,
  },
  {
    name: 'the implicit flow',
    routes: asking({ response_type: 'id_token' }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /id_token/,
  },
  {
    name: 'no state',
    routes: asking({ state: null }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /no state/,
  },
  {
    name: 'no scope openid',
    routes: asking({ scope: 'profile email' }),
    expected: 'appredirect failed OIDC_APP_REDIRECT',
    says: /openid/,
  },
  {
    name: 'other scopes',
    routes: asking({ scope: 'openid profile email groups' }),
    expected: 'appredirect warning OIDC_APP_REDIRECT',
    says: /groups/,
  },
  {
    name: 'plain PKCE',
    routes: asking({ code_challenge_method: 'plain' }),
    expected: 'appredirect warning OIDC_PKCE_UNSUPPORTED',
  },
  {
    name: 'a public client without PKCE',
    routes: asking({ code_challenge: null, code_challenge_method: null }),
    settings: (place) => ({ ...inSettings(place), clientSecret: null }),
    expected: 'appredirect warning OIDC_PKCE_UNSUPPORTED',
  },
  {
    name: 'a cookie larger than 4096 bytes',
    routes: setting(`session=${canary}${'x'.repeat(4096)}; Secure; HttpOnly; SameSite=Lax`),
    expected: 'appcookie failed OIDC_APP_COOKIE',
    says: /browsers drop what is larger/,
  },
  {
    name: 'SameSite=Strict',
    routes: setting(`session=${canary}; Secure; HttpOnly; Path=/; SameSite=Strict`),
    expected: 'appcookie failed OIDC_APP_COOKIE',
    says: /Strict/,
  },
  {
    name: 'SameSite=None without Secure',
    routes: setting(`session=${canary}; HttpOnly; Path=/; SameSite=None`),
    expected: 'appcookie failed OIDC_APP_COOKIE',
    says: /None without Secure/,
  },
  {
    name: 'a path that the return address is not below',
    routes: setting(`oauth_state=${canary}; Secure; HttpOnly; Path=/login; SameSite=Lax`),
    expected: 'appcookie failed OIDC_APP_COOKIE',
    says: /path \/login/,
  },
  {
    name: 'a domain that is not its own',
    routes: setting(`session=${canary}; Secure; HttpOnly; Path=/; Domain=example.org`),
    expected: 'appcookie failed OIDC_APP_COOKIE',
    says: /domain/,
  },
  {
    name: 'a prefix that asks for more',
    routes: setting(`__Host-session=${canary}; Secure; HttpOnly; Path=/login`),
    expected: 'appcookie failed OIDC_APP_COOKIE',
    says: /__Host-/,
  },
  {
    name: 'no Secure over https',
    routes: setting(`session=${canary}; HttpOnly; Path=/; SameSite=Lax`),
    expected: 'appcookie warning OIDC_APP_COOKIE',
    says: /without Secure/,
  },
  {
    name: 'no HttpOnly',
    routes: setting(`session=${canary}; Secure; Path=/; SameSite=Lax`),
    expected: 'appcookie warning OIDC_APP_COOKIE',
    says: /HttpOnly/,
  },
  {
    name: 'an answer by form_post with a Lax cookie',
    routes: asking({ response_mode: 'form_post' }),
    expected: 'appcookie failed OIDC_APP_COOKIE',
    says: /form_post/,
  },
  {
    name: 'opened at another host than the return address has',
    routes: (place) => timeTracker(place),
    address: (place) => place.origin.replace('127.0.0.1', 'localhost'),
    expected: 'appcookie failed OIDC_APP_COOKIE',
    says: /localhost’s/,
  },
  {
    name: 'https that redirects to itself',
    routes: (place) => ({ '/': { to: `${place.origin}/` } }),
    expected: 'app failed OIDC_APP_PROXY_HEADERS',
    says: /own https address/,
  },
  {
    name: 'a loop between two pages',
    routes: () => ({ '/': { to: '/login' }, '/login': { to: '/start' }, '/start': { to: '/login' } }),
    expected: 'app failed OIDC_APP_LOOP',
    says: /do not end/,
  },
  {
    name: 'a loop for a cookie that no browser keeps',
    routes: () => ({
      '/': { to: '/login' },
      '/login': { to: '/', cookies: [`session=${canary}${'x'.repeat(4096)}; Secure; HttpOnly`] },
    }),
    expected: 'app failed OIDC_APP_COOKIE',
    says: /no browser keeps its cookie session/,
  },
  {
    name: 'a redirect to the name inside the container network',
    routes: () => ({ '/': { to: 'http://timetracker:5000/login' } }),
    expected: 'app failed OIDC_APP_PROXY_HEADERS',
    says: /only exists behind/,
  },
  {
    name: 'a page without a button although single sign-on is on',
    routes: (place) => ({ ...timeTracker(place), '/login': { body: '<form method="post"></form>' } }),
    expected: 'app failed OIDC_APP_BUTTON',
    says: /works from .* no button/,
  },
  {
    name: 'tududi without providers',
    routes: () => ({
      '*': { body: '<div id="root"></div>' },
      '/api/oidc/providers': { body: { providers: [] } },
    }),
    expected: 'app failed OIDC_APP_BUTTON',
    says: /tududi .* no provider/,
  },
  {
    name: 'tududi with other providers',
    routes: () => ({
      '*': { body: '<div id="root"></div>' },
      '/api/oidc/providers': { body: { providers: [{ slug: 'one' }, { slug: 'two' }] } },
    }),
    expected: 'app failed OIDC_APP_BUTTON',
    says: /one, two only/,
  },
  {
    name: 'Vikunja with OpenID switched off',
    routes: () => ({
      '*': { body: '<div id="root"></div>' },
      '/api/oidc/providers': { status: 404, body: {} },
      '/api/v1/info': { body: { auth: { openid_connect: { enabled: false, providers: null } } } },
    }),
    expected: 'app failed OIDC_APP_BUTTON',
    says: /Vikunja/,
  },
  {
    name: 'Pulse with OpenID switched off',
    routes: () => ({
      '*': { body: '<div id="root"></div>' },
      '/api/oidc/providers': { status: 404, body: {} },
      '/api/v1/info': { status: 404, body: {} },
      '/api/security/status': { body: { oidcEnabled: false } },
      'POST /api/oidc/login': { status: 400, body: { error: 'oidc_disabled' } },
    }),
    expected: 'app failed OIDC_APP_BUTTON',
    says: /Pulse/,
  },
  {
    name: 'no page of a known application',
    routes: () => ({ '/': { body: '<h1>It works</h1>' } }),
    expected: 'app failed OIDC_APP_BUTTON',
    says: /no button or link/,
  },
  {
    name: 'a start that ends at the sign-in page with an error',
    routes: (place) => ({
      ...tududi(place),
      '/api/oidc/auth/test': { to: '/login?error=OIDC%20provider%20discovery%20failed' },
    }),
    expected: 'app failed OIDC_APP_REDIRECT',
    says: /discovery failed/,
  },
  {
    name: 'a start that breaks',
    routes: (place) => ({
      ...timeTracker(place),
      '/login/oidc': {
        status: 500,
        body: `<p>state ${appSecrets.state}</p>`,
        cookies: [`s=${appSecrets.state}`],
      },
    }),
    expected: 'app failed OIDC_HTTP_STATUS',
    says: /HTTP 500/,
  },
  {
    name: 'nobody listens',
    routes: () => ({}),
    address: ({ closed }) => closed,
    expected: 'app failed OIDC_CONNECT_REFUSED',
  },
]
