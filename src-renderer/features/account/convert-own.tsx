import { useId, useState } from 'react'
import { PasswordInput, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-action'
import { PasswordRules } from '../sign-in/password-rules'
import { ConfirmDialog } from '../users/confirm-dialog'

/** The own oidc account gets a password here; the linked provider stays a way in. */
export function ConvertOwn({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const rules = useId()
  const [password, setPassword] = useState('')
  const [repeat, setRepeat] = useState('')
  const convert = useAction('account.convert', {
    refreshes: ['app.status', 'account.get'],
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('convertOwn.done') })
      onClose()
    },
  })
  const mismatch = repeat !== '' && repeat !== password
  return (
    <ConfirmDialog
      title={t('convertOwn.title')}
      submit={t('convertOwn.submit')}
      pending={convert.isPending}
      disabled={password === '' || password !== repeat}
      error={convert.error}
      onSubmit={() => convert.run({ password })}
      onClose={onClose}
    >
      <Text size="sm">{t('convertOwn.text')}</Text>
      <PasswordInput
        label={t('changePassword.next')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        aria-describedby={rules}
        required
        withAsterisk={false}
        data-autofocus
      />
      <PasswordInput
        label={t('changePassword.repeat')}
        value={repeat}
        onChange={(event) => setRepeat(event.currentTarget.value)}
        autoComplete="new-password"
        error={mismatch ? t('firstRun.mismatch') : null}
        required
        withAsterisk={false}
      />
      <PasswordRules id={rules} />
    </ConfirmDialog>
  )
}
