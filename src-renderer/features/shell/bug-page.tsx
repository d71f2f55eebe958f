import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStatus } from '../../api/use-status'
import { CodeChip } from '../../ui/code-chip'
import { Mono } from '../../ui/mono'

/** In place of a page that threw: what happened and the next step, never a blank window. */
export function BugPage() {
  const { t } = useTranslation()
  const { logFile } = useStatus()
  return (
    <Stack gap="xs" p="xl" align="flex-start" role="alert">
      <Text component="h1" fz={19} fw={600} m={0}>
        {t('errors.boundary')}
      </Text>
      <Text>{t('errors.boundaryNext')}</Text>
      {logFile !== null && (
        <Text size="sm">
          {t('errors.logFile')}: <Mono text={logFile} />
        </Text>
      )}
      <Group mt="xs">
        <Button onClick={() => window.location.reload()}>{t('common.reload')}</Button>
        <CodeChip code="INTERNAL" tone="bad" />
      </Group>
    </Stack>
  )
}
