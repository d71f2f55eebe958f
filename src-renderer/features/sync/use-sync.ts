import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from 'wouter'
import type { SyncRow, SyncRun } from '../../../src-main/contract/sync'
import type { ApiError } from '../../api/api-error'
import type { Output } from '../../api/paths'
import { request } from '../../api/request'
import { navigate } from '../../state/hash-location'
import { parseSyncRoute, syncAddress, type SyncRoute } from '../../state/sync-route'

const pageSize = 100

/** The page's state as its address holds it, and the way to change a part of it. */
export function useSyncRoute() {
  const search = useSearch()
  const route = useMemo(() => parseSyncRoute(search), [search])
  const change = (part: Partial<SyncRoute>, history: 'push' | 'replace' = 'push') =>
    navigate(syncAddress({ ...route, ...part }), { replace: history === 'replace' })
  return { route, change }
}
export type ChangeSync = ReturnType<typeof useSyncRoute>['change']

/** What both the list and an export are asked with. */
export function filterOf({ search, actions, codes }: SyncRoute) {
  return { search, actions: [...actions], codes: [...codes] }
}

interface RowsShown {
  readonly rows: readonly SyncRow[]
  readonly total: number
}

/** The rows of a preview page by page; the list before stays in view while a new filter is asked. */
export function useSyncRows(preview: string, route: SyncRoute) {
  const query = { preview, ...filterOf(route) }
  return useInfiniteQuery<Output<'sync.rows'>, ApiError, RowsShown, unknown[], number | null>({
    queryKey: ['sync.rows', query],
    queryFn: ({ pageParam }) => request('sync.rows', { ...query, after: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({ rows: pages.flatMap(({ rows }) => rows), total: pages[0]?.total ?? 0 }),
  })
}
export type SyncRows = ReturnType<typeof useSyncRows>

/** Runs that were applied, the newest first. */
export function useSyncRuns() {
  return useInfiniteQuery<Output<'sync.runs'>, ApiError, readonly SyncRun[], unknown[], string | null>({
    queryKey: ['sync.runs', 'pages'],
    queryFn: ({ pageParam }) => request('sync.runs', { after: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages.flatMap(({ runs }) => runs),
  })
}
export type SyncRuns = ReturnType<typeof useSyncRuns>

export type RunChange = Output<'sync.changes'>['rows'][number]

/** What a run changed, account by account. */
export function useRunChanges(run: string) {
  return useInfiniteQuery<Output<'sync.changes'>, ApiError, readonly RunChange[], unknown[], number | null>({
    queryKey: ['sync.changes', run],
    queryFn: ({ pageParam }) => request('sync.changes', { run, after: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    select: ({ pages }) => pages.flatMap(({ rows }) => rows),
  })
}
