import { SegmentedControl, Text } from '@mantine/core'
import { IconAlertTriangle, IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApplicationImpact, ApplicationStatus } from '../../../src-main/contract/application'
import { impactChanges } from '../../../src-main/contract/auth'
import { useApi } from '../../api/use-api'
import { Empty } from '../../ui/empty'
import { ErrorPanel } from '../../ui/error-panel'
import { Fact, Facts } from '../../ui/facts'
import table from '../../ui/table.module.css'
import { ApplicationProviderSign } from './application-signs'
import classes from './application.module.css'
import { useApplicationRoute } from './use-application'

interface ApplicationImpactViewProps {
  readonly profile: string | null
  readonly status: ApplicationStatus
}

/** Who gets into the application by its own rules, and what another AUTH_METHOD would change. */
export function ApplicationImpactView({ profile, status }: ApplicationImpactViewProps) {
  const { t } = useTranslation()
  const { route, change } = useApplicationRoute()
  const method = route.method ?? status.method ?? status.methods[0] ?? 'local'
  const impact = useApi('application.impact', { profile, method }, { meanwhile: 'previous' })
  return (
    <>
      <SegmentedControl
        aria-label={t('impact.method')}
        value={method}
        data={status.methods.map((value) => ({
          value,
          label: value === status.method ? t('impact.present', { method: value }) : value,
        }))}
        onChange={(value) => change({ method: status.methods.find((each) => each === value) ?? null })}
      />
      {impact.error !== null && <ErrorPanel error={impact.error} />}
      {impact.data !== undefined && <Found impact={impact.data} />}
    </>
  )
}

function Found({ impact }: { readonly impact: ApplicationImpact }) {
  const { t } = useTranslation()
  const { counts, admins, safe, hazards } = impact
  return (
    <>
      <div className={classes.facts}>
        <Facts>
          {impactChanges.map((each) => (
            <Fact key={each} label={t(`impact.changes.${each}`)}>
              {counts[each]}
            </Fact>
          ))}
        </Facts>
        <Facts>
          <Fact label={t('application.adminsIn')}>{admins}</Fact>
          <Fact label={t('application.safeIn')}>{safe}</Fact>
        </Facts>
      </div>
      {hazards.length > 0 && (
        <ul className={classes.findings} aria-label={t('application.hazards')}>
          {hazards.map(({ id, message, accounts }) => (
            <li key={id} data-severity="warning">
              <IconAlertTriangle size={16} aria-hidden />
              <Text size="sm">
                {t('application.accounts', { count: accounts })}: {message}
              </Text>
            </li>
          ))}
        </ul>
      )}
      <People impact={impact} />
    </>
  )
}

function People({ impact: { people, more } }: { readonly impact: ApplicationImpact }) {
  const { t } = useTranslation()
  if (people.length === 0) return <Empty icon={IconUsersGroup} title={t('application.nobodyChanges')} />
  return (
    <>
      <table className={table.table} aria-label={t('impact.people')}>
        <thead>
          <tr>
            {(['name', 'provider', 'role', 'change'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`impact.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map(({ id, username, provider, admin, change }) => (
            <tr key={id}>
              <td>{username}</td>
              <td>
                <ApplicationProviderSign provider={provider} />
              </td>
              <td>{admin ? t('roles.admin') : ''}</td>
              <td>{t(`impact.changes.${change}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && <p className="dim">{t('application.morePeople')}</p>}
    </>
  )
}
