import { Tooltip } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStatus } from '../../api/use-status'
import { Chip } from '../../ui/chip'
import classes from './frame.module.css'

/** The profile by name; production says so. */
export function ProfileBadge() {
  const { t } = useTranslation()
  const { profile } = useStatus()
  return (
    <>
      <Tooltip label={t('frame.profileHint')}>
        <span
          className={classes.profile}
          tabIndex={0}
          aria-label={t('frame.profile', { name: profile.name })}
        >
          <IconStack2 size={16} stroke={1.6} aria-hidden />
          {profile.name}
        </span>
      </Tooltip>
      {profile.production && (
        <Chip tone="bad" hint={t('frame.productionHint')}>
          {t('frame.production')}
        </Chip>
      )}
    </>
  )
}

/** What must be known on every page: a demo, a runtime that is not the official one. */
export function ConsoleLabels() {
  const { t } = useTranslation()
  const { demo, runtime } = useStatus()
  return (
    <>
      {demo && (
        <Chip tone="warn" hint={t('frame.demoHint')}>
          {t('frame.demo')}
        </Chip>
      )}
      {runtime.kind === 'development' && (
        <Chip tone="quiet" hint={t('frame.developmentRuntimeHint', { version: runtime.electron ?? '' })}>
          {t('frame.developmentRuntime')}
        </Chip>
      )}
    </>
  )
}
