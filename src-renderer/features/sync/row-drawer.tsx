import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Code } from '../../../src-main/contract/errors'
import type { SyncRow } from '../../../src-main/contract/sync'
import { useAllows } from '../../api/use-status'
import { usersAddress } from '../../state/users-route'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { SideDrawer } from './side-drawer'
import { ChangeTable, KindSign, useReasonText } from './sync-signs'
import classes from './sync.module.css'
import type { ChangeSync } from './use-sync'

interface RowDrawerProps {
  readonly row: SyncRow
  readonly onChange: ChangeSync
}

/** One entry: what happens to it, why, and each field before and after. */
export function RowDrawer({ row, onChange }: RowDrawerProps) {
  const { t } = useTranslation()
  const { username, dn, action, code, changes } = row
  return (
    <SideDrawer
      title={username}
      label={t('sync.row', { name: username })}
      onClose={() => onChange({ row: null })}
    >
      <Facts>
        <Fact label={t('sync.columns.kind')}>
          <KindSign kind={action} />
        </Fact>
        <Fact label={t('sync.entry')}>
          {dn === '' ? t('sync.gone') : <Mono text={dn} copy={t('sync.entry')} />}
        </Fact>
        <Fact label={t('sync.account')}>
          <Account row={row} />
        </Fact>
      </Facts>
      {code !== null && <Reason code={code} />}
      {changes.length > 0 ? (
        <ChangeTable changes={changes} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('sync.noChanges')}
        </Text>
      )}
    </SideDrawer>
  )
}

function Account({ row: { accountId, action } }: { readonly row: SyncRow }) {
  const { t } = useTranslation()
  const allows = useAllows()
  if (accountId === null) return t(action === 'create' ? 'sync.newAccount' : 'common.none')
  if (!allows('users:read')) return <Mono text={accountId} />
  return (
    <Anchor component={Link} size="sm" href={usersAddress({ user: accountId })}>
      {t('sync.openAccount')}
    </Anchor>
  )
}

function Reason({ code }: { readonly code: Code }) {
  const { t } = useTranslation()
  const { title, cause, next } = useReasonText()(code)
  return (
    <div className={classes.why}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm">{cause}</Text>
      <Text size="sm">
        <Text span size="sm" fw={600}>
          {t('common.next')}:{' '}
        </Text>
        {next}
      </Text>
      <span className="mono dim">{code}</span>
    </div>
  )
}
