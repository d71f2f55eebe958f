import { textOf, type Entry } from './entry'

const accountDisabled = 2
/** Active Directory counts hundreds of nanoseconds since 1601-01-01; both of these mean "never". */
const never: readonly bigint[] = [0n, 0x7fff_ffff_ffff_ffffn]
const windowsEpochMs = 11_644_473_600_000n

/**
 * A lock that an administrator set and that is written in the entry; null where there is none. Temporary locks after
 * wrong passwords are left to the directory.
 */
export function administrativeLock(
  entry: Entry,
  now: Date,
): 'LDAP_USER_DISABLED' | 'LDAP_USER_EXPIRED' | null {
  const control = wholeNumber(textOf(entry, 'userAccountControl'))
  if (control !== null && (Number(control) & accountDisabled) !== 0) return 'LDAP_USER_DISABLED'
  if (textOf(entry, 'nsAccountLock')?.toLowerCase() === 'true') return 'LDAP_USER_DISABLED'
  if (textOf(entry, 'pwdAccountLockedTime') === '000001010000Z') return 'LDAP_USER_DISABLED'
  const expires = wholeNumber(textOf(entry, 'accountExpires'))
  if (expires === null || never.includes(expires)) return null
  return expires / 10_000n - windowsEpochMs <= BigInt(now.getTime()) ? 'LDAP_USER_EXPIRED' : null
}

function wholeNumber(text: string | null): bigint | null {
  return text !== null && /^-?\d+$/.test(text) ? BigInt(text) : null
}
