import { useState, type ReactNode } from 'react'
import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import type { SignInOptions } from '../../../src-main/contract/session'
import { useApi } from '../../api/use-api'
import { useBrowserRun } from '../../api/use-browser-run'
import { useStatus } from '../../api/use-status'
import { ErrorPanel } from '../../ui/error-panel'
import { useWindowTitle } from '../../ui/page'
import { usePageReport } from '../../ui/use-page-report'
import { useReason } from '../../ui/use-reason'
import { BrowserSteps } from './browser-steps'
import { ForgottenForm } from './forgotten-form'
import { GateLayout } from './gate-layout'
import classes from './gate.module.css'
import { ProviderButtons } from './provider-buttons'
import { RegisterForm } from './register-form'
import { SignInForm } from './sign-in-form'

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
  const browser = useBrowserRun('session.signInOidc', ['app.status'])
  const search = useSearch()
  const way = new URLSearchParams(search).get('way')
  const breakGlass = way === 'break-glass' && options.breakGlass
  if (way === 'forgotten' && options.forgottenPassword)
    return (
      <SideCard title={t('forgotten.title')} intro={t('forgotten.intro')} search={search}>
        <ForgottenForm />
      </SideCard>
    )
  if (way === 'register' && options.selfRegister)
    return (
      <SideCard title={t('register.title')} intro={t('register.intro')} search={search}>
        <RegisterForm passwordless={options.passwordless} />
      </SideCard>
    )

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
      {hasForm && !breakGlass && <FormLinks options={options} search={search} />}
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

/** The address of the sign-in page with another way; where the person wanted to go stays in it. */
function wayAddress(search: string, way: string | null): string {
  const params = new URLSearchParams(search)
  if (way === null) params.delete('way')
  else params.set('way', way)
  const query = params.toString()
  return query === '' ? '/sign-in' : `/sign-in?${query}`
}

interface SideCardProps {
  readonly title: string
  readonly intro: string
  readonly search: string
  readonly children: ReactNode
}

/** What stands in the form's place: one thing to do, and the way back. */
function SideCard({ title, intro, search, children }: SideCardProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.card}>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.intro}>{intro}</p>
      {children}
      <div className={classes.other}>
        <Anchor component={Link} href={wayAddress(search, null)} size="sm">
          {t('signIn.backToUsual')}
        </Anchor>
      </div>
    </div>
  )
}

function FormLinks({ options, search }: { readonly options: SignInOptions; readonly search: string }) {
  const { t } = useTranslation()
  if (!options.forgottenPassword && !options.selfRegister) return null
  return (
    <div className={classes.links}>
      {options.forgottenPassword && (
        <Anchor component={Link} href={wayAddress(search, 'forgotten')} size="sm">
          {t('forgotten.link')}
        </Anchor>
      )}
      {options.selfRegister && (
        <Anchor component={Link} href={wayAddress(search, 'register')} size="sm">
          {t('register.link')}
        </Anchor>
      )}
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
  if (breakGlass) {
    return (
      <div className={classes.other}>
        <Anchor component={Link} href={wayAddress(search, null)} size="sm">
          {t('signIn.backToUsual')}
        </Anchor>
      </div>
    )
  }
  const directory = options.form?.directory === true && options.form.local
  if (!directory && !options.breakGlass) return null
  return (
    <section className={classes.other} aria-label={t('signIn.otherWays')}>
      <h2>{t('signIn.otherWays')}</h2>
      {directory && <p>{t('signIn.directoryHint')}</p>}
      {options.breakGlass && (
        <Anchor component={Link} href={wayAddress(search, 'break-glass')} size="sm">
          {t('signIn.breakGlass')}
        </Anchor>
      )}
    </section>
  )
}
