import { Anchor } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { UserDetail } from '../../../../src-main/contract/users'
import { useAllows } from '../../../api/use-status'
import { auditAddress } from '../../../state/audit-route'
import { AnyCode } from '../../../ui/code-chip'
import { Empty } from '../../../ui/empty'
import { Time } from '../../../ui/time'
import classes from '../drawer.module.css'

/** What was done to or by this account, the newest first. */
export function AuditTab({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  const allows = useAllows()
  if (user.events.length === 0) return <Empty icon={IconHistory} title={t('drawer.noEvents')} />
  return (
    <>
      <ul className={classes.items}>
        {user.events.map((event) => (
          <li key={event.id} className={classes.item}>
            <div className={classes.line}>
              <span className="mono">{event.action}</span>
              <span className="dim">
                <Time at={event.at} />
              </span>
            </div>
            <div className={classes.line}>
              <span>{event.actor}</span>
              <AnyCode code={event.code} />
            </div>
            {event.reason !== null && <div className="dim">{event.reason}</div>}
          </li>
        ))}
      </ul>
      {allows('audit:read') && (
        <Anchor component={Link} size="sm" href={auditAddress({ account: user.id })}>
          {t('drawer.wholeHistory')}
        </Anchor>
      )}
    </>
  )
}
