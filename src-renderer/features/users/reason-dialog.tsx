import { useState, type ReactNode } from 'react'
import { Text } from '@mantine/core'
import { ReasonField, isReason } from '../../ui/reason-field'
import { ConfirmDialog } from './confirm-dialog'

interface ReasonDialogProps {
  readonly title: string
  readonly text: string
  readonly submit: string
  readonly action: {
    readonly isPending: boolean
    readonly error: Parameters<typeof ConfirmDialog>[0]['error']
  }
  readonly onSubmit: (reason: string) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Says what follows, takes a reason, and asks. */
export function ReasonDialog({
  title,
  text,
  submit,
  action,
  onSubmit,
  onClose,
  children,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      title={title}
      submit={submit}
      pending={action.isPending}
      disabled={!isReason(reason)}
      error={action.error}
      onSubmit={() => onSubmit(reason.trim())}
      onClose={onClose}
    >
      <Text size="sm">{text}</Text>
      {children}
      <ReasonField value={reason} onChange={setReason} offer="usual" />
    </ConfirmDialog>
  )
}
