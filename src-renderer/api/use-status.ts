import { useSuspenseQuery } from '@tanstack/react-query'
import type { SessionView, Status } from '../../src-main/contract/app'
import type { Permission } from '../../src-main/contract/procedure'
import { statusKey } from './connect-events'
import { request } from './request'

/** How the status is asked; it is replaced by events, so it is never stale by age. */
export const statusQuery = {
  queryKey: statusKey,
  queryFn: () => request('app.status', {}),
  staleTime: Infinity,
  gcTime: Infinity,
}

/** The console's state; the root has loaded it before any page is shown. */
export function useStatus(): Status {
  return useSuspenseQuery<Status>(statusQuery).data
}

/** Who is signed in, or null. */
export function useSession(): SessionView | null {
  return useStatus().session
}

/** Whether the signed-in person may do this; the core decides again in every call. */
export function useAllows(): (permission: Permission) => boolean {
  const session = useSession()
  return (permission) => session?.permissions.includes(permission) ?? false
}
