import { AppError, type ErrorBody } from '../../contract/errors'
import { errorBody } from '../app/error-body'
import type { CallContext, Logger, OidcLeave, OidcSettings, OidcSignOut, Settings } from '../app/ports'
import type { Texts } from '../app/texts'

export interface ProviderSignOutDeps {
  readonly settings: () => Promise<Settings>
  readonly oidc: () => Promise<OidcSignOut>
  readonly logger: Logger
  readonly texts: Texts
}

/** After the sign-out here, the one at the provider: where it is configured, and never in the way of the first. */
export interface ProviderSignOut {
  /** What a sign-in brought for it; in memory, for one session, and only where it is configured. */
  readonly keep: (sessionId: string, provider: OidcSettings, leave: OidcLeave) => void
  /** Begins it for a session that has ended, and returns at once; the window is told by `session.providerSignOut`. */
  readonly leave: (sessionId: string, emit: CallContext['emit']) => void
  /** Waits no longer for the browser; resolves once the port is free for the next sign-in. */
  readonly stop: () => Promise<void>
}

interface Kept {
  readonly sessionId: string
  readonly slug: string
  readonly issuer: string
  readonly leave: OidcLeave
}

export function createProviderSignOut(deps: ProviderSignOutDeps): ProviderSignOut {
  let kept: Kept | null = null
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null

  async function stop(): Promise<void> {
    running?.stop.abort()
    await running?.done
  }

  return {
    keep: (sessionId, { slug, issuer, postLogout }, leave) =>
      (kept = postLogout === null ? null : { sessionId, slug, issuer, leave }),
    leave: (sessionId, emit) => {
      const leaving = kept
      kept = null
      if (leaving?.sessionId !== sessionId) return
      const before = stop()
      const control = new AbortController()
      const done = before.then(() => signOutThere(deps, leaving, { emit, signal: control.signal }))
      running = { stop: control, done }
    },
    stop,
  }
}

/** Never fails: the person is signed out here, whatever happens there. */
async function signOutThere(
  deps: ProviderSignOutDeps,
  { slug, issuer, leave }: Kept,
  { emit, signal }: Pick<CallContext, 'emit' | 'signal'>,
): Promise<void> {
  const say = (provider: OidcSettings, error: ErrorBody | null) =>
    emit('session.providerSignOut', { provider: provider.name, error })
  let provider: OidcSettings | undefined
  try {
    provider = (await deps.settings()).oidc.find((each) => each.slug === slug && each.issuer === issuer)
    if (!provider?.postLogout) return
    const { signOut } = await deps.oidc()
    const named = provider
    const end = await signOut(provider, leave, { signal, onOpened: () => say(named, null) })
    deps.logger.debug({ provider: slug, end }, 'sign-out at the provider')
  } catch (cause) {
    if (signal.aborted) return
    const error = cause instanceof AppError ? cause : new AppError('INTERNAL', { cause })
    deps.logger.warn({ provider: slug, code: error.code, cause: error.cause }, 'no sign-out at the provider')
    if (provider) say(provider, errorBody(error, deps.texts))
  }
}
