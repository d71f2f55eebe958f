import { IconLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { PendingLinks } from './pending-links'

/** The identities that wait for an administrator to say whose they are. */
export function LinksPage() {
  const { t } = useTranslation()
  const links = useApi('links.list', {})
  return (
    <Page title={t('pages.links')} purpose={t('purpose.links')} queries={[links]}>
      {links.data?.links.length === 0 && <Empty icon={IconLink} title={t('links.none')} />}
      {links.data !== undefined && <PendingLinks links={links.data.links} />}
    </Page>
  )
}
