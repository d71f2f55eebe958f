import { Anchor, Button } from '@mantine/core'
import { IconUserSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApplicationAccount } from '../../../src-main/contract/application'
import { toApiError } from '../../api/api-error'
import { Empty } from '../../ui/empty'
import { ErrorPanel } from '../../ui/error-panel'
import table from '../../ui/table.module.css'
import { Time } from '../../ui/time'
import { ApplicationProviderSign, ApplicationStateSign } from './application-signs'
import classes from './application.module.css'
import type { ChangeApplicationRoute, useApplicationAccounts } from './use-application'

const columns = [
  'username',
  'fullName',
  'email',
  'admin',
  'provider',
  'state',
  'lastSignIn',
  'findings',
] as const

interface ApplicationTableProps {
  readonly list: ReturnType<typeof useApplicationAccounts>
  readonly open: string | null
  readonly onChange: ChangeApplicationRoute
}

/** The accounts in the application's own order; the next page is fetched when it is asked for. */
export function ApplicationTable({ list, open, onChange }: ApplicationTableProps) {
  const { t } = useTranslation()
  if (list.error !== null && list.data === undefined)
    return (
      <div className={classes.scroller}>
        <ErrorPanel error={toApiError(list.error)} onRetry={() => void list.refetch()} />
      </div>
    )
  const accounts = list.data?.accounts ?? []
  return (
    <div className={classes.scroller} aria-busy={list.isFetching}>
      <table className={table.table} aria-label={t('application.table')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-column={column}>
                {t(`application.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <Row key={account.id} account={account} open={account.id === open} onChange={onChange} />
          ))}
        </tbody>
      </table>
      {accounts.length === 0 && !list.isFetching && (
        <Empty icon={IconUserSearch} title={t('application.none')} />
      )}
      {list.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('application.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface RowProps {
  readonly account: ApplicationAccount
  readonly open: boolean
  readonly onChange: ChangeApplicationRoute
}

function Row({ account, open, onChange }: RowProps) {
  const { t } = useTranslation()
  const { id, username, fullName, email, admin, provider, state, lastSignIn, findings } = account
  return (
    <tr aria-selected={open} className={open ? (classes.open ?? '') : ''}>
      <td>
        <Anchor component="button" size="sm" onClick={() => onChange({ account: open ? null : id })}>
          {username}
        </Anchor>
      </td>
      <td data-column="fullName">{fullName}</td>
      <td data-column="email">{email === username ? '' : email}</td>
      <td>{admin && t('roles.admin')}</td>
      <td>
        <ApplicationProviderSign provider={provider} />
      </td>
      <td>
        <ApplicationStateSign state={state} />
      </td>
      <td data-column="lastSignIn">
        {lastSignIn === null ? t('application.notKnown') : <Time at={lastSignIn} />}
      </td>
      <td data-column="findings">
        {findings.map((finding) => t(`application.findings.${finding}`)).join(', ')}
      </td>
    </tr>
  )
}
