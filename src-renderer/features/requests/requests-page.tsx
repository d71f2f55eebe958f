import { useState } from 'react'
import { Anchor, Button, SegmentedControl } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import type { HelpRequest } from '../../../src-main/contract/requests'
import { useApi } from '../../api/use-api'
import { navigate } from '../../state/hash-location'
import { usersAddress } from '../../state/users-route'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { ProviderSign } from '../../ui/provider-sign'
import { StateSign } from '../../ui/state-sign'
import table from '../../ui/table.module.css'
import { Time } from '../../ui/time'
import { ResetPasswordDialog } from '../users/reset-password-dialog'
import { CloseRequestDialog } from './close-request-dialog'
import classes from './requests.module.css'
import { useOpenRequests } from './use-open-requests'

/** What people asked for: each with its account, and what to do about it. */
export function RequestsPage() {
  const { t } = useTranslation()
  const state = new URLSearchParams(useSearch()).get('state') === 'done' ? 'done' : 'open'
  const done = useApi('requests.list', { state: 'done' }, { enabled: state === 'done' })
  const open = useOpenRequests({ enabled: true })
  const list = state === 'open' ? open : done
  const requests = list.data?.requests ?? []
  // Here, not in the table: a reset takes its request off the list while the passphrase shows.
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const close = () => setChosen(null)
  return (
    <Page
      title={t('pages.requests')}
      purpose={t('purpose.requests')}
      queries={[list]}
      action={
        <SegmentedControl
          size="xs"
          aria-label={t('requests.view')}
          value={state}
          data={(['open', 'done'] as const).map((value) => ({ value, label: t(`requests.views.${value}`) }))}
          onChange={(value) => navigate(value === 'done' ? '/requests?state=done' : '/requests')}
        />
      }
    >
      {requests.length === 0 ? (
        <Empty icon={IconInbox} title={t(`requests.none.${state}`)} />
      ) : (
        <RequestTable requests={requests} state={state} onChoose={setChosen} />
      )}
      {chosen?.what === 'reset' && <ResetOf account={chosen.request.account.id} onClose={close} />}
      {chosen?.what === 'close' && <CloseRequestDialog request={chosen.request} onClose={close} />}
    </Page>
  )
}

interface Chosen {
  readonly what: 'reset' | 'close'
  readonly request: HelpRequest
}

interface RequestTableProps {
  readonly requests: readonly HelpRequest[]
  readonly state: 'open' | 'done'
  readonly onChoose: (chosen: Chosen) => void
}

function RequestTable({ requests, state, onChoose }: RequestTableProps) {
  const { t } = useTranslation()
  const columns = state === 'open' ? (['asked', 'do'] as const) : (['asked', 'outcome'] as const)
  return (
    <table className={table.table} aria-label={t('pages.requests')}>
      <thead>
        <tr>
          {(['what', 'who', 'provider', 'state', 'from', ...columns] as const).map((column) => (
            <th key={column} scope="col">
              {t(`requests.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <tr key={request.id}>
            <td>{t(`requests.kinds.${request.kind}`)}</td>
            <td>
              <Anchor component={Link} size="sm" href={usersAddress({ user: request.account.id })}>
                {request.account.username}
              </Anchor>{' '}
              <span className="dim">{request.account.fullName}</span>
            </td>
            <td>
              <ProviderSign provider={request.account.authProvider} />
            </td>
            <td>
              <StateSign state={request.account.state} />
            </td>
            <td className="dim">{request.host}</td>
            <td>
              <Time at={request.createdAt} />
            </td>
            <td>
              {request.done === null ? (
                <span className={classes.buttons}>
                  <Button size="compact-sm" onClick={() => onChoose({ what: 'reset', request })}>
                    {t('drawer.resetPassword')}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => onChoose({ what: 'close', request })}
                  >
                    {t('requests.close')}
                  </Button>
                </span>
              ) : (
                <Outcome done={request.done} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outcome({ done }: { readonly done: NonNullable<HelpRequest['done']> }) {
  const { t } = useTranslation()
  return (
    <>
      {t(`requests.outcomes.${done.outcome}`)}{' '}
      <span className="dim">
        <Time at={done.at} /> · {done.by}
        {done.reason !== null && ` · ${done.reason}`}
      </span>
    </>
  )
}

/** The reset closes the request in its own transaction. */
function ResetOf({ account, onClose }: { readonly account: string; readonly onClose: () => void }) {
  const user = useApi('users.get', { id: account })
  return user.data === undefined ? null : <ResetPasswordDialog user={user.data} onClose={onClose} />
}
