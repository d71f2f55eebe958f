import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  applicationFindings,
  applicationProviders,
  applicationStates,
  type ApplicationStatus,
} from '../../../src-main/contract/application'
import type { ApplicationRoute } from '../../state/application-route'
import { toggled } from '../../state/users-route'
import { FilterChips } from '../../ui/filter-chips'
import { SearchField } from '../../ui/search-field'
import users from '../users/users.module.css'
import type { ChangeApplicationRoute } from './use-application'

interface ApplicationFiltersProps {
  readonly route: ApplicationRoute
  readonly shown: number
  readonly status: ApplicationStatus
  readonly onChange: ChangeApplicationRoute
}

/** Search and the chips; the application's database does the filtering. */
export function ApplicationFilters({ route, shown, status, onChange }: ApplicationFiltersProps) {
  const { t } = useTranslation()
  const filtered =
    route.search !== '' || route.providers.length + route.states.length + route.findings.length > 0
  return (
    <div className={users.filters}>
      <div className={users.searchLine}>
        <SearchField
          className={users.search}
          label={t('application.search')}
          search={route.search}
          onSearch={(search) => onChange({ search })}
        />
        {filtered && (
          <Button
            variant="subtle"
            onClick={() => onChange({ search: '', providers: [], states: [], findings: [] })}
          >
            {t('users.clear')}
          </Button>
        )}
        <span className={users.count} role="status">
          {t('users.count', { shown, all: status.accounts })}
        </span>
      </div>
      <div className={users.chipLine}>
        <FilterChips
          label={t('users.provider')}
          options={applicationProviders.map((value) => ({
            value,
            label: t(`application.providers.${value}`),
          }))}
          chosen={route.providers}
          onToggle={(provider) => onChange({ providers: toggled(route.providers, provider) })}
        />
        <FilterChips
          label={t('users.state')}
          options={applicationStates.map((value) => ({ value, label: t(`application.states.${value}`) }))}
          chosen={route.states}
          onToggle={(state) => onChange({ states: toggled(route.states, state) })}
        />
        <FilterChips
          label={t('application.doesNotFit')}
          options={applicationFindings.map((value) => ({
            value,
            label: t(`application.findings.${value}`),
            count: status.findings.find(({ id }) => id === value)?.accounts ?? 0,
          }))}
          chosen={route.findings}
          onToggle={(finding) => onChange({ findings: toggled(route.findings, finding) })}
        />
      </div>
    </div>
  )
}
