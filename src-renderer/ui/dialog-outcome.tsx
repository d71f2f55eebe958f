import type { ReactNode } from 'react'
import { Button, Group, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface DialogOutcomeProps {
  readonly children: ReactNode
  readonly onClose: () => void
}

/** The end of a dialog: what was done, read out, and the button that closes it. */
export function DialogOutcome({ children, onClose }: DialogOutcomeProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status">
      {children}
      <Group justify="flex-end">
        <Button onClick={onClose} autoFocus>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  )
}
