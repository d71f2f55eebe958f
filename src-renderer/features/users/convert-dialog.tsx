import { useState } from 'react'
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import { protectWindow } from '../../api/act'
import { useAction } from '../../api/use-action'
import { DialogOutcome } from '../../ui/dialog-outcome'
import { FormError } from '../../ui/form-error'
import { isReason, ReasonField } from '../../ui/reason-field'
import { changedAccount } from './changed-account'
import { SecretOnce } from './secret-once'

interface ConvertDialogProps {
  readonly user: User
  readonly onClose: () => void
}

/** Makes an account local; its passphrase shows once. */
export function ConvertDialog({ user, onClose }: ConvertDialogProps) {
  const { t } = useTranslation()
  const [secret, setSecret] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const name = user.username
  const convert = useAction('users.convert', {
    refreshes: changedAccount,
    keep: async ({ passphrase, sessionsEnded }) => {
      await protectWindow('protected')
      setSecret(passphrase)
      return { sessionsEnded }
    },
  })
  const done = convert.data !== undefined && secret === null
  return (
    <Modal
      opened
      onClose={() => (secret === null ? onClose() : setSecret(null))}
      title={done ? t('reset.doneTitle') : t('convert.title', { name })}
      size={540}
      closeOnEscape={secret === null}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {secret !== null && <SecretOnce secret={secret} onHide={() => setSecret(null)} />}
      {convert.data === undefined && secret === null && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (!convert.isPending && isReason(reason)) convert.run({ id: user.id, reason: reason.trim() })
          }}
        >
          <Stack gap="md">
            <Text size="sm">
              {t(user.authProvider === 'ldap' ? 'convert.fromLdap' : 'convert.fromOidc', { name })}
            </Text>
            <ReasonField value={reason} onChange={setReason} />
            <FormError error={convert.error} />
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={convert.isPending} disabled={!isReason(reason)}>
                {t('convert.submit')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {done && (
        <DialogOutcome onClose={onClose}>
          <List size="sm" spacing={4}>
            <List.Item>{t('convert.done', { name })}</List.Item>
            <List.Item>{t('reset.doneExpires')}</List.Item>
            <List.Item>{t('reset.doneSessions', { count: convert.data?.sessionsEnded ?? 0 })}</List.Item>
          </List>
        </DialogOutcome>
      )}
    </Modal>
  )
}
