import { randomBytes } from 'node:crypto'
import { AppError, type Details } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { Rooms } from '../app/rooms'
import type { Clock, Tx } from '../app/ports'
import type { Account, Identity } from '../users/account'
import { adminsNow, isOnlyAdmin, type SignInMode } from '../users/last-admin'
import { decideIdentity, type Candidate, type IdentityDecision } from './identity-policy'

/** A person whom a directory or a provider has vouched for, whichever it was. */
export interface Vouched {
  readonly identity: Identity
  readonly username: string | null
  /** The name they signed in with there; only this one can be that of an account awaiting its identity. */
  readonly login: string | null
  readonly fullName: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  readonly roles: readonly Role[] | null
  readonly roleSource: string
  /** Whether a role that the mapping no longer gives is taken away again. */
  readonly roleSync: 'sync' | 'additive'
  /** Given once, when the account is made. */
  readonly firstRoles: readonly Role[]
  readonly autoProvision: boolean
}

export interface Admitted {
  readonly account: Account
  readonly how: 'known' | 'bind' | 'link' | 'create'
}

type Stores = Pick<Rooms, 'users'>

interface Entry {
  readonly person: Vouched
  readonly tx: Tx
  readonly now: Date
  readonly mode: SignInMode
}

export async function candidate(stores: Stores, account: Account | null, tx: Tx): Promise<Candidate | null> {
  if (!account) return null
  const identities = await stores.users.identities(account.id, tx)
  return {
    id: account.id,
    provider: account.authProvider,
    disabled: account.disabled !== null,
    consoleRole: account.grants.some((grant) => grant.role !== 'user'),
    identityKinds: identities.map((identity) => identity.kind),
  }
}

/** Whose this identity is, by the rules; nothing is written. */
export async function findOwner(stores: Stores, person: Vouched, tx: Tx): Promise<IdentityDecision> {
  const { users } = stores
  const { issuer, subject, kind } = person.identity
  const known = await candidate(stores, await users.byIdentity(issuer, subject, tx), tx)
  const named = person.login === null ? null : await users.byName(person.login, tx)
  const sameEmail = person.email === null ? [] : await users.byEmail(person.email, tx)
  const candidates = await Promise.all(sameEmail.map((account) => candidate(stores, account, tx)))
  return decideIdentity({
    kind,
    known,
    named: await candidate(stores, named, tx),
    sameEmail: candidates.filter((each) => each !== null),
    email: person.email,
    emailVerified: person.emailVerified,
    autoProvision: person.autoProvision,
  })
}

/** The user-name claim, then the e-mail's local part, then `user-` and six random characters. */
function wantedName(person: Vouched): string {
  const localPart = person.email?.split('@')[0]
  return person.username?.trim() || localPart?.trim() || `user-${randomBytes(3).toString('hex')}`
}

const nameIsGone: ReadonlySet<string> = new Set(['NAME_TAKEN', 'NAME_RESERVED'])

async function create(stores: Stores, person: Vouched, { tx, now }: { tx: Tx; now: Date }): Promise<Account> {
  const wanted = wantedName(person)
  for (let number = 1; ; number += 1) {
    const username = number === 1 ? wanted : `${wanted}-${number}`
    try {
      const made = {
        username,
        email: person.email,
        fullName: person.fullName,
        authProvider: person.identity.kind,
        passwordHash: null,
        mustChangePassword: false,
        passwordExpiresAt: null,
        grants: person.firstRoles.map((role) => ({ role, source: `${person.roleSource}:first` })),
      }
      return await stores.users.insert(tx, made, now)
    } catch (error) {
      if (!(error instanceof AppError) || !nameIsGone.has(error.code)) throw error
    }
  }
}

/** An e-mail that another account has is a conflict: it is left as it was. */
async function freeEmail(stores: Stores, account: Account, { person, tx }: Entry): Promise<string | null> {
  const { email } = person
  if (email === null) return account.email
  const others = await stores.users.byEmail(email, tx)
  return others.some((other) => other.id !== account.id) ? account.email : email
}

/** What the grants of one source should be; null leaves them as they are. */
export interface RoleMapping {
  readonly source: string
  readonly roles: readonly Role[] | null
}

