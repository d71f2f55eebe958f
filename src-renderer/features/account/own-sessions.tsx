import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../api/paths'
import { useAction } from '../../api/use-action'
import { FormError } from '../../ui/form-error'
import { Section } from '../../ui/section'
import { RenewalSign } from '../../ui/renewal-sign'
import table from '../../ui/table.module.css'
import { Time } from '../../ui/time'
import { viaText } from '../../ui/via-text'

/** Where I am signed in to this console, and ending it elsewhere. */
export function OwnSessions({ sessions }: { readonly sessions: Output<'account.get'>['sessions'] }) {
  const { t } = useTranslation()
  const end = useAction('account.endSession', {
    refreshes: ['account.get'],
    keep: ({ sessionsEnded }) => sessionsEnded,
    onDone: (count) => notifications.show({ message: t('ownSessions.ended', { count }) }),
  })
  const others = sessions.some(({ own }) => !own)
  return (
    <Section
      title={t('ownSessions.title')}
      action={
        others && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={end.isPending}
            onClick={() => end.run({ id: null })}
          >
            {t('ownSessions.endOthers')}
          </Button>
        )
      }
    >
      <table className={table.table} aria-label={t('ownSessions.title')}>
        <thead>
          <tr>
            {(['host', 'via', 'started', 'seen', 'renewal', 'do'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`ownSessions.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, own, host, via, startedAt, lastSeenAt, renewal }) => (
            <tr key={id}>
              <td>{host}</td>
              <td>{viaText(t, via)}</td>
              <td>
                <Time at={startedAt} />
              </td>
              <td>
                <Time at={lastSeenAt} />
              </td>
              <td>
                <RenewalSign renewal={renewal} />
              </td>
              <td>
                {own ? (
                  <span className="dim">{t('ownSessions.this')}</span>
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={end.isPending}
                    onClick={() => end.run({ id })}
                  >
                    {t('ownSessions.end')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <FormError error={end.error} />
    </Section>
  )
}
