import { useState } from 'react'
import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import type { SignInOptions } from '../../../src-main/contract/session'
import { useApi } from '../../api/use-api'
import { useStatus } from '../../api/use-status'
import { ErrorPanel } from '../../ui/error-panel'
import { useWindowTitle } from '../../ui/page'
import { usePageReport } from '../../ui/use-page-report'
import { useReason } from '../../ui/use-reason'
import { BrowserSteps } from './browser-steps'
import { GateLayout } from './gate-layout'
import classes from './gate.module.css'
import { ProviderButtons } from './provider-buttons'
import { SignInForm } from './sign-in-form'
import { useBrowserSignIn } from './use-browser-sign-in'

/** What the sign-in mode offers: one form, one button per provider, and the quiet other ways. */
export function SignInPage() {
  const { t } = useTranslation()
  const options = useApi('session.signInOptions', {})
  const reason = useReason(options.error)
  usePageReport(
    reason !== null ? { kind: 'error', reason } : { kind: options.isPending ? 'loading' : 'ready' },
  )
  useWindowTitle(t('pages.sign-in'))
  return (
    <GateLayout>
      {options.error !== null && <ErrorPanel error={options.error} onRetry={() => void options.refetch()} />}
      {options.data !== undefined && <SignInCard options={options.data} />}
    </GateLayout>
  )
}

function SignInCard({ options }: { readonly options: SignInOptions }) {
  const { t } = useTranslation()
  const { profile } = useStatus()
  const [provider, setProvider] = useState<SignInOptions['providers'][number] | null>(null)
  const browser = useBrowserSignIn()
  const search = useSearch()
  const breakGlass = new URLSearchParams(search).get('way') === 'break-glass' && options.breakGlass

  if (browser.isPending && provider !== null) {
    return (
      <div className={classes.card}>
        <BrowserSteps name={provider.name} progress={browser.progress} onCancel={browser.cancel} />
      </div>
    )
  }
  const hasForm = options.form !== null || options.passwordless || breakGlass
  const providers = breakGlass ? [] : options.providers
  return (
    <div className={classes.card}>
      <h1 className={classes.title}>
        {breakGlass ? t('signIn.breakGlassTitle') : t('signIn.title', { profile: profile.name })}
      </h1>
      {breakGlass && <p className={classes.intro}>{t('signIn.breakGlassHint')}</p>}
      {hasForm && (
        <SignInForm
          key={breakGlass ? 'break-glass' : 'form'}
          way={breakGlass ? 'break-glass' : 'form'}
          passwordless={options.passwordless && !breakGlass}
        />
      )}
      {hasForm && providers.length > 0 && <div className={classes.or}>{t('signIn.or')}</div>}
      <ProviderButtons
        providers={providers}
        error={browser.error}
        onChoose={(chosen) => {
          setProvider(chosen)
          browser.start(chosen.slug)
        }}
      />
      {!hasForm && providers.length === 0 && !options.breakGlass && <p>{t('signIn.nothingOffered')}</p>}
      <OtherWays options={options} search={search} breakGlass={breakGlass} />
    </div>
  )
}

interface OtherWaysProps {
  readonly options: SignInOptions
  readonly search: string
  readonly breakGlass: boolean
}

function OtherWays({ options, search, breakGlass }: OtherWaysProps) {
  const { t } = useTranslation()
  const params = new URLSearchParams(search)
  if (breakGlass) {
    params.delete('way')
    return (
      <div className={classes.other}>
        <Anchor component={Link} href={`/sign-in?${params.toString()}`} size="sm">
          {t('signIn.backToUsual')}
        </Anchor>
      </div>
    )
  }
  const directory = options.form?.directory === true && options.form.local
  if (!directory && !options.breakGlass) return null
  params.set('way', 'break-glass')
  return (
    <section className={classes.other} aria-label={t('signIn.otherWays')}>
      <h2>{t('signIn.otherWays')}</h2>
      {directory && <p>{t('signIn.directoryHint')}</p>}
      {options.breakGlass && (
        <Anchor component={Link} href={`/sign-in?${params.toString()}`} size="sm">
          {t('signIn.breakGlass')}
        </Anchor>
      )}
    </section>
  )
}
