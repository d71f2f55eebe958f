import type { Code } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { DirectoryPerson } from '../app/ports'
import type { Candidate } from '../sign-in/identity-policy'
import { foldName } from '../users/folded-name'

/** The source of a disablement that a sync made; it lifts no other. */
export const syncSource = 'ldap-sync'

/** A person as read from the directory. `entryId` is empty where the entry has no identity. */
export interface SyncEntry extends Pick<
  DirectoryPerson,
  'dn' | 'entryId' | 'username' | 'email' | 'fullName' | 'roles'
> {
  /** A lock that an administrator set in the directory; temporary locks are none. */
  readonly lock: 'LDAP_USER_DISABLED' | 'LDAP_USER_EXPIRED' | null
  /** Why sign-in would refuse the person whose account is not made for that; absent and null: it would not. */
  readonly barred?: 'LDAP_USER_NOT_IN_REQUIRED_GROUP' | null
}

export interface SyncAccount extends Omit<Candidate, 'disabled'> {
  readonly email: string | null
  readonly fullName: string | null
  /** Who disabled it; null while it is enabled. */
  readonly disabledBy: string | null
  /** The roles that the directory's groups gave it, and no others. */
  readonly directoryRoles: readonly Role[]
}

/** What is known about an entry before it is decided on. */
export interface SyncFacts {
  /** The account that has this identity. */
  readonly owner: SyncAccount | null
  /** Who has the entry's folded login; `reserved` where it was the name of a deleted account. */
  readonly named: SyncAccount | 'reserved' | null
  readonly sameEmail: readonly SyncAccount[]
  /** What another entry of the same read has too. */
  readonly twins: readonly ('identity' | 'username' | 'email')[]
  /** An address proves nothing where people may edit it themselves, unless an administrator looks at the link. */
  readonly email: 'trusted' | 'reviewed' | 'untrusted'
}

export interface FieldChange {
  readonly field: 'email' | 'fullName' | 'roles'
  readonly before: string | null
  readonly after: string | null
}

export type SyncAction =
  'create' | 'link' | 'update' | 'disable' | 'enable' | 'unchanged' | 'skip' | 'conflict'

export interface PlannedEntry {
  readonly dn: string
  readonly action: SyncAction
  /** Why it is skipped, in conflict or disabled, or why its new address is not taken over. */
  readonly code: Code | null
  readonly accountId: string | null
  readonly changes: readonly FieldChange[]
}

/** Says what a sync would do with an entry, and why not. Nothing is read or written. */
export function planEntry(entry: SyncEntry, facts: SyncFacts): PlannedEntry {
  if (entry.entryId === '' || foldName(entry.username) === '') return skip(entry, 'INVALID_INPUT')
  if (facts.twins.includes('identity')) return conflict(entry, 'LINK_CONFLICT', facts.owner)
  return facts.owner ? planKnown(entry, facts, facts.owner) : planUnknown(entry, facts)
}

/** Found by its identity: a renamed or moved entry is the same person. */
function planKnown(entry: SyncEntry, facts: SyncFacts, owner: SyncAccount): PlannedEntry {
  const { email, code } = newAddress(entry, facts, owner)
  const changes = changesOf(entry, owner, email)
  const planned = { dn: entry.dn, accountId: owner.id, changes }
  if (entry.lock && owner.disabledBy === null) return { ...planned, action: 'disable', code: entry.lock }
  if (!entry.lock && owner.disabledBy === syncSource) return { ...planned, action: 'enable', code }
  return { ...planned, action: changes.length > 0 ? 'update' : 'unchanged', code }
}

/** An address that is absent says nothing; one that somebody else has is never taken over. */
function newAddress(entry: SyncEntry, facts: SyncFacts, account: SyncAccount): Address {
  const kept = { email: account.email, code: null }
  if (entry.email === null || sameText(entry.email, account.email)) return kept
  const others = facts.sameEmail.some(({ id }) => id !== account.id)
  const taken = others || facts.twins.includes('email')
  return taken ? { ...kept, code: 'CONFLICT' } : { email: entry.email, code: null }
}

