import { useState } from 'react'
import { skipToken, useQuery } from '@tanstack/react-query'
import { Button, Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBrowserCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SignInProgress } from '../../../src-main/contract/session'
import { openExternal } from '../../api/act'
import { useRun } from '../../api/use-run'
import { ErrorPanel } from '../../ui/error-panel'
import { Ladder } from '../../ui/ladder'
import { Section } from '../../ui/section'
import { Verdict } from '../../ui/verdict'
import classes from '../diagnostics.module.css'
import { OidcLoginResult } from './oidc-login-result'

interface OidcLoginProps {
  readonly slug: string
  readonly name: string
  readonly profile: string | null
}

/** A sign-in through the browser that is decided and explained, and of which nothing is kept. */
export function OidcLogin({ slug, name, profile }: OidcLoginProps) {
  const { t } = useTranslation()
  const [asks, setAsks] = useState(false)
  const { start, cancel, last, progress } = useRun('oidc.login', `${slug} of ${profile ?? ''}`)
  const running = last?.status === 'pending'
  const failure = last?.error ?? null
  const begin = () =>
    start(t('oidc.login.work', { name }), { provider: slug, profile, prompt: asks ? 'login' : null })
  return (
    <>
      <Section
        title={t('oidc.login.title')}
        action={
          <div className={classes.buttons}>
            {running && (
              <Button variant="default" onClick={cancel}>
                {t('oidc.cancel')}
              </Button>
            )}
            <Button
              variant="default"
              disabled={running}
              leftSection={<IconBrowserCheck size={15} aria-hidden />}
              onClick={begin}
            >
              {t('oidc.login.start')}
            </Button>
          </div>
        }
      >
        <p className={classes.hint}>{t('oidc.login.before')}</p>
        <Checkbox
          mt={8}
          label={t('oidc.login.ask')}
          checked={asks}
          onChange={(event) => setAsks(event.currentTarget.checked)}
        />
      </Section>
      {running && (
        <>
          <Verdict outcome="running" runId={`${progress.runId}-pending`}>
            {t('oidc.login.running')}
          </Verdict>
          <OpenAgain runId={progress.runId} />
          {progress.rungs.length > 0 && <Ladder rungs={progress.rungs} />}
        </>
      )}
      {last?.data !== undefined && <OidcLoginResult login={last.data} runId={progress.runId} />}
      {failure !== null && failure.code !== 'CANCELLED' && <ErrorPanel error={failure} />}
    </>
  )
}

/** While the browser is out: its page once more. */
function OpenAgain({ runId }: { readonly runId: string }) {
  const { t } = useTranslation()
  const steps = useQuery<SignInProgress>({ queryKey: ['session.progress', runId], queryFn: skipToken })
  const address = steps.data?.authorizationUrl ?? null
  if (address === null) return null
  const open = async () => {
    if (!(await openExternal(address))) notifications.show({ color: 'red', message: t('common.notOpened') })
  }
  return (
    <div>
      <Button variant="subtle" onClick={() => void open()}>
        {t('signIn.openAgain')}
      </Button>
    </div>
  )
}
