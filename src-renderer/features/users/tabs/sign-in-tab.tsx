import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../../src-main/contract/users'
import { Fact, Facts } from '../../../ui/facts'
import { ProviderSign } from '../../../ui/provider-sign'
import { Time } from '../../../ui/time'
import { ExplanationOf } from '../../auth/explanation'
import classes from '../drawer.module.css'

/** How this account signs in, and why it can or can't now. */
export function SignInTab({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  return (
    <>
      <section className={classes.part}>
        <h3>{t('drawer.how')}</h3>
        <p>{t(`drawer.howText.${user.authProvider}`)}</p>
      </section>
      <section className={classes.part}>
        <ExplanationOf name={user.username} />
      </section>
      <Facts>
        <Fact label={t('users.authProvider')}>
          <ProviderSign provider={user.authProvider} />
        </Fact>
        <Fact label={t('drawer.password')}>
          {t(user.hasPassword ? 'drawer.passwordSet' : 'drawer.passwordNotSet')}
        </Fact>
        {user.authProvider === 'local' && (
          <Fact label={t('drawer.passwordChanged')}>
            <Time at={user.passwordChangedAt} />
          </Fact>
        )}
        <Fact label={t('drawer.lastSignIn')}>
          <Time at={user.lastSignIn} />
        </Fact>
      </Facts>
    </>
  )
}
