import {
  IconAlertTriangle,
  IconCircleCheck,
  IconInfoCircle,
  IconSquareRoundedXFilled,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConfigCheck, Finding } from '../../../src-main/contract/settings'
import { CodeChip } from '../../ui/code-chip'
import { Section } from '../../ui/section'
import classes from './settings.module.css'

const icons = { error: IconSquareRoundedXFilled, warning: IconAlertTriangle, info: IconInfoCircle } as const
const tones = { error: 'bad', warning: 'warn', info: 'plain' } as const
const order = ['error', 'warning', 'info'] as const

/** What the lint of the settings found, the worst first. */
export function FindingsSection({ check }: { readonly check: ConfigCheck }) {
  const { t } = useTranslation()
  const sorted = order.flatMap((severity) => check.findings.filter((one) => one.severity === severity))
  const errors = check.findings.filter((one) => one.severity === 'error').length
  return (
    <Section
      title={t('settings.findings')}
      action={errors > 0 && <span className="dim">{t('settings.errors', { count: errors })}</span>}
    >
      {sorted.length === 0 ? (
        <span className={classes.well}>
          <IconCircleCheck size={18} aria-hidden />
          {t('settings.noFindings')}
        </span>
      ) : (
        <ul className={classes.findings}>
          {sorted.map((finding, index) => (
            <FindingRow key={index} finding={finding} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function FindingRow({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation()
  const SeverityIcon = icons[finding.severity]
  return (
    <li className={classes.finding} data-severity={finding.severity}>
      <span className={classes.severity}>
        <SeverityIcon size={16} aria-hidden />
        {t(`severities.${finding.severity}`)}
      </span>
      <div>
        <div>
          {finding.setting !== null && <span className="mono">{finding.setting} </span>}
          {finding.message}
        </div>
        <div className="dim">
          {finding.line !== null && `${t('settings.line', { line: finding.line })} `}
          {finding.written !== null && <span className="mono">{finding.written} </span>}
          {finding.next}
        </div>
      </div>
      <CodeChip code={finding.code} tone={tones[finding.severity]} />
    </li>
  )
}
