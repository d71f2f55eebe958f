import { useState } from 'react'
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { authProviders, type AuthProvider } from '../../../src-main/contract/app'
import { roles, type Role } from '../../../src-main/contract/permissions'
import type { User } from '../../../src-main/contract/users'
import type { ApiError } from '../../api/api-error'
import type { Input } from '../../api/paths'
import { protectWindow } from '../../api/act'
import { useAction } from '../../api/use-action'
import { FormError } from '../../ui/form-error'
import { changedAccount } from './changed-account'
import { SecretOnce } from './secret-once'

interface CreateAccountDialogProps {
  readonly onClose: () => void
  readonly onOpen: (id: string) => void
}

/** A new account; a local one gets a passphrase that is shown once. */
export function CreateAccountDialog({ onClose, onOpen }: CreateAccountDialogProps) {
  const { t } = useTranslation()
  const [secret, setSecret] = useState<string | null>(null)
  const create = useAction('users.create', {
    refreshes: changedAccount,
    keep: async ({ user, passphrase }) => {
      if (passphrase !== null) await protectWindow('protected')
      setSecret(passphrase)
      return { user, withPassphrase: passphrase !== null }
    },
  })
  const done = create.data !== undefined && secret === null
  return (
    <Modal
      opened
      onClose={() => (secret === null ? onClose() : setSecret(null))}
      title={done ? t('create.doneTitle') : t('create.title')}
      size={540}
      closeOnEscape={secret === null}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {secret !== null && <SecretOnce secret={secret} onHide={() => setSecret(null)} />}
      {create.data === undefined && secret === null && (
        <CreateForm pending={create.isPending} error={create.error} onSubmit={create.run} onClose={onClose} />
      )}
      {done && create.data !== undefined && (
        <Created
          user={create.data.user}
          must={create.data.withPassphrase}
          onClose={onClose}
          onOpen={onOpen}
        />
      )}
    </Modal>
  )
}

interface CreateFormProps {
  readonly pending: boolean
  readonly error: ApiError | null
  readonly onSubmit: (input: Input<'users.create'>) => void
  readonly onClose: () => void
}

function CreateForm({ pending, error, onSubmit, onClose }: CreateFormProps) {
  const { t } = useTranslation()
  const [username, setUsername] = useState('')
  const [email, setEmail] = useState('')
  const [fullName, setFullName] = useState('')
  const [role, setRole] = useState<Role>('user')
  const [authProvider, setAuthProvider] = useState<AuthProvider>('local')
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (pending) return
        onSubmit({ username, email: orNull(email), fullName: orNull(fullName), role, authProvider })
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('create.username')}
          description={t('create.usernameHint')}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          maxLength={200}
          required
          withAsterisk={false}
          spellCheck={false}
          data-autofocus
        />
        <Group grow align="flex-start">
          <TextInput
            label={t('create.fullName')}
            placeholder={t('create.fullNameHint')}
            value={fullName}
            onChange={(event) => setFullName(event.currentTarget.value)}
            maxLength={200}
          />
          <TextInput
            label={t('create.email')}
            placeholder={t('create.emailHint')}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            maxLength={200}
          />
        </Group>
        <Group grow align="flex-start">
          <Select
            label={t('create.role')}
            data={roles.map((one) => ({ value: one, label: t(`roles.${one}`) }))}
            value={role}
            onChange={(value) => setRole(roles.find((one) => one === value) ?? 'user')}
            allowDeselect={false}
          />
          <Select
            label={t('create.provider')}
            data={authProviders.map((one) => ({ value: one, label: t(`providers.${one}`) }))}
            value={authProvider}
            onChange={(value) => setAuthProvider(authProviders.find((one) => one === value) ?? 'local')}
            allowDeselect={false}
          />
        </Group>
        <Text size="sm" c="dimmed">
          {t(`create.providerHint.${authProvider}`)}
        </Text>
        <FormError error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {t('create.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface CreatedProps {
  readonly user: User
  readonly must: boolean
  readonly onClose: () => void
  readonly onOpen: (id: string) => void
}

function Created({ user, must, onClose, onOpen }: CreatedProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status">
      <Text size="sm">{t('create.doneText', { name: user.username, role: t(`roles.${user.role}`) })}</Text>
      {must && <Text size="sm">{t('create.doneMust')}</Text>}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={() => onOpen(user.id)}>
          {t('create.open')}
        </Button>
        <Button onClick={onClose} autoFocus>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  )
}
