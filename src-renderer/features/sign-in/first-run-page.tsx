import { useId, useState } from 'react'
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-action'
import { FormError } from '../../ui/form-error'
import { useWindowTitle } from '../../ui/page'
import { usePageReport } from '../../ui/use-page-report'
import { GateLayout } from './gate-layout'
import classes from './gate.module.css'
import { PasswordRules } from './password-rules'

/** The first administrator of an empty database; nothing else works before. */
export function FirstRunPage() {
  const { t } = useTranslation()
  usePageReport({ kind: 'ready' })
  useWindowTitle(t('pages.first-run'))
  return (
    <GateLayout width={460}>
      <div className={classes.card}>
        <h1 className={classes.title}>{t('firstRun.title')}</h1>
        <p className={classes.intro}>{t('firstRun.intro')}</p>
        <FirstAdminForm />
      </div>
    </GateLayout>
  )
}

const empty = { username: '', fullName: '', email: '', password: '', repeat: '' }

function FirstAdminForm() {
  const { t } = useTranslation()
  const rules = useId()
  const [form, setForm] = useState(empty)
  const create = useAction('session.createFirstAdmin', { refreshes: ['app.status'], keep: () => null })
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
    const { username, fullName, email, password } = form
    if (password === form.repeat && !create.isPending) create.run({ username, fullName, email, password })
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
        <TextInput label={t('firstRun.email')} {...field('email')} type="email" required />
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
        <Button type="submit" h={36} loading={create.isPending}>
          {t('firstRun.submit')}
        </Button>
        <FormError error={create.error} />
      </Stack>
    </form>
  )
}
