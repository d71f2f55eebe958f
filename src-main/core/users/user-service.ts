import { AppError } from '../../contract/errors'
import { highestRole, type Role } from '../../contract/permissions'
import type { AuthProvider } from '../../contract/app'
import type { User, UserDetail } from '../../contract/users'
import type { CallContext, Clock, Settings, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import { providerNameOf } from '../teams/provider-name'
import type { PasswordHasher } from '../sign-in/password-hash'
import type { PasswordCheck } from '../sign-in/password-policy'
import type { Account } from './account'
import type { AccountSource } from './account-source'
import { foldName } from './folded-name'
import { adminsNow } from './last-admin'
import { actionsFor, isAdmin, stateOf, type ActionFacts } from './user-policy'

export interface UserServiceDeps {
  readonly rooms: Rooms
  readonly source: AccountSource
  readonly hasher: PasswordHasher
  readonly checkPassword: PasswordCheck
  readonly generatePassphrase: () => Promise<string>
  readonly clock: Clock
  readonly settings: () => Promise<Settings>
}

export interface NewUser {
  readonly username: string
  readonly email: string | null
  readonly fullName: string | null
  readonly role: Role
  readonly authProvider: AuthProvider
  readonly password: string | null
}

function iso(at: Date | null): string | null {
  return at === null ? null : at.toISOString()
}

/** An account as the list shows it. */
export function rowOf(account: Account, now: Date): User {
  return {
    id: account.id,
    username: account.username,
    email: account.email,
    fullName: account.fullName,
    role: highestRole(account.grants.map((grant) => grant.role)),
    authProvider: account.authProvider,
    state: stateOf(account, now),
    lastSignIn: iso(account.lastSignIn),
  }
}

function accountFields(account: Account) {
  return {
    createdAt: account.createdAt.toISOString(),
    passwordChangedAt: iso(account.passwordChangedAt),
    hasPassword: account.passwordHash !== null,
    mustChangePassword: account.mustChangePassword,
    lockedUntil: iso(account.lockedUntil),
    disabled: account.disabled && { ...account.disabled, at: account.disabled.at.toISOString() },
    roles: account.grants.map((grant) => ({ ...grant, grantedAt: grant.grantedAt.toISOString() })),
  }
}

/** What an action's rules look at; the call's audit learns whom it is about. */
export async function factsOf(
  deps: UserServiceDeps,
  id: string,
  { context, tx }: { context: CallContext; tx?: Tx },
): Promise<ActionFacts> {
  const account = await deps.source.get(id, tx)
  if (!account) throw new AppError('NOT_FOUND')
  context.audit.note({ target: account.username, accountId: account.id })
  const mode = await deps.settings()
  const moment = { mode, now: deps.clock.now(), ...(tx ? { tx } : {}) }
  const admins = isAdmin(account) ? await adminsNow(deps.rooms.users, moment) : { able: [], local: [] }
  const named = mode.adminUsernames.map(foldName).includes(foldName(account.username))
  const namedAdmin = named && account.authProvider === 'local'
  return { actor: context.actor, account, capabilities: deps.source.capabilities, admins, namedAdmin }
}

async function detailOf(deps: UserServiceDeps, facts: ActionFacts): Promise<UserDetail> {
  const { account } = facts
  const now = deps.clock.now()
  const parts = await deps.source.parts(account.id, now)
  const { oidc } = await deps.settings()
  return {
    ...rowOf(account, now),
    ...accountFields(account),
    ...parts,
    teams: parts.teams.map(({ id, name, ...source }) => ({
      id,
      name,
      provider: providerNameOf(oidc, source),
    })),
    events: await deps.rooms.audit.recent(account.id, 50),
    actions: actionsFor({ ...facts, now }),
  }
}

/** Everything about one account, with what this actor can do with it. */
export async function getUser(deps: UserServiceDeps, id: string, context: CallContext): Promise<UserDetail> {
  return detailOf(deps, await factsOf(deps, id, { context }))
}

export async function findUser(
  deps: UserServiceDeps,
  username: string,
  context: CallContext,
): Promise<UserDetail> {
  const account = await deps.source.find(username)
  if (!account) throw new AppError('NOT_FOUND', { text: 'accountUnknown', details: { name: username } })
  return getUser(deps, account.id, context)
}
