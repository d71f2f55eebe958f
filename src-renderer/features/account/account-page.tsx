import { useState } from 'react'
import { Alert, Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../src-main/contract/app'
import type { Output } from '../../api/paths'
import { useApi } from '../../api/use-api'
import { useSession } from '../../api/use-status'
import { navigate } from '../../state/hash-location'
import { homeOf } from '../../state/page-route'
import { Fact, Facts } from '../../ui/facts'
import { Page } from '../../ui/page'
import { ProviderSign } from '../../ui/provider-sign'
import { Section } from '../../ui/section'
import { viaText } from '../../ui/via-text'
import { Time } from '../../ui/time'
import classes from './account.module.css'
import { ConnectedAccounts } from './connected-accounts'
import { ConvertOwn } from './convert-own'
import { OwnSessions } from './own-sessions'

/** Who I am here, how I got in, and my own password where this console keeps it. */
export function AccountPage() {
  const { t } = useTranslation()
  const session = useSession()
  const account = useApi('account.get', {})
  return (
    <Page title={t('pages.account')} purpose={t('purpose.account')} queries={[account]}>
      {session !== null && account.data !== undefined && (
        <AccountFacts session={session} account={account.data} />
      )}
    </Page>
  )
}

interface AccountFactsProps {
  readonly session: SessionView
  readonly account: Output<'account.get'>
}

function AccountFacts({ session, account }: AccountFactsProps) {
  const { t } = useTranslation()
  const [converting, setConverting] = useState(false)
  const local = session.authProvider === 'local'
  return (
    <>
      {homeOf(session) === '/account' && <Alert maw={640}>{t('account.noPages')}</Alert>}
      <div className={classes.column}>
        <Section
          title={t('account.details')}
          action={
            local && (
              <Button variant="default" onClick={() => navigate('/change-password?to=%2Faccount')}>
                {t('account.changePassword')}
              </Button>
            )
          }
        >
          <Facts>
            <Fact label={t('account.username')}>{session.username}</Fact>
            <Fact label={t('account.fullName')}>{session.fullName ?? t('common.none')}</Fact>
            <Fact label={t('drawer.email')}>{account.email ?? t('common.none')}</Fact>
            <Fact label={t('account.role')}>{t(`roles.${session.role}`)}</Fact>
            <Fact label={t('account.provider')}>
              <ProviderSign provider={session.authProvider} />
            </Fact>
            <Fact label={t('account.via')}>{viaText(t, session.via)}</Fact>
            <Fact label={t('account.signedIn')}>
              <Time at={session.signedInAt} />
            </Fact>
          </Facts>
          {!local && (
            <Text size="sm" mt="sm">
              {t('account.notLocal', { provider: t(`providerWords.${session.authProvider}`) })}
            </Text>
          )}
          {session.authProvider === 'oidc' && (
            <Button
              mt="sm"
              variant="default"
              disabled={!account.canConvert}
              onClick={() => setConverting(true)}
            >
              {t(account.canConvert ? 'convertOwn.open' : 'convertOwn.notNow')}
            </Button>
          )}
        </Section>
        <ConnectedAccounts account={account} />
        <OwnSessions sessions={account.sessions} />
      </div>
      {converting && <ConvertOwn onClose={() => setConverting(false)} />}
    </>
  )
}
