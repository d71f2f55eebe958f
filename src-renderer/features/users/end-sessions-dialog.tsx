import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import { useAction } from '../../api/use-action'
import { changedAccount } from './changed-account'
import { ReasonDialog } from './reason-dialog'

interface EndSessionsDialogProps {
  readonly user: User
  readonly onClose: () => void
}

/** Ends every open session of an account and says how many that were. */
export function EndSessionsDialog({ user, onClose }: EndSessionsDialogProps) {
  const { t } = useTranslation()
  const name = user.username
  const end = useAction('users.endSessions', {
    refreshes: changedAccount,
    keep: ({ sessionsEnded }) => sessionsEnded,
    onDone: (count) => {
      notifications.show({ message: t('endSessions.done', { count, name }) })
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t('endSessions.title', { name })}
      text={t('endSessions.text', { name })}
      submit={t('endSessions.submit')}
      action={end}
      onSubmit={(reason) => end.run({ id: user.id, reason })}
      onClose={onClose}
    />
  )
}
