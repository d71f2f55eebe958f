import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api'
import { useAllows } from '../../api/use-status'
import { navigate } from '../../state/hash-location'
import { Page } from '../../ui/page'
import { ProfilesSection } from '../profiles/profiles-section'
import { useExaminedProfile } from '../profiles/use-profiles'
import { DatabaseSection } from './database-section'
import { FindingsSection } from './findings-section'
import { ValuesSection } from './values-section'

/** What is configured and what does not fit; the database next to it. */
export function SettingsPage() {
  const { t } = useTranslation()
  const profile = useExaminedProfile()?.name ?? null
  const check = useApi('settings.check', { profile })
  const database = useApi('db.status', {})
  return (
    <Page
      title={t('pages.settings')}
      purpose={t('purpose.settings')}
      queries={[check, database]}
      action={<EditButtons />}
    >
      <ProfilesSection />
      {check.data !== undefined && <FindingsSection check={check.data} />}
      {database.data !== undefined && <DatabaseSection database={database.data} />}
      {check.data !== undefined && <ValuesSection check={check.data} />}
    </Page>
  )
}

/** The ways to a draft of these settings. */
function EditButtons() {
  const { t } = useTranslation()
  const allows = useAllows()
  if (!allows('settings:write')) return null
  const places = [
    ['draft.setUpLdap', '/settings/edit?guide=ldap'],
    ['draft.setUpOidc', '/settings/edit?guide=oidc'],
    ['draft.edit', '/settings/edit'],
  ] as const
  return (
    <Group gap={6}>
      {places.map(([label, address]) => (
        <Button key={address} variant="default" h={36} onClick={() => navigate(address)}>
          {t(label)}
        </Button>
      ))}
    </Group>
  )
}
