import { useTranslation } from 'react-i18next'
import { Button } from '@mantine/core'
import { authProviders } from '../../../src-main/contract/app'
import { roles } from '../../../src-main/contract/permissions'
import { accountStates, type UserFacets } from '../../../src-main/contract/users'
import { toggled, type UsersRoute } from '../../state/users-route'
import { ProviderIcon } from '../../ui/provider-sign'
import { FilterChips } from '../../ui/filter-chips'
import { UserSearch } from './user-search'
import type { ChangeRoute } from './use-users-route'
import classes from './users.module.css'

interface UserFiltersProps {
  readonly route: UsersRoute
  readonly facets: UserFacets
  readonly shown: number
  readonly onChange: ChangeRoute
  readonly onLeave: () => void
}

/** Search and the three groups of chips; the counts say what a chip would show. */
export function UserFilters({ route, facets, shown, onChange, onLeave }: UserFiltersProps) {
  const { t } = useTranslation()
  const filtered =
    route.search !== '' || route.providers.length + route.roles.length + route.states.length > 0
  return (
    <div className={classes.filters}>
      <div className={classes.searchLine}>
        <UserSearch route={route} onChange={onChange} onLeave={onLeave} />
        {filtered && (
          <Button
            variant="subtle"
            onClick={() => onChange({ search: '', providers: [], roles: [], states: [] })}
          >
            {t('users.clear')}
          </Button>
        )}
        <span className={classes.count} role="status">
          {t('users.count', { shown, all: facets.all })}
        </span>
      </div>
      <div className={classes.chipLine}>
        <FilterChips
          label={t('users.provider')}
          options={authProviders.map((provider) => ({
            value: provider,
            label: t(`providers.${provider}`),
            count: facets.providers[provider],
            icon: <ProviderIcon provider={provider} size={14} />,
          }))}
          chosen={route.providers}
          onToggle={(provider) => onChange({ providers: toggled(route.providers, provider) })}
        />
        <FilterChips
          label={t('users.role')}
          options={roles.map((role) => ({
            value: role,
            label: t(`roles.${role}`),
            count: facets.roles[role],
          }))}
          chosen={route.roles}
          onToggle={(role) => onChange({ roles: toggled(route.roles, role) })}
        />
        <FilterChips
          label={t('users.state')}
          options={accountStates.map((state) => ({
            value: state,
            label: t(`states.${state}`),
            count: facets.states[state],
          }))}
          chosen={route.states}
          onToggle={(state) => onChange({ states: toggled(route.states, state) })}
        />
      </div>
    </div>
  )
}
