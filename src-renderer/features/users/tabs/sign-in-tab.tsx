import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../../src-main/contract/users'
import { useStatus } from '../../../api/use-status'
import { Fact, Facts } from '../../../ui/facts'
import { ProviderSign } from '../../../ui/provider-sign'
import { Time } from '../../../ui/time'
import { allowedIn } from '../allowed-in'
import classes from '../drawer.module.css'

/** How this account signs in, and whether the mode lets it. */
export function SignInTab({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  return (
    <>
      <section className={classes.part}>
        <h3>{t('drawer.how')}</h3>
        <p>{t(`drawer.howText.${user.authProvider}`)}</p>
        <ModeSentence user={user} />
      </section>
      <Facts>
        <Fact label={t('users.authProvider')}>
          <ProviderSign provider={user.authProvider} />
        </Fact>
        <Fact label={t('drawer.password')}>
          {t(user.hasPassword ? 'drawer.passwordSet' : 'drawer.passwordNotSet')}
        </Fact>
        {user.authProvider === 'local' && (
          <>
            <Fact label={t('drawer.passwordChanged')}>
              <Time at={user.passwordChangedAt} />
            </Fact>
            <Fact label={t('drawer.mustChange')}>
              {t(user.mustChangePassword ? 'common.yes' : 'common.no')}
            </Fact>
          </>
        )}
        {user.lockedUntil !== null && (
          <Fact label={t('drawer.lockedUntil')}>
            <Time at={user.lockedUntil} />
          </Fact>
        )}
        <Fact label={t('drawer.lastSignIn')}>
          <Time at={user.lastSignIn} />
        </Fact>
      </Facts>
    </>
  )
}

function ModeSentence({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  const { method } = useStatus()
  if (method === null) return <p>{t('drawer.modeUnknown')}</p>
  const yes = allowedIn(method, user.authProvider)
  const Icon = yes ? IconCircleCheck : IconCircleX
  return (
    <p>
      <Icon
        size={16}
        aria-hidden
        color={yes ? 'var(--desk-good)' : 'var(--desk-bad)'}
        style={{ verticalAlign: '-3px', marginRight: 6 }}
      />
      {t(yes ? 'drawer.modeYes' : 'drawer.modeNo', { method })}
    </p>
  )
}
