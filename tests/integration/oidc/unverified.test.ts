import { afterEach, expect, test, vi } from 'vitest'
import { createTexts } from '../../../src-main/core/app/texts'
import { createOidcSignIn } from '../../../src-main/core/oidc/oidc-sign-in'
import { createFollowingBrowser, startFake } from '../../support/oidc-fake'
import { createAuthority } from '../../support/oidc-fake-certificates'
import { createLogBook, oidcSettings, systemClock } from '../../support/oidc-fake-settings'

afterEach(() => void vi.unstubAllEnvs())

/** Node's own switch turned the verification off for every connection that did not say otherwise. */
test.each(['wrongName', 'selfSigned', 'expired'] as const)(
  'no switch of the environment trusts a provider whose certificate is %s',
  async (kind) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const authority = createAuthority()
    const fake = await startFake({ tls: authority[kind] })
    const { browser, opened } = createFollowingBrowser()
    try {
      const desk = createOidcSignIn({
        ...{ browser, clock: systemClock, logger: createLogBook().logger, texts: createTexts() },
      })
      const settings = oidcSettings({ issuer: fake.issuer, caFile: authority.caFile })
      const run = { signal: new AbortController().signal, onProgress: () => undefined, prompt: null }
      await expect(desk.signIn(settings, run)).rejects.toMatchObject({
        code: expect.stringMatching(/^OIDC_TLS_/) as string,
      })
      expect(opened).toEqual([])
    } finally {
      await fake.stop()
      authority.remove()
    }
  },
)
