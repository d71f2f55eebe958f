import type { Code } from '../../contract/errors'
import type { AccountState, UserDetail } from '../../contract/users'
import { permissionsOf, type Role } from '../../contract/permissions'
import type { Actor } from '../app/ports'
import type { AccountCapabilities } from './account-source'
import type { Account } from './account'
import { isOnlyAdmin, type Admins } from './last-admin'

const dayMs = 86_400_000

/** A passphrase that the helpdesk hands out is good for a day. */
export function passphraseExpiry(now: Date): Date {
  return new Date(now.getTime() + dayMs)
}

/** The state that is shown: the gravest first. */
export function stateOf(account: Account, now: Date): AccountState {
  if (account.disabled) return 'disabled'
  if (account.lockedUntil && account.lockedUntil > now) return 'locked'
  if (account.mustChangePassword) return 'must-change-password'
  return account.pendingLink ? 'pending-link' : 'enabled'
}

/**
 * Helpdesk acts on accounts whose only role is `user`; an administrator on every account. Who becomes an administrator
 * by signing in is none of the helpdesk's: a reset would hand it the role.
 */
function inReach({
  actor,
  account,
  namedAdmin,
}: Pick<ActionFacts, 'actor' | 'account' | 'namedAdmin'>): boolean {
  if (actor.kind === 'nobody') return false
  if (actor.roles.includes('admin')) return true
  return !namedAdmin && account.grants.every((grant) => grant.role === 'user')
}

function may(actor: Actor, permission: 'users:reset' | 'users:sessions' | 'users:manage'): boolean {
  return actor.kind !== 'nobody' && permissionsOf(actor.roles).has(permission)
}

export interface ActionFacts {
  readonly actor: Actor
  readonly account: Account
  readonly capabilities: AccountCapabilities
  /**
   * The administrators who can sign in; one beside whom there is none can't be disabled. They are looked at only where
   * the account is one.
   */
  readonly admins: Admins
  /** `ADMIN_USERNAMES` makes this account an administrator with its next sign-in. */
  readonly namedAdmin: boolean
}

/** The code that refuses a reset, or null. */
export function resetRefusal(facts: ActionFacts): Code | null {
  const { actor, account, capabilities } = facts
  if (!may(actor, 'users:reset')) return 'FORBIDDEN'
  if (account.authProvider !== 'local') return 'PASSWORD_NOT_LOCAL'
  if (!capabilities.setPassword || !inReach(facts)) return 'FORBIDDEN'
  return null
}

/** Nobody shuts themselves out: the own account is disabled or deleted by somebody else. */
const isOwn = ({ actor, account }: ActionFacts) => actor.kind === 'account' && actor.id === account.id

export function disableRefusal(facts: ActionFacts): Code | null {
  const { actor, account, capabilities } = facts
  if (!may(actor, 'users:manage') || !capabilities.setEnabled) return 'FORBIDDEN'
  if (account.disabled) return 'CONFLICT'
  if (isLastAdmin(facts)) return 'LAST_ADMIN'
  return isOwn(facts) ? 'FORBIDDEN' : null
}

export function enableRefusal({ actor, account, capabilities }: ActionFacts): Code | null {
  if (!may(actor, 'users:manage') || !capabilities.setEnabled) return 'FORBIDDEN'
  return account.disabled ? null : 'CONFLICT'
}

/** Whether this actor may end sessions of the account, one or all. */
export function maySessionsEnd(actor: Actor, account: Account, namedAdmin: boolean): boolean {
  return may(actor, 'users:sessions') && inReach({ actor, account, namedAdmin })
}

export function endSessionsRefusal(facts: ActionFacts): Code | null {
  const { actor, capabilities } = facts
  if (!may(actor, 'users:sessions') || !capabilities.endSessions || !inReach(facts)) return 'FORBIDDEN'
  return null
}

export function unlockRefusal(facts: ActionFacts & { readonly now: Date }): Code | null {
  const { actor, account, capabilities, now } = facts
  if (!may(actor, 'users:reset') || !capabilities.unlock || !inReach(facts)) return 'FORBIDDEN'
  return account.lockedUntil && account.lockedUntil > now ? null : 'CONFLICT'
}

export function forceChangeRefusal(facts: ActionFacts): Code | null {
  const { actor, account, capabilities } = facts
  if (!may(actor, 'users:reset')) return 'FORBIDDEN'
  if (account.authProvider !== 'local') return 'PASSWORD_NOT_LOCAL'
  if (!capabilities.forceChange || !inReach(facts)) return 'FORBIDDEN'
  return account.mustChangePassword || account.passwordHash === null ? 'CONFLICT' : null
}

export const isAdmin = ({ grants }: Account): boolean => grants.some(({ role }) => role === 'admin')

function isLastAdmin({ account, admins }: ActionFacts): boolean {
  return isAdmin(account) && isOnlyAdmin(account, admins)
}

/** Without a role that is asked for, whether any other can be given at all. */
export function setRoleRefusal(facts: ActionFacts, role: Role | null = null): Code | null {
  const { actor, account, capabilities } = facts
  if (!may(actor, 'users:manage') || !capabilities.setRole) return 'FORBIDDEN'
  if (role === null) return null
  const manual = account.grants.filter((grant) => grant.source === 'manual').map((grant) => grant.role)
  if (role === 'user' ? manual.length === 0 : manual.length === 1 && manual[0] === role) return 'CONFLICT'
  const stays = account.grants.some((grant) => grant.role === 'admin' && grant.source !== 'manual')
  return role !== 'admin' && !stays && isLastAdmin(facts) ? 'LAST_ADMIN' : null
}

export function deleteRefusal(facts: ActionFacts): Code | null {
  const { actor, capabilities } = facts
  if (!may(actor, 'users:manage') || !capabilities.remove || isOwn(facts)) return 'FORBIDDEN'
  return isLastAdmin(facts) ? 'LAST_ADMIN' : null
}

/** What does not apply to the account as it is (enabling an enabled one) needs no reason. */
const asAction = (code: Code | null) => ({ allowed: code === null, code: code === 'CONFLICT' ? null : code })

/** What this actor can do with this account, each refusal with its code. */
export function actionsFor(facts: ActionFacts & { readonly now: Date }): UserDetail['actions'] {
  return {
    resetPassword: asAction(resetRefusal(facts)),
    disable: asAction(disableRefusal(facts)),
    enable: asAction(enableRefusal(facts)),
    endSessions: asAction(endSessionsRefusal(facts)),
    unlock: asAction(unlockRefusal(facts)),
    forceChange: asAction(forceChangeRefusal(facts)),
    setRole: asAction(setRoleRefusal(facts)),
    delete: asAction(deleteRefusal(facts)),
  }
}
