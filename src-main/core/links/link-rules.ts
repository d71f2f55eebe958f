import { AppError } from '../../contract/errors'
import type { Clock, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Account, Identity } from '../users/account'
import { adminsNow, type SignInMode } from '../users/last-admin'
import { isAdmin } from '../users/user-policy'

export interface LinkRoom {
  readonly rooms: Pick<Rooms, 'users' | 'links' | 'sessions' | 'transaction'>
  readonly settings: () => Promise<SignInMode>
  readonly clock: Clock
}

export async function requireAccount({ rooms }: LinkRoom, id: string, tx: Tx): Promise<Account> {
  const account = await rooms.users.byId(id, tx)
  if (!account) throw new AppError('NOT_FOUND')
  return account
}

/**
 * After a change to an administrator, in its transaction: one who can sign in must be left, and a local one where
 * a local one changes, or everything is taken back. A change to anybody else takes no administrator away.
 */
export async function requireAdminLeft(
  room: LinkRoom,
  { before, changed }: { before: Account; changed: Account },
  tx: Tx,
): Promise<void> {
  if (!isAdmin(changed)) return
  const { rooms, settings, clock } = room
  const { able, local } = await adminsNow(rooms.users, { mode: await settings(), now: clock.now(), tx })
  const wasLocal = before.authProvider === 'local' && changed.authProvider !== 'local'
  if (able.length === 0 || (wasLocal && local.length === 0)) throw new AppError('LAST_ADMIN')
}

/** The account has no open pending link any more, or still has one. */
export async function markPending({ rooms }: LinkRoom, account: string, tx: Tx): Promise<Account> {
  return rooms.users.update(tx, account, { pendingLink: (await rooms.links.openOf(tx, account)) > 0 })
}

/**
 * Makes the identity the account's. A directory entry makes it `ldap` and deletes its password, so that no old hash goes
 * on working (H8); an identity of single sign-on changes neither.
 */
export async function linkIdentity(
  room: LinkRoom,
  account: Account,
  { identity, tx }: { identity: Identity; tx: Tx },
): Promise<Account> {
  const { users, links } = room.rooms
  await users.addIdentity(tx, account.id, { ...identity, now: room.clock.now() })
  await links.settle(tx, identity)
  const taken = {
    authProvider: 'ldap',
    passwordHash: null,
    mustChangePassword: false,
    passwordExpiresAt: null,
  } as const
  if (identity.kind === 'ldap') await users.update(tx, account.id, taken)
  const changed = await markPending(room, account.id, tx)
  await requireAdminLeft(room, { before: account, changed }, tx)
  return changed
}

/** Takes an identity away; never the last way in (checked in the transaction, so that two at once cannot both pass). */
export async function unlinkIdentity(
  room: LinkRoom,
  account: Account,
  { issuer, subject, tx }: { issuer: string; subject: string; tx: Tx },
): Promise<Account> {
  const { users } = room.rooms
  const identities = await users.identities(account.id, tx)
  const found = identities.find((each) => each.issuer === issuer && each.subject === subject)
  if (!found) throw new AppError('NOT_FOUND')
  const left = identities.filter((each) => each !== found)
  const hasPassword = account.authProvider === 'local' && account.passwordHash !== null
  const hasIdentity = left.some(({ kind }) => kind === 'oidc' || account.authProvider === 'ldap')
  if (!hasPassword && !hasIdentity) throw new AppError('LAST_SIGN_IN_WAY')
  await users.removeIdentity(tx, account.id, { issuer, subject })
  await requireAdminLeft(room, { before: account, changed: account }, tx)
  return requireAccount(room, account.id, tx)
}
