import type { AuditRecord } from '../audit/audit-log'
import type { Attempt } from '../users/account'
import { sampleAdminName, type SampleAccount } from './sample-accounts'

export interface Stored {
  readonly sample: SampleAccount
  readonly id: string
}

export interface Dated<T> {
  readonly at: Date
  readonly what: T
}

const hourMs = 3_600_000
/** Failures are older than the limits look back, so that nobody is kept out of the demo. */
const longAgoHours = 1

export function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * hourMs)
}

const byTime = <T>(events: readonly Dated<T>[]): readonly Dated<T>[] =>
  events.toSorted((one, other) => one.at.getTime() - other.at.getTime())

const failureOf = { local: 'SIGN_IN_REFUSED', ldap: 'LDAP_USER_PASSWORD', oidc: 'OIDC_CANCELLED' } as const

/** How each account last came in, and what went wrong for some on the way. */
export function sampleAttempts(accounts: readonly Stored[], now: Date): readonly Attempt[] {
  const events = accounts.flatMap(({ sample, id }, index) => {
    const { provider, lastSignInHoursAgo, state } = sample
    const slug = provider === 'oidc' ? (sample.identities[0]?.slug ?? null) : null
    const attempt = (hours: number, code: string | null): Dated<Attempt> => {
      const at = hoursBefore(now, hours)
      return { at, what: { key: `account:${id}`, provider, slug, code, at } }
    }
    const came = lastSignInHoursAgo === null ? [] : [attempt(lastSignInHoursAgo, null)]
    const failed = state === 'locked' || index % 23 === 4 ? 3 : 0
    const failures = Array.from({ length: failed }, (_, nth) =>
      attempt(longAgoHours + index / 10 + nth / 60, failureOf[provider]),
    )
    return [...came, ...failures]
  })
  return byTime(events).map(({ what }) => what)
}

const blank = { phase: 'done', intent: null, code: 'OK', reason: null, before: null, after: null } as const

/** What the audit knows of an account: how it was made, disabled or reset, and how it was last used. */
function eventsOf({ sample, id }: Stored, index: number, now: Date): readonly Dated<AuditRecord>[] {
  const { username, provider, state, createdHoursAgo, lastSignInHoursAgo } = sample
  const about = { ...blank, target: username, accountId: id }
  const admin = `account:${sampleAdminName}`
  const at = (hours: number, what: AuditRecord): Dated<AuditRecord> => ({ at: hoursBefore(now, hours), what })
  const events: Dated<AuditRecord>[] = []
  if (provider === 'local') {
    const after = { authProvider: provider, role: sample.role }
    events.push(at(createdHoursAgo, { ...about, actor: admin, action: 'users.create', after }))
  }
  if (state === 'disabled') {
    const change = {
      before: { state: 'enabled' },
      after: { state: 'disabled' },
      reason: 'Left the organisation',
    }
    events.push(at(30 + index, { ...about, actor: admin, action: 'users.disable', ...change }))
  }
  if (state === 'must-change-password') {
    const reason = 'Forgot it after the holidays'
    events.push(at(5 + index / 50, { ...about, actor: admin, action: 'users.resetPassword', reason }))
  }
  if (lastSignInHoursAgo !== null && (index < 20 || state !== 'enabled')) {
    const action = provider === 'oidc' ? 'session.signInOidc' : 'session.signIn'
    events.push(at(lastSignInHoursAgo, { ...about, actor: `account:${username}`, action }))
  }
  if (state === 'locked') {
    const code = failureOf[provider]
    events.push(at(longAgoHours, { ...about, actor: 'nobody', action: 'session.signIn', code }))
  }
  return events
}

export function sampleEvents(accounts: readonly Stored[], now: Date): readonly Dated<AuditRecord>[] {
  return byTime(accounts.flatMap((stored, index) => eventsOf(stored, index, now)))
}
