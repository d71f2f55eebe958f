import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { sortedBy, type UsersRoute, type UserSort } from '../../state/users-route'
import type { ChangeRoute } from './use-users-route'
import classes from './users.module.css'

const columns: readonly { id: string; sort: UserSort | null; label: Label }[] = [
  { id: 'username', sort: 'username', label: 'users.username' },
  { id: 'fullName', sort: 'fullName', label: 'users.fullName' },
  { id: 'email', sort: 'email', label: 'users.email' },
  { id: 'role', sort: null, label: 'users.role' },
  { id: 'provider', sort: 'authProvider', label: 'users.authProvider' },
  { id: 'state', sort: null, label: 'users.state' },
  { id: 'lastSignIn', sort: 'lastSignIn', label: 'users.lastSignIn' },
]
type Label =
  | 'users.username'
  | 'users.fullName'
  | 'users.email'
  | 'users.role'
  | 'users.authProvider'
  | 'users.state'
  | 'users.lastSignIn'

interface UserTableHeadProps {
  readonly sort: UsersRoute['sort']
  /** Whether rows can be chosen, so that their boxes have a column. */
  readonly choosing: boolean
  readonly onChange: ChangeRoute
}

/** Column names; those that can be sorted by are buttons. */
export function UserTableHead({ sort, choosing, onChange }: UserTableHeadProps) {
  const { t } = useTranslation()
  const Arrow = sort.direction === 'asc' ? IconArrowUp : IconArrowDown
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.row} data-choosing={choosing} aria-rowindex={1}>
        {choosing && <div role="columnheader" data-column="chosen" aria-label={t('many.column')} />}
        {columns.map(({ id, sort: by, label }) => {
          const active = by === sort.by
          return (
            <div
              key={id}
              role="columnheader"
              data-column={id}
              {...(active && { 'aria-sort': sort.direction === 'asc' ? 'ascending' : 'descending' })}
            >
              {by === null ? (
                t(label)
              ) : (
                <UnstyledButton
                  className={classes.sort}
                  aria-label={t('users.sortBy', { column: t(label) })}
                  onClick={() => onChange({ sort: sortedBy(sort, by) }, 'replace')}
                >
                  {t(label)}
                  {active && <Arrow size={13} aria-hidden />}
                </UnstyledButton>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
