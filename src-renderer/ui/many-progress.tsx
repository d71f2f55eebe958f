import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface ManyProgressProps {
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly onCancel: () => void
}

/** How far the work on many accounts is; stopping leaves the rest as it was. */
export function ManyProgress({ progress, onCancel }: ManyProgressProps) {
  const { t } = useTranslation()
  const { done, total } = progress ?? { done: 0, total: 0 }
  return (
    <Stack gap="sm" role="status">
      <Text size="sm">{t('many.running', { done, total })}</Text>
      <Progress
        value={total === 0 ? 0 : (100 * done) / total}
        aria-label={t('many.progress')}
        transitionDuration={0}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('many.stop')}
        </Button>
      </Group>
    </Stack>
  )
}
