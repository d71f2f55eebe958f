import { Anchor, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { CodeChip } from '../../ui/code-chip'
import { useWindowTitle } from '../../ui/page'
import classes from '../../ui/page.module.css'
import { usePageReport } from '../../ui/use-page-report'

/** An address that no page belongs to. */
export function NotFoundPage() {
  const { t } = useTranslation()
  const [path] = useLocation()
  const title = t('errors.notFound')
  usePageReport({ kind: 'error', reason: `NOT_FOUND: ${title}` })
  useWindowTitle(t('pages.not-found'))
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{title}</h1>
      <Stack gap="xs" align="flex-start">
        <Text>{t('errors.notFoundCause', { path })}</Text>
        <Text>{t('errors.notFoundNext')}</Text>
        <Anchor component={Link} href="/">
          {t('errors.home')}
        </Anchor>
        <CodeChip code="NOT_FOUND" />
      </Stack>
    </div>
  )
}
