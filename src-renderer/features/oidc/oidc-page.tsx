import { IconWorldOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import { useApi } from '../../api/use-api'
import type { Output } from '../../api/paths'
import { Empty } from '../../ui/empty'
import { Mono } from '../../ui/mono'
import { Page } from '../../ui/page'
import { ProviderIcon } from '../../ui/provider-sign'
import { Section } from '../../ui/section'
import { SettingRows } from '../../ui/setting-rows'
import classes from '../diagnostics.module.css'
import { InspectPanel } from '../inspect/inspect-panel'
import { useExaminedProfile } from '../profiles/use-profiles'
import { OidcLogin } from './oidc-login'
import { OidcTest } from './oidc-test'
import { ProviderCard } from './provider-card'
import { SymptomPanel } from './symptom-panel'

type Providers = Output<'oidc.providers'>['providers']

/** Left the providers and the settings of the chosen one, right its test. */
export function OidcPage() {
  const { t } = useTranslation()
  const profile = useExaminedProfile()?.name ?? null
  const providers = useApi('oidc.providers', { profile })
  return (
    <Page title={t('pages.oidc')} purpose={t('purpose.oidc')} queries={[providers]} scroll="fill">
      {providers.data !== undefined && <OidcBody providers={providers.data.providers} profile={profile} />}
    </Page>
  )
}

interface OidcBodyProps {
  readonly providers: Providers
  /** The profile that is looked at; null: the governing one. */
  readonly profile: string | null
}

function OidcBody({ providers, profile }: OidcBodyProps) {
  const { t } = useTranslation()
  const asked = new URLSearchParams(useSearch()).get('provider')
  const chosen = providers.find(({ slug }) => slug === asked) ?? providers[0]
  if (chosen === undefined) {
    return (
      <div className={classes.work}>
        <Empty icon={IconWorldOff} title={t('oidc.none')}>
          <span>{t('oidc.noneHint')}</span>
        </Empty>
        <SymptomPanel slug={null} profile={profile} />
        <InspectPanel of="oidc" profile={profile} />
      </div>
    )
  }
  return (
    <div className={classes.columns}>
      <div className={classes.side}>
        <Section title={t('oidc.providers')}>
          <div className={classes.providers}>
            {providers.map(({ slug, name }) => (
              <Link
                key={slug}
                href={`/oidc?provider=${encodeURIComponent(slug)}`}
                className={classes.provider}
                aria-current={slug === chosen.slug}
              >
                <ProviderIcon provider="oidc" />
                <span className="clip">{name}</span>
              </Link>
            ))}
          </div>
        </Section>
        <Section title={t('oidc.redirectUri')}>
          <Mono text={chosen.redirectUri} copy={t('oidc.redirectUri')} />
          <p className={classes.hint}>{t('oidc.redirectUriHint')}</p>
        </Section>
        {chosen.product !== null && <ProviderCard product={chosen.product} />}
        <Section title={t('oidc.settings')}>
          <SettingRows settings={chosen.settings} />
        </Section>
      </div>
      <div className={classes.work}>
        <OidcTest
          key={`${profile ?? ''}/${chosen.slug}`}
          slug={chosen.slug}
          name={chosen.name}
          profile={profile}
        />
        <OidcLogin
          key={`login ${profile ?? ''}/${chosen.slug}`}
          slug={chosen.slug}
          name={chosen.name}
          profile={profile}
        />
        <SymptomPanel key={`symptom ${chosen.slug}`} slug={chosen.slug} profile={profile} />
        <InspectPanel of="oidc" profile={profile} />
      </div>
    </div>
  )
}
