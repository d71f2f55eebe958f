import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconPower,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SignInMethod } from '../../../src-main/contract/methods'
import { CodeChip } from '../../ui/code-chip'
import { Time } from '../../ui/time'
import classes from './methods.module.css'

interface SignProps {
  readonly icon: Icon
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet'
  readonly word: string
}

function Sign({ icon: SignIcon, tone, word }: SignProps) {
  return (
    <span className={classes.sign} data-tone={tone}>
      <SignIcon size={16} stroke={1.75} aria-hidden />
      {word}
    </span>
  )
}

/** Whether AUTH_METHOD includes this way. */
export function OnSign({ on }: { readonly on: boolean }) {
  const { t } = useTranslation()
  return on ? (
    <Sign icon={IconPower} tone="good" word={t('methods.on')} />
  ) : (
    <Sign icon={IconCircleMinus} tone="quiet" word={t('methods.off')} />
  )
}

/** Whether all settings are there. */
export function ConfiguredSign({ method }: { readonly method: SignInMethod }) {
  const { t } = useTranslation()
  if (method.configured) return <Sign icon={IconCircleCheck} tone="good" word={t('common.yes')} />
  return <Sign icon={IconAlertTriangle} tone={method.on ? 'bad' : 'quiet'} word={t('common.no')} />
}

/** Whether it answered when it was last asked, and when that was. */
export function ReachableSign({ method }: { readonly method: SignInMethod }) {
  const { t } = useTranslation()
  const { reachable, provider } = method
  if (provider === 'local') return <span className="dim">{t('methods.notApplicable')}</span>
  if (reachable === null) return <span className="dim">{t('methods.notAsked')}</span>
  return (
    <span className={classes.reachable}>
      {reachable.ok ? (
        <Sign icon={IconCircleCheck} tone="good" word={t('methods.reachableYes')} />
      ) : (
        <Sign icon={IconCircleX} tone="bad" word={t('methods.reachableNo')} />
      )}
      {reachable.code !== null && <CodeChip code={reachable.code} tone={reachable.ok ? 'plain' : 'bad'} />}
      <span className="dim">
        <Time at={reachable.at} />
      </span>
    </span>
  )
}

/** The last failure's code, where it had one. */
export function FailureCode({ method }: { readonly method: SignInMethod }) {
  const code = method.lastFailure?.code ?? null
  return code === null ? null : <CodeChip code={code} />
}
