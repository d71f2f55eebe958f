import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { exactTime, relativeTime } from './relative-time'
import { useNow } from './use-now'

/** A time as people say it, with the exact one on hover; null is "never". */
export function Time({ at }: { readonly at: string | null }) {
  const { t, i18n } = useTranslation()
  const now = useNow(30_000)
  if (at === null) return <span className="dim">{t('common.never')}</span>
  return (
    <Tooltip label={exactTime(at, i18n.language)}>
      <time dateTime={at}>{relativeTime(at, now, i18n.language)}</time>
    </Tooltip>
  )
}
