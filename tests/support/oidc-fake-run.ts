import type { Browser, OidcPerson, OidcProgress, OidcSettings } from '../../src-main/core/app/ports'
import { createTexts } from '../../src-main/core/app/texts'
import { createOidcSignIn } from '../../src-main/core/oidc/oidc-sign-in'
import { createFollowingBrowser } from './oidc-fake'
import { createLogBook, systemClock } from './oidc-fake-settings'

const texts = createTexts()

/** One sign-in against a fake provider; the browser follows its redirects unless a test brings another. */
export function signIn(
  settings: OidcSettings,
  options: { browser?: Browser; signal?: AbortSignal; onProgress?: (progress: OidcProgress) => void } = {},
): Promise<OidcPerson> {
  const browser = options.browser ?? createFollowingBrowser().browser
  const desk = createOidcSignIn({ browser, clock: systemClock, logger: createLogBook().logger, texts })
  return desk.signIn(settings, {
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => undefined),
    prompt: null,
  })
}

/** The code a sign-in ends with. */
export const codeOf = (outcome: Promise<unknown>): Promise<unknown> =>
  outcome.then(
    () => 'signed in',
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  )

/** Now, as a token says it. */
export const seconds = (): number => Math.floor(Date.now() / 1000)
