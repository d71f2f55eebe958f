import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown, IconStack2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProfileView } from '../../../src-main/contract/profiles'
import { useAllows, useStatus } from '../../api/use-status'
import { useExamined } from '../../state/examined-store'
import { navigate } from '../../state/hash-location'
import { leave } from '../../state/unsaved'
import { Chip } from '../../ui/chip'
import { useExaminedProfile, useProfiles } from '../profiles/use-profiles'
import { ProfileBadge } from './console-labels'
import classes from './frame.module.css'

/** Whose settings are looked at. The governing profile stays who it is. */
export function ProfileSwitcher() {
  const { t } = useTranslation()
  const { profile } = useStatus()
  const allows = useAllows()
  const profiles = useProfiles()
  const examined = useExaminedProfile()
  const examine = useExamined((state) => state.examine)
  if (profiles.data === undefined) return <ProfileBadge />
  const shown = examined ?? profile
  return (
    <>
      <Menu position="bottom-start" width={300} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <UnstyledButton
            className={classes.profile}
            aria-label={t('frame.profileSwitch', { name: shown.name })}
          >
            <IconStack2 size={16} stroke={1.6} aria-hidden />
            <span className="clip">{shown.name}</span>
            <IconChevronDown size={13} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('frame.profileHint')}</Menu.Label>
          {profiles.data.profiles.map((each) => (
            <Menu.Item
              key={each.name}
              leftSection={<IconCheck size={15} aria-hidden opacity={each.name === shown.name ? 1 : 0} />}
              aria-current={each.name === shown.name}
              onClick={() => leave(() => examine(each.governs ? null : each.name))}
            >
              <span className={classes.profileItem}>
                <span className="clip">{each.name}</span>
                <ProfileWord profile={each} />
              </span>
            </Menu.Item>
          ))}
          {allows('settings:read') && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => navigate('/settings')}>{t('profiles.manage')}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {shown.production && (
        <Chip tone="bad" hint={t('frame.productionHint')}>
          {t('frame.production')}
        </Chip>
      )}
    </>
  )
}

function ProfileWord({ profile }: { readonly profile: ProfileView }) {
  const { t } = useTranslation()
  const words = [
    t(`profiles.kinds.${profile.kind}`),
    ...(profile.governs ? [t('profiles.governs')] : []),
    ...(profile.production ? [t('frame.production')] : []),
  ]
  return <span className="dim">{words.join(' · ')}</span>
}
