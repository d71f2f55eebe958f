import { Anchor, Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SyncRun } from '../../../src-main/contract/sync'
import { toApiError } from '../../api/api-error'
import { Empty } from '../../ui/empty'
import { ErrorPanel } from '../../ui/error-panel'
import table from '../../ui/table.module.css'
import { Time } from '../../ui/time'
import audit from '../audit/audit.module.css'
import { RunDrawer } from './run-drawer'
import { doneParts } from './sync-verdict'
import classes from './sync.module.css'
import { useSyncRuns, type ChangeSync } from './use-sync'

const columns = ['at', 'actor', 'directory', 'what', 'state'] as const

interface RunsViewProps {
  readonly run: string | null
  readonly onChange: ChangeSync
}

/** What was applied, the newest first, and one run beside it. */
export function RunsView({ run, onChange }: RunsViewProps) {
  const { t } = useTranslation()
  const list = useSyncRuns()
  if (list.error !== null && list.data === undefined)
    return <ErrorPanel error={toApiError(list.error)} onRetry={() => void list.refetch()} />
  const runs = list.data ?? []
  const open = runs.find(({ id }) => id === run)
  const count = t(list.hasNextPage ? 'sync.runCountMore' : 'sync.runCount', { count: runs.length })
  return (
    <>
      <span className={audit.count} role="status">
        {list.data !== undefined && count}
      </span>
      <div className={audit.split}>
        <div className={classes.runs} aria-busy={list.isFetching}>
          {runs.length > 0 && <RunsTable runs={runs} open={run} onChange={onChange} />}
          {runs.length === 0 && !list.isFetching && <Empty icon={IconHistory} title={t('sync.noRuns')} />}
          {list.hasNextPage && (
            <Button
              variant="default"
              my={12}
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('sync.more')}
            </Button>
          )}
        </div>
        {open !== undefined && <RunDrawer key={open.id} run={open} onChange={onChange} />}
      </div>
    </>
  )
}

interface RunsTableProps {
  readonly runs: readonly SyncRun[]
  readonly open: string | null
  readonly onChange: ChangeSync
}

function RunsTable({ runs, open, onChange }: RunsTableProps) {
  const { t } = useTranslation()
  return (
    <table className={table.table} aria-label={t('sync.runs')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" data-column={column}>
              {t(`sync.runColumns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id} className={run.id === open ? (classes.open ?? '') : ''}>
            <td>
              <Anchor
                component="button"
                size="sm"
                aria-expanded={run.id === open}
                onClick={() => onChange({ run: run.id === open ? null : run.id })}
              >
                <Time at={run.finishedAt} />
              </Anchor>
            </td>
            <td>{run.actor}</td>
            <td data-column="directory" className="mono">
              {run.directory}
            </td>
            <td>
              <Done run={run} />
            </td>
            <td>{run.undoneAt === null ? t('sync.inForce') : <Undone at={run.undoneAt} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Done({ run }: { readonly run: SyncRun }) {
  const { t } = useTranslation()
  const parts = doneParts(run.counts).map(({ action, count }) => t(`sync.did.${action}`, { count }))
  return parts.length === 0 ? t('sync.runNone') : parts.join(', ')
}

export function Undone({ at }: { readonly at: string }) {
  const { t } = useTranslation()
  return (
    <span className="dim">
      {t('sync.undone')} <Time at={at} />
    </span>
  )
}
