import type { KeyboardEvent } from 'react'
import { ActionIcon, Anchor, Stack } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { AuditRecordView } from '../../../src-main/contract/audit'
import { useApi } from '../../api/use-api'
import { usersAddress } from '../../state/users-route'
import { AnyCode } from '../../ui/code-chip'
import { ErrorPanel } from '../../ui/error-panel'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { Time } from '../../ui/time'
import classes from './audit.module.css'
import type { ChangeAudit } from './use-audit'

interface RecordDrawerProps {
  readonly sequence: number
  readonly onChange: ChangeAudit
}

/** One record whole: who, from where, on whom, and what it changed. */
export function RecordDrawer({ sequence, onChange }: RecordDrawerProps) {
  const { t } = useTranslation()
  const record = useApi('audit.get', { sequence })
  const close = () => onChange({ record: null })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close()
  }
  return (
    <aside className={classes.drawer} aria-label={t('audit.record', { sequence })} onKeyDown={onKeyDown}>
      <div className={classes.drawerHead}>
        <h2>{t('audit.record', { sequence })}</h2>
        <ActionIcon aria-label={t('common.close')} onClick={close}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      <div className={classes.drawerBody}>
        {record.error !== null && record.data === undefined && (
          <Stack>
            <ErrorPanel error={record.error} onRetry={() => void record.refetch()} />
          </Stack>
        )}
        {record.data !== undefined && <RecordFacts record={record.data} onChange={onChange} />}
      </div>
    </aside>
  )
}

function RecordFacts({
  record,
  onChange,
}: {
  readonly record: AuditRecordView
  readonly onChange: ChangeAudit
}) {
  const { t } = useTranslation()
  const { account } = record
  return (
    <>
      <Facts>
        <Fact label={t('audit.columns.at')}>
          <Time at={record.at} /> <span className="dim mono">{record.at}</span>
        </Fact>
        <Fact label={t('audit.columns.action')}>
          <span className="mono">{record.action}</span>
        </Fact>
        <Fact label={t('audit.columns.code')}>
          {record.code === 'OK' ? (
            t('audit.outcomes.done')
          ) : record.code === 'INTENT' ? (
            t('audit.begunLong')
          ) : (
            <AnyCode code={record.code} />
          )}
        </Fact>
        <Fact label={t('audit.columns.target')}>{record.target ?? t('common.none')}</Fact>
        {account !== null && (
          <Fact label={t('audit.account')}>
            <Anchor component={Link} size="sm" href={usersAddress({ user: account })}>
              {t('audit.openAccount')}
            </Anchor>
            {' · '}
            <Anchor component="button" size="sm" onClick={() => onChange({ account, record: null })}>
              {t('audit.history')}
            </Anchor>
          </Fact>
        )}
        <Fact label={t('audit.columns.reason')}>{record.reason ?? t('common.none')}</Fact>
        <Fact label={t('audit.columns.actor')}>{record.actor}</Fact>
        <Fact label={t('audit.osUser')}>{`${record.osUser}@${record.host}`}</Fact>
      </Facts>
      <Changes before={record.before} after={record.after} />
      <Facts>
        <Fact label={t('audit.hash')}>
          <Mono text={record.hash} copy={t('audit.hash')} />
        </Fact>
      </Facts>
    </>
  )
}

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

/** What the record says of before and after, field by field. */
function Changes({ before, after }: Pick<AuditRecordView, 'before' | 'after'>) {
  const { t } = useTranslation()
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (fields.length === 0) return null
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          {before !== null && <th scope="col">{t('audit.before')}</th>}
          {after !== null && <th scope="col">{t('audit.after')}</th>}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            {before !== null && <td className="mono">{field in before ? text(before[field]) : ''}</td>}
            {after !== null && <td className="mono">{field in after ? text(after[field]) : ''}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
