import { useEffect } from 'react'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { BulkTarget } from '../../../src-main/contract/accounts-bulk'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'
import { useReason } from '../../ui/use-reason'

/** Asks where to, and writes the accounts of a filter or a choice into that file. */
export function useExportUsers() {
  const { t } = useTranslation()
  const { run, error, isPending } = useAction('users.export', {
    keep: (output) => output,
    onDone: ({ accounts, file }) =>
      notifications.show({ message: t('many.exported', { count: accounts, file }) }),
  })
  const reason = useReason(error)
  useEffect(() => {
    if (reason !== null) notifications.show({ color: 'red', message: reason })
  }, [reason, error])
  const start = async (target: BulkTarget, format: 'csv' | 'json') => {
    const { file } = await request('app.chooseSave', { name: `accounts.${format}` })
    if (file !== null) run({ file: file.handle, format, target })
  }
  return { start, isPending }
}
