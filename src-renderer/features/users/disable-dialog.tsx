import { useState } from 'react'
import { Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import { useAction } from '../../api/use-action'
import { changedAccount } from './changed-account'
import { ConfirmDialog } from './confirm-dialog'

interface DisableDialogProps {
  readonly user: User
  readonly onClose: () => void
}

/** Disabling names the account, says what follows, and takes a reason. */
export function DisableDialog({ user, onClose }: DisableDialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const name = user.username
  const disable = useAction('users.disable', {
    refreshes: changedAccount,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('disable.done', { name }) })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('disable.title', { name })}
      submit={t('disable.submit', { name })}
      pending={disable.isPending}
      error={disable.error}
      onSubmit={() => disable.run({ id: user.id, reason: reason.trim() === '' ? null : reason })}
      onClose={onClose}
    >
      <Text size="sm">{t('disable.text', { name })}</Text>
      <Textarea
        label={t('disable.reason')}
        description={t('disable.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
