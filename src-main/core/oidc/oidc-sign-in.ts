import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client'
import { AppError } from '../../contract/errors'
import type {
  Browser,
  Clock,
  Logger,
  OidcGrant,
  OidcLeave,
  OidcPerson,
  OidcProgress,
  OidcSettings,
  OidcSignIn,
} from '../app/ports'
import type { Texts } from '../app/texts'
import { isAllowedAddress, requireValidConfig } from './addresses'
import { listenOnLoopback, systemTimer, type Loopback, type Timer } from './loopback'
import { personOf, type Claims } from './oidc-claims'
import { createClient } from './oidc-client'
import { isOidcOutage, translateOidcError } from './oidc-errors'
import { openChannel } from './oidc-fetch'
import { createOidcStates, type OidcStates } from './oidc-states'
import { createProviderCache, type ProviderCache } from './provider-cache'
import { exchange, refresh, type Exchange, type Secrets } from './token-exchange'

export interface OidcSignInDeps {
  readonly browser: Browser
  readonly clock: Clock
  readonly logger: Logger
  readonly texts: Texts
  /** The ten minutes of the listener; the system's timer if not given. */
  readonly timer?: Timer
}

interface Run {
  readonly signal: AbortSignal
  readonly onProgress: (progress: OidcProgress) => void
  readonly prompt: 'login' | null
  readonly fresh?: true
  readonly onGrant?: (grant: OidcGrant) => void
  readonly onLeave?: (leave: OidcLeave) => void
}

interface Desk extends OidcSignInDeps {
  readonly cache: ProviderCache
  readonly states: OidcStates
}

/** Sign-in through the system browser: RFC 8252 with PKCE, state and nonce, always. */
export function createOidcSignIn(deps: OidcSignInDeps): OidcSignIn {
  const desk = { ...deps, cache: createProviderCache(deps.clock), states: createOidcStates(deps.clock) }
  return {
    signIn: async (provider, run) => {
      try {
        return await signIn(desk, provider, run)
      } catch (error) {
        if (run.signal.aborted) throw new AppError('OIDC_CANCELLED')
        const failure = translateOidcError(error, 'token')
        const mayBeStale = isOidcOutage(failure.code) || failure.code.startsWith('OIDC_ID_TOKEN')
        if (mayBeStale) desk.cache.forget(provider)
        deps.logger.debug({ provider: provider.slug, code: failure.code }, 'oidc sign-in ended')
        throw failure
      }
    },
    renew: (provider, grant, signal) => renew(desk, provider, { grant, signal }),
  }
}

async function renew(
  { cache, clock, logger }: Desk,
  provider: OidcSettings,
  { grant, signal }: { grant: Pick<OidcGrant, 'refreshToken' | 'subject'>; signal: AbortSignal },
): Promise<OidcGrant> {
  const channel = await openChannel({ provider, signal, logger })
  try {
    // Whoever renews comes again soon: one try is enough.
    const known = await cache.know({ ...provider, retries: 1 }, channel, signal)
    return await refresh({ provider, known, channel, clock, logger }, grant)
  } catch (error) {
    const failure = translateOidcError(error, 'token')
    if (isOidcOutage(failure.code)) cache.forget(provider)
    throw failure
  } finally {
    await channel.close()
  }
}

async function signIn(desk: Desk, provider: OidcSettings, run: Run): Promise<OidcPerson> {
  const { cache, clock, logger } = desk
  requireValidConfig(provider)
  const startedAt = clock.now()
  run.onProgress({ step: 'discovering', authorizationUrl: null })
  const channel = await openChannel({ provider, signal: run.signal, logger })
  try {
    const known = await cache.know(provider, channel, run.signal)
    const context = { provider, known, channel, clock, logger }
    const { callback, secrets } = await throughBrowser(desk, context, run)
    run.onProgress({ step: 'token', authorizationUrl: null })
    const { grant, hint, ...sources } = await exchange(context, callback, secrets)
    if (run.fresh) requireFresh(sources.idToken, startedAt)
    const person = personOf(sources, provider)
    if (grant !== null) run.onGrant?.(grant)
    run.onLeave?.({ idToken: hint, endpoint: known.metadata.end_session_endpoint ?? null })
    return person
  } finally {
    await channel.close()
  }
}

