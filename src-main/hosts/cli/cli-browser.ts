import { AppError } from '../../contract/errors'
import type { Browser } from '../../core/app/ports'
import { startNamedBrowser } from '../named-browser'
import { plain } from './output'

/** What opens an address on each system. */
const openers: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'open',
  win32: 'rundll32 url.dll,FileProtocolHandler',
}

interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly output: { readonly write: (text: string) => unknown }
}

/**
 * The browser of the command line: `BROWSER`, else the system's own. The address is written out too, since there may be
 * no browser where the command runs; only one that was named and does not start ends the sign-in.
 */
export function createCliBrowser({ environment, platform, output }: Surroundings): Browser {
  const named = environment['BROWSER']?.trim() || null
  return {
    open: async (address) => {
      output.write(`Sign in with the browser at:\n${plain(address)}\n`)
      try {
        await startNamedBrowser(named ?? openers[platform] ?? 'xdg-open', address)
      } catch (cause) {
        const browser = named?.split(/\s+/)[0] ?? ''
        if (named !== null) throw new AppError('OIDC_BROWSER', { cause, details: { browser } })
      }
    },
  }
}
