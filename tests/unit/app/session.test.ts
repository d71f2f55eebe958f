import { beforeEach, describe, expect, it } from 'vitest'
import { createConsoleSession } from '../../../src-main/core/app/session'
import type { Account, SessionRow, SessionStore } from '../../../src-main/core/users/account'
import { accountOf } from '../users/account-of'

const tx = { handle: null }
const hour = 3_600_000

interface Held {
  session: SessionRow
  account: Account
}

let now: Date
let rows: Map<string, Held>
let touched: string[]
let hold: Promise<void> | null
beforeEach(() => {
  now = new Date('2025-03-01T09:00:00.000Z')
  rows = new Map()
  touched = []
  hold = null
})

function change(id: string, with_: { session?: Partial<SessionRow>; account?: Partial<Account> }): void {
  const held = rows.get(id)
  if (!held) throw new Error(`no session ${id}`)
  rows.set(id, {
    session: { ...held.session, ...with_.session },
    account: { ...held.account, ...with_.account },
  })
}

const unrenewed = { renewable: false, renewedAt: null, offlineSince: null }

function sessionOf(account: Account) {
  const store: Pick<SessionStore, 'insert' | 'current' | 'touch' | 'end'> = {
    insert: (_tx, row) => {
      rows.set(row.id, {
        account,
        session: { ...row, endedAt: null, lastSeenAt: row.startedAt, ...unrenewed },
      })
      return Promise.resolve()
    },
    current: async (id) => {
      const found = rows.get(id) ?? null
      await hold
      return found
    },
    touch: (id, at) => {
      touched.push(id)
      change(id, { session: { lastSeenAt: at } })
      return Promise.resolve()
    },
    end: (_tx, id, at) => {
      change(id, { session: { endedAt: at } })
      return Promise.resolve()
    },
  }
  return createConsoleSession({
    store: () => Promise.resolve(store as SessionStore),
    clock: { now: () => now },
    host: 'desk',
  })
}

async function started(account: Account, via = 'local') {
  const session = sessionOf(account)
  const activate = await session.start(tx, account, { via, hours: 8 })
  activate()
  return { session, id: session.id() ?? '' }
}

describe('the console’s session', () => {
  it('is nobody before sign-in, and until the transaction is through', async () => {
    const session = sessionOf(accountOf())
    expect(await session.actor()).toEqual({ kind: 'nobody' })
    expect(await session.view()).toBeNull()
    const activate = await session.start(tx, accountOf(), { via: 'local', hours: 8 })
    expect(await session.actor()).toEqual({ kind: 'nobody' })
    activate()
    expect(await session.actor()).toMatchObject({ kind: 'account', name: 'ada', roles: ['user'] })
  })

  it('shows what its account may', async () => {
    const { session } = await started(accountOf({ roles: ['helpdesk'] }))
    const view = await session.view()
    expect(view).toMatchObject({ username: 'ada', role: 'helpdesk', via: 'local', mustChangePassword: false })
    expect(view?.permissions).toContain('users:reset')
    expect(view?.permissions).not.toContain('users:manage')
    expect(JSON.stringify(view)).not.toContain('argon2')
  })

  it.each([
    ['its row was ended', { session: { endedAt: new Date(0) } }],
    ['its time is over', { session: { expiresAt: new Date('2025-03-01T09:00:00.000Z') } }],
    [
      'its account was disabled',
      { account: { disabled: { at: new Date(0), source: 'manual', reason: null } } },
    ],
  ])('is nobody as soon as %s, and stays so', async (_what, with_) => {
    const { session, id } = await started(accountOf())
    const before = rows.get(id)
    change(id, with_)
    expect(await session.actor()).toEqual({ kind: 'nobody' })
    if (before) rows.set(id, before)
    expect(await session.actor()).toEqual({ kind: 'nobody' })
    expect(session.id()).toBeNull()
  })

  it('ends after its hours to the millisecond', async () => {
    const { session } = await started(accountOf())
    now = new Date(now.getTime() + 8 * hour - 1)
    expect((await session.actor()).kind).toBe('account')
    now = new Date(now.getTime() + 1)
    expect((await session.actor()).kind).toBe('nobody')
  })

  it('reads roles at every call, so that a demotion acts at once', async () => {
    const { session, id } = await started(accountOf({ roles: ['admin'] }))
    expect(await session.actor()).toMatchObject({ roles: ['user', 'admin'] })
    change(id, { account: { grants: [] } })
    expect(await session.actor()).toMatchObject({ roles: ['user'] })
    expect((await session.view())?.permissions).toEqual(['public', 'session'])
  })

  it.each([
    ['local', 'local', true],
    ['local', 'oidc:google', true],
    ['local', 'break-glass', true],
    ['local', 'demo', false],
    ['ldap', 'ldap', false],
    ['oidc', 'oidc:google', false],
  ] as const)('of a %s account that came by %s must change its password: %s', async (provider, via, must) => {
    const account = accountOf({ authProvider: provider, mustChangePassword: true })
    const { session } = await started(account, via)
    expect(await session.actor()).toMatchObject({ mustChangePassword: must })
    expect(await session.view()).toMatchObject({ mustChangePassword: must })
  })

  it('is touched once a minute, not at every call', async () => {
    const { session, id } = await started(accountOf())
    await session.actor()
    now = new Date(now.getTime() + 60_000)
    await session.actor()
    expect(touched).toEqual([])
    now = new Date(now.getTime() + 1)
    await session.actor()
    await session.actor()
    expect(touched).toEqual([id])
  })

  it('ends its row and is forgotten after sign-out', async () => {
    const { session, id } = await started(accountOf())
    const forget = await session.end(tx)
    expect(rows.get(id)?.session.endedAt).toEqual(now)
    forget()
    expect(session.id()).toBeNull()
  })

  it('leaves no open row behind when someone else signs in', async () => {
    const { session, id } = await started(accountOf())
    const activate = await session.start(tx, accountOf(), { via: 'local', hours: 8 })
    activate()
    expect(rows.get(id)?.session.endedAt).toEqual(now)
    expect(rows.get(session.id() ?? '')?.session.endedAt).toBeNull()
  })

  it('is not lost to a look-up of the former one that comes back late', async () => {
    const { session, id } = await started(accountOf())
    change(id, { session: { endedAt: new Date(0) } })
    let release: () => void = () => undefined
    hold = new Promise((resolve) => (release = resolve))
    const late = session.actor()
    const activate = await session.start(tx, accountOf(), { via: 'local', hours: 8 })
    activate()
    release()
    expect(await late).toEqual({ kind: 'nobody' })
    expect(await session.actor()).toMatchObject({ kind: 'account' })
  })
})
