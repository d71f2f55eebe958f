import { auditOutcomes } from '../../src-main/contract/audit'

export const auditRooms = [
  'session',
  'users',
  'ldap',
  'sync',
  'oidc',
  'settings',
  'profiles',
  'db',
  'audit',
] as const
export type AuditRoom = (typeof auditRooms)[number]
export const auditPeriods = [1, 7, 30, 90] as const
export type AuditPeriod = (typeof auditPeriods)[number]
export type AuditOutcome = (typeof auditOutcomes)[number]

/** Everything about the audit page that its address holds. */
export interface AuditRoute {
  readonly view: 'records' | 'failures'
  readonly search: string
  /** An account's id: only its history. */
  readonly account: string | null
  readonly rooms: readonly AuditRoom[]
  readonly outcome: AuditOutcome
  /** The last so many days; null is from the beginning. */
  readonly period: AuditPeriod | null
  readonly record: number | null
}

/** Reads the address's search; what it does not know is ignored. */
export function parseAuditRoute(search: string): AuditRoute {
  const params = new URLSearchParams(search)
  const rooms = (params.get('area') ?? '').split(',')
  const record = params.get('record') ?? ''
  return {
    view: params.get('view') === 'failures' ? 'failures' : 'records',
    search: (params.get('search') ?? '').slice(0, 200),
    account: params.get('account')?.slice(0, 200) || null,
    rooms: auditRooms.filter((room) => rooms.includes(room)),
    outcome: auditOutcomes.find((outcome) => outcome === params.get('outcome')) ?? 'all',
    period: auditPeriods.find((days) => String(days) === params.get('days')) ?? null,
    record: /^[1-9]\d{0,14}$/.test(record) ? Number(record) : null,
  }
}

/** The address of a state; defaults are left out. */
export function auditAddress(route: Partial<AuditRoute>): string {
  const params = new URLSearchParams()
  if (route.view === 'failures') params.set('view', 'failures')
  if (route.search) params.set('search', route.search)
  if (route.account) params.set('account', route.account)
  if (route.rooms?.length) params.set('area', route.rooms.join(','))
  if (route.outcome !== undefined && route.outcome !== 'all') params.set('outcome', route.outcome)
  if (route.period) params.set('days', String(route.period))
  if (route.record) params.set('record', String(route.record))
  const search = params.toString().replaceAll('%2C', ',')
  return search === '' ? '/audit' : `/audit?${search}`
}

const hour = 3_600_000

/** Where a period begins; on the hour, so that the same question is asked for an hour. */
export function periodStart(days: AuditPeriod | null, now: Date): string | null {
  if (days === null) return null
  return new Date(Math.floor(now.getTime() / hour) * hour - days * 24 * hour).toISOString()
}
