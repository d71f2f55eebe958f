import { Menu, UnstyledButton } from '@mantine/core'
import {
  IconDeviceDesktop,
  IconLock,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
  IconUserCircle,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../src-main/contract/app'
import { navigate } from '../../state/hash-location'
import { ProviderIcon } from '../../ui/provider-sign'
import { viaText } from '../../ui/via-text'
import { Time } from '../../ui/time'
import classes from './frame.module.css'
import { themeNamed, themes, useTheme } from './use-theme'
import { useLock } from './use-lock'
import { useSignOut } from './use-sign-out'

const themeIcons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const
const themeNames = { auto: 'frame.themeAuto', light: 'frame.themeLight', dark: 'frame.themeDark' } as const

/** Who is signed in and how; theme; sign out. */
export function UserMenu({ session }: { readonly session: SessionView }) {
  const { t } = useTranslation()
  const { theme, setTheme } = useTheme()
  const { signOut } = useSignOut()
  const { lock } = useLock()
  return (
    <Menu
      position="bottom-end"
      width={250}
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 120 }}
    >
      <Menu.Target>
        <UnstyledButton
          className={classes.user}
          aria-label={`${t('frame.signedInAs', { name: session.username })}. ${t('frame.userMenu')}`}
        >
          <IconUserCircle size={20} stroke={1.5} aria-hidden />
          <span className="clip">{session.username}</span>
          <ProviderIcon provider={session.authProvider} size={15} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <div>{session.fullName ?? session.username}</div>
          <div>
            {t('frame.signedInVia', { role: t(`roles.${session.role}`), via: viaText(t, session.via) })}
          </div>
          <Time at={session.signedInAt} />
        </Menu.Label>
        <Menu.Item leftSection={<IconUser size={16} aria-hidden />} onClick={() => navigate('/account')}>
          {t('pages.account')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('frame.theme')}</Menu.Label>
        <Menu.RadioGroup value={theme} onChange={(value) => setTheme(themeNamed(value))}>
          {themes.map((one) => {
            const ThemeIcon = themeIcons[one]
            return (
              <Menu.RadioItem key={one} value={one} closeMenuOnClick>
                <span className={classes.theme}>
                  <ThemeIcon size={16} aria-hidden />
                  {t(themeNames[one])}
                </span>
              </Menu.RadioItem>
            )
          })}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={lock}>
          {t('frame.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {t('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
