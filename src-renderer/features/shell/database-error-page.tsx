import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ErrorBody } from '../../../src-main/contract/errors'
import { useStatus } from '../../api/use-status'
import { ErrorPanel } from '../../ui/error-panel'
import { Fact, Facts } from '../../ui/facts'
import { Mono } from '../../ui/mono'
import { usePageReport } from '../../ui/use-page-report'
import { useReason } from '../../ui/use-reason'
import { useWindowTitle } from '../../ui/page'
import { GateLayout } from '../sign-in/gate-layout'

/** The database cannot be used: nothing else works until that is mended. */
export function DatabaseErrorPage({ error }: { readonly error: ErrorBody }) {
  const { t } = useTranslation()
  const { database, logFile } = useStatus()
  const reason = useReason(error) ?? error.code
  usePageReport({ kind: 'error', reason })
  useWindowTitle(t('pages.error'))
  return (
    <GateLayout width={640}>
      <ErrorPanel error={error} heading="h1">
        <Facts>
          <Fact label={t('errors.path')}>
            <Mono text={database.path} />
          </Fact>
          {logFile !== null && (
            <Fact label={t('errors.logFile')}>
              <Mono text={logFile} />
            </Fact>
          )}
        </Facts>
        <Text size="sm" c="dimmed">
          {t('errors.databaseIntro')}
        </Text>
      </ErrorPanel>
    </GateLayout>
  )
}
