import { IconId } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../../src-main/contract/users'
import { Empty } from '../../../ui/empty'
import { Fact, Facts } from '../../../ui/facts'
import { Mono } from '../../../ui/mono'
import { ProviderSign } from '../../../ui/provider-sign'
import { Time } from '../../../ui/time'
import classes from '../drawer.module.css'

/** The identities that lead to this account, with what they last said. */
export function IdentitiesTab({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  if (user.identities.length === 0) {
    return (
      <Empty icon={IconId} title={t('drawer.noIdentities')}>
        {user.authProvider === 'local' && <span>{t('drawer.noIdentitiesLocal')}</span>}
      </Empty>
    )
  }
  return (
    <ul className={classes.items}>
      {user.identities.map((identity) => (
        <li key={`${identity.issuer} ${identity.subject}`} className={classes.item}>
          <IdentityFacts identity={identity} />
        </li>
      ))}
    </ul>
  )
}

function IdentityFacts({ identity }: { readonly identity: UserDetail['identities'][number] }) {
  const { t } = useTranslation()
  const ldap = identity.kind === 'ldap'
  const count = identity.claims.length
  return (
    <>
      <Facts>
        <Fact label={t('drawer.slug')}>
          <ProviderSign provider={identity.kind} /> <span className="dim">{identity.slug}</span>
        </Fact>
        <Fact label={t(ldap ? 'drawer.directory' : 'drawer.issuer')}>
          <Mono text={identity.issuer} copy={t(ldap ? 'drawer.directory' : 'drawer.issuer')} />
        </Fact>
        <Fact label={t(ldap ? 'drawer.entry' : 'drawer.subject')}>
          <Mono text={identity.subject} copy={t(ldap ? 'drawer.entry' : 'drawer.subject')} />
        </Fact>
        {identity.name !== null && <Fact label={t('drawer.name')}>{identity.name}</Fact>}
        {identity.email !== null && <Fact label={t('drawer.email')}>{identity.email}</Fact>}
        <Fact label={t('drawer.firstSignIn')}>
          <Time at={identity.firstSignIn} />
        </Fact>
        <Fact label={t('drawer.lastSignIn')}>
          <Time at={identity.lastSignIn} />
        </Fact>
      </Facts>
      {count > 0 && (
        <details>
          <summary>{t(ldap ? 'drawer.attributes' : 'drawer.claims', { count })}</summary>
          <Facts>
            {identity.claims.map(({ name, value }, index) => (
              <Fact key={index} label={<span className="mono">{name}</span>}>
                <Mono text={value} />
              </Fact>
            ))}
          </Facts>
        </details>
      )}
    </>
  )
}
