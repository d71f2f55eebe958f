import { Anchor, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { usePageReport } from '../../ui/use-page-report'
import { useWindowTitle } from '../../ui/page'
import { CodeChip } from '../../ui/code-chip'

/** An address that no page belongs to. */
export function NotFoundPage() {
  const { t } = useTranslation()
  const [path] = useLocation()
  const title = t('errors.notFound')
  usePageReport({ kind: 'error', reason: `NOT_FOUND: ${title}` })
  useWindowTitle(t('pages.not-found'))
  return (
    <Stack gap="xs" p="xl" align="flex-start">
      <Text component="h1" fz={19} fw={600} m={0}>
        {title}
      </Text>
      <Text>{t('errors.notFoundCause', { path })}</Text>
      <Text>{t('errors.notFoundNext')}</Text>
      <Anchor component={Link} href="/">
        {t('errors.home')}
      </Anchor>
      <CodeChip code="NOT_FOUND" />
    </Stack>
  )
}
