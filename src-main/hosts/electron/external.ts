import { shell } from 'electron'
import { AppError } from '../../contract/errors'
import { startNamedBrowser } from '../named-browser'

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** https anywhere, http on loopback only, never with credentials in it. */
export function isAllowedExternal(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))
}

/** The one door to the system browser. `BROWSER` is honoured; whatever fails is `OIDC_BROWSER`. */
export async function openExternal(address: string): Promise<void> {
  if (!isAllowedExternal(address)) throw new AppError('FORBIDDEN', { message: 'This address is not opened' })
  const named = process.env['BROWSER']?.trim()
  try {
    if (named) await startNamedBrowser(named, address)
    else await shell.openExternal(address)
  } catch (cause) {
    throw new AppError('OIDC_BROWSER', {
      cause,
      details: named ? { browser: named.split(/\s+/)[0] ?? '' } : {},
    })
  }
}