/** What a mapping's grants become: nobody and nothing demotes the last administrator who can sign in. */
export async function rolesToMap(
  stores: Stores,
  account: Account,
  { source, roles, tx, now, mode }: RoleMapping & Omit<Entry, 'person'>,
): Promise<readonly Role[] | null> {
  if (roles === null) return null
  const isAdminBy = (mapped: boolean) =>
    account.grants.some((grant) => grant.role === 'admin' && (grant.source === source) === mapped)
  const losesAdmin = !roles.includes('admin') && isAdminBy(true) && !isAdminBy(false)
  const isKept = losesAdmin && isOnlyAdmin(account, await adminsNow(stores.users, { mode, now, tx }))
  return isKept ? [...roles, 'admin'] : roles
}

/** Grants that a mapping made follow it. */
export async function mapRoles(
  stores: Stores,
  account: Account,
  mapping: RoleMapping & Omit<Entry, 'person'>,
): Promise<void> {
  const roles = await rolesToMap(stores, account, mapping)
  const { source, tx, now } = mapping
  if (roles !== null) await stores.users.setRoles(tx, account.id, { source, roles, now })
}

export function mappingOf(person: Vouched, account: Account): RoleMapping {
  const { roleSource: source, roles } = person
  if (roles === null || person.roleSync === 'sync') return { source, roles }
  const kept = account.grants.filter((grant) => grant.source === source).map((grant) => grant.role)
  return { source, roles: [...new Set([...roles, ...kept])] }
}

/** Linking a directory entry makes the account `ldap` and deletes its hash; SSO never changes the provider. */
function takeover(person: Vouched): Partial<Account> {
  return person.identity.kind === 'ldap'
    ? { authProvider: 'ldap', passwordHash: null, mustChangePassword: false, passwordExpiresAt: null }
    : {}
}

/** The account's lock holds whichever way its owner comes. */
async function owned(stores: Stores, id: string, { tx, now }: { tx: Tx; now: Date }): Promise<Account> {
  const account = await stores.users.byId(id, tx)
  if (!account) throw new AppError('NOT_FOUND')
  if (account.lockedUntil && account.lockedUntil > now) throw new AppError('ACCOUNT_LOCKED')
  return account
}

/** Name and e-mail follow the directory or the claims at each sign-in. */
async function refresh(stores: Stores, found: Admitted, entry: Entry): Promise<Account> {
  const { account } = found
  const { person, tx, now, mode } = entry
  await stores.users.saveIdentity(tx, account.id, { ...person.identity, now })
  await mapRoles(stores, account, { ...mappingOf(person, account), tx, now, mode })
  return stores.users.update(tx, account.id, {
    fullName: person.fullName ?? account.fullName,
    email: await freeEmail(stores, account, entry),
    lastSignIn: now,
    ...(found.how === 'bind' || found.how === 'link' ? { pendingLink: false } : {}),
    ...(found.how === 'link' ? takeover(person) : {}),
  })
}

/**
 * Signs a vouched person in to the account that is theirs, or makes it; refusals are `AppError`s. `pending` names
 * the account that an administrator has to confirm the link to.
 */
export async function admit(
  stores: Stores,
  person: Vouched,
  at: { tx: Tx; clock: Clock; mode: SignInMode },
): Promise<Admitted | { readonly pending: string }> {
  const { tx, mode } = at
  const now = at.clock.now()
  const decision = await findOwner(stores, person, tx)
  if (decision.kind === 'refuse') throw new AppError(decision.code)
  if (decision.kind === 'pending') return { pending: decision.accountId }
  const account =
    decision.kind === 'create'
      ? await create(stores, person, { tx, now })
      : await owned(stores, decision.accountId, { tx, now })
  const how = decision.kind
  return { how, account: await refresh(stores, { account, how }, { person, tx, now, mode }) }
}

/** The identity waits for an administrator, who sees what the provider or the directory says of it. */
export async function filePending(
  { users, links }: Pick<Rooms, 'users' | 'links'>,
  accountId: string,
  { person, tx, now }: { person: Vouched; tx: Tx; now: Date },
): Promise<void> {
  const { identity, login } = person
  const waits = await links.file(tx, accountId, { identity, login, now })
  if (waits) await users.update(tx, accountId, { pendingLink: true })
}

/** What an audit record says about an admission. */
export function admissionDetails(admitted: Admitted, person: Vouched): Details {
  return { how: admitted.how, issuer: person.identity.issuer, subject: person.identity.subject }
}