/** From the open listener to the answer: what a sign-in and a dry run of it do alike. */
export async function throughBrowser(
  desk: Pick<Desk, 'browser' | 'texts' | 'timer' | 'states'>,
  context: Exchange,
  run: Pick<Run, 'signal' | 'onProgress' | 'prompt' | 'fresh'>,
): Promise<{ callback: URL; secrets: Secrets }> {
  const { texts, timer = systemTimer } = desk
  const loopback = await listenOnLoopback({
    where: context.provider.loopback,
    signal: run.signal,
    timer,
    texts,
  })
  try {
    const secrets = { state: desk.states.issue(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
    const { redirectUri } = loopback
    const url = await authorizationUrl(context, {
      secrets,
      redirectUri,
      prompt: run.prompt,
      fresh: run.fresh,
    })
    run.onProgress({ step: 'browser', authorizationUrl: url.href })
    const callback = await visit(desk.browser, url, loopback)
    run.onProgress({ step: 'callback', authorizationUrl: null })
    requireOnce(callback)
    desk.states.consume(callback.searchParams.get('state') ?? '', secrets.state)
    return { callback, secrets }
  } finally {
    await loopback.close()
  }
}

interface Request {
  readonly secrets: Secrets
  readonly redirectUri: string
  readonly prompt: 'login' | null
  readonly fresh: true | undefined
}

async function authorizationUrl(context: Exchange, request: Request): Promise<URL> {
  const { provider, known } = context
  const { state, nonce, verifier } = request.secrets
  const endpoint = known.metadata.authorization_endpoint ?? ''
  if (!isAllowedAddress(endpoint, provider.issuer)) {
    throw new AppError('OIDC_ENDPOINT_MISSING', { details: { endpoints: ['authorization_endpoint'] } })
  }
  return buildAuthorizationUrl(createClient({ ...context, metadata: known.metadata, method: 'none' }), {
    redirect_uri: request.redirectUri,
    scope: provider.scopes.join(' '),
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(request.prompt === null ? {} : { prompt: request.prompt }),
    ...(request.fresh ? { max_age: '0' } : {}),
  })
}

/** Clocks may differ a little; a sign-in of yesterday is no sign-in of now. */
const toleranceMs = 60_000

/** OpenID Connect Core §3.1.2.1: with `max_age` the ID token must say when the person signed in. */
function requireFresh(claims: Claims, startedAt: Date): void {
  const at = claims['auth_time']
  const fresh = typeof at === 'number' && at * 1000 >= startedAt.getTime() - toleranceMs
  if (!fresh) throw new AppError('OIDC_ID_TOKEN_EXPIRED', { details: { claim: 'auth_time' } })
}

/** Opens the browser and waits; a browser that fails to open ends the wait, one that opens slowly does not. */
async function visit(browser: Browser, url: URL, loopback: Loopback): Promise<URL> {
  const opened = browser.open(url.href).catch((cause: unknown) => {
    throw cause instanceof AppError ? cause : new AppError('OIDC_BROWSER', { cause })
  })
  const failed = opened.then(() => loopback.callback)
  return Promise.race([loopback.callback, failed])
}

/** RFC 6749 §3.1: no parameter twice; one that is there twice was put together by somebody else. */
function requireOnce({ searchParams }: URL): void {
  const twice = [...new Set(searchParams.keys())].filter((name) => searchParams.getAll(name).length > 1)
  if (twice.length > 0) throw new AppError('OIDC_CALLBACK_REJECTED', { details: { twice } })
}
