import type { Settings, Tx } from '../app/ports'
import { usesLdap, usesOidc } from '../settings/method-rules'
import type { Account, UserStore } from './account'

/** What of the settings decides who can get in. */
export type SignInMode = Pick<Settings, 'method' | 'oidcEnabled' | 'oidc'>

interface Moment {
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
export async function adminsWhoCanSignIn(users: Users, moment: Moment): Promise<readonly Account[]> {
  const able: Account[] = []
  for (const account of await users.enabledAdmins(moment.tx)) {
    const open = moment.mode.method === 'none' || hasPassword(account, moment.now)
    if (open || (await hasIdentity(users, account, moment))) able.push(account)
  }
  return able
}
