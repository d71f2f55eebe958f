import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { User, UserPage } from '../../../src-main/contract/users'
import type { ApiError } from '../../api/api-error'
import { request } from '../../api/request'
import type { UsersRoute } from '../../state/users-route'

const pageSize = 100

/** What both the list and the chips' counts are asked with. */
export function filterOf(route: UsersRoute) {
  return {
    search: route.search,
    providers: [...route.providers],
    roles: [...route.roles],
    states: [...route.states],
  }
}

/** The accounts page by page; the list before stays in view while a new filter is asked. */
export function useUsers(route: UsersRoute) {
  const query = { ...filterOf(route), sort: { ...route.sort } }
  const pages = useInfiniteQuery<
    UserPage,
    ApiError,
    { users: readonly User[]; total: number },
    unknown[],
    string | null
  >({
    queryKey: ['users.list', 'pages', query],
    queryFn: ({ pageParam }) => request('users.list', { ...query, after: pageParam, limit: pageSize }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    select: ({ pages: all }) => ({
      users: all.flatMap(({ users }) => users),
      total: all.at(-1)?.total ?? 0,
    }),
  })
  return pages
}
