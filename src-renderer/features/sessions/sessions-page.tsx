import { useState } from 'react'
import { Anchor, Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OpenSession } from '../../../src-main/contract/sessions'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import { useAllows } from '../../api/use-status'
import { usersAddress } from '../../state/users-route'
import { Empty } from '../../ui/empty'
import { Page } from '../../ui/page'
import { ProviderSign } from '../../ui/provider-sign'
import { RenewalSign } from '../../ui/renewal-sign'
import table from '../../ui/table.module.css'
import { Time } from '../../ui/time'
import { viaText } from '../../ui/via-text'
import { ReasonDialog } from '../users/reason-dialog'

const everyMs = 15_000

/** Who is signed in to the console, and ending it. */
export function SessionsPage() {
  const { t } = useTranslation()
  const allows = useAllows()
  const open = useApi('sessions.list', {}, { again: () => everyMs })
  const [chosen, setChosen] = useState<OpenSession | 'others' | null>(null)
  const sessions = open.data?.sessions ?? []
  return (
    <Page
      title={t('pages.sessions')}
      purpose={t('purpose.sessions')}
      queries={[open]}
      action={
        allows('users:manage') &&
        sessions.some(({ own }) => !own) && (
          <Button variant="default" onClick={() => setChosen('others')}>
            {t('ownSessions.endOthers')}
          </Button>
        )
      }
    >
      {sessions.length === 0 ? (
        <Empty icon={IconDeviceDesktop} title={t('sessions.none')} />
      ) : (
        <SessionTable sessions={sessions} onEnd={setChosen} />
      )}
      {chosen !== null && <EndDialog chosen={chosen} onClose={() => setChosen(null)} />}
    </Page>
  )
}

interface SessionTableProps {
  readonly sessions: readonly OpenSession[]
  readonly onEnd: (session: OpenSession) => void
}

function SessionTable({ sessions, onEnd }: SessionTableProps) {
  const { t } = useTranslation()
  return (
    <table className={table.table} aria-label={t('pages.sessions')}>
      <thead>
        <tr>
          {(
            ['who', 'role', 'provider', 'via', 'host', 'started', 'seen', 'renewal', 'ends', 'do'] as const
          ).map((column) => (
            <th key={column} scope="col">
              {t(`sessions.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <tr key={session.id}>
            <td>
              <Anchor component={Link} size="sm" href={usersAddress({ user: session.account.id })}>
                {session.account.username}
              </Anchor>
            </td>
            <td>{t(`roles.${session.account.role}`)}</td>
            <td>
              <ProviderSign provider={session.account.authProvider} />
            </td>
            <td>{viaText(t, session.via)}</td>
            <td>{session.host}</td>
            <td>
              <Time at={session.startedAt} />
            </td>
            <td>
              <Time at={session.lastSeenAt} />
            </td>
            <td>
              <RenewalSign renewal={session.renewal} />
            </td>
            <td>
              <Time at={session.expiresAt} />
            </td>
            <td>
              {session.own && <span className="dim">{t('ownSessions.this')}</span>}
              {session.mayEnd && (
                <Button size="compact-sm" variant="default" onClick={() => onEnd(session)}>
                  {t('ownSessions.end')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface EndDialogProps {
  readonly chosen: OpenSession | 'others'
  readonly onClose: () => void
}

function EndDialog({ chosen, onClose }: EndDialogProps) {
  const { t } = useTranslation()
  const ended = {
    refreshes: ['sessions.list', 'users.get'] as const,
    keep: ({ sessionsEnded }: { sessionsEnded: number }) => sessionsEnded,
    onDone: (count: number) => {
      notifications.show({ message: t('ownSessions.ended', { count }) })
      onClose()
    },
  }
  const one = useAction('sessions.end', ended)
  const others = useAction('sessions.endOthers', ended)
  const all = chosen === 'others'
  return (
    <ReasonDialog
      title={all ? t('sessions.endOthersTitle') : t('sessions.endTitle', { name: chosen.account.username })}
      text={all ? t('sessions.endOthersText') : t('sessions.endText', { host: chosen.host })}
      submit={all ? t('ownSessions.endOthers') : t('sessions.endSubmit')}
      action={all ? others : one}
      onSubmit={(reason) => (all ? others.run({ reason }) : one.run({ id: chosen.id, reason }))}
      onClose={onClose}
    />
  )
}
