import { toApiError } from '../../api/api-error'
import type { SyncPreview } from '../../../src-main/contract/sync'
import { ErrorPanel } from '../../ui/error-panel'
import type { SyncRoute } from '../../state/sync-route'
import { RowDrawer } from './row-drawer'
import { SyncFilters } from './sync-filters'
import { SyncTable } from './sync-table'
import classes from './sync.module.css'
import { useSyncRows, type ChangeSync } from './use-sync'

interface PreviewListProps {
  readonly preview: SyncPreview
  readonly route: SyncRoute
  readonly onChange: ChangeSync
}

/** The entries of a preview: chips, search, table, and one of them beside it. */
export function PreviewList({ preview, route, onChange }: PreviewListProps) {
  const list = useSyncRows(preview.id, route)
  const rows = list.data?.rows ?? []
  const open = rows.find(({ position }) => position === route.row)
  return (
    <>
      <SyncFilters preview={preview} route={route} shown={list.data?.total ?? 0} onChange={onChange} />
      <div className={classes.list}>
        {list.error !== null && list.data === undefined ? (
          <ErrorPanel error={toApiError(list.error)} onRetry={() => void list.refetch()} />
        ) : (
          <SyncTable
            rows={rows}
            route={route}
            stale={list.isPlaceholderData}
            more={{
              has: list.hasNextPage,
              loading: list.isFetching,
              load: () => void list.fetchNextPage(),
            }}
            onChange={onChange}
          />
        )}
        {open !== undefined && <RowDrawer key={open.position} row={open} onChange={onChange} />}
      </div>
    </>
  )
}
