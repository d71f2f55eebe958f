import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { codes } from '../../../src-main/contract/errors'
import { syncActions, type SyncPreview } from '../../../src-main/contract/sync'
import { useAllows } from '../../api/use-status'
import type { SyncRoute } from '../../state/sync-route'
import { toggled } from '../../state/users-route'
import { FilterChips } from '../../ui/filter-chips'
import { SearchField } from '../../ui/search-field'
import audit from '../audit/audit.module.css'
import { ExportMenu } from './export-menu'
import { useReasonText } from './sync-signs'
import { countOf } from './sync-verdict'
import type { ChangeSync } from './use-sync'

interface SyncFiltersProps {
  readonly preview: SyncPreview
  readonly route: SyncRoute
  readonly shown: number
  readonly onChange: ChangeSync
}

/** Search, and a chip for each thing that happens and each reason that there is. */
export function SyncFilters({ preview, route, shown, onChange }: SyncFiltersProps) {
  const { t } = useTranslation()
  const allows = useAllows()
  const { facets, counts } = preview
  const all = facets.reduce((sum, { count }) => sum + count, 0)
  const filtered = route.search !== '' || route.actions.length + route.codes.length > 0
  return (
    <div className={audit.filters}>
      <div className={audit.line}>
        <SearchField
          className={audit.search}
          label={t('sync.search')}
          search={route.search}
          onSearch={(search) => onChange({ search }, 'replace')}
        />
        {filtered && (
          <Button variant="subtle" onClick={() => onChange({ search: '', actions: [], codes: [] })}>
            {t('users.clear')}
          </Button>
        )}
        <span className={audit.count} role="status">
          {t('sync.count', { shown, all })} · {t('sync.unchanged', { count: counts.unchanged })}
        </span>
        {allows('sync:run') && all > 0 && <ExportMenu preview={preview.id} route={route} />}
      </div>
      <div className={audit.chips}>
        <FilterChips
          label={t('sync.kind')}
          options={syncActions.map((value) => ({
            value,
            label: t(`sync.kinds.${value}`),
            count: countOf(facets, value),
          }))}
          chosen={route.actions}
          onToggle={(action) => onChange({ actions: toggled(route.actions, action) })}
        />
        <ReasonChips facets={facets} route={route} onChange={onChange} />
      </div>
    </div>
  )
}

interface ReasonChipsProps extends Pick<SyncFiltersProps, 'route' | 'onChange'> {
  readonly facets: SyncPreview['facets']
}

function ReasonChips({ facets, route, onChange }: ReasonChipsProps) {
  const { t } = useTranslation()
  const textOf = useReasonText()
  const options = codes
    .map((value) => {
      const found = facets.filter(({ code }) => code === value)
      return { value, label: textOf(value).title, count: found.reduce((sum, { count }) => sum + count, 0) }
    })
    .filter(({ value, count }) => count > 0 || route.codes.includes(value))
  if (options.length === 0) return null
  return (
    <FilterChips
      label={t('sync.reason')}
      options={options}
      chosen={route.codes}
      onToggle={(code) => onChange({ codes: toggled(route.codes, code) })}
    />
  )
}
