import { randomUUID } from 'node:crypto'
import type { SessionView } from '../../contract/app'
import { highestRole, permissionsOf } from '../../contract/permissions'
import type { Account, SessionRow, SessionStore } from '../users/account'
import { createIdleLock } from './idle-lock'
import type { Actor, Clock, Tx } from './ports'

const touchEveryMs = 60_000

/** The console's one session: who is signed in to this process. It lives in memory; its row can end it. */
export interface ConsoleSession {
  readonly actor: () => Promise<Actor>
  readonly view: () => Promise<SessionView | null>
  /**
   * Ends the present session's row and writes the new one; the returned function makes it the present session once
   * the transaction is through.
   */
  readonly start: (tx: Tx, account: Account, start: { via: string; hours: number }) => Promise<() => void>
  readonly end: (tx: Tx) => Promise<() => void>
  readonly id: () => string | null
  /** A sign of life; a locked desk stays locked. */
  readonly active: () => void
  readonly lock: () => void
  /** For who has just proved to be the one who is signed in. */
  readonly unlock: () => void
  /** Locks a desk that was left for too long; says whether it is locked now. */
  readonly lockIfIdle: () => Promise<boolean>
}

interface SessionDeps {
  readonly store: () => Promise<SessionStore>
  readonly clock: Clock
  readonly host: string
  /** Whether the settings still let in somebody who came by name alone; where it is not given, they do. */
  readonly unverifiedAllowed?: () => Promise<boolean>
  /** Minutes without a sign of life after which the desk locks; where it is not given, it never does. */
  readonly idleMinutes?: () => Promise<number>
  /** Told about a session that is over for this process, once. */
  readonly onOver?: (id: string) => void
}

function isOpen(found: { session: SessionRow; account: Account }, now: Date): boolean {
  return found.session.endedAt === null && found.session.expiresAt > now && found.account.disabled === null
}

/** Who came by name alone is out as soon as the settings ask for more. */
async function isOutdated(deps: SessionDeps, { via }: SessionRow): Promise<boolean> {
  return via === 'unverified' && (await deps.unverifiedAllowed?.()) === false
}

const heldRoles = (account: Account) => account.grants.map((grant) => grant.role)

/** How a locked desk is opened again: as the session was. */
function lockOf({ via }: SessionRow): NonNullable<SessionView['locked']> {
  if (via.startsWith('oidc:')) return 'provider'
  return via === 'unverified' || via === 'demo' ? 'word' : 'password'
}

function viewOf(account: Account, session: SessionRow, locked: boolean): SessionView {
  return {
    accountId: account.id,
    username: account.username,
    fullName: account.fullName,
    role: highestRole(heldRoles(account)),
    authProvider: account.authProvider,
    via: session.via,
    mustChangePassword: mustChange(account, session),
    locked: locked ? lockOf(session) : null,
    signedInAt: session.startedAt.toISOString(),
    permissions: locked ? [] : [...permissionsOf(['user', ...heldRoles(account)])],
  }
}

/** Who came in without the password is not asked to change it. */
function mustChange(account: Account, session: SessionRow): boolean {
  return account.mustChangePassword && account.authProvider === 'local' && session.via !== 'demo'
}

function actorFrom(found: { session: SessionRow; account: Account }, locked: boolean): Actor {
  const { session, account } = found
  return {
    kind: 'account',
    id: account.id,
    name: account.username,
    roles: ['user', ...heldRoles(account)],
    sessionId: session.id,
    mustChangePassword: mustChange(account, session),
    ...(session.via === 'unverified' ? { unverified: true } : {}),
    ...(locked ? { locked: true } : {}),
  }
}

/** Which session is the present one; of one that no longer is, `onOver` is told once. */
function createPresent(onOver: (id: string) => void = () => undefined) {
  let present: string | null = null
  return {
    id: () => present,
    set: (to: string | null) => {
      const before = present
      present = to
      if (before !== null && before !== to) onOver(before)
    },
  }
}

/** State and roles are read at every call, so that a reset, a demotion or a disabling acts at once. */
function createLoad(deps: SessionDeps, present: ReturnType<typeof createPresent>) {
  return async (): Promise<{ session: SessionRow; account: Account } | null> => {
    const id = present.id()
    if (id === null) return null
    const store = await deps.store()
    const found = await store.current(id)
    const now = deps.clock.now()
    if (!found || !isOpen(found, now) || (await isOutdated(deps, found.session))) {
      if (present.id() === id) present.set(null)
      return null
    }
    if (now.getTime() - found.session.lastSeenAt.getTime() > touchEveryMs)
      await store.touch(found.session.id, now)
    return found
  }
}

export function createConsoleSession(deps: SessionDeps): ConsoleSession {
  const present = createPresent(deps.onOver)
  const idle = createIdleLock(deps)
  const isLocked = async () => present.id() !== null && (await idle.isLocked())

  const endRow = async (tx: Tx) => {
    const id = present.id()
    if (id !== null) await (await deps.store()).end(tx, id, deps.clock.now())
  }

  const load = createLoad(deps, present)
  return {
    id: present.id,
    active: idle.active,
    lock: () => (present.id() === null ? undefined : idle.lock()),
    unlock: idle.alive,
    lockIfIdle: isLocked,
    actor: async () => {
      const found = await load()
      return found ? actorFrom(found, await isLocked()) : { kind: 'nobody' }
    },
    view: async () => {
      const found = await load()
      return found && viewOf(found.account, found.session, await isLocked())
    },
    start: async (tx, account, { via, hours }) => {
      const now = deps.clock.now()
      const id = randomUUID()
      const expiresAt = new Date(now.getTime() + hours * 3_600_000)
      await endRow(tx)
      const store = await deps.store()
      await store.insert(tx, { id, accountId: account.id, via, host: deps.host, startedAt: now, expiresAt })
      return () => {
        present.set(id)
        idle.alive()
      }
    },
    end: async (tx) => {
      await endRow(tx)
      return () => present.set(null)
    },
  }
}
