import { randomBytes } from 'node:crypto'
import { AppError } from '../../contract/errors'
import type { Browser, OidcLeave, OidcSettings, OidcSignOut } from '../app/ports'
import type { Texts } from '../app/texts'
import { isAllowedAddress } from './addresses'
import { listenOnLoopback, systemTimer, type Expectation, type Loopback, type Timer } from './loopback'

export interface OidcSignOutDeps {
  readonly browser: Browser
  readonly texts: Texts
  /** The two minutes of the listener; the system's timer if not given. */
  readonly timer?: Timer
}

/** Nobody waits for it: the console is signed out already. */
export const signOutLimit = 2 * 60 * 1000

/** The provider's own sign-out through the system browser: OpenID Connect RP-Initiated Logout 1.0. */
export function createOidcSignOut({ browser, texts, timer = systemTimer }: OidcSignOutDeps): OidcSignOut {
  return {
    signOut: async (provider, leave, { signal, onOpened }) => {
      const endpoint = requireEndpoint(provider, leave)
      const state = randomBytes(32).toString('base64url')
      const where = provider.postLogout?.loopback ?? provider.loopback
      const loopback = await listenOnLoopback({ where, signal, timer, texts, expects: returnOf(state) })
      try {
        const lead = loopback.leadTo(endSessionUrl(endpoint, { provider, leave, loopback, state }))
        await browser.open(lead.address)
        onOpened()
        const isAwaited = hasReturn(provider)
        return await outcome(loopback, isAwaited ? loopback.callback : lead.followed)
      } finally {
        await loopback.close()
      }
    },
  }
}

const hasReturn = ({ postLogout }: OidcSettings) => postLogout !== null && postLogout.loopback !== null

function returnOf(state: string): Expectation {
  const isAnswer = ({ searchParams }: URL) => searchParams.get('state') === state
  return { isAnswer, limitMs: signOutLimit, page: 'left' }
}

/** The listener's own end, by its limit or from outside, is no failure: a browser that stays away harms nobody. */
async function outcome(
  { callback }: Loopback,
  awaited: Promise<unknown>,
): Promise<'returned' | 'not returned'> {
  try {
    await Promise.race([awaited, callback])
    return 'returned'
  } catch (error) {
    if (error instanceof AppError) return 'not returned'
    throw error
  }
}

function requireEndpoint(provider: OidcSettings, { endpoint }: OidcLeave): string {
  if (endpoint !== null && isAllowedAddress(endpoint, provider.issuer)) return endpoint
  throw new AppError('OIDC_END_SESSION_UNSUPPORTED', { details: { provider: provider.slug } })
}

interface Request {
  readonly provider: OidcSettings
  readonly leave: OidcLeave
  readonly loopback: Pick<Loopback, 'redirectUri'>
  readonly state: string
}

function endSessionUrl(endpoint: string, { provider, leave, loopback, state }: Request): string {
  const url = new URL(endpoint)
  url.searchParams.set('id_token_hint', leave.idToken)
  url.searchParams.set('client_id', provider.clientId)
  if (provider.postLogout !== null) {
    url.searchParams.set('post_logout_redirect_uri', returnAddress(provider.postLogout, loopback))
    url.searchParams.set('state', state)
  }
  return url.href
}

/** As it is written, and so registered, unless its port is only known now. */
function returnAddress(
  { uri, loopback }: NonNullable<OidcSettings['postLogout']>,
  { redirectUri }: Pick<Loopback, 'redirectUri'>,
): string {
  return loopback === null || new URL(uri).port !== '' ? uri : redirectUri
}
