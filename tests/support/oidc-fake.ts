import { createHash } from 'node:crypto'
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import type { Browser } from '../../src-main/core/app/ports'

export interface FakeAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, a string as it is. */
  readonly body: unknown
}

export interface IdTokenPlan {
  /** Merged over good claims; `undefined` removes one. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly alg?: string
  /** The whole token, whatever it is. */
  readonly raw?: string
  /** Signed by a key that the JWKS does not have. */
  readonly foreignKey?: boolean
  readonly kid?: string
}

/** What a test lets the provider do wrong; read at every request, so it may be changed while it runs. */
export interface FakeScript {
  discovery?: (good: Record<string, unknown>) => FakeAnswer | Promise<FakeAnswer>
  /** Parameters of the redirect back, merged over code, state and iss; null removes one. */
  callback?: (good: Readonly<Record<string, string>>) => Readonly<Record<string, string | null>>
  token?: (form: URLSearchParams, headers: IncomingMessage['headers']) => FakeAnswer | null
  idToken?: IdTokenPlan
  jwks?: (good: { keys: unknown[] }) => FakeAnswer
  userinfo?: FakeAnswer
  authorize?: (query: URLSearchParams) => FakeAnswer | null
  /** By so many seconds its clock is ahead: in `Date` and in ID tokens. */
  ahead?: number
}

export interface FakeProvider {
  readonly issuer: string
  readonly port: number
  readonly clientId: string
  script: FakeScript
  /** How often each path was asked for. */
  readonly requests: readonly string[]
  /** The forms that reached the token endpoint. */
  readonly tokenForms: readonly URLSearchParams[]
  readonly stop: () => Promise<void>
}

interface FakeOptions {
  readonly tls?: { readonly key: string; readonly cert: string; readonly maxVersion?: 'TLSv1.1' }
  /** The host in the issuer; the listener is on 127.0.0.1. */
  readonly host?: string
}

/** A provider by the book that follows a script where a test wants it to misbehave. */
export async function startFake(options: FakeOptions = {}): Promise<FakeProvider> {
  const keys = await generateKeyPair('RS256', { extractable: true })
  const foreign = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'fake', alg: 'RS256', use: 'sig' }
  const requests: string[] = []
  const tokenForms: URLSearchParams[] = []
  const codes = new Map<string, { readonly nonce: string; readonly challenge: string }>()
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request).then((reply) => {
      const ahead = fake.script.ahead ?? 0
      const date = new Date(Date.now() + ahead * 1000).toUTCString()
      send(response, ahead === 0 ? reply : { ...reply, headers: { date, ...reply.headers } })
    })
  }
  const { maxVersion, ...identity } = options.tls ?? {}
  const version =
    maxVersion === undefined
      ? {}
      : { maxVersion, minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' }
  const weak = options.tls === undefined ? {} : { ciphers: 'DEFAULT@SECLEVEL=0' }
  const server =
    options.tls === undefined
      ? createHttp(listener)
      : createHttps({ ...identity, ...weak, ...version }, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.address() as AddressInfo).port
  const issuer = `${options.tls === undefined ? 'http' : 'https'}://${options.host ?? '127.0.0.1'}:${port}`
  const fake: FakeProvider = {
    ...{ issuer, port, clientId: 'desk', script: {}, requests, tokenForms },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage): Promise<FakeAnswer> {
    const url = new URL(request.url ?? '/', issuer)
    requests.push(url.pathname)
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return (await fake.script.discovery?.(metadata(issuer))) ?? { body: metadata(issuer) }
      case '/authorize':
        return fake.script.authorize?.(url.searchParams) ?? authorize(url.searchParams)
      case '/token':
        return token(new URLSearchParams(await bodyOf(request)), request.headers)
      case '/jwks':
        return fake.script.jwks?.({ keys: [jwk] }) ?? { body: { keys: [jwk] } }
      case '/userinfo':
        return (
          fake.script.userinfo ?? {
            body: { sub: 'subject-1', email: 'ada@example.org', email_verified: true },
          }
        )
      default:
        return { status: 404, body: 'nothing here' }
    }
  }

  function authorize(query: URLSearchParams): FakeAnswer {
    const code = `code-${codes.size}`
    codes.set(code, { nonce: query.get('nonce') ?? '', challenge: query.get('code_challenge') ?? '' })
    const good = { code, state: query.get('state') ?? '', iss: issuer }
    const target = new URL(query.get('redirect_uri') ?? '')
    const parameters: Readonly<Record<string, string | null>> = { ...good, ...fake.script.callback?.(good) }
    for (const [name, value] of Object.entries(parameters))
      if (value !== null) target.searchParams.set(name, value)
    return { status: 302, headers: { location: target.href }, body: '' }
  }

  async function token(form: URLSearchParams, headers: IncomingMessage['headers']): Promise<FakeAnswer> {
    tokenForms.push(form)
    const scripted = fake.script.token?.(form, headers)
    if (scripted) return scripted
    const asked = codes.get(form.get('code') ?? '')
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '')
    if (asked === undefined || challenge.digest('base64url') !== asked.challenge)
      return { status: 400, body: { error: 'invalid_grant' } }
    const idToken = await signed(fake.script.idToken ?? {}, asked.nonce)
    return {
      body: { access_token: 'fake-access-token', token_type: 'Bearer', expires_in: 60, id_token: idToken },
    }
  }

  async function signed(plan: IdTokenPlan, nonce: string): Promise<string> {
    if (plan.raw !== undefined) return plan.raw
    const now = Math.floor(Date.now() / 1000) + (fake.script.ahead ?? 0)
    const good = { iss: issuer, aud: fake.clientId, sub: 'subject-1', nonce, iat: now, exp: now + 300 }
    const claims = { ...good, email: 'ada@example.org', email_verified: true, ...plan.claims } as JWTPayload
    const alg = plan.alg ?? 'RS256'
    const key = alg.startsWith('HS')
      ? new TextEncoder().encode('s'.repeat(64))
      : plan.foreignKey
        ? foreign.privateKey
        : keys.privateKey
    return new SignJWT(claims).setProtectedHeader({ alg, kid: plan.kid ?? 'fake' }).sign(key)
  }
  return fake
}

function metadata(issuer: string): Record<string, unknown> {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }
}

function send(response: ServerResponse, answer: FakeAnswer): void {
  const isText = typeof answer.body === 'string'
  const type = isText ? 'text/html' : 'application/json'
  response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers })
  response.end(isText ? answer.body : JSON.stringify(answer.body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

/** A browser without a window: follows the redirects of an address to their end. */
export function createFollowingBrowser(): { readonly browser: Browser; readonly opened: string[] } {
  const opened: string[] = []
  return {
    opened,
    browser: {
      open: (url) => {
        opened.push(url)
        void fetch(url).then(
          (response) => response.text(),
          () => undefined,
        )
        return Promise.resolve()
      },
    },
  }
}
