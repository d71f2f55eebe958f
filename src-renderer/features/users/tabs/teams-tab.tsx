import { IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../../src-main/contract/users'
import { Empty } from '../../../ui/empty'
import classes from '../drawer.module.css'

/** The teams of this account and who made them. */
export function TeamsTab({ user }: { readonly user: UserDetail }) {
  const { t } = useTranslation()
  if (user.teams.length === 0) return <Empty icon={IconUsersGroup} title={t('drawer.noTeams')} />
  return (
    <ul className={classes.items}>
      {user.teams.map(({ id, name, provider }) => (
        <li key={id} className={`${classes.item} ${classes.line}`}>
          <span>{name}</span>
          <span className="dim">
            {provider === null ? t('drawer.teamLocal') : t('drawer.teamFrom', { provider })}
          </span>
        </li>
      ))}
    </ul>
  )
}
