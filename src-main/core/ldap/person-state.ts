import { readState } from './account-state'
import { valuesOf, type Entry } from './entry'

/** What an administrator's lock is written in. */
const lockAttributes = [
  'userAccountControl',
  'nsAccountLock',
  'pwdAccountLockedTime',
  'accountExpires',
] as const

/**
 * A lock that an administrator set and that is written in the entry; null where there is none. Temporary locks after
 * wrong passwords are left to the directory.
 */
export function administrativeLock(
  entry: Entry,
  now: Date,
): 'LDAP_USER_DISABLED' | 'LDAP_USER_EXPIRED' | null {
  if (!lockAttributes.some((attribute) => valuesOf(entry, attribute).length > 0)) return null
  const holding = readState(entry, now).filter(({ holds }) => holds === 'yes')
  if (holding.some(({ code }) => code === 'LDAP_USER_DISABLED')) return 'LDAP_USER_DISABLED'
  return holding.some(({ code }) => code === 'LDAP_USER_EXPIRED') ? 'LDAP_USER_EXPIRED' : null
}
