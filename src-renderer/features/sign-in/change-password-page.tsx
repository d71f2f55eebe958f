import { useId, useState } from 'react'
import { Anchor, Button, Group, PasswordInput, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import { useAction } from '../../api/use-action'
import { useSession } from '../../api/use-status'
import { navigate } from '../../state/hash-location'
import { returnAddress } from '../../state/page-route'
import { FormError } from '../../ui/form-error'
import { useWindowTitle } from '../../ui/page'
import { usePageReport } from '../../ui/use-page-report'
import { useSignOut } from '../shell/use-sign-out'
import { GateLayout } from './gate-layout'
import classes from './gate.module.css'
import { PasswordRules } from './password-rules'

/** An own password: forced after a reset, or by free will from My account. */
export function ChangePasswordPage() {
  const { t } = useTranslation()
  const must = useSession()?.mustChangePassword ?? false
  usePageReport({ kind: 'ready' })
  useWindowTitle(t('pages.change-password'))
  return (
    <GateLayout width={460}>
      <div className={classes.card}>
        <h1 className={classes.title}>{t('changePassword.title')}</h1>
        <p className={classes.intro}>{t(must ? 'changePassword.mustIntro' : 'changePassword.intro')}</p>
        <ChangePasswordForm way={must ? 'must' : 'free'} />
      </div>
    </GateLayout>
  )
}

const empty = { current: '', next: '', repeat: '' }

function ChangePasswordForm({ way }: { readonly way: 'must' | 'free' }) {
  const { t } = useTranslation()
  const rules = useId()
  const search = useSearch()
  const [form, setForm] = useState(empty)
  const { signOut } = useSignOut()
  const change = useAction('session.changePassword', {
    refreshes: ['app.status'],
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('changePassword.done') })
      const wanted = returnAddress(search)
      navigate(wanted === null ? '/' : `/?to=${encodeURIComponent(wanted)}`, { replace: true })
    },
  })
  const mismatch = form.repeat !== '' && form.repeat !== form.next
  const field = (name: keyof typeof empty) => ({
    withAsterisk: false,
    value: form[name],
    required: true,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setForm((before) => ({ ...before, [name]: value }))
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (form.next === form.repeat && !change.isPending)
          change.run({ current: form.current, next: form.next })
      }}
    >
      <Stack gap="sm">
        <PasswordInput
          label={t('changePassword.current')}
          {...field('current')}
          autoComplete="current-password"
          autoFocus
        />
        <PasswordInput
          label={t('changePassword.next')}
          {...field('next')}
          autoComplete="new-password"
          aria-describedby={rules}
        />
        <PasswordInput
          label={t('changePassword.repeat')}
          {...field('repeat')}
          autoComplete="new-password"
          error={mismatch ? t('firstRun.mismatch') : null}
        />
        <PasswordRules id={rules} />
        <Button type="submit" h={36} loading={change.isPending}>
          {t('changePassword.submit')}
        </Button>
        <FormError error={change.error} />
        <Group justify="center">
          {way === 'must' ? (
            <Anchor component="button" type="button" size="sm" onClick={signOut}>
              {t('changePassword.signOut')}
            </Anchor>
          ) : (
            <Anchor component={Link} href="/account" size="sm">
              {t('common.cancel')}
            </Anchor>
          )}
        </Group>
      </Stack>
    </form>
  )
}
