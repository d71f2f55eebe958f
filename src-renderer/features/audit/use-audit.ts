import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from 'wouter'
import type { AuditPage, AuditRecordView } from '../../../src-main/contract/audit'
import type { ApiError } from '../../api/api-error'
import { request } from '../../api/request'
import { useApi } from '../../api/use-api'
import { auditAddress, parseAuditRoute, periodStart, type AuditRoute } from '../../state/audit-route'
import { navigate } from '../../state/hash-location'

const pageSize = 100

/** What both the list and an export are asked with. */
export function filterOf(route: AuditRoute) {
  const { search, account, rooms, outcome, period } = route
  return { search, account, rooms: [...rooms], outcome, since: periodStart(period, new Date()), until: null }
}

export interface AuditList {
  readonly records: readonly AuditRecordView[]
  readonly total: number
  readonly countedTo: number
}

/** The records page by page, the newest first. */
export function useAuditList(route: AuditRoute) {
  const filter = filterOf(route)
  return useInfiniteQuery<AuditPage, ApiError, AuditList, unknown[], number | null>({
    queryKey: ['audit.list', filter],
    queryFn: ({ pageParam }) => request('audit.list', { ...filter, after: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({
      records: pages.flatMap(({ records }) => records),
      total: pages[0]?.total ?? 0,
      countedTo: pages[0]?.countedTo ?? 0,
    }),
  })
}

/** The chain's state; while it is being verified, every second. */
export function useAuditState(options: { enabled?: boolean } = {}) {
  return useApi(
    'audit.state',
    {},
    { ...options, again: ({ checked }) => (checked.status === 'running' ? 1000 : null) },
  )
}

/** The page's state as its address holds it, and the way to change a part of it. */
export function useAuditRoute() {
  const search = useSearch()
  const route = useMemo(() => parseAuditRoute(search), [search])
  const change = (part: Partial<AuditRoute>, history: 'push' | 'replace' = 'push') =>
    navigate(auditAddress({ ...route, ...part }), { replace: history === 'replace' })
  return { route, change }
}
export type ChangeAudit = ReturnType<typeof useAuditRoute>['change']
