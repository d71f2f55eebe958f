import { createServer, request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createTexts } from '../../../src-main/core/app/texts'
import type { OidcSettings } from '../../../src-main/core/app/ports'
import {
  codeOfBindFailures,
  listenOnLoopback,
  loopbackLimit,
  systemTimer,
  type Loopback,
  type Timer,
} from '../../../src-main/core/oidc/loopback'

const texts = createTexts()
const open: Loopback[] = []

async function listen(
  options: { where?: Partial<OidcSettings['loopback']>; signal?: AbortSignal; timer?: Timer } = {},
): Promise<Loopback & { port: number }> {
  const loopback = await listenOnLoopback({
    where: { host: '127.0.0.1', ports: [], path: '/callback', ...options.where },
    signal: options.signal ?? new AbortController().signal,
    timer: options.timer ?? systemTimer,
    texts,
  })
  open.push(loopback)
  return { ...loopback, port: Number(new URL(loopback.redirectUri).port) }
}

afterEach(async () => {
  for (const loopback of open.splice(0)) await loopback.close()
})

interface Visit {
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** `fetch` sets Host and Sec-Fetch headers itself; a hostile visitor sets them as they like. */
function visit(port: number, { path, method = 'GET', headers = {} }: Visit) {
  return new Promise<{ status: number; body: string; headers: IncomingMessage['headers'] }>(
    (resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
        let body = ''
        response.on('data', (chunk) => (body += String(chunk)))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        )
      })
      sent.on('error', reject)
      sent.end()
    },
  )
}

const good = '/callback?code=c&state=s&iss=https%3A%2F%2Fidp.example.org'

async function isClosed(port: number): Promise<boolean> {
  return visit(port, { path: '/' }).then(
    () => false,
    () => true,
  )
}

test('the one callback is taken, and the port is closed', async () => {
  const { port, callback, redirectUri } = await listen()
  expect(redirectUri).toBe(`http://127.0.0.1:${port}/callback`)
  const answer = await visit(port, { path: good, headers: { 'sec-fetch-dest': 'document' } })
  const started = performance.now()
  const url = await callback
  expect(url.searchParams.get('code')).toBe('c')
  expect(await isClosed(port)).toBe(true)
  expect(performance.now() - started).toBeLessThan(1000)
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('return to Authdesk')
  expect(answer.body).not.toMatch(/<script|<img|<link|https?:|code=|state/i)
  expect(answer.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+';.*frame-ancestors 'none'$/,
  )
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
})

describe('whatever else comes is refused and uses nothing up', () => {
  const hostile: readonly [string, number, Visit][] = [
    ['another host', 421, { path: good, headers: { host: 'evil.example' } }],
    ['the same port by another name', 421, { path: good, headers: { host: 'localhost:80' } }],
    ['a form that is sent', 405, { path: good, method: 'POST' }],
    ['a look at the head', 405, { path: good, method: 'HEAD' }],
    ['a question about methods', 405, { path: good, method: 'OPTIONS' }],
    ['another path', 404, { path: '/other?code=c&state=s' }],
    ['a path that goes on', 404, { path: '/callback/?code=c&state=s' }],
    ['the path in capitals', 404, { path: '/CALLBACK?code=c&state=s' }],
    ['no answer at all', 400, { path: '/callback' }],
    ['a code without a state', 400, { path: '/callback?code=c' }],
    ['a state without a code', 400, { path: '/callback?state=s' }],
    ['an image on some page', 400, { path: good, headers: { 'sec-fetch-dest': 'image' } }],
    ['a frame on some page', 400, { path: good, headers: { 'sec-fetch-dest': 'iframe' } }],
    ['an address of another host', 400, { path: '//evil.example/callback?code=c&state=s' }],
    ['a whole address', 400, { path: 'http://evil.example/callback?code=c&state=s' }],
    ['a very long address', 400, { path: `/callback?code=${'c'.repeat(17_000)}&state=s` }],
    ['the icon', 204, { path: '/favicon.ico' }],
  ]
  test.each(hostile)('%s: %i', async (...[, status, wrong]) => {
    const { port, callback } = await listen()
    const answer = await visit(port, wrong)
    expect(answer.status).toBe(status)
    expect(answer.body).not.toContain('evil')
    expect((await visit(port, { path: good })).status).toBe(200)
    expect((await callback).searchParams.get('state')).toBe('s')
  })

  test('bytes that are no request', async () => {
    const { port, callback } = await listen()
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end('\u0000\u0001 nonsense\r\n\r\n'))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve())
      socket.resume()
    })
    await visit(port, { path: good })
    expect((await callback).pathname).toBe('/callback')
  })

  test('a second callback on a connection that was already open', async () => {
    const { port, callback } = await listen()
    const first = visit(port, { path: good })
    const second = visit(port, { path: '/callback?code=other&state=s' }).then(
      ({ status }) => status,
      () => 'closed',
    )
    await first
    expect((await callback).searchParams.get('code')).toBe('c')
    expect([410, 'closed']).toContain(await second)
  })
})

