import { useTranslation } from 'react-i18next'
import { authProviders } from '../../../src-main/contract/app'
import { accountStates } from '../../../src-main/contract/users'
import { useApi } from '../../api/use-api'
import { useAllows } from '../../api/use-status'
import type { Output } from '../../api/paths'
import { usersAddress } from '../../state/users-route'
import { Page } from '../../ui/page'
import { ProviderIcon } from '../../ui/provider-sign'
import { Section } from '../../ui/section'
import { useAuditState } from '../audit/use-audit'
import { AttentionList } from './attention-list'
import { MethodsTable } from './methods-table'
import classes from './overview.module.css'
import { ShareBar } from './share-bar'

/** The state of the whole sign-in on one page. */
export function OverviewPage() {
  const { t } = useTranslation()
  const overview = useApi('methods.overview', {})
  const broken = useBrokenAudit()
  return (
    <Page title={t('pages.overview')} purpose={t('purpose.overview')} queries={[overview]}>
      {overview.data !== undefined && (
        <OverviewBody overview={{ ...overview.data, attention: [...broken, ...overview.data.attention] }} />
      )}
    </Page>
  )
}

/** The audit is verified in the background once somebody who may read it looks here. */
function useBrokenAudit(): Output<'methods.overview'>['attention'] {
  const { t } = useTranslation()
  const allows = useAllows()
  const audit = useAuditState({ enabled: allows('audit:read') })
  const checked = audit.data?.checked
  if (checked?.status !== 'done' || checked.first === null) return []
  const text = t('overview.tampered', { sequence: checked.first.sequence })
  return [{ code: 'AUDIT_TAMPERED', text, link: '/audit' }]
}

const stateColors: Readonly<Record<(typeof accountStates)[number], string>> = {
  enabled: 'var(--desk-good)',
  disabled: 'var(--mantine-color-dimmed)',
  locked: 'var(--desk-bad)',
  'must-change-password': 'var(--desk-warn)',
  'pending-link': 'var(--mantine-primary-color-filled)',
}

function OverviewBody({ overview }: { readonly overview: Output<'methods.overview'> }) {
  const { t } = useTranslation()
  const byProvider = authProviders.map((provider) => ({
    id: provider,
    label: t(`providers.${provider}`),
    icon: <ProviderIcon provider={provider} />,
    color: `var(--desk-${provider})`,
    count: overview.byProvider[provider],
    href: usersAddress({ providers: [provider] }),
  }))
  const byState = accountStates.map((state) => ({
    id: state,
    label: t(`states.${state}`),
    icon: null,
    color: stateColors[state],
    count: overview.byState[state] ?? 0,
    href: usersAddress({ states: [state] }),
  }))
  return (
    <div className={classes.grid}>
      <Section title={t('overview.accounts')} action={<Total count={overview.accounts} />}>
        <div className={classes.shares}>
          <ShareBar title={t('overview.byProvider')} shares={byProvider} />
          <ShareBar title={t('overview.byState')} shares={byState} />
        </div>
      </Section>
      <Section title={t('overview.attention')}>
        <AttentionList findings={overview.attention} />
      </Section>
      <div className={classes.whole}>
        <Section title={t('overview.methods')}>
          <MethodsTable methods={overview.methods} />
        </Section>
      </div>
    </div>
  )
}

function Total({ count }: { readonly count: number }) {
  const { t } = useTranslation()
  return <span className="dim number">{t('overview.total', { count })}</span>
}
