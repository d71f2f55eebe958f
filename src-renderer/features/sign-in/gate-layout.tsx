import type { ReactNode } from 'react'
import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useStatus } from '../../api/use-status'
import { BrandMark } from '../shell/brand-mark'
import { ConsoleLabels, ProfileBadge } from '../shell/console-labels'
import { SettingsBanner } from '../shell/settings-banner'
import classes from './gate.module.css'

interface GateLayoutProps {
  readonly children: ReactNode
  readonly width?: number
}

/** What is seen before the console proper: product, profile, one thing to do. */
export function GateLayout({ children, width = 400 }: GateLayoutProps) {
  const { t } = useTranslation()
  const { database } = useStatus()
  return (
    <div className={classes.gate}>
      <SettingsBanner />
      <main className={classes.middle}>
        <div className={classes.column} style={{ maxWidth: width }}>
          <div className={classes.brand}>
            <BrandMark size={30} />
            <span className={classes.product}>{t('product')}</span>
            <span className={classes.labels}>
              <ProfileBadge />
              <ConsoleLabels />
            </span>
          </div>
          {children}
        </div>
      </main>
      {database.error === null && (
        <footer className={classes.foot}>
          <Anchor component={Link} href="/help" size="sm">
            {t('signIn.help')}
          </Anchor>
        </footer>
      )}
    </div>
  )
}
