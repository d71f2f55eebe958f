import { AppError } from '../../contract/errors'
import type { Settings, Tx } from '../app/ports'
import { usesLdap, usesOidc } from '../settings/method-rules'
import type { Account, UserStore } from './account'

/** What of the settings decides who can get in. */
export type SignInMode = Pick<Settings, 'method' | 'oidcEnabled' | 'oidc'>

export interface Moment {
  readonly mode: SignInMode
  readonly now: Date
  readonly tx?: Tx
}

type Users = Pick<UserStore, 'enabledAdmins' | 'identities'>

/** A local administrator with a password that has not run out gets in whatever the mode is (break-glass). */
function hasPassword(account: Account, now: Date): boolean {
  const expired = account.passwordExpiresAt !== null && account.passwordExpiresAt <= now
  return account.authProvider === 'local' && account.passwordHash !== null && !expired
}

/** An account that still awaits its identity does not get in: with a console role an administrator must link it first. */
async function hasIdentity(users: Users, account: Account, { mode, tx }: Moment): Promise<boolean> {
  const { method, oidcEnabled, oidc } = mode
  if (method === null) return false
  const identities = await users.identities(account.id, tx)
  return identities.some(({ kind, issuer }) =>
    kind === 'ldap'
      ? usesLdap(method)
      : usesOidc(method) && oidcEnabled && oidc.some((provider) => provider.issuer === issuer),
  )
}

/** The enabled administrators who have a way in under these settings; one of them must always be left. */
async function adminsWhoCanSignIn(users: Users, moment: Moment): Promise<readonly Account[]> {
  const able: Account[] = []
  for (const account of await users.enabledAdmins(moment.tx)) {
    const open = moment.mode.method === 'none' || hasPassword(account, moment.now)
    if (open || (await hasIdentity(users, account, moment))) able.push(account)
  }
  return able
}

/** Those of them who get in whatever the mode is and whatever a directory or provider does: the break-glass way. */
function localAdmins(admins: readonly Account[], { mode, now }: Moment): readonly Account[] {
  const byName = (account: Account) => mode.method === 'none' && account.authProvider === 'local'
  return admins.filter((account) => hasPassword(account, now) || byName(account))
}

/** Settings decide about everybody's way in, so that one that depends on none of them must be left. */
export async function requireLocalAdmin(
  users: Users & Pick<UserStore, 'count'>,
  moment: Moment,
): Promise<void> {
  const able = await adminsWhoCanSignIn(users, moment)
  if (localAdmins(able, moment).length === 0 && (await users.count()) > 0)
    throw new AppError('LAST_ADMIN', { text: 'localAdminNeeded' })
}

/**
 * Whether the account is the only administrator who can sign in, or the only local one: without it a broken provider or
 * a wrong setting would shut everybody out.
 */
export function isOnlyAdmin({ id }: Account, admins: Admins): boolean {
  const { able, local } = admins
  const isOnly = (them: readonly Account[]) => them.every((admin) => admin.id === id)
  return isOnly(able) || (local.length > 0 && isOnly(local))
}

export interface Admins {
  /** The enabled administrators who can sign in. */
  readonly able: readonly Account[]
  /** Those of them who are local. */
  readonly local: readonly Account[]
}

export async function adminsNow(users: Users, moment: Moment): Promise<Admins> {
  const able = await adminsWhoCanSignIn(users, moment)
  return { able, local: localAdmins(able, moment) }
}
