import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api'
import { Chip } from '../../ui/chip'
import { Page } from '../../ui/page'
import { MethodCard } from './method-card'
import classes from './methods.module.css'
import { ModeTable } from './mode-table'

/** One card for each way to sign in. */
export function MethodsPage() {
  const { t } = useTranslation()
  const status = useApi('methods.status', {})
  return (
    <Page
      title={t('pages.methods')}
      purpose={t('purpose.methods')}
      queries={[status]}
      action={
        <Button component={Link} href="/impact" variant="default">
          {t('methods.impact')}
        </Button>
      }
    >
      {status.data !== undefined && (
        <>
          <div className={classes.mode}>
            <Chip face="mono">AUTH_METHOD={status.data.method}</Chip>
            <span>{t(`methods.modes.${status.data.method}`)}</span>
          </div>
          <div className={classes.cards}>
            {status.data.methods.map((method) => (
              <MethodCard key={`${method.provider}-${method.slug ?? ''}`} method={method} />
            ))}
          </div>
          <ModeTable modes={status.data.modes} present={status.data.method} />
        </>
      )}
    </Page>
  )
}
