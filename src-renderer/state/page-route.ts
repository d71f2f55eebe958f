import type { SessionView, Status } from '../../src-main/contract/app'
import type { Permission } from '../../src-main/contract/procedure'

export type NavigationId =
  | 'overview'
  | 'users'
  | 'application'
  | 'requests'
  | 'sessions'
  | 'methods'
  | 'explain'
  | 'impact'
  | 'ldap'
  | 'sync'
  | 'oidc'
  | 'history'
  | 'audit'
  | 'settings'

/** The pages of the left navigation in order, with what it takes to see them. */
export const navigationPages: readonly { id: NavigationId; path: string; permission: Permission }[] = [
  { id: 'overview', path: '/overview', permission: 'users:read' },
  { id: 'users', path: '/users', permission: 'users:read' },
  { id: 'application', path: '/application', permission: 'users:read' },
  { id: 'requests', path: '/requests', permission: 'users:reset' },
  { id: 'sessions', path: '/sessions', permission: 'users:read' },
  { id: 'methods', path: '/methods', permission: 'users:read' },
  { id: 'explain', path: '/explain', permission: 'users:read' },
  { id: 'impact', path: '/impact', permission: 'users:read' },
  { id: 'ldap', path: '/ldap', permission: 'diagnostics:run' },
  { id: 'sync', path: '/sync', permission: 'sync:read' },
  { id: 'oidc', path: '/oidc', permission: 'diagnostics:run' },
  { id: 'history', path: '/history', permission: 'diagnostics:run' },
  { id: 'audit', path: '/audit', permission: 'audit:read' },
  { id: 'settings', path: '/settings', permission: 'settings:read' },
]

/** The first page that a person may see. */
export function homeOf(session: SessionView): string {
  const page = navigationPages.find(({ permission }) => session.permissions.includes(permission))
  return page?.path ?? '/account'
}

const beforeSignIn = ['/', '/sign-in', '/first-run']

function withReturn(page: string, address: string, path: string): string {
  return path === '/' ? page : `${page}?to=${encodeURIComponent(address)}`
}

/** Where `to` of an address leads; only addresses inside the console count. */
export function returnAddress(search: string): string | null {
  const to = new URLSearchParams(search).get('to')
  return to?.startsWith('/') === true && !to.startsWith('//') ? to : null
}

/** Whether a person may see the page at this address; the page of somebody else's last visit may be closed to them. */
function mayOpen(session: SessionView, address: string): boolean {
  const [path] = address.split('?')
  const page = navigationPages.find((each) => path === each.path || path?.startsWith(`${each.path}/`))
  return page === undefined || session.permissions.includes(page.permission)
}

/** Where this address must lead instead in the console's present state, or null when it may stay. */
export function redirectOf(status: Status, at: { path: string; search: string }): string | null {
  const { path, search } = at
  if (path === '/help' || path.startsWith('/help/')) return null
  const address = search === '' ? path : `${path}?${search}`
  if (status.firstRun) return path === '/first-run' ? null : '/first-run'
  const { session } = status
  if (session === null) {
    if (path === '/sign-in') return null
    return beforeSignIn.includes(path) || path === '/change-password'
      ? '/sign-in'
      : withReturn('/sign-in', address, path)
  }
  const wanted = returnAddress(search)
  if (session.mustChangePassword) {
    if (path === '/change-password') return null
    return beforeSignIn.includes(path)
      ? `/change-password${wanted === null ? '' : `?to=${encodeURIComponent(wanted)}`}`
      : withReturn('/change-password', address, path)
  }
  if (beforeSignIn.includes(path))
    return wanted !== null && mayOpen(session, wanted) ? wanted : homeOf(session)
  return null
}
