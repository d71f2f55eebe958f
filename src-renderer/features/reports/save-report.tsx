import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { reportFormats, type ReportFormat } from '../../../src-main/contract/reports'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'
import { useReason } from '../../ui/use-reason'

interface SaveReportProps {
  /** The id of the run that has ended. */
  readonly run: string
  /** The file's name without its ending, as it is proposed. */
  readonly name: string
}

/** Writes a run into a file that holds no secret; the place is asked for by the main process. */
export function SaveReport({ run, name }: SaveReportProps) {
  const { t } = useTranslation()
  const write = useAction('reports.save', {
    keep: (output) => output,
    onDone: ({ file }) => notifications.show({ message: t('report.saved', { file }) }),
  })
  const reason = useReason(write.error)
  useEffect(() => {
    if (reason !== null) notifications.show({ color: 'red', message: reason })
  }, [reason, write.error])
  const save = async (format: ReportFormat) => {
    const { file } = await request('app.chooseSave', { name: `${name}.${format}` })
    if (file !== null) write.run({ run, format, file: file.handle })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          h={28}
          fz={13}
          loading={write.isPending}
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          {t('report.save')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {reportFormats.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {t(`report.formats.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
