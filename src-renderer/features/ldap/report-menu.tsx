import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { reportFormats, type ReportFormat } from '../../../src-main/contract/report'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'
import { FormError } from '../../ui/form-error'

/** Saves a finished test as a file to hand on. */
export function ReportMenu({ runId }: { readonly runId: string }) {
  const { t } = useTranslation()
  const write = useAction('ldap.report', {
    keep: (written) => written,
    onDone: ({ file }) => notifications.show({ message: t('report.saved', { file }) }),
  })
  const save = async (format: ReportFormat) => {
    const { file } = await request('app.chooseSave', { name: `ldap-test.${format}` })
    if (file !== null) write.run({ run: runId, file: file.handle, format })
  }
  return (
    <>
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
      {write.error !== null && <FormError error={write.error} />}
    </>
  )
}
