import { useMemo } from 'react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from 'wouter'
import type { ApplicationAccount } from '../../../src-main/contract/application'
import type { ApiError } from '../../api/api-error'
import type { Path } from '../../api/paths'
import { request } from '../../api/request'
import {
  applicationAddress,
  parseApplicationRoute,
  type ApplicationRoute,
} from '../../state/application-route'
import { navigate } from '../../state/hash-location'

const pageSize = 100

/** What may look different after an account of the application was changed. */
export const changedApplication: readonly Path[] = [
  'application.status',
  'application.list',
  'application.get',
]

/** The page's state as its address holds it, and the way to change a part of it. */
export function useApplicationRoute() {
  const search = useSearch()
  const route = useMemo(() => parseApplicationRoute(search), [search])
  const change = (part: Partial<ApplicationRoute>) => navigate(applicationAddress({ ...route, ...part }))
  return { route, change }
}
export type ChangeApplicationRoute = ReturnType<typeof useApplicationRoute>['change']

interface AccountsPage {
  readonly accounts: ApplicationAccount[]
  readonly next: string | null
  readonly total: number
}

interface Asked {
  readonly profile: string | null
  readonly route: ApplicationRoute
  readonly enabled: boolean
}

/** The application's accounts page by page; the list before stays in view while a new filter is asked. */
export function useApplicationAccounts({ profile, route, enabled }: Asked) {
  const query = {
    profile,
    search: route.search,
    providers: [...route.providers],
    states: [...route.states],
    findings: [...route.findings],
  }
  return useInfiniteQuery<
    AccountsPage,
    ApiError,
    { accounts: readonly ApplicationAccount[]; total: number },
    unknown[],
    string | null
  >({
    queryKey: ['application.list', 'pages', query],
    queryFn: ({ pageParam }) => request('application.list', { ...query, after: pageParam, limit: pageSize }),
    enabled,
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({
      accounts: pages.flatMap(({ accounts }) => accounts),
      total: pages.at(-1)?.total ?? 0,
    }),
  })
}
