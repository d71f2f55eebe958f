import { useTranslation } from 'react-i18next'
import type { ApplicationProvider, ApplicationState } from '../../../src-main/contract/application'
import { ProviderSign } from '../../ui/provider-sign'
import { StateSign } from '../../ui/state-sign'

export function ApplicationProviderSign({ provider }: { readonly provider: ApplicationProvider }) {
  const { t } = useTranslation()
  if (provider === 'other') return <span>{t('application.providers.other')}</span>
  return <ProviderSign provider={provider} />
}

export function ApplicationStateSign({ state }: { readonly state: ApplicationState }) {
  const { t } = useTranslation()
  if (state === 'unconfirmed') return <span>{t('application.states.unconfirmed')}</span>
  return <StateSign state={state} />
}
