import { Anchor, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SignInMethod } from '../../../src-main/contract/methods'
import { useAllows } from '../../api/use-status'
import { usersAddress } from '../../state/users-route'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { ProviderIcon } from '../../ui/provider-sign'
import { Time } from '../../ui/time'
import { methodName } from './method-name'
import { ConfiguredSign, FailureCode, OnSign, ReachableSign } from './method-signs'
import classes from './methods.module.css'

/** Where a method is tested; local passwords have nothing to reach. */
function testAddress(method: SignInMethod): string | null {
  if (method.provider === 'ldap') return '/ldap'
  if (method.provider === 'oidc') return `/oidc?provider=${encodeURIComponent(method.slug ?? '')}`
  return null
}

/** On in this mode, configured, reachable, in use, last success, last failure, and its test. */
export function MethodCard({ method }: { readonly method: SignInMethod }) {
  const { t } = useTranslation()
  const allows = useAllows()
  const name = methodName(t, method)
  const test = allows('diagnostics:run') ? testAddress(method) : null
  return (
    <section className={classes.card} data-on={method.on} aria-label={name}>
      <div className={classes.head}>
        <span className={classes.icon}>
          <ProviderIcon provider={method.provider} size={20} />
        </span>
        <div className={classes.names}>
          <h2 className={classes.name}>{name}</h2>
          <div className={classes.kind}>
            <span>{t(`providers.${method.provider}`)}</span>
            {method.slug !== null && <span className="mono">{method.slug}</span>}
          </div>
        </div>
        {test !== null && (
          <Button
            component={Link}
            href={test}
            variant="default"
            aria-label={t('methods.testNamed', { name })}
          >
            {t('methods.test')}
          </Button>
        )}
      </div>
      <Facts>
        <Fact label={t('methods.onLabel')}>
          <OnSign on={method.on} />
        </Fact>
        <Fact label={t('methods.configured')}>
          <ConfiguredSign method={method} />
          {method.missing.length > 0 && (
            <div>
              {t('methods.missing')} <Mono text={method.missing.join(', ')} />
            </div>
          )}
        </Fact>
        <Fact label={t('methods.reachable')}>
          <ReachableSign method={method} />
        </Fact>
        <Fact label={t('methods.accounts')}>
          <Anchor
            component={Link}
            href={usersAddress({ providers: [method.provider] })}
            aria-label={t('methods.showAccounts', { count: method.accounts, name })}
            className="number"
          >
            {method.accounts}
          </Anchor>
        </Fact>
        <Fact label={t('methods.lastSuccess')}>
          <Time at={method.lastSuccess} />
        </Fact>
        <Fact label={t('methods.lastFailure')}>
          <span className={classes.reachable}>
            <Time at={method.lastFailure?.at ?? null} />
            <FailureCode method={method} />
          </span>
        </Fact>
      </Facts>
    </section>
  )
}
