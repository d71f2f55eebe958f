import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../src-main/contract/users'
import { ProviderSign } from '../../ui/provider-sign'
import { StateSign } from '../../ui/state-sign'
import { Time } from '../../ui/time'
import classes from './users.module.css'

interface UserRowProps {
  readonly user: User
  readonly index: number
  readonly top: number
  readonly state: 'open' | 'cursor' | 'plain'
  /** Whether it is chosen for what is done to many; null where nothing may be. */
  readonly chosen: boolean | null
  readonly onToggle: () => void
  readonly onOpen: () => void
}

/** One account, 36 px high. */
export function UserRow({ user, index, top, state, chosen, onToggle, onOpen }: UserRowProps) {
  const { t } = useTranslation()
  return (
    <div
      id={`user-${user.id}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={state === 'open'}
      className={classes.row}
      data-state={state}
      data-choosing={chosen !== null}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onOpen}
    >
      {chosen !== null && (
        <div role="gridcell" data-column="chosen" onClick={(event) => event.stopPropagation()}>
          <Checkbox
            size="xs"
            checked={chosen}
            tabIndex={-1}
            aria-label={t('many.choose', { name: user.username })}
            onChange={onToggle}
          />
        </div>
      )}
      <div role="gridcell" data-column="username" className={classes.strong}>
        {user.username}
      </div>
      <div role="gridcell" data-column="fullName">
        {user.fullName}
      </div>
      <div role="gridcell" data-column="email" title={user.email ?? ''}>
        {user.email}
      </div>
      <div role="gridcell" data-column="role" data-role={user.role}>
        {t(`roles.${user.role}`)}
      </div>
      <div role="gridcell" data-column="provider">
        <ProviderSign provider={user.authProvider} />
      </div>
      <div role="gridcell" data-column="state">
        <StateSign state={user.state} />
      </div>
      <div role="gridcell" data-column="lastSignIn">
        <Time at={user.lastSignIn} />
      </div>
    </div>
  )
}
