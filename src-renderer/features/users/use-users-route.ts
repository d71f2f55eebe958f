import { useMemo } from 'react'
import { useSearch } from 'wouter'
import { navigate } from '../../state/hash-location'
import { parseUsersRoute, usersAddress, type UsersRoute } from '../../state/users-route'

/** The page's state as its address holds it, and the way to change a part of it. */
export function useUsersRoute() {
  const search = useSearch()
  const route = useMemo(() => parseUsersRoute(search), [search])
  const change = (part: Partial<UsersRoute>, history: 'push' | 'replace' = 'push') =>
    navigate(usersAddress({ ...route, ...part }), { replace: history === 'replace' })
  return { route, change }
}

export type ChangeRoute = ReturnType<typeof useUsersRoute>['change']