interface Address {
  readonly email: string | null
  readonly code: Code | null
}

function planUnknown(entry: SyncEntry, facts: SyncFacts): PlannedEntry {
  if (facts.twins.includes('username')) return conflict(entry, 'NAME_TAKEN', null)
  if (facts.named === 'reserved') return skip(entry, 'NAME_RESERVED')
  if (facts.named) return planNamed(entry, facts, facts.named)
  const [first, ...others] = facts.sameEmail
  if (entry.email === null) return skip(entry, 'LDAP_USER_NO_EMAIL')
  if (others.length > 0 || facts.twins.includes('email')) return skip(entry, 'CONFLICT')
  if (first) return planSameEmail(entry, facts, first)
  const refusal = entry.lock ?? entry.barred ?? null
  return refusal ? skip(entry, refusal) : create(entry)
}

/** The name is somebody's: the account waits for this person, or it is another's. */
function planNamed(entry: SyncEntry, facts: SyncFacts, named: SyncAccount): PlannedEntry {
  // The account belongs to an entry of that name that is gone: this one is new, whoever stands behind it.
  if (named.identityKinds.includes('ldap')) return conflict(entry, 'LINK_CONFLICT', named)
  const awaits = named.provider === 'ldap' && named.identityKinds.length === 0
  if (awaits) return link(entry, facts, named)
  const [first, ...others] = facts.sameEmail
  const alsoByEmail = first?.id === named.id && others.length === 0 && !facts.twins.includes('email')
  return alsoByEmail ? planSameEmail(entry, facts, named) : skip(entry, 'NAME_TAKEN')
}

function planSameEmail(entry: SyncEntry, facts: SyncFacts, account: SyncAccount): PlannedEntry {
  if (account.identityKinds.includes('ldap')) return conflict(entry, 'LINK_CONFLICT', account)
  if (facts.email === 'untrusted') return conflict(entry, 'LINK_PENDING', account)
  return link(entry, facts, account)
}

function link(entry: SyncEntry, facts: SyncFacts, account: SyncAccount): PlannedEntry {
  if (account.disabledBy !== null) return conflict(entry, 'ACCOUNT_DISABLED', account)
  if (account.consoleRole) return conflict(entry, 'LINK_PENDING', account)
  if (entry.lock) return skip(entry, entry.lock)
  const { email, code } = newAddress(entry, facts, account)
  const changes = changesOf(entry, account, email)
  return { dn: entry.dn, action: 'link', code, accountId: account.id, changes }
}

function create(entry: SyncEntry): PlannedEntry {
  const nobody = { email: null, fullName: null, directoryRoles: [] }
  const changes = changesOf(entry, nobody, entry.email)
  return { dn: entry.dn, action: 'create', code: null, accountId: null, changes }
}

function skip({ dn }: SyncEntry, code: Code): PlannedEntry {
  return { dn, action: 'skip', code, accountId: null, changes: [] }
}

function conflict({ dn }: SyncEntry, code: Code, account: SyncAccount | null): PlannedEntry {
  return { dn, action: 'conflict', code, accountId: account?.id ?? null, changes: [] }
}

/** Field by field; roles that were not or not wholly read stay as they are. */
function changesOf(
  entry: SyncEntry,
  account: Pick<SyncAccount, 'email' | 'fullName' | 'directoryRoles'>,
  email: string | null,
): readonly FieldChange[] {
  const roles = entry.roles ?? account.directoryRoles
  const fields: readonly FieldChange[] = [
    { field: 'email', before: account.email, after: email },
    { field: 'fullName', before: account.fullName, after: entry.fullName ?? account.fullName },
    { field: 'roles', before: listed(account.directoryRoles), after: listed(roles) },
  ]
  return fields.filter(({ before, after }) => before !== after)
}

function listed(roles: readonly Role[]): string | null {
  return roles.length === 0 ? null : [...new Set(roles)].sort().join(', ')
}

function sameText(one: string, other: string | null): boolean {
  return other !== null && foldName(one) === foldName(other)
}
