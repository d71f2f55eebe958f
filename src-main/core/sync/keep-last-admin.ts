import { adminsNow } from '../users/last-admin'
import type { Account } from '../users/account'
import type { SyncDeps } from './sync-deps'

/** A plan that leaves no administrator who can sign in leaves one of them as they are: a conflict to look at. */
export async function keepLastAdmin({ rooms, settings, clock, undoing }: SyncDeps): Promise<void> {
  const { able } = await adminsNow(rooms.users, { mode: await settings(), now: clock.now() })
  const planned = await undoing.plannedFor(able.map(({ id }) => id))
  const losing = able.filter((account) => losesAdmin(account, planned.get(account.id)))
  const [first] = losing
  if (!first || losing.length < able.length) return
  await rooms.transaction((tx) => undoing.refuse(tx, first.id, 'LAST_ADMIN'))
}

interface Planned {
  readonly action: string
  readonly roles: readonly string[] | null
}

function losesAdmin({ grants }: Account, planned: Planned | undefined): boolean {
  if (!planned) return false
  if (planned.action === 'disable') return true
  const others = grants.some(({ role, source }) => role === 'admin' && source !== 'ldap')
  return planned.roles !== null && !others && !planned.roles.includes('admin')
}
