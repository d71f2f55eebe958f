import { Anchor, SegmentedControl } from '@mantine/core'
import { IconDatabaseOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ApplicationStatus } from '../../../src-main/contract/application'
import { toApiError } from '../../api/api-error'
import { useApi } from '../../api/use-api'
import { useAllows } from '../../api/use-status'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { useExaminedProfile } from '../profiles/use-profiles'
import users from '../users/users.module.css'
import { applicationViews } from '../../state/application-route'
import { ApplicationDirectory } from './application-directory'
import { ApplicationDrawer } from './application-drawer'
import { ApplicationFilters } from './application-filters'
import { ApplicationFacts, ChosenFindings } from './application-facts'
import { ApplicationImpactView } from './application-impact'
import { ApplicationTable } from './application-table'
import classes from './application.module.css'
import { useApplicationAccounts, useApplicationRoute } from './use-application'

/** The accounts of the application itself, in its own database. */
export function ApplicationPage() {
  const { t } = useTranslation()
  const profile = useExaminedProfile()?.name ?? null
  const status = useApi('application.status', { profile })
  const missing = status.error !== null && toApiError(status.error).code === 'CONFIG_MISSING'
  const shown = missing ? [] : [status]
  return (
    <Page title={t('pages.application')} purpose={t('purpose.application')} queries={shown} scroll="fill">
      {missing && <NoDatabase />}
      {status.data !== undefined && <Accounts profile={profile} status={status.data} />}
    </Page>
  )
}

function NoDatabase() {
  const { t } = useTranslation()
  const allows = useAllows()
  return (
    <Empty icon={IconDatabaseOff} title={t('application.missing')}>
      <span>{t('application.missingHint')}</span>
      {allows('settings:write') && (
        <Anchor component={Link} href="/settings/edit" size="sm">
          {t('application.openSettings')}
        </Anchor>
      )}
    </Empty>
  )
}

interface AccountsProps {
  readonly profile: string | null
  readonly status: ApplicationStatus
}

function Accounts({ profile, status }: AccountsProps) {
  const { t } = useTranslation()
  const { route, change } = useApplicationRoute()
  return (
    <>
      <ApplicationFacts status={status} />
      <SegmentedControl
        className={classes.views}
        aria-label={t('application.view')}
        value={route.view}
        data={applicationViews.map((value) => ({ value, label: t(`application.views.${value}`) }))}
        onChange={(value) => change({ view: applicationViews.find((each) => each === value) ?? 'accounts' })}
      />
      {route.view === 'accounts' && <AccountList profile={profile} status={status} />}
      {route.view === 'methods' && <ApplicationImpactView profile={profile} status={status} />}
      {route.view === 'directory' && <ApplicationDirectory profile={profile} />}
    </>
  )
}

function AccountList({ profile, status }: AccountsProps) {
  const { route, change } = useApplicationRoute()
  const list = useApplicationAccounts({ profile, route, enabled: true })
  return (
    <>
      <ApplicationFilters route={route} status={status} shown={list.data?.total ?? 0} onChange={change} />
      <ChosenFindings status={status} chosen={route.findings} />
      <div className={users.split}>
        <ApplicationTable list={list} open={route.account} onChange={change} />
        {route.account !== null && (
          <ApplicationDrawer
            key={route.account}
            profile={profile}
            id={route.account}
            status={status}
            onClose={() => change({ account: null })}
          />
        )}
      </div>
    </>
  )
}
