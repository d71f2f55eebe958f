import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-action'
import { navigate } from '../../state/hash-location'
import { letGo } from '../../state/unsaved'
import { changedProfile } from '../profiles/use-profiles'
import { inputOf, type Draft } from './use-draft'

/** Saving, and what is said of it; the draft is done with afterwards. */
export function useSave(draft: Draft) {
  const { t } = useTranslation()
  const save = useAction('settings.save', {
    refreshes: changedProfile,
    keep: ({ changed }) => changed.length,
    onDone: (count) => {
      notifications.show({ message: t('draft.saved', { count }) })
      letGo()
      navigate('/settings')
    },
  })
  const run = () => {
    if (!save.isPending && draft.dirty) save.run({ draft: inputOf(draft), revision: draft.saved.revision })
  }
  return { run, isPending: save.isPending, error: save.error }
}
type Save = ReturnType<typeof useSave>

export function SaveButton({ save, draft }: { readonly save: Save; readonly draft: Draft }) {
  const { t } = useTranslation()
  const ready = draft.dirty && draft.view.writable
  return (
    <Button type="submit" h={36} loading={save.isPending} disabled={!ready}>
      {t('draft.save', { profile: draft.view.profile })}
    </Button>
  )
}
