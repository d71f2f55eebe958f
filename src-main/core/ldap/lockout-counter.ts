import { AppError } from '../../contract/errors'
import { wholeNumber } from './account-state'
import { readEntry, type DirectoryConnection } from './directory-connection'
import { textOf, textsOf, type Entry } from './entry'
import { anything, equal } from './filter'
import { contextOf, type RootDse } from './root-dse'

interface Counted {
  readonly failures: number
  readonly threshold: number
}

/** How close wrong passwords have brought an account to its lock. */
export type Lockout =
  | ({ readonly state: 'open' } & Counted)
  | ({ readonly state: 'last' } & Counted)
  /** `unlimited`: wrong passwords lock nobody. `unknown`: counter or threshold cannot be read. */
  | { readonly state: 'unlimited' | 'unknown' }

/** What counts wrong passwords in an entry: Active Directory, OpenLDAP's ppolicy, 389 Directory Server. */
export const counterAttributes = [
  ...['badPwdCount', 'badPasswordTime', 'msDS-ResultantPSO', 'pwdFailureTime', 'pwdPolicySubentry'],
  'passwordRetryCount',
] as const

interface Account {
  readonly entry: Entry
  readonly rootDse: RootDse | null
  readonly baseDn: string
  readonly now: Date
}

/** One more wrong password would be the last one where failures reach the threshold; a threshold of 0 is none. */
export function judge(failures: number | null, threshold: number | null): Lockout {
  if (threshold === 0) return { state: 'unlimited' }
  if (failures === null || threshold === null) return { state: 'unknown' }
  return failures + 1 >= threshold
    ? { state: 'last', failures, threshold }
    : { state: 'open', failures, threshold }
}

/**
 * Reads the counter of an account beside the limit that holds for it. Nothing is written, and what cannot be read is
 * `unknown`; only a cancellation comes out as an error.
 */
export async function readLockout(
  connection: DirectoryConnection,
  account: Account,
  signal: AbortSignal,
): Promise<Lockout> {
  const { dn } = account.entry
  const attributes = [...counterAttributes]
  const entry = await read(connection, { dn, attributes }, signal)
  if (!entry) return { state: 'unknown' }
  const known = { ...account, entry }
  return account.rootDse?.kind === 'activeDirectory'
    ? ofDomain(connection, known, signal)
    : ofPolicy(connection, known, signal)
}

const domainAttributes = ['lockoutThreshold', 'lockOutObservationWindow']
const ofObject = ['msDS-LockoutThreshold', 'msDS-LockoutObservationWindow']

/** A fine-grained policy of the account itself comes before the domain's (MS-ADTS section 3.1.1.4.5.36). */
async function ofDomain(
  connection: DirectoryConnection,
  { entry, rootDse, now }: Account,
  signal: AbortSignal,
): Promise<Lockout> {
  const own = textOf(entry, 'msDS-ResultantPSO')
  const domain = contextOf(rootDse, entry.dn) ?? rootDse?.defaultNamingContext ?? null
  const dn = own ?? domain
  const attributes = own === null ? domainAttributes : ofObject
  const policy = dn === null ? null : await read(connection, { dn, attributes }, signal)
  const [threshold = '', window = ''] = attributes
  return judge(
    domainFailures(entry, policy && textOf(policy, window), now),
    policy && numberOf(policy, threshold),
  )
}

/** Windows counts its times from 1601 in steps of 100 ns (MS-DTYP section 2.3.3). */
const windowsEpoch = -11_644_473_600_000
const stepsPerMs = 10_000

/** The count stays in the entry when the observation window is over; the next wrong password then begins at one. */
function domainFailures(entry: Entry, window: string | null, now: Date): number | null {
  const failures = numberOf(entry, 'badPwdCount')
  const last = numberOf(entry, 'badPasswordTime')
  const steps = window !== null && /^-?\d+$/.test(window.trim()) ? Math.abs(Number(window)) : null
  if (last === null || last === 0 || steps === null || steps === 0) return failures
  const over = last / stepsPerMs + windowsEpoch + steps / stepsPerMs
  return now.getTime() > over ? 0 : failures
}

/** 389 Directory Server's own names. */
const ofServer = ['passwordMaxFailure', 'passwordLockout'] as const

/** OpenLDAP does not say which policy is the default one: the strictest that can be read is taken. */
async function ofPolicy(
  connection: DirectoryConnection,
  { entry, baseDn, now }: Account,
  signal: AbortSignal,
): Promise<Lockout> {
  const own = textOf(entry, 'pwdPolicySubentry')
  const attributes = ['pwdMaxFailure', 'pwdLockout', 'pwdFailureCountInterval', ...ofServer]
  const named = own === null ? null : await read(connection, { dn: own, attributes }, signal)
  const policies = named ? [named] : await policiesBelow(connection, { baseDn, attributes }, signal)
  const judged = policies.map((policy) => judge(failuresIn(entry, policy, now), thresholdOf(policy)))
  const retries = numberOf(entry, 'passwordRetryCount')
  if (judged.length === 0) return judge(retries, null)
  return judged.reduce((one, other) => (rank(other) > rank(one) ? other : one))
}

function rank(lockout: Lockout): number {
  return ['unlimited', 'open', 'unknown', 'last'].indexOf(lockout.state)
}

function thresholdOf(policy: Entry): number | null {
  if (textOf(policy, 'pwdLockout')?.toUpperCase() === 'FALSE') return 0
  if (textOf(policy, 'passwordLockout')?.toLowerCase() === 'off') return 0
  return numberOf(policy, 'pwdMaxFailure') ?? numberOf(policy, 'passwordMaxFailure')
}

/** Failures that are older than the policy's interval no longer count; an interval of 0 is for ever. */
function failuresIn(entry: Entry, policy: Entry, now: Date): number {
  const seconds = numberOf(policy, 'pwdFailureCountInterval') ?? 0
  const since = seconds === 0 ? -Infinity : now.getTime() - seconds * 1000
  const times = textsOf(entry, 'pwdFailureTime').map(timeOf)
  return (
    times.filter((time) => time === null || time >= since).length +
    (numberOf(entry, 'passwordRetryCount') ?? 0)
  )
}

/** Generalized time (RFC 4517 section 3.3.13) in UTC, in milliseconds; null where it is written otherwise. */
export function timeOf(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text.trim())
  if (!parts) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

async function policiesBelow(
  connection: DirectoryConnection,
  { baseDn, attributes }: { readonly baseDn: string; readonly attributes: readonly string[] },
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const request = { base: baseDn, scope: 'sub', filter: equal('objectClass', 'pwdPolicy') } as const
  const answer = await connection
    .search({ ...request, attributes, sizeLimit: 20, page: null }, signal)
    .catch(unreadable)
  return answer?.entries ?? []
}

function read(
  connection: DirectoryConnection,
  what: { readonly dn: string; readonly attributes: readonly string[] },
  signal: AbortSignal,
): Promise<Entry | null> {
  const { dn, attributes } = what
  return readEntry(connection, { dn, filter: anything, attributes }, signal).catch(unreadable)
}

function unreadable(error: unknown): null {
  if (error instanceof AppError && !['CANCELLED', 'LDAP_DROPPED'].includes(error.code)) return null
  throw error
}

function numberOf(entry: Entry, attribute: string): number | null {
  const value = wholeNumber(textOf(entry, attribute))
  return value === null ? null : Number(value)
}
