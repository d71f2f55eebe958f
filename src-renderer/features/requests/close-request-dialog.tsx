import { useState } from 'react'
import { Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { HelpRequest } from '../../../src-main/contract/requests'
import { useAction } from '../../api/use-action'
import { isReason, ReasonField } from '../../ui/reason-field'
import { ConfirmDialog } from '../users/confirm-dialog'

interface CloseRequestDialogProps {
  readonly request: HelpRequest
  readonly onClose: () => void
}

/** Takes a request off the queue without a reset: done in another way, or refused. */
export function CloseRequestDialog({ request, onClose }: CloseRequestDialogProps) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<'done' | 'refused'>('done')
  const [reason, setReason] = useState('')
  const name = request.account.username
  const close = useAction('requests.done', {
    refreshes: ['requests.list'],
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('requests.closed', { name }) })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('requests.closeTitle', { name })}
      submit={t('requests.close')}
      pending={close.isPending}
      disabled={!isReason(reason)}
      error={close.error}
      onSubmit={() => close.run({ id: request.id, outcome, reason: reason.trim() })}
      onClose={onClose}
    >
      <Text size="sm">{t('requests.closeText')}</Text>
      <Radio.Group
        label={t('requests.columns.outcome')}
        value={outcome}
        onChange={(value) => setOutcome(value === 'refused' ? 'refused' : 'done')}
      >
        <Stack gap={6} mt={4}>
          <Radio value="done" label={t('requests.outcomes.done')} />
          <Radio value="refused" label={t('requests.outcomes.refused')} />
        </Stack>
      </Radio.Group>
      <ReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  )
}
