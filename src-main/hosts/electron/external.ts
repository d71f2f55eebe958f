import { spawn } from 'node:child_process'
import { shell } from 'electron'
import { AppError } from '../../contract/errors'

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** https anywhere, http on loopback only, never with credentials in it. */
export function isAllowedExternal(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))
}

/** The command in `BROWSER`; the word `%s` stands for the address, which otherwise comes last. */
function startNamedBrowser(command: string, address: string): Promise<void> {
  const [program, ...rest] = command.split(/\s+/)
  const args = rest.includes('%s') ? rest.map((each) => (each === '%s' ? address : each)) : [...rest, address]
  return new Promise((done, fail) => {
    const child = spawn(program ?? '', args, { stdio: 'ignore', detached: true })
    child.once('error', fail)
    child.once('spawn', () => {
      child.unref()
      done()
    })
  })
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
