import { Button } from '@mantine/core'
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AuditState } from '../../../src-main/contract/audit'
import { useAction } from '../../api/use-action'
import { CodeChip } from '../../ui/code-chip'
import { CopyButton } from '../../ui/copy-button'
import { Time } from '../../ui/time'
import classes from './audit.module.css'

/** Whether the chain of records is whole, since when that is known, and where it ends. */
export function Verification({ state }: { readonly state: AuditState }) {
  const { t } = useTranslation()
  const check = useAction('audit.check', { refreshes: ['audit.state'], keep: () => null })
  const { checked, head, openIntents } = state
  return (
    <div className={classes.verification} role="status">
      <Verdict checked={checked} />
      {openIntents.length > 0 && (
        <span className="dim">{t('audit.open', { count: openIntents.length })}</span>
      )}
      <span className={classes.spread} />
      {head.sequence > 0 && (
        <span className="dim">
          {t('audit.head')} <span className="mono">{`${head.sequence}:${head.hash.slice(0, 12)}…`}</span>
          <CopyButton text={`${head.sequence}:${head.hash}`} what={t('audit.head')} />
        </span>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        disabled={checked.status === 'running'}
        onClick={() => check.run({})}
      >
        {t('audit.verifyAgain')}
      </Button>
    </div>
  )
}

function Verdict({ checked }: { readonly checked: AuditState['checked'] }) {
  const { t } = useTranslation()
  if (checked.status === 'running')
    return (
      <>
        <IconShieldQuestion size={18} stroke={1.6} aria-hidden />
        <span>{t('audit.verifying', { count: checked.records })}</span>
      </>
    )
  if (checked.status === 'failed')
    return (
      <>
        <IconShieldX size={18} stroke={1.6} className={classes.bad} aria-hidden />
        <span>{t('audit.notVerified')}</span>
      </>
    )
  const { first, records, at, macs } = checked
  if (first !== null)
    return (
      <>
        <IconShieldX size={18} stroke={1.6} className={classes.bad} aria-hidden />
        <strong>{t(`audit.faults.${first.fault}`, { sequence: first.sequence })}</strong>
        <CodeChip code="AUDIT_TAMPERED" tone="bad" />
      </>
    )
  return (
    <>
      <IconShieldCheck size={18} stroke={1.6} className={classes.good} aria-hidden />
      <span>{t('audit.whole', { count: records })}</span>
      <span className="dim">
        <Time at={at} />
        {macs === 'no-key' && ` · ${t('audit.noKey')}`}
      </span>
    </>
  )
}
