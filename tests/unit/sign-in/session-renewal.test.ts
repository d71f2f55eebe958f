import { expect, it } from 'vitest'
import type { Rooms } from '../../../src-main/core/app/rooms'
import { createSessionRenewal } from '../../../src-main/core/sign-in/session-renewal'
import { createLogBook, oidcSettings, systemClock } from '../../support/oidc-fake-settings'

it('a key store that takes nothing leaves the person signed in, and the token out of the log', async () => {
  const { logger, lines } = createLogBook()
  const nobody = () => Promise.reject(new Error('nobody is asked'))
  const renewal = createSessionRenewal({
    rooms: () => Promise.resolve({} as Rooms),
    ...{ settings: nobody, oidc: nobody, clock: systemClock, logger },
    secrets: {
      kind: 'encrypted',
      get: () => Promise.resolve(null),
      set: () => Promise.reject(new Error('the key store is locked')),
      remove: () => Promise.resolve(),
    },
  })
  const grant = { refreshToken: 'canary-token', subject: 's', expiresIn: 60 }
  await expect(renewal.keep('session', oidcSettings(), grant)).resolves.toBeUndefined()
  await expect(renewal.renewIfDue()).resolves.toBeUndefined()
  expect(lines).toMatchObject([{ level: 'error', message: 'a session will not be renewed' }])
  expect(JSON.stringify(lines)).not.toContain('canary-token')
})
