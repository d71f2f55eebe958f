import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconLoader2,
  IconSquareRoundedXFilled,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { StageStatus } from '../../src-main/contract/stages'
import classes from './ladder.module.css'

const icons = {
  passed: IconCircleCheckFilled,
  warning: IconAlertTriangle,
  failed: IconSquareRoundedXFilled,
  skipped: IconCircleDashed,
  running: IconLoader2,
} as const

/** A stage's status: shape and word. */
export function StageStatusSign({ status }: { readonly status: StageStatus | 'running' }) {
  const { t } = useTranslation()
  const Icon = icons[status]
  return (
    <span className={classes.status} data-status={status}>
      <Icon size={16} aria-hidden className={status === 'running' ? classes.turning : undefined} />
      {t(`stageStates.${status}`)}
    </span>
  )
}
