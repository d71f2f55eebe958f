import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { TestRun } from '../../../src-main/contract/history'
import type { ApiError } from '../../api/api-error'
import type { Output } from '../../api/paths'
import { request } from '../../api/request'

interface Runs {
  readonly runs: readonly TestRun[]
  readonly total: number
  readonly subjects: readonly string[]
}

/** The kept tests page by page, the newest first. */
export function useRuns(profile: string | null, subject: string | null) {
  return useInfiniteQuery<Output<'history.list'>, ApiError, Runs, unknown[], number | null>({
    queryKey: ['history.list', { profile, subject }],
    queryFn: ({ pageParam }) => request('history.list', { profile, subject, after: pageParam }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({
      runs: pages.flatMap(({ runs }) => runs),
      total: pages[0]?.total ?? 0,
      subjects: pages[0]?.subjects ?? [],
    }),
  })
}
