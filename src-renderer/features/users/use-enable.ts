import { useEffect } from 'react'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import { useAction } from '../../api/use-action'
import { useReason } from '../../ui/use-reason'
import { changedAccount } from './changed-account'

/** Enabling needs no question; the outcome is said in a notification. */
export function useEnable(user: User): () => void {
  const { t } = useTranslation()
  const { run, error } = useAction('users.enable', {
    refreshes: changedAccount,
    keep: () => null,
    onDone: () => notifications.show({ message: t('enable.done', { name: user.username }) }),
  })
  const reason = useReason(error)
  useEffect(() => {
    if (reason !== null) notifications.show({ color: 'red', message: reason })
  }, [reason, error])
  return () => run({ id: user.id })
}
