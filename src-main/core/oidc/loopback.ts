import { randomBytes } from 'node:crypto'
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '../../contract/errors'
import type { OidcSettings } from '../app/ports'
import type { Texts } from '../app/texts'
import { loopbackPage, pageHeaders, type LoopbackPage } from './loopback-page'

/** Calls back once after so many milliseconds; the answer cancels it. */
export type Timer = (ms: number, callback: () => void) => () => void

export const systemTimer: Timer = (ms, callback) => {
  const handle = setTimeout(callback, ms)
  return () => clearTimeout(handle)
}

export const loopbackLimit = 10 * 60 * 1000

export interface LoopbackOptions {
  readonly where: OidcSettings['loopback']
  readonly signal: AbortSignal
  readonly timer: Timer
  readonly texts: Texts
  /** What is waited for; the answer to a sign-in if not given. */
  readonly expects?: Expectation
}

/** Which address counts as the one accepted visit, how long it is waited for, and the page that it is shown. */
export interface Expectation {
  readonly isAnswer: (url: URL) => boolean
  readonly limitMs: number
  readonly page: LoopbackPage
}

/** A one-shot listener for the redirect of RFC 8252 §7.3. */
export interface Loopback {
  readonly redirectUri: string
  /** The one accepted callback; fails with `OIDC_CALLBACK_TIMEOUT` or `OIDC_CANCELLED`. The port is closed by then. */
  readonly callback: Promise<URL>
  /**
   * An own address that sends its first visitor on to another one. What may not stand in the browser's command line,
   * where every program of this computer reads it, is passed on so.
   */
  readonly leadTo: (address: string) => { readonly address: string; readonly followed: Promise<void> }
  readonly close: () => Promise<void>
}

/** Listens and proves that it can be reached, all before a browser is opened. */
export async function listenOnLoopback(options: LoopbackOptions): Promise<Loopback> {
  if (options.signal.aborted) throw new AppError('OIDC_CANCELLED')
  const { servers, port } = await bindFirstFree(options.where)
  const reception = createReception(options, port)
  for (const server of servers) server.on('request', reception.receive)
  const stop = new AbortController()
  const close = (): Promise<void> => {
    stop.abort()
    return closeAll(servers)
  }
  try {
    await probe(options.where.host, port, reception.probePath)
  } catch (cause) {
    await close()
    throw new AppError('OIDC_PORT_FORBIDDEN', { details: { port }, cause })
  }
  const signal = AbortSignal.any([options.signal, stop.signal])
  const callback = withLimits({ ...options, signal }, reception.arrived).finally(close)
  callback.catch(() => undefined)
  const origin = `http://${options.where.host}:${port}`
  const leadTo: Loopback['leadTo'] = (address) => {
    const { path, followed } = reception.leadTo(address)
    return { address: `${origin}${path}`, followed }
  }
  return { redirectUri: `${origin}${options.where.path}`, callback, leadTo, close }
}

interface Bound {
  readonly servers: readonly Server[]
  readonly port: number
}

const addresses: Readonly<Record<OidcSettings['loopback']['host'], readonly string[]>> = {
  '127.0.0.1': ['127.0.0.1'],
  '[::1]': ['::1'],
  localhost: ['127.0.0.1', '::1'],
}
/** An ephemeral port that is free in one address family may be taken in the other; then the next one is tried. */
const ephemeralTries = [0, 0, 0, 0, 0]

async function bindFirstFree(where: OidcSettings['loopback']): Promise<Bound> {
  const wanted = where.ports.length > 0 ? where.ports : ephemeralTries
  const failures: { port: number; reason: string }[] = []
  for (const port of wanted) {
    try {
      return await bindAll(addresses[where.host], port)
    } catch (error) {
      failures.push({ port, reason: reasonOf(error) })
    }
  }
  throw new AppError(codeOfBindFailures(failures.map(({ reason }) => reason)), {
    details: { host: where.host, ports: where.ports.length > 0 ? failures : [] },
  })
}

/** Forbidden only if every port was: a taken one can be freed by the person, a forbidden one can't. */
export function codeOfBindFailures(reasons: readonly string[]): 'OIDC_PORT_IN_USE' | 'OIDC_PORT_FORBIDDEN' {
  const forbidden = reasons.every((reason) => reason === 'EACCES' || reason === 'EPERM')
  return forbidden ? 'OIDC_PORT_FORBIDDEN' : 'OIDC_PORT_IN_USE'
}

/** All families of the host on one port; a machine without IPv6 is content with IPv4. */
async function bindAll(hosts: readonly string[], wanted: number): Promise<Bound> {
  const servers: Server[] = []
  let port = wanted
  for (const host of hosts) {
    try {
      const server = await bind(host, port)
      port = (server.address() as AddressInfo).port
      servers.push(server)
    } catch (error) {
      if (servers.length > 0 && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(reasonOf(error))) continue
      await closeAll(servers)
      throw error
    }
  }
  return { servers, port }
}

