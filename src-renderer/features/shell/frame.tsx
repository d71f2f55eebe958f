import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/use-status'
import { useLayout } from '../../state/layout-store'
import { ExaminedBanner } from './examined-banner'
import classes from './frame.module.css'
import { Navigation } from './navigation'
import { Palette } from './palette'
import { SettingsBanner } from './settings-banner'
import { TopBar } from './top-bar'
import { WorkBar } from './work-bar'

/** Navigation on the left, the bar on top, the page, and running work below it. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const session = useSession()
  const navigation = useLayout((layout) => layout.navigation)
  return (
    <div className={classes.frame} data-navigation={navigation}>
      <a
        className={classes.skip}
        href="#page"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('page')?.focus()
        }}
      >
        {t('frame.skip')}
      </a>
      <Navigation />
      <div className={classes.column}>
        <TopBar />
        <SettingsBanner />
        <ExaminedBanner />
        <main id="page" className={classes.main} tabIndex={-1}>
          {children}
        </main>
        <WorkBar />
      </div>
      {session !== null && <Palette />}
    </div>
  )
}
