import { Button, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { auditOutcomes, type SignInFailure } from '../../../src-main/contract/audit'
import { useApi } from '../../api/use-api'
import { auditPeriods, auditRooms, type AuditRoute } from '../../state/audit-route'
import { toggled } from '../../state/users-route'
import { FilterChips } from '../../ui/filter-chips'
import { SearchField } from '../../ui/search-field'
import classes from './audit.module.css'
import type { AuditList, ChangeAudit } from './use-audit'

interface AuditFiltersProps {
  readonly route: AuditRoute
  readonly list: AuditList | null
  readonly failures: readonly SignInFailure[] | null
  readonly onChange: ChangeAudit
}

/** Which records: everything or failed sign-ins, a search, and chips. */
export function AuditFilters({ route, list, failures, onChange }: AuditFiltersProps) {
  const { t } = useTranslation()
  const filtered =
    route.search !== '' ||
    route.account !== null ||
    route.rooms.length > 0 ||
    route.outcome !== 'all' ||
    route.period
  return (
    <div className={classes.filters}>
      <div className={classes.line}>
        <SegmentedControl
          size="xs"
          aria-label={t('audit.view')}
          value={route.view}
          data={(['records', 'failures'] as const).map((value) => ({
            value,
            label: t(`audit.views.${value}`),
          }))}
          onChange={(view) => onChange({ view: view === 'failures' ? 'failures' : 'records', record: null })}
        />
        <Search route={route} onChange={onChange} />
        {filtered && (
          <Button
            variant="subtle"
            onClick={() => onChange({ search: '', account: null, rooms: [], outcome: 'all', period: null })}
          >
            {t('users.clear')}
          </Button>
        )}
        <span className={classes.count} role="status">
          {route.view === 'records' ? (
            <Count list={list} />
          ) : (
            t('audit.causes', { count: failures?.length ?? 0 })
          )}
        </span>
      </div>
      <div className={classes.chips}>
        <FilterChips
          label={t('audit.period')}
          options={auditPeriods.map((days) => ({
            value: String(days),
            label: t('audit.days', { count: days }),
          }))}
          chosen={route.period === null ? [] : [String(route.period)]}
          onToggle={(value) => {
            const days = auditPeriods.find((each) => String(each) === value) ?? null
            onChange({ period: days === route.period ? null : days })
          }}
        />
        {route.view === 'records' && (
          <>
            <FilterChips
              label={t('audit.outcome')}
              options={auditOutcomes
                .filter((outcome) => outcome !== 'all')
                .map((outcome) => ({ value: outcome, label: t(`audit.outcomes.${outcome}`) }))}
              chosen={route.outcome === 'all' ? [] : [route.outcome]}
              onToggle={(outcome) => onChange({ outcome: outcome === route.outcome ? 'all' : outcome })}
            />
            <FilterChips
              label={t('audit.area')}
              options={auditRooms.map((room) => ({ value: room, label: t(`audit.areas.${room}`) }))}
              chosen={route.rooms}
              onToggle={(room) => onChange({ rooms: toggled(route.rooms, room) })}
            />
            {route.account !== null && <OfAccount id={route.account} onChange={onChange} />}
          </>
        )}
      </div>
    </div>
  )
}

function Count({ list }: { readonly list: AuditList | null }) {
  const { t } = useTranslation()
  if (list === null) return null
  const shown = list.records.length
  return list.total >= list.countedTo
    ? t('audit.countMore', { shown, all: list.countedTo - 1 })
    : t('audit.count', { shown, all: list.total })
}

/** The page is one person's history until this is taken away. */
function OfAccount({ id, onChange }: { readonly id: string; readonly onChange: ChangeAudit }) {
  const { t } = useTranslation()
  const user = useApi('users.get', { id })
  return (
    <FilterChips
      label={t('audit.account')}
      options={[{ value: id, label: user.data?.username ?? id }]}
      chosen={[id]}
      onToggle={() => onChange({ account: null })}
    />
  )
}

function Search({ route, onChange }: Pick<AuditFiltersProps, 'route' | 'onChange'>) {
  const { t } = useTranslation()
  return (
    <SearchField
      className={classes.search}
      label={t('audit.search')}
      placeholder={t(route.view === 'records' ? 'audit.searchPlaceholder' : 'audit.namePlaceholder')}
      search={route.search}
      onSearch={(search) => onChange({ search }, 'replace')}
    />
  )
}
