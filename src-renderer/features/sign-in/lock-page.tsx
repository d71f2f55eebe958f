import { useState } from 'react'
import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../src-main/contract/app'
import { useBrowserRun } from '../../api/use-browser-run'
import { useAction } from '../../api/use-action'
import { FormError } from '../../ui/form-error'
import { useWindowTitle } from '../../ui/page'
import { usePageReport } from '../../ui/use-page-report'
import { useSignOut } from '../shell/use-sign-out'
import { BrowserSteps } from './browser-steps'
import { GateLayout } from './gate-layout'
import classes from './gate.module.css'

/** The desk was left: nothing of it shows before the same person has come back. */
export function LockPage({ session }: { readonly session: SessionView }) {
  const { t } = useTranslation()
  usePageReport({ kind: 'ready' })
  useWindowTitle(t('pages.locked'))
  return (
    <GateLayout>
      <div className={classes.card}>
        {session.locked === 'provider' ? (
          <AtProvider session={session} />
        ) : (
          <ByPassword session={session} passwordless={session.locked === 'word'} />
        )}
      </div>
    </GateLayout>
  )
}

function Title({ session }: { readonly session: SessionView }) {
  const { t } = useTranslation()
  return (
    <>
      <h1 className={classes.title}>{t('lock.title')}</h1>
      <p className={classes.intro}>{t('lock.intro', { name: session.fullName ?? session.username })}</p>
    </>
  )
}

function ByPassword({
  session,
  passwordless,
}: {
  readonly session: SessionView
  readonly passwordless: boolean
}) {
  const { t } = useTranslation()
  const { signOut } = useSignOut()
  const [password, setPassword] = useState('')
  const unlock = useAction('session.unlock', { refreshes: ['app.status'], keep: () => null })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (unlock.isPending) return
        unlock.run({ runId: crypto.randomUUID(), password: passwordless ? null : password })
        setPassword('')
      }}
    >
      <Title session={session} />
      <Stack gap="sm">
        {!passwordless && (
          <PasswordInput
            label={t('signIn.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
            withAsterisk={false}
            autoFocus
          />
        )}
        <Button type="submit" fullWidth h={36} loading={unlock.isPending} autoFocus={passwordless}>
          {t('lock.unlock')}
        </Button>
        <FormError error={unlock.error} />
        <Group justify="center">
          <Button variant="subtle" onClick={signOut}>
            {t('frame.signOut')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function AtProvider({ session }: { readonly session: SessionView }) {
  const { t } = useTranslation()
  const { signOut } = useSignOut()
  const name = session.via.slice('oidc:'.length)
  const unlock = useBrowserRun('session.unlock', ['app.status'])
  if (unlock.isPending)
    return <BrowserSteps name={name} progress={unlock.progress} onCancel={unlock.cancel} />
  return (
    <>
      <Title session={session} />
      <Stack gap="sm">
        <Button fullWidth h={36} onClick={() => unlock.start(name)} autoFocus>
          {t('signIn.with', { name })}
        </Button>
        <FormError error={unlock.error} />
        <Group justify="center">
          <Button variant="subtle" onClick={signOut}>
            {t('frame.signOut')}
          </Button>
        </Group>
      </Stack>
    </>
  )
}
