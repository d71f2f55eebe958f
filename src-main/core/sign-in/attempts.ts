import { AppError } from '../../contract/errors'
import type { AuthProvider } from '../../contract/app'
import type { Clock, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Account } from '../users/account'
import { foldName } from '../users/folded-name'
import { createTurns } from './turns'
import { accountLimit, consoleLimit, countedSince, delayedUntil, lockedUntil } from './limits'

export interface Tried {
  readonly key: string
  readonly account: Account | null
  readonly provider: AuthProvider | null
  readonly slug: string | null
}

/** `DESK\\ada` and `ada@desk` are tries for `ada`: a directory takes them for the same person. */
function bareName(name: string): string {
  const folded = foldName(name)
  return folded.slice(folded.lastIndexOf('\\') + 1).split('@')[0] || folded
}

export function attemptKey(name: string, account: Account | null): string {
  return account ? `account:${account.id}` : `name:${bareName(name)}`
}

type Stores = Pick<Rooms, 'users' | 'attempts' | 'transaction'>

/** Whose counter a try is for: the account of the typed name, else of that name without its domain. */
export async function countedAccount(users: Stores['users'], name: string, tx?: Tx): Promise<Account | null> {
  return (await users.byName(name, tx)) ?? users.byName(bareName(name), tx)
}

async function isLastLocalAdmin(stores: Stores, account: Account | null, tx?: Tx): Promise<boolean> {
  if (!account) return false
  const admins = await stores.users.localAdmins(tx)
  return admins.length === 1 && admins[0]?.id === account.id
}

/** The end of the present wait for this key or the whole console; null where another try is allowed. */
export async function waitUntil(stores: Stores, tried: Tried, clock: Clock): Promise<Date | null> {
  const now = clock.now()
  const since = countedSince(now)
  const failures = await stores.attempts.failures(tried.key, since)
  const own = lockedUntil(failures, accountLimit, now)
  const locked = own ?? lockedUntil(await stores.attempts.consoleFailures(since), consoleLimit, now)
  // Whom no limit stops need not be looked at any closer: the last administrator's delay begins where a lock would.
  if (locked === null) return null
  return (await isLastLocalAdmin(stores, tried.account)) ? delayedUntil(failures, now) : locked
}

/** The same for a name as it was typed, whoever it is that explains the wait. */
export async function waitOfName(
  stores: Stores,
  { name, account }: { name: string; account: Account | null },
  clock: Clock,
): Promise<Date | null> {
  const counted = account ?? (await countedAccount(stores.users, name))
  const tried = { key: attemptKey(name, counted), account: counted, provider: null, slug: null }
  return waitUntil(stores, tried, clock)
}

export function rateLimited(until: Date, clock: Clock): AppError {
  const seconds = Math.max(1, Math.ceil((until.getTime() - clock.now().getTime()) / 1000))
  return new AppError('RATE_LIMITED', {
    text: 'rateLimited',
    details: { seconds, until: until.toISOString() },
  })
}

/** Counts a failure; the fifth locks the account for the same 15 minutes, so that lists can show it. */
export async function recordFailure(
  stores: Stores,
  tried: Tried & { code: string },
  clock: Clock,
): Promise<void> {
  const now = clock.now()
  const { key, account, provider, slug, code } = tried
  await stores.transaction(async (tx) => {
    await stores.attempts.record(tx, { key, provider, slug, code, at: now })
    if (!account || (await isLastLocalAdmin(stores, account, tx))) return
    const failures = await stores.attempts.failures(key, countedSince(now), tx)
    const until = lockedUntil(failures, accountLimit, now)
    if (until) await stores.users.update(tx, account.id, { lockedUntil: until })
  })
}

/**
 * The limits of a directory test with a person's password: it counts as that person's attempt to sign in. Tests for one
 * name take turns, so that none is let through before the last one was counted.
 */
export function createTestLimits(deps: { readonly rooms: () => Promise<Stores>; readonly clock: Clock }) {
  const turns = createTurns()
  const triedFor = async (username: string): Promise<Tried> => {
    const account = await countedAccount((await deps.rooms()).users, username)
    return { key: attemptKey(username, account), account, provider: 'ldap', slug: null }
  }
  return {
    turn: <T>(username: string, work: () => Promise<T>): Promise<T> =>
      turns(attemptKey(username, null), work),
    check: async (username: string): Promise<void> => {
      const until = await waitUntil(await deps.rooms(), await triedFor(username), deps.clock)
      if (until) throw rateLimited(until, deps.clock)
    },
    failed: async (username: string, code: string): Promise<void> => {
      await recordFailure(await deps.rooms(), { ...(await triedFor(username)), code }, deps.clock)
    },
  }
}
