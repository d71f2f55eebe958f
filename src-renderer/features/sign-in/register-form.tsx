import { useId, useState } from 'react'
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-action'
import { FormError } from '../../ui/form-error'
import { PasswordRules } from './password-rules'

const empty = { username: '', fullName: '', password: '', repeat: '' }

/** "Create an account": an own local account, with a password unless the mode has none. */
export function RegisterForm({ passwordless }: { readonly passwordless: boolean }) {
  const { t } = useTranslation()
  const rules = useId()
  const [form, setForm] = useState(empty)
  const register = useAction('session.register', { refreshes: ['app.status'], keep: () => null })
  const mismatch = form.repeat !== '' && form.repeat !== form.password
  const field = (name: keyof typeof empty) => ({
    withAsterisk: false,
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setForm((before) => ({ ...before, [name]: value }))
    },
  })
  const submit = () => {
    const { username, fullName, password, repeat } = form
    if (register.isPending || password !== repeat) return
    register.run({
      runId: crypto.randomUUID(),
      ...{ username, fullName, password: passwordless ? null : password },
    })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('signIn.username')}
          {...field('username')}
          required
          autoFocus
          spellCheck={false}
        />
        <TextInput label={t('firstRun.fullName')} {...field('fullName')} />
        {!passwordless && (
          <>
            <PasswordInput
              label={t('signIn.password')}
              {...field('password')}
              autoComplete="new-password"
              aria-describedby={rules}
              required
            />
            <PasswordInput
              label={t('firstRun.repeat')}
              {...field('repeat')}
              autoComplete="new-password"
              error={mismatch ? t('firstRun.mismatch') : null}
              required
            />
            <PasswordRules id={rules} />
          </>
        )}
        <Button type="submit" h={36} loading={register.isPending}>
          {t('register.submit')}
        </Button>
        <FormError error={register.error} />
      </Stack>
    </form>
  )
}
