import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../src-main/core/db/database'
import { createSessionStore } from '../../../src-main/core/sign-in/session-store'
import type { SessionStore, UserStore } from '../../../src-main/core/users/account'
import { createUserStore } from '../../../src-main/core/users/user-store'
import { temporaryHome, type TestHome } from '../../support/database'

const hour = (hours: number): Date => new Date(Date.UTC(2025, 2, 1, 9 + hours))

describe('sessions in the database', () => {
  let home: TestHome
  let database: Database
  let sessions: SessionStore
  let users: UserStore
  let ada: string
  let bob: string

  const addUser = (username: string) =>
    database.transaction(async (tx) => {
      const account = { email: null, fullName: null, authProvider: 'local', passwordHash: null } as const
      const blank = { ...account, mustChangePassword: false, passwordExpiresAt: null }
      const grants = [{ role: 'helpdesk', source: 'manual' }] as const
      return (await users.insert(tx, { ...blank, username, grants }, hour(-9))).id
    })
  const add = (id: string, accountId: string, [startedAt, expiresAt] = [hour(0), hour(8)]) =>
    database.transaction((tx) =>
      sessions.insert(tx, { id, accountId, via: 'local', host: 'desk', startedAt, expiresAt }),
    )

  beforeEach(async () => {
    home = await temporaryHome()
    database = await home.open()
    sessions = createSessionStore(database)
    users = createUserStore(database)
    ada = await addUser('ada')
    bob = await addUser('bob')
  })
  afterEach(() => home.remove())

  it('come with their account and its grants', async () => {
    await add('s1', ada)
    const current = await sessions.current('s1')
    expect(current).toEqual({
      session: {
        ...{ id: 's1', accountId: ada, via: 'local', host: 'desk' },
        ...{ startedAt: hour(0), lastSeenAt: hour(0), expiresAt: hour(8), endedAt: null },
        ...{ renewable: false, renewedAt: null, offlineSince: null },
      },
      account: await users.byId(ada),
    })
    expect(current?.account.grants).toEqual([{ role: 'helpdesk', source: 'manual', grantedAt: hour(-9) }])
    expect(await sessions.current('s2')).toBeNull()
  })

  it('are touched while they are open', async () => {
    await add('s1', ada)
    await sessions.touch('s1', hour(1))
    expect((await sessions.current('s1'))?.session.lastSeenAt).toEqual(hour(1))
    await database.transaction((tx) => sessions.end(tx, 's1', hour(2)))
    await sessions.touch('s1', hour(3))
    expect((await sessions.current('s1'))?.session).toMatchObject({ lastSeenAt: hour(1), endedAt: hour(2) })
  })

  it('end once, at their first end', async () => {
    await add('s1', ada)
    await database.transaction((tx) => sessions.end(tx, 's1', hour(1)))
    await database.transaction((tx) => sessions.end(tx, 's1', hour(2)))
    expect((await sessions.current('s1'))?.session.endedAt).toEqual(hour(1))
  })

  it('are open until they end or expire, newest first', async () => {
    await add('old', ada, [hour(-10), hour(-2)])
    await add('ended', ada)
    await add('first', ada, [hour(0), hour(8)])
    await add('second', ada, [hour(1), hour(8)])
    await add('of-bob', bob)
    await database.transaction((tx) => sessions.end(tx, 'ended', hour(1)))
    expect((await sessions.open(ada, hour(2))).map(({ id }) => id)).toEqual(['second', 'first'])
    expect(await sessions.open(ada, hour(8))).toEqual([])
  })

  it('end together; only those that were open count, and one may stay', async () => {
    await add('old', ada, [hour(-10), hour(-2)])
    await add('s1', ada)
    await add('s2', ada)
    await add('s3', ada)
    await add('of-bob', bob)
    const endAll = (keep: string | null) =>
      database.transaction((tx) => sessions.endAll(tx, ada, { now: hour(1), keep }))
    expect(await endAll('s2')).toBe(2)
    expect((await sessions.open(ada, hour(1))).map(({ id }) => id)).toEqual(['s2'])
    expect(await endAll(null)).toBe(1)
    expect(await endAll(null)).toBe(0)
    expect((await sessions.open(bob, hour(1))).map(({ id }) => id)).toEqual(['of-bob'])
  })

  it('are of nobody once the account is deleted', async () => {
    await add('s1', ada)
    await database.transaction((tx) => database.run(tx, { sql: "UPDATE users SET deleted_at = 'x'" }))
    expect(await sessions.current('s1')).toBeNull()
  })
})
