import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'

export const origin = 'app://authdesk'

const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** Must run before the app is ready: the scheme gets an origin of its own. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

function fileFor(root: string, address: string): string | null {
  const { host, pathname } = new URL(address)
  if (host !== 'authdesk') return null
  const file = normalize(join(root, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)))
  return file.startsWith(root + sep) ? file : null
}

/** Serves the built pages and nothing else, with the content security policy as a header. */
export function serveRenderer(root: string): void {
  protocol.handle('app', async (request) => {
    const file = fileFor(root, request.url)
    const type = file && types[extname(file)]
    if (!file || !type) return new Response('Not found', { status: 404 })
    try {
      return new Response(await readFile(file), {
        headers: {
          'content-type': type,
          'content-security-policy': policy,
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        },
      })
    } catch {
      return new Response('Not found', { status: 404 })
    }
  })
}
