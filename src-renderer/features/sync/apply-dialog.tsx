import { useState } from 'react'
import { List, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncPreview } from '../../../src-main/contract/sync'
import { ConfirmDialog } from '../users/confirm-dialog'
import { partsOf } from './sync-verdict'
import type { SyncWork } from './use-sync-work'

interface ApplyDialogProps {
  readonly preview: SyncPreview
  readonly work: SyncWork
  readonly onClose: () => void
}

/** Says what follows and asks; above the limit of the safety valve the number is typed in. */
export function ApplyDialog({ preview, work, onClose }: ApplyDialogProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const { planned, limit, enabledLinked: linked } = preview.disablements
  const above = preview.refusal === 'SYNC_TOO_MANY_REMOVALS'
  const parts = partsOf(preview)
  const what = parts.map(({ action, count }) => t(`sync.do.${action}`, { count })).join(', ')
  const submit = () => {
    onClose()
    work.apply(preview.id, above ? planned : null)
  }
  return (
    <ConfirmDialog
      title={t('sync.applyTitle')}
      submit={t('sync.apply', { what })}
      pending={false}
      disabled={above && typed.trim() !== String(planned)}
      error={null}
      onSubmit={submit}
      onClose={onClose}
    >
      <List size="sm" spacing={4}>
        {parts.map(({ action, count }) => (
          <List.Item key={action}>{t(`sync.applyText.${action}`, { count })}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed">
        {t('sync.applyDirectory', { directory: preview.directory })}
      </Text>
      {above && (
        <TextInput
          label={t('sync.typeNumber', { count: planned })}
          description={t('sync.typeHint', { limit, linked })}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          maxLength={9}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
      )}
    </ConfirmDialog>
  )
}
