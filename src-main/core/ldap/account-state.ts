import type { Code } from '../../contract/errors'
import { textOf, type Entry } from './entry'

/** What is written in an entry about the state of the account; asked for with every person. */
export const stateAttributes = [
  ...['userAccountControl', 'msDS-User-Account-Control-Computed', 'accountExpires', 'lockoutTime'],
  ...['pwdLastSet', 'badPwdCount', 'nsAccountLock', 'pwdAccountLockedTime', 'pwdReset'],
] as const

export type StateCode = Extract<
  Code,
  | 'LDAP_USER_DISABLED'
  | 'LDAP_USER_LOCKED'
  | 'LDAP_USER_EXPIRED'
  | 'LDAP_USER_PASSWORD_EXPIRED'
  | 'LDAP_USER_MUST_CHANGE_PASSWORD'
>

/** One thing that readable attributes say, either way. `evidence` names them: `lockoutTime=0`. */
export interface Reading {
  readonly code: StateCode
  readonly holds: 'yes' | 'no'
  readonly evidence: string
}

/** Bits of userAccountControl (MS-ADTS section 2.2.16); the last two only in its computed form. */
const bits = { disabled: 0x2, lockedOut: 0x10, passwordExpired: 0x80_0000 } as const
/** Active Directory counts hundreds of nanoseconds since 1601-01-01; both of these mean "never". */
const never: readonly bigint[] = [0n, 0x7fff_ffff_ffff_ffffn]
const windowsEpochMs = 11_644_473_600_000n

/** Everything that the entry says about the account's state; what cannot be read is left out. */
export function readState(entry: Entry, now: Date): readonly Reading[] {
  return [
    flag(entry, 'LDAP_USER_DISABLED', ['userAccountControl', bits.disabled]),
    isText(entry, 'LDAP_USER_DISABLED', ['nsAccountLock', 'true']),
    lockedTime(entry),
    locked(entry),
    expiry(entry, now),
    flag(entry, 'LDAP_USER_PASSWORD_EXPIRED', [computed, bits.passwordExpired]),
    mustChange(entry),
    isText(entry, 'LDAP_USER_MUST_CHANGE_PASSWORD', ['pwdReset', 'true']),
  ].filter((reading) => reading !== null)
}

/** What the entry says against a refusal's reason; null where it confirms the reason or says nothing about it. */
export function contradictionOf(code: Code, readings: readonly Reading[]): Reading | null {
  const about = readings.filter((reading) => reading.code === code)
  if (about.some(({ holds }) => holds === 'yes')) return null
  return about[0] ?? null
}

const computed = 'msDS-User-Account-Control-Computed'

function reading(code: StateCode, holds: boolean, evidence: string): Reading {
  return { code, holds: holds ? 'yes' : 'no', evidence }
}

function flag(entry: Entry, code: StateCode, [attribute, bit]: readonly [string, number]): Reading | null {
  const value = wholeNumber(textOf(entry, attribute))
  return value === null ? null : reading(code, (Number(value) & bit) !== 0, `${attribute}=${value}`)
}

function isText(entry: Entry, code: StateCode, [attribute, word]: readonly [string, string]): Reading | null {
  const value = textOf(entry, attribute)
  return value === null ? null : reading(code, value.toLowerCase() === word, `${attribute}=${value}`)
}

/** OpenLDAP's ppolicy: the year 0 is an administrator's lock, any other time one after wrong passwords. */
function lockedTime(entry: Entry): Reading | null {
  const value = textOf(entry, 'pwdAccountLockedTime')
  if (value === null) return null
  const code = value === '000001010000Z' ? 'LDAP_USER_DISABLED' : 'LDAP_USER_LOCKED'
  return reading(code, true, `pwdAccountLockedTime=${value}`)
}

/** lockoutTime stays when the lock is over; the computed attribute knows better where it can be read. */
function locked(entry: Entry): Reading | null {
  const time = wholeNumber(textOf(entry, 'lockoutTime'))
  const control = flag(entry, 'LDAP_USER_LOCKED', [computed, bits.lockedOut])
  if (time === null) return control
  const evidence = [`lockoutTime=${shownTime(time)}`, ...(control ? [control.evidence] : [])].join(', ')
  return reading('LDAP_USER_LOCKED', control ? control.holds === 'yes' : time !== 0n, evidence)
}

function expiry(entry: Entry, now: Date): Reading | null {
  const time = wholeNumber(textOf(entry, 'accountExpires'))
  if (time === null) return null
  const past = !never.includes(time) && toUnixMs(time) <= BigInt(now.getTime())
  return reading('LDAP_USER_EXPIRED', past, `accountExpires=${shownTime(time)}`)
}

function mustChange(entry: Entry): Reading | null {
  const time = wholeNumber(textOf(entry, 'pwdLastSet'))
  return time === null
    ? null
    : reading('LDAP_USER_MUST_CHANGE_PASSWORD', time === 0n, `pwdLastSet=${shownTime(time)}`)
}

function toUnixMs(time: bigint): bigint {
  return time / 10_000n - windowsEpochMs
}

/** The number, and the moment that it means where it means one. */
function shownTime(time: bigint): string {
  const date = new Date(Number(toUnixMs(time)))
  const means = !never.includes(time) && !Number.isNaN(date.getTime())
  return means ? `${time} (${date.toISOString()})` : String(time)
}

export function wholeNumber(text: string | null): bigint | null {
  return text !== null && /^-?\d{1,20}$/.test(text) ? BigInt(text) : null
}
