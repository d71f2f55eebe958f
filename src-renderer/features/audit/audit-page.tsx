import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import { periodStart, type AuditRoute } from '../../state/audit-route'
import { ExportMenu } from '../../ui/export-menu'
import { FormError } from '../../ui/form-error'
import { Page } from '../../ui/page'
import { AuditFilters } from './audit-filters'
import { AuditTable } from './audit-table'
import classes from './audit.module.css'
import { Failures } from './failures'
import { RecordDrawer } from './record-drawer'
import { filterOf, useAuditList, useAuditRoute, useAuditState } from './use-audit'
import { Verification } from './verification'

/** What was done, by whom, whether it was allowed, and whether the record of it is whole. */
export function AuditPage() {
  const { t } = useTranslation()
  const { route, change } = useAuditRoute()
  const list = useAuditList(route)
  const state = useAuditState()
  const failures = useApi(
    'audit.failures',
    { search: route.search, since: periodStart(route.period, new Date()) },
    { enabled: route.view === 'failures', meanwhile: 'previous' },
  )
  const shown = route.view === 'records' ? list : failures
  const exporting = useExport(route)
  return (
    <Page
      title={t('pages.audit')}
      purpose={t('purpose.audit')}
      queries={[shown, state]}
      scroll="fill"
      action={
        <ExportMenu pending={exporting.isPending} onExport={(format) => void exporting.start(format)} />
      }
    >
      {exporting.error !== null && <FormError error={exporting.error} />}
      {state.data !== undefined && <Verification state={state.data} />}
      <AuditFilters
        route={route}
        list={list.data ?? null}
        failures={failures.data?.failures ?? null}
        onChange={change}
      />
      <div className={classes.split}>
        {route.view === 'failures' ? (
          <Failures failures={failures.data?.failures ?? []} onChange={change} />
        ) : (
          <AuditTable
            records={list.data?.records ?? []}
            route={route}
            stale={list.isPlaceholderData}
            more={{
              has: list.hasNextPage,
              loading: list.isFetchingNextPage,
              load: () => void list.fetchNextPage(),
            }}
            onChange={change}
          />
        )}
        {route.view === 'records' && route.record !== null && (
          <RecordDrawer key={route.record} sequence={route.record} onChange={change} />
        )}
      </div>
    </Page>
  )
}

/** Asks for the place first; what was written is said with the head that it holds. */
function useExport(route: AuditRoute) {
  const { t } = useTranslation()
  const write = useAction('audit.export', {
    refreshes: ['audit.list', 'audit.state'],
    keep: (output) => output,
    onDone: ({ file, records }) =>
      notifications.show({ message: t('audit.exported', { count: records, file }) }),
  })
  const start = async (format: 'csv' | 'json') => {
    const { file } = await request('app.chooseSave', { name: `audit.${format}` })
    if (file !== null) write.run({ ...filterOf(route), file: file.handle, format })
  }
  return { start, isPending: write.isPending, error: write.error }
}
