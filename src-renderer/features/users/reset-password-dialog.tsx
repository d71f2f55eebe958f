import { useState } from 'react'
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import { protectWindow } from '../../api/act'
import { useAction } from '../../api/use-action'
import { DialogOutcome } from '../../ui/dialog-outcome'
import { Fact, Facts } from '../../ui/facts'
import { FormError } from '../../ui/form-error'
import { ProviderSign } from '../../ui/provider-sign'
import { isReason, ReasonField } from '../../ui/reason-field'
import { changedAccount } from './changed-account'
import { SecretOnce } from './secret-once'

interface ResetPasswordDialogProps {
  readonly user: User
  readonly onClose: () => void
}

/** Whose and why, then the passphrase once, then what happened. */
export function ResetPasswordDialog({ user, onClose }: ResetPasswordDialogProps) {
  const { t } = useTranslation()
  const [secret, setSecret] = useState<string | null>(null)
  const reset = useAction('users.resetPassword', {
    refreshes: changedAccount,
    keep: async ({ passphrase, sessionsEnded }) => {
      await protectWindow('protected')
      setSecret(passphrase)
      return { sessionsEnded }
    },
  })
  const name = user.username
  const done = reset.data !== undefined && secret === null
  return (
    <Modal
      opened
      onClose={() => (secret === null ? onClose() : setSecret(null))}
      title={done ? t('reset.doneTitle') : t('reset.title', { name })}
      size={540}
      closeOnEscape={secret === null}
      closeOnClickOutside={secret === null && reset.data === undefined}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {secret !== null && <SecretOnce secret={secret} onHide={() => setSecret(null)} />}
      {reset.data === undefined && secret === null && (
        <ResetForm
          user={user}
          reset={reset}
          onSubmit={(reason) => reset.run({ id: user.id, reason })}
          onClose={onClose}
        />
      )}
      {done && <ResetOutcome name={name} sessionsEnded={reset.data?.sessionsEnded ?? 0} onClose={onClose} />}
    </Modal>
  )
}

interface ResetFormProps {
  readonly user: User
  readonly reset: Pick<ReturnType<typeof useAction<'users.resetPassword', unknown>>, 'isPending' | 'error'>
  readonly onSubmit: (reason: string) => void
  readonly onClose: () => void
}

function ResetForm({ user, reset, onSubmit, onClose }: ResetFormProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!reset.isPending) onSubmit(reason.trim())
      }}
    >
      <Stack gap="md">
        <Facts>
          <Fact label={t('reset.who')}>
            <strong>{user.username}</strong>
            {user.fullName !== null && `, ${user.fullName}`}
          </Fact>
          <Fact label={t('users.email')}>{user.email ?? t('common.none')}</Fact>
          <Fact label={t('users.authProvider')}>
            <ProviderSign provider={user.authProvider} />
          </Fact>
        </Facts>
        <Text size="sm">{t('reset.text')}</Text>
        <ReasonField value={reason} onChange={setReason} offer="usual" />
        <FormError error={reset.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={reset.isPending} disabled={!isReason(reason)}>
            {t('reset.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface ResetOutcomeProps {
  readonly name: string
  readonly sessionsEnded: number
  readonly onClose: () => void
}

function ResetOutcome({ name, sessionsEnded, onClose }: ResetOutcomeProps) {
  const { t } = useTranslation()
  return (
    <DialogOutcome onClose={onClose}>
      <List size="sm" spacing={4}>
        <List.Item>{t('reset.doneMust', { name })}</List.Item>
        <List.Item>{t('reset.doneExpires')}</List.Item>
        <List.Item>{t('reset.doneSessions', { count: sessionsEnded })}</List.Item>
        <List.Item>{t('reset.doneAudit')}</List.Item>
      </List>
    </DialogOutcome>
  )
}
