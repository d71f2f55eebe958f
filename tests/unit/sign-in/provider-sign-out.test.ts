import { expect, test } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import type { OidcLeave, OidcSettings, Settings } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import { createProviderSignOut } from '../../../src-main/core/sign-in/provider-sign-out'
import { createLogBook, oidcSettings } from '../../support/oidc-fake-settings'

const postLogout = { uri: 'https://time.corp.example/bye', loopback: null }
const configured = oidcSettings({ postLogout })
const hint: OidcLeave = { idToken: 'the.id.token', endpoint: 'https://idp.example.org/leave' }

/** A sign-in with `configured`, then a sign-out under the settings as they are then. */
async function leave(
  settings: () => Promise<readonly OidcSettings[]>,
  {
    provider = configured,
    session = 's1',
    times = 1,
    failure = null as Error | null,
    until = 'stopped',
  } = {},
) {
  const asked: string[] = []
  const told: unknown[] = []
  const { logger, lines } = createLogBook()
  const atProvider = createProviderSignOut({
    settings: async () => ({ oidc: await settings() }) as Settings,
    oidc: () =>
      Promise.resolve({
        signOut: ({ slug }, { idToken }, { onOpened }) => {
          asked.push(`${slug} ${idToken}`)
          if (failure !== null) return Promise.reject(failure)
          onOpened()
          return Promise.resolve('returned' as const)
        },
      }),
    logger,
    texts: createTexts(),
  })
  atProvider.keep('s1', provider, hint)
  for (let time = 0; time < times; time += 1) {
    atProvider.leave(session, (...event) => void told.push(event))
    // One that is given up asks all the same here; only that it was to be asked is looked at.
    if (until === 'stopped') await atProvider.stop()
    else await expect.poll(() => lines).toHaveLength(1)
  }
  return { asked, told, lines }
}

const asConfigured = () => Promise.resolve([configured])

test('the session’s own provider is asked, once', async () => {
  const { asked, told } = await leave(asConfigured, { times: 2 })
  expect(asked).toEqual(['test the.id.token'])
  expect(told).toEqual([['session.providerSignOut', { provider: 'Test provider', error: null }]])
})

test.each<[string, readonly OidcSettings[]]>([
  ['is no longer configured for it', [oidcSettings()]],
  ['has another issuer by now', [oidcSettings({ postLogout, issuer: 'https://other.example.org' })]],
  ['has another name by now', [oidcSettings({ postLogout, slug: 'other' })]],
  ['is gone', []],
])('nobody is asked where the provider %s', async (_what, providers) => {
  const { asked, told } = await leave(() => Promise.resolve(providers))
  expect([asked, told]).toEqual([[], []])
})

test('nobody is asked for another session than the one that the provider opened', async () => {
  expect(await leave(asConfigured, { session: 's2' })).toMatchObject({ asked: [], told: [] })
})

test('nothing is kept of a sign-in where no sign-out was configured', async () => {
  expect(await leave(asConfigured, { provider: oidcSettings() })).toMatchObject({ asked: [], told: [] })
})

test('settings that cannot be read are logged, and nothing fails', async () => {
  const { asked, lines } = await leave(() => Promise.reject(new AppError('CONFIG_INVALID')), {
    until: 'logged',
  })
  expect(asked).toEqual([])
  expect(lines).toMatchObject([{ level: 'warn', fields: { code: 'CONFIG_INVALID' } }])
})

test('a bug is told as one, without its words', async () => {
  const failure = new Error('secret detail')
  const atProvider = await leave(asConfigured, { failure, until: 'logged' })
  expect(atProvider.lines).toMatchObject([{ level: 'warn', fields: { code: 'INTERNAL' } }])
  expect(JSON.stringify(atProvider.told)).not.toContain('secret detail')
})
