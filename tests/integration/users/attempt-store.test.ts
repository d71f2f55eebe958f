import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../src-main/core/db/database'
import { createAttemptStore } from '../../../src-main/core/sign-in/attempt-store'
import type { Attempt, AttemptStore } from '../../../src-main/core/users/account'
import { temporaryHome, type TestHome } from '../../support/database'

const minute = (minutes: number): Date => new Date(Date.UTC(2025, 2, 1, 9, minutes))

describe('tries to sign in', () => {
  let home: TestHome
  let database: Database
  let attempts: AttemptStore
  beforeEach(async () => {
    home = await temporaryHome()
    database = await home.open()
    attempts = createAttemptStore(database)
  })
  afterEach(() => home.remove())

  const tried = (minutes: number, code: string | null, rest: Partial<Attempt> = {}) =>
    database.transaction((tx) =>
      attempts.record(tx, {
        key: 'account:1',
        provider: 'local',
        slug: null,
        code,
        at: minute(minutes),
        ...rest,
      }),
    )

  it('count as failures of their key, oldest first, from a time on', async () => {
    await tried(1, 'SIGN_IN_REFUSED')
    await tried(3, 'SIGN_IN_REFUSED')
    await tried(2, 'SIGN_IN_REFUSED')
    await tried(2, 'SIGN_IN_REFUSED', { key: 'name:bob' })
    expect(await attempts.failures('account:1', minute(2))).toEqual([minute(2), minute(3)])
    expect(await attempts.failures('account:1', minute(0))).toEqual([minute(1), minute(2), minute(3)])
    expect(await attempts.consoleFailures(minute(2))).toEqual([minute(2), minute(2), minute(3)])
  })

  it('are forgotten for their key with a success, not for the console', async () => {
    await tried(1, 'SIGN_IN_REFUSED')
    await tried(2, null)
    await tried(2, 'SIGN_IN_REFUSED')
    expect(await attempts.failures('account:1', minute(0))).toEqual([minute(2)])
    expect(await attempts.consoleFailures(minute(0))).toEqual([minute(1), minute(2)])
  })

  it('are seen inside their own transaction', async () => {
    await database.transaction(async (tx) => {
      const attempt = { key: 'k', provider: null, slug: null, code: 'LDAP_UNAVAILABLE', at: minute(1) }
      await attempts.record(tx, attempt)
      expect(await attempts.failures('k', minute(0), tx)).toHaveLength(1)
      expect(await attempts.consoleFailures(minute(0), tx)).toHaveLength(1)
      expect(await attempts.failures('k', minute(0))).toHaveLength(0)
    })
  })

  it('tell when each way last worked and last failed', async () => {
    await tried(1, null)
    await tried(2, 'SIGN_IN_REFUSED')
    await tried(3, 'ACCOUNT_DISABLED')
    await tried(4, null, { provider: 'oidc', slug: 'id' })
    await tried(5, 'OIDC_CANCELLED', { provider: 'oidc', slug: 'other' })
    await tried(6, 'SIGN_IN_REFUSED', { provider: null })
    expect(await attempts.last()).toEqual([
      {
        provider: 'local',
        slug: null,
        success: minute(1),
        failure: { at: minute(3), code: 'ACCOUNT_DISABLED' },
      },
      { provider: 'oidc', slug: 'id', success: minute(4), failure: null },
      { provider: 'oidc', slug: 'other', success: null, failure: { at: minute(5), code: 'OIDC_CANCELLED' } },
    ])
  })
})
