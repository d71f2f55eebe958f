import { useState } from 'react'
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../api/api-error'
import { useAction } from '../../api/use-action'
import { useExamined } from '../../state/examined-store'
import { FormError } from '../../ui/form-error'
import { changedProfile } from './use-profiles'

type NameAction = 'create' | 'copy' | 'rename'

interface NameDialogProps {
  readonly action: NameAction
  readonly from: string | null
  readonly onClose: () => void
}

/** What these actions have in common: they need a name. */
function useNamed(action: NameAction, from: string | null, onClose: () => void) {
  const { t } = useTranslation()
  const { name: examined, examine } = useExamined()
  const options = {
    refreshes: changedProfile,
    keep: ({ profile }: { profile: { name: string } }) => profile.name,
    onDone: (name: string) => {
      // Whoever looked at the renamed profile goes on looking at it.
      if (action === 'rename' && examined === from) examine(name)
      notifications.show({ message: t(`profiles.done.${action}`, { name }) })
      onClose()
    },
  }
  const create = useAction('profiles.add', options)
  const copy = useAction('profiles.copy', options)
  const rename = useAction('profiles.rename', options)
  const used = { create, copy, rename }[action]
  const run = (name: string) => {
    if (from === null) create.run({ name, file: null })
    else if (action === 'rename') rename.run({ from, to: name })
    else copy.run({ from, to: name })
  }
  return { run, isPending: used.isPending, error: used.error }
}

/** Asks for the name of a new, copied or renamed profile. */
export function NameDialog({ action, from, onClose }: NameDialogProps) {
  const { t } = useTranslation()
  const { run, isPending, error } = useNamed(action, from, onClose)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`profiles.titles.${action}`, { name: from ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <NameForm
        start={action === 'rename' ? (from ?? '') : ''}
        submit={t(`profiles.verbs.${action}`)}
        {...{ error, pending: isPending, onSubmit: run, onClose }}
      />
    </Modal>
  )
}

interface NameFormProps {
  readonly start: string
  readonly submit: string
  readonly pending: boolean
  readonly error: ApiError | null
  readonly onSubmit: (name: string) => void
  readonly onClose: () => void
}

export function NameForm({ start, submit, pending, error, onSubmit, onClose }: NameFormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(start)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!pending) onSubmit(name.trim())
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('profiles.name')}
          description={t('profiles.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={64}
          required
          withAsterisk={false}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
        />
        <FormError error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
