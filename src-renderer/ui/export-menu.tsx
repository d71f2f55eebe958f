import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface ExportMenuProps {
  readonly pending: boolean
  readonly onExport: (format: 'csv' | 'json') => void
}

/** Exports as CSV or JSON. */
export function ExportMenu({ pending, onExport }: ExportMenuProps) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={pending} leftSection={<IconDownload size={16} aria-hidden />}>
          {t('audit.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onExport('csv')}>{t('audit.exportCsv')}</Menu.Item>
        <Menu.Item onClick={() => onExport('json')}>{t('audit.exportJson')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
