import { useMemo } from 'react'
import { useSearch } from 'wouter'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api'
import { navigate } from '../../state/hash-location'
import { historyAddress, parseHistoryRoute, type HistoryRoute } from '../../state/history-route'
import { FilterChips } from '../../ui/filter-chips'
import { Page } from '../../ui/page'
import { useExaminedProfile } from '../profiles/use-profiles'
import { ComparisonPanel } from './comparison-panel'
import classes from './history.module.css'
import { RunList } from './run-list'
import { subjectName } from './subject-name'
import { useRuns } from './use-runs'
import { WatchPanel } from './watch-panel'

/** Past tests as a timeline, and what is different between two of them. */
export function HistoryPage() {
  const { t } = useTranslation()
  const profile = useExaminedProfile()?.name ?? null
  const search = useSearch()
  const route = useMemo(() => parseHistoryRoute(search), [search])
  const change = (part: Partial<HistoryRoute>) => navigate(historyAddress({ ...route, ...part }))
  const runs = useRuns(profile, route.subject)
  const watch = useApi('history.watch', { profile })
  const subjects = runs.data?.subjects ?? []
  return (
    <Page title={t('pages.history')} purpose={t('purpose.history')} queries={[runs, watch]}>
      <div className={classes.parts}>
        {route.after !== null && <ComparisonPanel route={route} profile={profile} />}
        {subjects.length > 1 && (
          <FilterChips
            label={t('history.of')}
            options={subjects.map((value) => ({ value, label: subjectName(t, value) }))}
            chosen={route.subject === null ? [] : [route.subject]}
            onToggle={(subject) =>
              change({ subject: subject === route.subject ? null : subject, before: null, after: null })
            }
          />
        )}
        <WatchPanel watched={watch.data?.watched ?? []} subject={route.subject} />
        <RunList
          runs={runs.data?.runs ?? []}
          total={runs.data?.total ?? 0}
          route={route}
          onChange={change}
          more={{
            has: runs.hasNextPage,
            loading: runs.isFetchingNextPage,
            load: () => void runs.fetchNextPage(),
          }}
        />
      </div>
    </Page>
  )
}
