import { useState } from 'react'
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-action'
import { FormError } from '../../ui/form-error'

/** "Forgotten password?": the same answer for every name; the helpdesk does the rest. */
export function ForgottenForm() {
  const { t } = useTranslation()
  const [username, setUsername] = useState('')
  const ask = useAction('session.forgotPassword', { keep: () => true })
  if (ask.data === true)
    return (
      <Text size="sm" role="status">
        {t('forgotten.done')}
      </Text>
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!ask.isPending) ask.run({ username })
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('signIn.username')}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
        />
        <Button type="submit" fullWidth h={36} loading={ask.isPending}>
          {t('forgotten.submit')}
        </Button>
        <FormError error={ask.error} />
      </Stack>
    </form>
  )
}
