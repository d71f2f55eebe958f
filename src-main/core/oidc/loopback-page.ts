import { createHash } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import type { Texts } from '../app/texts'

export type LoopbackPage = 'returned' | 'left' | 'refused' | 'used'

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;color:#1f2933;background:#fff}' +
  '@media (prefers-color-scheme:dark){body{color:#e4e7eb;background:#16191d}}h1{font-size:1.25rem}'
const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing but this page's own style may load; no script runs, no form is sent, nobody may frame it. */
export const pageHeaders: OutgoingHttpHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

/** What the person sees in the browser: local, without scripts, and with the way back to the desk. */
export function loopbackPage(t: Texts, page: LoopbackPage): string {
  const title = escape(t(`oidc.page.${page}.title`))
  const text = escape(t(`oidc.page.${page}.text`))
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head><body><h1>${title}</h1><p>${text}</p></body></html>`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
