import { useState } from 'react'
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-action'
import { FormError } from '../../ui/form-error'

interface SignInFormProps {
  readonly way: 'form' | 'break-glass'
  readonly passwordless: boolean
}

/** User name and password; in the mode without passwords only the name, and a banner that stays. */
export function SignInForm({ way, passwordless }: SignInFormProps) {
  const { t } = useTranslation()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useAction('session.signIn', { refreshes: ['app.status'], keep: () => null })
  const submit = () => {
    signIn.run({ runId: crypto.randomUUID(), username, password, way })
    setPassword('')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!signIn.isPending) submit()
      }}
    >
      <Stack gap="sm">
        {passwordless && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} p="xs">
            {t('signIn.passwordless')}
          </Alert>
        )}
        <TextInput
          label={t('signIn.username')}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
        {!passwordless && (
          <PasswordInput
            label={t('signIn.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
        )}
        <Button type="submit" fullWidth h={36} loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
        <FormError error={signIn.error} />
      </Stack>
    </form>
  )
}
