import { Anchor } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAllows, useStatus } from '../../api/use-status'
import { CodeChip } from '../../ui/code-chip'
import classes from './frame.module.css'

/** Settings that do not hold together concern every page. */
export function SettingsBanner() {
  const { t } = useTranslation()
  const { settingsError } = useStatus()
  const allows = useAllows()
  if (settingsError === null) return null
  return (
    <div className={classes.banner} role="status">
      <IconAlertTriangle size={18} aria-hidden />
      <span>
        {t('frame.settingsError')} {settingsError.message}
      </span>
      <CodeChip code={settingsError.code} />
      {allows('settings:read') && (
        <Anchor component={Link} href="/settings" size="sm">
          {t('frame.openSettings')}
        </Anchor>
      )}
    </div>
  )
}
