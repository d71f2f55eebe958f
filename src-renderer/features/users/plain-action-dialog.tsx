import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import { useAction } from '../../api/use-action'
import { changedAccount } from './changed-account'
import { ReasonDialog } from './reason-dialog'

interface PlainActionDialogProps {
  readonly action: 'unlock' | 'forceChange' | 'delete'
  readonly user: User
  readonly onClose: () => void
  readonly onDone?: () => void
}

/** The actions that take a reason and nothing else: unlocking, forcing a change, deleting. */
export function PlainActionDialog({ action, user, onClose, onDone }: PlainActionDialogProps) {
  const { t } = useTranslation()
  const name = user.username
  const run = useAction(`users.${action}`, {
    refreshes: changedAccount,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t(`${action}.done`, { name }) })
      onClose()
      onDone?.()
    },
  })
  return (
    <ReasonDialog
      title={t(`${action}.title`, { name })}
      text={t(`${action}.text`, { name })}
      submit={t(`${action}.submit`, { name })}
      action={run}
      onSubmit={(reason) => run.run({ id: user.id, reason })}
      onClose={onClose}
    />
  )
}
