import { useState } from 'react'
import { Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  applicationKinds,
  exportFormats,
  type ApplicationKind,
  type Exported,
  type ExportFormat,
  type ProfileView,
} from '../../../src-main/contract/profiles'
import { request } from '../../api/request'
import { useAction } from '../../api/use-action'
import { useAllows } from '../../api/use-status'
import { FormError } from '../../ui/form-error'
import { Mono } from '../../ui/mono'

const fileNames: Readonly<Record<ExportFormat, string>> = {
  env: 'app.env',
  compose: 'docker-compose.override.yml',
  kubernetes: 'secret.yaml',
  vikunja: 'config.yml',
}

interface ExportDialogProps {
  readonly profile: ProfileView
  readonly onClose: () => void
}

/** A profile as a file in an application's own names; with secrets only where an administrator says so. */
export function ExportDialog({ profile, onClose }: ExportDialogProps) {
  const { t } = useTranslation()
  const allows = useAllows()
  const [format, setFormat] = useState<ExportFormat>(profile.kind === 'vikunja' ? 'vikunja' : 'env')
  const [application, setApplication] = useState<ApplicationKind>(profile.kind)
  const [revealed, setRevealed] = useState(false)
  const keep = (exported: Exported) => exported
  const plain = useAction('profiles.export', { keep })
  const open = useAction('profiles.exportRevealed', { keep })
  const used = revealed ? open : plain
  const start = async () => {
    const { file } = await request('app.chooseSave', { name: `${profile.name}-${fileNames[format]}` })
    if (file !== null) used.run({ name: profile.name, format, application, file: file.handle })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('profiles.titles.export', { name: profile.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {used.data !== undefined ? (
        <Done exported={used.data} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (!used.isPending) void start()
          }}
        >
          <Stack gap="md">
            <Select
              label={t('profiles.format')}
              data={exportFormats.map((value) => ({ value, label: t(`profiles.formats.${value}`) }))}
              value={format}
              onChange={(value) => {
                const chosen = exportFormats.find((each) => each === value) ?? 'env'
                setFormat(chosen)
                if (chosen === 'vikunja') setApplication('vikunja')
              }}
              allowDeselect={false}
              data-autofocus
            />
            <Select
              label={t('profiles.namesOf')}
              data={applicationKinds.map((value) => ({ value, label: t(`profiles.kinds.${value}`) }))}
              value={application}
              onChange={(value) =>
                setApplication(applicationKinds.find((each) => each === value) ?? profile.kind)
              }
              disabled={format === 'vikunja'}
              allowDeselect={false}
            />
            {allows('settings:write') && (
              <Checkbox
                label={t('profiles.reveal')}
                description={t('profiles.revealHint')}
                checked={revealed}
                onChange={(event) => setRevealed(event.currentTarget.checked)}
              />
            )}
            <FormError error={used.error} />
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={used.isPending} {...(revealed && { color: 'red' })}>
                {t(revealed ? 'profiles.exportRevealed' : 'profiles.verbs.export')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}

function Done({ exported, onClose }: { readonly exported: Exported; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <Text size="sm">{t('profiles.exported', { count: exported.names.length })}</Text>
      <Mono text={exported.file} copy={t('profiles.file')} />
      <Text size="sm">{t(`profiles.exportedSecrets.${exported.secrets}`)}</Text>
      {exported.leftOut.length > 0 && (
        <div>
          <Text size="sm">{t('profiles.exportLeftOut')}</Text>
          <div className="mono">{exported.leftOut.join(', ')}</div>
        </div>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  )
}
