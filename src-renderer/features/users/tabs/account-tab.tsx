import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../../src-main/contract/users'
import { Fact, Facts } from '../../../ui/facts'
import { Mono } from '../../../ui/mono'
import { StateSign } from '../../../ui/state-sign'
import { sourceText } from '../../../ui/via-text'
import { Time } from '../../../ui/time'
import classes from '../drawer.module.css'

/** Who this is, in what state, and where the role comes from. */
export function AccountTab({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={classes.part}>
        <Facts>
          <Fact label={t('drawer.username')}>{user.username}</Fact>
          <Fact label={t('drawer.fullName')}>{user.fullName ?? t('common.none')}</Fact>
          <Fact label={t('drawer.email')}>
            {user.email === null ? t('common.none') : <Mono text={user.email} copy={t('drawer.email')} />}
          </Fact>
          <Fact label={t('drawer.state')}>
            <StateSign state={user.state} />
          </Fact>
          {user.disabled !== null && (
            <>
              <Fact label={t('drawer.disabled')}>
                <Time at={user.disabled.at} />{' '}
                <span className="dim">· {sourceText(t, user.disabled.source)}</span>
              </Fact>
              {user.disabled.reason !== null && (
                <Fact label={t('drawer.reason')}>{user.disabled.reason}</Fact>
              )}
            </>
          )}
          <Fact label={t('drawer.created')}>
            <Time at={user.createdAt} />
          </Fact>
          <Fact label={t('drawer.lastSignIn')}>
            <Time at={user.lastSignIn} />
          </Fact>
          <Fact label={t('drawer.id')}>
            <Mono text={user.id} copy={t('drawer.id')} />
          </Fact>
        </Facts>
      </div>
      <section className={classes.part}>
        <h3>{t('drawer.roles')}</h3>
        {user.roles.length === 0 ? (
          <span className="dim">{t('drawer.noRoles')}</span>
        ) : (
          <Facts>
            {user.roles.map(({ role, source, grantedAt }) => (
              <Fact key={`${role}-${source}`} label={t(`roles.${role}`)}>
                {sourceText(t, source)} <span className="dim">·</span> <Time at={grantedAt} />
              </Fact>
            ))}
          </Facts>
        )}
      </section>
    </>
  )
}
