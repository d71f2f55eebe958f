import { codes, type Code } from '../../src-main/contract/errors'
import { syncActions, type SyncListed } from '../../src-main/contract/sync'

/** Everything about the sync page that its address holds. */
export interface SyncRoute {
  readonly view: 'preview' | 'runs'
  readonly search: string
  readonly actions: readonly SyncListed[]
  readonly codes: readonly Code[]
  /** The row of the preview that is open. */
  readonly row: number | null
  /** The run that is open. */
  readonly run: string | null
}

/** Reads the address's search; what it does not know is ignored. */
export function parseSyncRoute(search: string): SyncRoute {
  const params = new URLSearchParams(search)
  const listed = (name: string) => (params.get(name) ?? '').split(',')
  const row = params.get('row') ?? ''
  return {
    view: params.get('view') === 'runs' ? 'runs' : 'preview',
    search: (params.get('search') ?? '').slice(0, 200),
    actions: syncActions.filter((action) => listed('what').includes(action)),
    codes: codes.filter((code) => listed('why').includes(code)),
    row: /^[1-9]\d{0,9}$/.test(row) ? Number(row) : null,
    run: params.get('run')?.slice(0, 100) || null,
  }
}

/** The address of a state; defaults are left out. */
export function syncAddress(route: Partial<SyncRoute>): string {
  const params = new URLSearchParams()
  if (route.view === 'runs') params.set('view', 'runs')
  if (route.search) params.set('search', route.search)
  if (route.actions?.length) params.set('what', route.actions.join(','))
  if (route.codes?.length) params.set('why', route.codes.join(','))
  if (route.row) params.set('row', String(route.row))
  if (route.run) params.set('run', route.run)
  const search = params.toString().replaceAll('%2C', ',')
  return search === '' ? '/sync' : `/sync?${search}`
}
