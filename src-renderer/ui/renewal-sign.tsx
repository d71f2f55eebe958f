import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Renewal } from '../../src-main/contract/sessions'
import classes from './signs.module.css'
import { Time } from './time'

/** When a session's provider last vouched for it; shape and word where it could not be asked since. */
export function RenewalSign({ renewal: { state, at } }: { readonly renewal: Renewal }) {
  const { t } = useTranslation()
  if (state === 'none' || at === null) return <span className="dim">{t('renewal.none')}</span>
  if (state === 'renewed') return <Time at={at} />
  return (
    <span className={classes.offline} title={t('renewal.offlineHint')}>
      <IconPlugConnectedX size={15} aria-hidden />
      {t('renewal.offline')} <Time at={at} />
    </span>
  )
}
