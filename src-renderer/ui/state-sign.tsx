import { IconCircleCheck, IconBan, IconHourglass, IconLock, IconRefreshAlert } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AccountState } from '../../src-main/contract/users'
import classes from './signs.module.css'

const icons = {
  enabled: IconCircleCheck,
  disabled: IconBan,
  locked: IconLock,
  'must-change-password': IconRefreshAlert,
  'pending-link': IconHourglass,
} as const

/** An account's state: shape and word. */
export function StateSign({ state }: { readonly state: AccountState }) {
  const { t } = useTranslation()
  const Icon = icons[state]
  return (
    <span className={classes.sign} data-state={state}>
      <Icon size={16} stroke={1.75} aria-hidden />
      {t(`states.${state}`)}
    </span>
  )
}
