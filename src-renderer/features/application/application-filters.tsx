import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
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
import users from '../users/users.module.css'
import type { ChangeApplicationRoute } from './use-application'

const waitMs = 200

interface ApplicationFiltersProps {
  readonly route: ApplicationRoute
  readonly shown: number
  readonly status: ApplicationStatus
  readonly onChange: ChangeApplicationRoute
}

/** Search and the chips; the application's database does the filtering. */
export function ApplicationFilters({ route, shown, status, onChange }: ApplicationFiltersProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(route.search)
  const send = useDebouncedCallback((search: string) => onChange({ search: search.trim() }), waitMs)
  const filtered =
    route.search !== '' || route.providers.length + route.states.length + route.findings.length > 0
  return (
    <div className={users.filters}>
      <div className={users.searchLine}>
        <TextInput
          type="search"
          className={users.search ?? ''}
          size="xs"
          aria-label={t('application.search')}
          placeholder={t('application.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={text}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value)
            send(event.currentTarget.value)
          }}
        />
        {filtered && (
          <Button
            variant="subtle"
            onClick={() => {
              setText('')
              onChange({ search: '', providers: [], states: [], findings: [] })
            }}
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
