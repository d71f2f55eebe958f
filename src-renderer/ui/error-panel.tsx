import type { ReactNode } from 'react'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertOctagon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Code } from '../../src-main/contract/errors'
import { CodeChip } from './code-chip'
import classes from './error-panel.module.css'

interface ErrorPanelProps {
  readonly error: { readonly code: Code; readonly message: string }
  readonly onRetry?: () => void
  /** Where no page title stands above it, the title is the page's heading. */
  readonly heading?: 'h1'
  readonly children?: ReactNode
}

/** What happened, why, what to do, in that order. */
export function ErrorPanel({ error, onRetry, heading, children }: ErrorPanelProps) {
  const { t } = useTranslation(['ui', 'codes'])
  const title = t(`codes:${error.code}.title`)
  return (
    <div className={classes.panel} role="alert">
      <IconAlertOctagon size={20} color="var(--desk-bad)" aria-hidden className={classes.icon} />
      <Stack gap={6} miw={0}>
        <Text component={heading ?? 'div'} fz={heading === 'h1' ? 16 : 14} fw={600} m={0}>
          {title}
        </Text>
        {error.message !== '' && error.message !== title && <Text size="sm">{error.message}</Text>}
        <Text size="sm">{t(`codes:${error.code}.cause`)}</Text>
        <Text size="sm">{t(`codes:${error.code}.next`)}</Text>
        {children}
        <Group gap="sm" mt={4}>
          {onRetry !== undefined && (
            <Button variant="default" onClick={onRetry}>
              {t('common.tryAgain')}
            </Button>
          )}
          <CodeChip code={error.code} tone="bad" />
        </Group>
      </Stack>
    </div>
  )
}
