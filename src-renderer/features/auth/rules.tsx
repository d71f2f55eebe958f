import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHelpCircle,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RuleView, WayView } from '../../../src-main/contract/auth'
import { CodeChip } from '../../ui/code-chip'
import classes from './auth.module.css'

const signs: Readonly<Record<RuleView['outcome'], { icon: Icon; tone: string }>> = {
  passed: { icon: IconCircleCheck, tone: 'good' },
  warning: { icon: IconAlertTriangle, tone: 'warn' },
  refused: { icon: IconCircleX, tone: 'bad' },
  unknown: { icon: IconHelpCircle, tone: 'warn' },
  'not-needed': { icon: IconCircleDashed, tone: 'quiet' },
  'not-reached': { icon: IconCircleDashed, tone: 'quiet' },
}

/** The rules of one way in the order in which a sign-in meets them; what is not asked there is left out. */
export function Rules({ rules }: { readonly rules: readonly RuleView[] }) {
  const { t } = useTranslation()
  return (
    <ol className={classes.rules} aria-label={t('explain.rules')}>
      {rules
        .filter(({ outcome }) => outcome !== 'not-needed')
        .map(({ id, outcome, code, evidence }) => {
          const { icon: Sign, tone } = signs[outcome]
          return (
            <li key={id} className={classes.rule} data-rule={id} data-outcome={outcome}>
              <Sign size={18} stroke={1.6} className={classes[tone]} aria-hidden />
              <span className={classes.ruleName}>{t(`explain.names.${id}`)}</span>
              <span className="dim">{t(`explain.outcomes.${outcome}`)}</span>
              <span className={classes.evidence}>{evidence}</span>
              {code !== null && <CodeChip code={code} tone={outcome === 'refused' ? 'bad' : 'warn'} />}
            </li>
          )
        })}
    </ol>
  )
}

/** One sentence for a way: whether it is open. */
export function WaySentence({ way }: { readonly way: Pick<WayView, 'allowed' | 'code' | 'name'> }) {
  const { t } = useTranslation()
  const { icon: Sign, tone } =
    way.allowed === null ? signs.unknown : way.allowed ? signs.passed : signs.refused
  const key = way.allowed === null ? 'unknown' : way.allowed ? 'open' : 'closed'
  return (
    <span className={classes.way}>
      <Sign size={18} stroke={1.6} className={classes[tone]} aria-hidden />
      <span>{t(`explain.way.${key}`, { way: way.name })}</span>
      {way.code !== null && <CodeChip code={way.code} tone={way.allowed === null ? 'warn' : 'bad'} />}
    </span>
  )
}
