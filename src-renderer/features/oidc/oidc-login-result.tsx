import { useTranslation } from 'react-i18next'
import type { OidcLogin } from '../../../src-main/contract/oidc-login'
import { rungsOf } from '../../api/ladder-progress'
import { CodeChip } from '../../ui/code-chip'
import { Fact, Facts } from '../../ui/facts'
import { Ladder } from '../../ui/ladder'
import { Mono } from '../../ui/mono'
import { Section } from '../../ui/section'
import { Verdict } from '../../ui/verdict'
import { ClaimsTable } from './claims-table'
import { TokenAnatomy } from './token-anatomy'

/** Whether and as whom they would be signed in; then the claims, the token, and each stage. */
export function OidcLoginResult({ login, runId }: { readonly login: OidcLogin; readonly runId: string }) {
  const { t } = useTranslation()
  const { decision, account, claims, missing, token, stages } = login
  return (
    <>
      <Verdict
        outcome={decision.allowed ? 'good' : 'bad'}
        runId={runId}
        {...(decision.code !== null && { aside: <CodeChip code={decision.code} tone="bad" /> })}
      >
        {decision.reason}
      </Verdict>
      <Section title={t('oidc.login.outcome')}>
        <Facts>
          {decision.next !== null && <Fact label={t('ladder.next')}>{decision.next}</Fact>}
          {account !== null && (
            <>
              <Fact label={t('oidc.login.account')}>
                {t(`oidc.login.action.${account.action}`, { name: account.username ?? '' })}
              </Fact>
              <Fact label={t('oidc.login.role')}>
                {t('oidc.login.roles', {
                  before:
                    account.role.before === null ? t('oidc.login.noRole') : t(`roles.${account.role.before}`),
                  after: t(`roles.${account.role.after}`),
                })}{' '}
                <Mono text={account.role.source} />
              </Fact>
            </>
          )}
          <Fact label={t('oidc.login.keptLabel')}>{t('oidc.login.kept')}</Fact>
        </Facts>
      </Section>
      {claims.length > 0 && <ClaimsTable claims={claims} missing={missing} />}
      {token !== null && <TokenAnatomy token={token} />}
      <Ladder rungs={rungsOf(stages)} />
    </>
  )
}
