import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api'
import { useStatus } from '../../api/use-status'
import { Page } from '../../ui/page'
import { Section } from '../../ui/section'
import { SettingRows } from '../../ui/setting-rows'
import classes from '../diagnostics.module.css'
import { InspectPanel } from '../inspect/inspect-panel'
import { useExaminedProfile } from '../profiles/use-profiles'
import { ExplainPerson } from './explain-person'
import { LdapTest } from './ldap-test'

/** Left what is configured, right the test. */
export function LdapPage() {
  const { t } = useTranslation()
  const { method } = useStatus()
  const profile = useExaminedProfile()?.name ?? null
  const summary = useApi('ldap.summary', { profile })
  const { data } = summary
  return (
    <Page title={t('pages.ldap')} purpose={t('purpose.ldap')} queries={[summary]} scroll="fill">
      {data !== undefined && (
        <div className={classes.columns}>
          <div className={classes.side}>
            {!data.enabled && (
              <Text size="sm" c="dimmed">
                {t('ldap.off', { method: method ?? t('frame.methodUnknown') })}
              </Text>
            )}
            {data.groups.map((group) => (
              <Section key={group.id} title={t(`ldap.groups.${group.id}`)}>
                <SettingRows settings={group.settings} />
              </Section>
            ))}
          </div>
          <div className={classes.work}>
            <LdapTest key={profile} sample={data.sample} profile={profile} />
            <ExplainPerson profile={profile} />
            <InspectPanel of="ldap" profile={profile} />
          </div>
        </div>
      )}
    </Page>
  )
}
