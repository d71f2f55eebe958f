import { IconDeviceDesktop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../../src-main/contract/users'
import { Empty } from '../../../ui/empty'
import { Fact, Facts } from '../../../ui/facts'
import { viaText } from '../../../ui/via-text'
import { Time } from '../../../ui/time'
import classes from '../drawer.module.css'

/** The open sessions of this account in this console. */
export function SessionsTab({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  if (user.sessions.length === 0) return <Empty icon={IconDeviceDesktop} title={t('drawer.noSessions')} />
  return (
    <ul className={classes.items}>
      {user.sessions.map((session) => (
        <li key={session.id} className={classes.item}>
          <Facts>
            <Fact label={t('drawer.sessionHost')}>
              <span className="mono">{session.host}</span>
            </Fact>
            <Fact label={t('account.via')}>{viaText(t, session.via)}</Fact>
            <Fact label={t('drawer.started')}>
              <Time at={session.startedAt} />
            </Fact>
            <Fact label={t('drawer.seen')}>
              <Time at={session.lastSeenAt} />
            </Fact>
          </Facts>
        </li>
      ))}
    </ul>
  )
}
