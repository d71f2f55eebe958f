import { List, Modal, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output, Path } from '../../api/paths'
import { useAction } from '../../api/use-action'
import { DialogOutcome } from '../../ui/dialog-outcome'
import { changedAccount } from '../users/changed-account'
import { ConfirmDialog } from '../users/confirm-dialog'
import many from '../users/many.module.css'

const changed: readonly Path[] = ['sync.runs', 'sync.changes', 'sync.current', ...changedAccount]

interface UndoDialogProps {
  readonly run: string
  readonly onClose: () => void
}

/** Asks, gives back, and says what was given back and what somebody else has changed since. */
export function UndoDialog({ run, onClose }: UndoDialogProps) {
  const { t } = useTranslation()
  const undo = useAction('sync.undo', { refreshes: changed, keep: (output) => output })
  if (undo.data === undefined)
    return (
      <ConfirmDialog
        title={t('sync.undoTitle')}
        submit={t('sync.undoSubmit')}
        pending={undo.isPending}
        error={undo.error}
        onSubmit={() => undo.run({ run })}
        onClose={onClose}
      >
        <Text size="sm">{t('sync.undoText')}</Text>
        <Text size="sm">{t('sync.undoSince')}</Text>
      </ConfirmDialog>
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sync.undoTitle')}
      size={560}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <DialogOutcome onClose={onClose}>
        <Undone outcome={undo.data} />
      </DialogOutcome>
    </Modal>
  )
}

const fields = [
  'email',
  'fullName',
  'roles',
  'state',
  'provider',
  'identity',
  'password',
  'deleted',
  'use',
] as const

function Undone({ outcome: { counts, conflicts } }: { readonly outcome: Output<'sync.undo'> }) {
  const { t } = useTranslation()
  const named = (field: string) => {
    const known = fields.find((each) => each === field)
    return known === undefined ? field : t(`sync.fields.${known}`)
  }
  return (
    <>
      <List size="sm" spacing={4}>
        <List.Item>{t('sync.undoRestored', { count: counts.restored })}</List.Item>
        {counts.removed > 0 && <List.Item>{t('sync.undoRemoved', { count: counts.removed })}</List.Item>}
        {counts.conflict > 0 && <List.Item>{t('sync.undoConflicts', { count: counts.conflict })}</List.Item>}
      </List>
      {conflicts.length > 0 && (
        <div className={many.scroll}>
          <table className={many.table} aria-label={t('sync.undoConflictTable')}>
            <thead>
              <tr>
                <th scope="col">{t('sync.account')}</th>
                <th scope="col">{t('sync.undoWhat')}</th>
              </tr>
            </thead>
            <tbody>
              {conflicts.slice(0, 500).map(({ accountId, username, fields: since }) => (
                <tr key={accountId ?? username}>
                  <td>{username}</td>
                  <td>{since.map(named).join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {conflicts.length > 500 && <Text size="sm">{t('many.first', { count: 500 })}</Text>}
    </>
  )
}
