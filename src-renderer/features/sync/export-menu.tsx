import { useEffect } from 'react'
import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'
import type { SyncRoute } from '../../state/sync-route'
import { useReason } from '../../ui/use-reason'
import { filterOf } from './use-sync'

interface ExportMenuProps {
  readonly preview: string
  readonly route: SyncRoute
}

/** Writes what the filter shows; the place is asked for first. */
export function ExportMenu({ preview, route }: ExportMenuProps) {
  const { t } = useTranslation()
  const write = useAction('sync.exportRows', {
    keep: (output) => output,
    onDone: ({ file, rows }) => notifications.show({ message: t('sync.exported', { count: rows, file }) }),
  })
  const reason = useReason(write.error)
  useEffect(() => {
    if (reason !== null) notifications.show({ color: 'red', message: reason })
  }, [reason, write.error])
  const start = async (format: 'csv' | 'json') => {
    const { file } = await request('app.chooseSave', { name: `sync.${format}` })
    if (file !== null) write.run({ preview, ...filterOf(route), file: file.handle, format })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={write.isPending}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {t('sync.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void start('csv')}>{t('sync.exportCsv')}</Menu.Item>
        <Menu.Item onClick={() => void start('json')}>{t('sync.exportJson')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
