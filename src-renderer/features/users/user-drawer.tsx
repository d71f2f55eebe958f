import type { KeyboardEvent } from 'react'
import { ActionIcon, Skeleton, Stack, Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../src-main/contract/users'
import { useApi } from '../../api/use-api'
import { userTabs, type UserTab } from '../../state/users-route'
import { ErrorPanel } from '../../ui/error-panel'
import { ProviderSign } from '../../ui/provider-sign'
import { StateSign } from '../../ui/state-sign'
import classes from './drawer.module.css'
import { AccountTab } from './tabs/account-tab'
import { AuditTab } from './tabs/audit-tab'
import { IdentitiesTab } from './tabs/identities-tab'
import { SessionsTab } from './tabs/sessions-tab'
import { SignInTab } from './tabs/sign-in-tab'
import { TeamsTab } from './tabs/teams-tab'
import { UserActions } from './user-actions'

interface UserDrawerProps {
  readonly id: string
  readonly tab: UserTab
  /** Whether the keyboard goes on at the actions. */
  readonly focus: boolean
  readonly onTab: (tab: UserTab) => void
  readonly onClose: () => void
}

const panels = {
  account: AccountTab,
  'sign-in': SignInTab,
  identities: IdentitiesTab,
  teams: TeamsTab,
  sessions: SessionsTab,
  audit: AuditTab,
} as const

/** Everything about one account, beside the table so that the keys still move through the list. */
export function UserDrawer({ id, tab, focus, onTab, onClose }: UserDrawerProps) {
  const { t } = useTranslation()
  const user = useApi('users.get', { id })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    // A dialog opened from here is its child for React, though not in the page: its keys are its own.
    if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
    onClose()
  }
  const name = user.data?.username ?? ''
  return (
    <aside className={classes.drawer} aria-label={t('drawer.label', { name })} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <div className={classes.names}>
          <h2 className={classes.name}>{name}</h2>
          {user.data !== undefined && (
            <div className={classes.signs}>
              <span className="dim">{t(`roles.${user.data.role}`)}</span>
              <ProviderSign provider={user.data.authProvider} />
              <StateSign state={user.data.state} />
            </div>
          )}
        </div>
        <ActionIcon aria-label={t('drawer.close')} onClick={onClose}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      {user.isPending && (
        <Stack p="md" role="status" aria-label={t('common.loading')}>
          <Skeleton h={120} animate={false} />
        </Stack>
      )}
      {user.error !== null && user.data === undefined && (
        <Stack p="md">
          <ErrorPanel error={user.error} onRetry={() => void user.refetch()} />
        </Stack>
      )}
      {user.data !== undefined && (
        <DrawerTabs user={user.data} tab={tab} focus={focus} onTab={onTab} onGone={onClose} />
      )}
    </aside>
  )
}

interface DrawerTabsProps {
  readonly user: UserDetail
  readonly tab: UserTab
  readonly focus: boolean
  readonly onTab: (tab: UserTab) => void
  readonly onGone: () => void
}

function DrawerTabs({ user, tab, focus, onTab, onGone }: DrawerTabsProps) {
  const { t } = useTranslation()
  const Panel = panels[tab]
  return (
    <>
      <Tabs
        value={tab}
        onChange={(value) => onTab(userTabs.find((one) => one === value) ?? 'account')}
        className={classes.tabs ?? ''}
      >
        <Tabs.List className={classes.list ?? ''}>
          {userTabs.map((one) => (
            <Tabs.Tab key={one} value={one} className={classes.tab ?? ''}>
              {t(`drawer.tabs.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes.panel ?? ''}>
          <Panel user={user} />
        </Tabs.Panel>
      </Tabs>
      <UserActions user={user} focus={focus} onGone={onGone} />
    </>
  )
}