describe('ends', () => {
  test('ten minutes', async () => {
    const timers: { ms: number; fire: () => void }[] = []
    const { port, callback } = await listen({
      timer: (ms, fire) => {
        timers.push({ ms, fire })
        return () => undefined
      },
    })
    expect(timers.map(({ ms }) => ms)).toEqual([loopbackLimit])
    timers[0]?.fire()
    await expect(callback).rejects.toMatchObject({ code: 'OIDC_CALLBACK_TIMEOUT' })
    expect(await isClosed(port)).toBe(true)
  })

  test('cancelled, before and while waiting', async () => {
    const cancel = new AbortController()
    const { port, callback } = await listen({ signal: cancel.signal })
    const held = connect(port, '127.0.0.1')
    await new Promise((resolve) => held.once('connect', resolve))
    cancel.abort()
    await expect(callback).rejects.toMatchObject({ code: 'OIDC_CANCELLED' })
    expect(await isClosed(port)).toBe(true)
    await expect(listen({ signal: cancel.signal })).rejects.toMatchObject({ code: 'OIDC_CANCELLED' })
  })

  test('the timer is let go', async () => {
    let cancelled = 0
    const timer: Timer = () => () => {
      cancelled++
    }
    const { port, callback } = await listen({ timer })
    await visit(port, { path: good })
    await callback
    expect(cancelled).toBeGreaterThan(0)
  })

  test('closing early lets the timer go too, so that nothing keeps the process alive', async () => {
    let cancelled = 0
    const timer: Timer = () => () => {
      cancelled++
    }
    const { callback, close } = await listen({ timer })
    await close()
    await expect(callback).rejects.toMatchObject({ code: 'OIDC_CANCELLED' })
    expect(cancelled).toBeGreaterThan(0)
  })
})

describe('ports', () => {
  async function occupy(): Promise<{ port: number; release: () => Promise<void> }> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return { port, release: () => new Promise((resolve) => void server.close(() => resolve())) }
  }

  test('a taken one is passed over, and named where no other is left', async () => {
    const taken = await occupy()
    const free = await occupy()
    await free.release()
    const { port } = await listen({ where: { ports: [taken.port, free.port] } })
    expect(port).toBe(free.port)
    await expect(listen({ where: { ports: [taken.port] } })).rejects.toMatchObject({
      code: 'OIDC_PORT_IN_USE',
      details: { ports: [{ port: taken.port, reason: 'EADDRINUSE' }] },
    })
    await taken.release()
  })

  test.skipIf(process.getuid?.() === 0)('a reserved one is not allowed', async () => {
    await expect(listen({ where: { ports: [81] } })).rejects.toMatchObject({ code: 'OIDC_PORT_FORBIDDEN' })
  })

  test('taken and forbidden are told apart', () => {
    expect(codeOfBindFailures(['EACCES'])).toBe('OIDC_PORT_FORBIDDEN')
    expect(codeOfBindFailures(['EADDRINUSE'])).toBe('OIDC_PORT_IN_USE')
    expect(codeOfBindFailures(['EACCES', 'EADDRINUSE'])).toBe('OIDC_PORT_IN_USE')
  })

  test('localhost answers in both families', async () => {
    const { port, redirectUri, callback } = await listen({ where: { host: 'localhost' } })
    expect(redirectUri).toBe(`http://localhost:${port}/callback`)
    expect((await visit(port, { path: '/x', headers: { host: `127.0.0.1:${port}` } })).status).toBe(421)
    await visit(port, { path: good, headers: { host: `localhost:${port}` } })
    expect((await callback).hostname).toBe('localhost')
  })
})
