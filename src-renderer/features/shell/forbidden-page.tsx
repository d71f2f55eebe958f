import { Anchor, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { ErrorPanel } from '../../ui/error-panel'
import { useWindowTitle } from '../../ui/page'
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
    <Stack gap="md" p="xl" align="flex-start">
      <ErrorPanel error={refusal} heading="h1" />
      <Anchor component={Link} href="/">
        {t('errors.home')}
      </Anchor>
    </Stack>
  )
}
