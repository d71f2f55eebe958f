import { Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconAppWindow,
  IconArrowsExchange,
  IconBinaryTree,
  IconDevices,
  IconGauge,
  IconGitCompare,
  IconHelpCircle,
  IconHistory,
  IconInbox,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconLogin2,
  IconRefresh,
  IconSettings,
  IconUserQuestion,
  IconUsers,
  IconWorld,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useAllows } from '../../api/use-status'
import { useLayout } from '../../state/layout-store'
import { navigationPages, type NavigationId } from '../../state/page-route'
import { useOpenRequests } from '../requests/use-open-requests'
import { BrandMark } from './brand-mark'
import classes from './frame.module.css'

const icons: Readonly<Record<NavigationId | 'help', Icon>> = {
  overview: IconGauge,
  users: IconUsers,
  application: IconAppWindow,
  requests: IconInbox,
  sessions: IconDevices,
  methods: IconLogin2,
  explain: IconUserQuestion,
  impact: IconArrowsExchange,
  ldap: IconBinaryTree,
  sync: IconRefresh,
  oidc: IconWorld,
  history: IconGitCompare,
  audit: IconHistory,
  settings: IconSettings,
  help: IconHelpCircle,
}

/** The pages that this person may see, as words or, collapsed, as icons. */
export function Navigation() {
  const { t } = useTranslation()
  const allows = useAllows()
  const { navigation, toggleNavigation } = useLayout()
  const wide = navigation === 'wide'
  const Toggle = wide ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarLeftExpand
  const toggleLabel = t(wide ? 'frame.collapse' : 'frame.expand')
  return (
    <nav className={classes.navigation} aria-label={t('frame.navigation')}>
      <div className={classes.brand}>
        <BrandMark size={20} />
        {wide && t('product')}
      </div>
      <ul className={classes.items}>
        {navigationPages
          .filter(({ permission }) => allows(permission))
          .map(({ id, path }) => (
            <NavigationItem key={id} id={id} path={path} wide={wide} />
          ))}
      </ul>
      <ul className={`${classes.items} ${classes.bottom}`}>
        <NavigationItem id="help" path="/help" wide={wide} />
        <li>
          <Tooltip label={toggleLabel} position="right" disabled={wide}>
            <UnstyledButton className={classes.item} aria-label={toggleLabel} onClick={toggleNavigation}>
              <Toggle size={18} stroke={1.6} aria-hidden />
              {wide && <span className="dim">{t('frame.collapseShort')}</span>}
            </UnstyledButton>
          </Tooltip>
        </li>
      </ul>
    </nav>
  )
}

interface NavigationItemProps {
  readonly id: NavigationId | 'help'
  readonly path: string
  readonly wide: boolean
}

function NavigationItem({ id, path, wide }: NavigationItemProps) {
  const { t } = useTranslation()
  const [location] = useLocation()
  const current = location === path || location.startsWith(`${path}/`)
  const ItemIcon = icons[id]
  const label = t(`pages.${id}`)
  return (
    <li>
      <Tooltip label={label} position="right" disabled={wide}>
        <Link
          href={path}
          className={classes.item}
          aria-label={label}
          {...(current && { 'aria-current': 'page' as const })}
        >
          <ItemIcon size={18} stroke={1.6} aria-hidden />
          {wide && label}
          {id === 'requests' && <OpenRequests />}
        </Link>
      </Tooltip>
    </li>
  )
}

/** How many requests wait for the helpdesk. */
function OpenRequests() {
  const { t } = useTranslation()
  const { data } = useOpenRequests({ enabled: true })
  if (data === undefined || data.open === 0) return null
  return (
    <span className={classes.waiting} aria-label={t('requests.waiting', { count: data.open })}>
      {data.open}
    </span>
  )
}