function bind(host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ maxHeaderSize: 32 * 1024, requestTimeout: 10_000 })
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

interface Reception {
  readonly probePath: string
  readonly arrived: Promise<URL>
  readonly receive: (request: IncomingMessage, response: ServerResponse) => void
  readonly leadTo: (address: string) => { readonly path: string; readonly followed: Promise<void> }
}

const ownPath = () => `/${randomBytes(16).toString('hex')}`

interface Lead {
  readonly path: string
  readonly address: string
  readonly follow: () => void
}

const signInAnswer: Expectation = { isAnswer: isSignInAnswer, limitMs: loopbackLimit, page: 'returned' }

/** Lets in exactly one GET of the redirect path, from the host name it listens on, as a page of its own. */
function createReception(options: LoopbackOptions, port: number): Reception {
  const { where, texts, expects = signInAnswer } = options
  const host = `${where.host}:${port}`
  const probePath = ownPath()
  const { promise: arrived, resolve: accept } = deferred<URL>()
  let used = false
  let lead: Lead | null = null

  /** The status to answer with: 204, 200 and 303 are the ones that are no refusal. */
  function judge(request: IncomingMessage, url: URL | null): number {
    if (request.headers.host !== host) return 421
    if (request.method !== 'GET') return 405
    if (url === null) return 400
    if (url.pathname === probePath || url.pathname === '/favicon.ico') return 204
    if (url.pathname === lead?.path) return isOwnPage(request) ? 303 : 400
    if (url.pathname !== where.path) return 404
    if (used) return 410
    return expects.isAnswer(url) && isOwnPage(request) ? 200 : 400
  }

  function sendOn(response: ServerResponse, { address, follow }: Lead): void {
    lead = null
    response.once('close', follow)
    response.writeHead(303, { ...pageHeaders, location: address }).end()
  }

  function receive(request: IncomingMessage, response: ServerResponse): void {
    const url = parseTarget(request.url, host)
    const status = judge(request, url)
    if (status === 204) {
      response.writeHead(status).end()
    } else if (status === 303 && lead !== null) {
      sendOn(response, lead)
    } else if (status === 200 && url !== null) {
      used = true
      response.once('close', () => accept(url))
      response.writeHead(status, pageHeaders).end(loopbackPage(texts, expects.page))
    } else {
      response.writeHead(status, pageHeaders).end(loopbackPage(texts, status === 410 ? 'used' : 'refused'))
    }
  }
  return {
    ...{ probePath, arrived, receive },
    leadTo: (address) => {
      const { promise: followed, resolve: follow } = deferred<undefined>()
      lead = { path: ownPath(), address, follow: () => follow(undefined) }
      return { path: lead.path, followed }
    },
  }
}

/** Origin form only (RFC 9112 §3.2.1): no address of another host, no `//host`. */
function parseTarget(target: string | undefined, host: string): URL | null {
  if (target === undefined || !/^\/(?!\/)/.test(target) || target.length > 16_384) return null
  return URL.canParse(target, `http://${host}`) ? new URL(target, `http://${host}`) : null
}

/** A provider's answer has a state and either a code or an error; anything else is no answer and uses nothing up. */
function isSignInAnswer({ searchParams }: URL): boolean {
  return searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'))
}

/** Where the browser says so, it must be a page that is gone to, not an image or a frame of some other page. */
function isOwnPage(request: IncomingMessage): boolean {
  const destination = request.headers['sec-fetch-dest']
  return destination === undefined || destination === 'document'
}

function withLimits(options: LoopbackOptions, arrived: Promise<URL>): Promise<URL> {
  const { signal, timer, expects = signInAnswer } = options
  return new Promise((resolve, reject) => {
    const cancelTimer = timer(expects.limitMs, () =>
      finish(() => reject(new AppError('OIDC_CALLBACK_TIMEOUT'))),
    )
    const cancel = (): void => finish(() => reject(new AppError('OIDC_CANCELLED')))
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) cancel()
    void arrived.then((url) => finish(() => resolve(url)))

    function finish(settle: () => void): void {
      cancelTimer()
      signal.removeEventListener('abort', cancel)
      settle()
    }
  })
}

/** Asks itself over the network for a path that only it knows. */
function probe(host: string, port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(`http://${host}:${port}${path}`, { agent: false, timeout: 2000 }, (response) => {
      response.resume()
      if (response.statusCode === 204) resolve()
      else reject(new Error(`another program answers on port ${port}`))
    })
    request.on('timeout', () => request.destroy(new Error('no answer from the own port')))
    request.on('error', reject)
  })
}

/** At once, whoever is still connected. */
async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        }),
    ),
  )
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: (value) => settle(value) }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
