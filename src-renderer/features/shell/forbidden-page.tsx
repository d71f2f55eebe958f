import { Anchor, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { ErrorPanel } from '../../ui/error-panel'
import { useWindowTitle } from '../../ui/page'
import classes from '../../ui/page.module.css'
import { usePageReport } from '../../ui/use-page-report'
import { useReason } from '../../ui/use-reason'

const refusal = { code: 'FORBIDDEN', message: '' } as const

/** A page that the signed-in person's role does not include. */
export function ForbiddenPage() {
  const { t } = useTranslation()
  const reason = useReason(refusal) ?? refusal.code
  usePageReport({ kind: 'error', reason })
  useWindowTitle(t('pages.forbidden'))
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t('pages.forbidden')}</h1>
      <Stack gap="md" align="flex-start">
        <ErrorPanel error={refusal} />
        <Anchor component={Link} href="/">
          {t('errors.home')}
        </Anchor>
      </Stack>
    </div>
  )
}
