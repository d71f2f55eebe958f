import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-action'
import { useExamined } from '../../state/examined-store'
import { ConfirmDialog } from '../users/confirm-dialog'
import { changedProfile } from './use-profiles'

/** Removes a profile and its secrets. */
export function RemoveDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { name: examined, examine } = useExamined()
  const remove = useAction('profiles.remove', {
    refreshes: changedProfile,
    keep: () => null,
    onDone: () => {
      notifications.show({ message: t('profiles.done.remove', { name }) })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('profiles.titles.remove', { name })}
      submit={t('profiles.removeSubmit', { name })}
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => {
        // Nothing may ask for its settings any more once it is gone.
        if (examined === name) examine(null)
        remove.run({ name })
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('profiles.removeText')}</Text>
    </ConfirmDialog>
  )
}
