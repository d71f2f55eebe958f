import { Anchor, Tooltip, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAllows, useSession, useStatus } from '../../api/use-status'
import { Chip } from '../../ui/chip'
import { ConsoleLabels } from './console-labels'
import classes from './frame.module.css'
import { ProfileSwitcher } from './profile-switcher'
import { UserMenu } from './user-menu'

/** Profile, search, sign-in mode, and who is signed in. */
export function TopBar() {
  const { t } = useTranslation()
  const session = useSession()
  const mac = useStatus().platform === 'darwin'
  return (
    <div role="region" aria-label={t('product')} className={classes.top}>
      <div className={classes.left}>
        <ProfileSwitcher />
        <ConsoleLabels />
      </div>
      {session !== null && (
        <UnstyledButton className={classes.searchField} onClick={spotlight.open}>
          <IconSearch size={15} aria-hidden />
          <span className="clip">{t('frame.search')}</span>
          <kbd>{mac ? '⌘ K' : 'Ctrl K'}</kbd>
        </UnstyledButton>
      )}
      <div className={classes.right}>
        {session === null ? (
          <Anchor component={Link} href="/">
            {t('pages.sign-in')}
          </Anchor>
        ) : (
          <>
            <MethodBadge />
            <UserMenu session={session} />
          </>
        )}
      </div>
    </div>
  )
}

function MethodBadge() {
  const { t } = useTranslation()
  const { method } = useStatus()
  const allows = useAllows()
  const text = t('frame.method', { method: method ?? t('frame.methodUnknown') })
  if (!allows('users:read')) return <Chip face="mono">{text}</Chip>
  return (
    <Tooltip label={t('frame.methodHint')}>
      <Link href="/methods" className={classes.method ?? ''}>
        <Chip face="mono" {...(method === null && { tone: 'bad' as const })}>
          {text}
        </Chip>
      </Link>
    </Tooltip>
  )
}
