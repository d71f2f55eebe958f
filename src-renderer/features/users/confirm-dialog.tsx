import type { ReactNode } from 'react'
import { Button, Group, Modal, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../api/api-error'
import { FormError } from '../../ui/form-error'

interface ConfirmDialogProps {
  readonly title: string
  readonly submit: string
  readonly pending: boolean
  /** Something is still missing. */
  readonly disabled?: boolean
  readonly error: ApiError | null
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks before something dangerous; the button names it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!props.pending && props.disabled !== true) props.onSubmit()
        }}
      >
        <Stack gap="md">
          {props.children}
          <FormError error={props.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={props.onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" color="red.9" loading={props.pending} disabled={props.disabled ?? false}>
              {props.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
