import { useEffect } from 'react'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'
import { ExportMenu } from '../../ui/export-menu'
import { useReason } from '../../ui/use-reason'

interface ComparisonExportProps {
  readonly profile: string | null
  readonly against: string | null
}

/** All differences into a file that the person chooses. */
export function ComparisonExport({ profile, against }: ComparisonExportProps) {
  const { t } = useTranslation()
  const { run, error, isPending } = useAction('application.exportComparison', {
    keep: (output) => output,
    onDone: ({ rows, file }) =>
      notifications.show({ message: t('application.exported', { count: rows, file }) }),
  })
  const reason = useReason(error)
  useEffect(() => {
    if (reason !== null) notifications.show({ color: 'red', message: reason })
  }, [reason, error])
  const start = async (format: 'csv' | 'json') => {
    const { file } = await request('app.chooseSave', { name: `differences.${format}` })
    if (file !== null) run({ profile, against, file: file.handle, format })
  }
  return <ExportMenu pending={isPending} onExport={(format) => void start(format)} />
}
