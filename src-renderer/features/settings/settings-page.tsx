import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api'
import { Page } from '../../ui/page'
import { ProfilesSection } from '../profiles/profiles-section'
import { useExaminedProfile } from '../profiles/use-profiles'
import { DatabaseSection } from './database-section'
import { FindingsSection } from './findings-section'
import { ValuesSection } from './values-section'

/** What is configured and what does not fit; the database next to it. Nothing is changed here. */
export function SettingsPage() {
  const { t } = useTranslation()
  const profile = useExaminedProfile()?.name ?? null
  const check = useApi('settings.check', { profile })
  const database = useApi('db.status', {})
  return (
    <Page title={t('pages.settings')} purpose={t('purpose.settings')} queries={[check, database]}>
      <ProfilesSection />
      {check.data !== undefined && <FindingsSection check={check.data} />}
      {database.data !== undefined && <DatabaseSection database={database.data} />}
      {check.data !== undefined && <ValuesSection check={check.data} />}
    </Page>
  )
}
