import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { UserDetail } from '../../../src-main/contract/users'
import { useApi } from '../../api/use-api'
import { userTabs, type UserTab } from '../../state/users-route'
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
import { DrawerFrame } from './drawer-frame'

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
  const { data } = user
  return (
    <DrawerFrame
      name={data?.username ?? ''}
      query={user}
      onClose={onClose}
      signs={
        data !== undefined && (
          <>
            <span className="dim">{t(`roles.${data.role}`)}</span>
            <ProviderSign provider={data.authProvider} />
            <StateSign state={data.state} />
          </>
        )
      }
    >
      {data !== undefined && (
        <DrawerTabs user={data} tab={tab} focus={focus} onTab={onTab} onGone={onClose} />
      )}
    </DrawerFrame>
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
