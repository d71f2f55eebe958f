import { Button, NativeSelect } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './drafts.module.css'
import { addProvider, numbersIn, removeProvider } from './provider-numbers'
import { valuesOf, type Draft } from './use-draft'

interface ProviderChoiceProps {
  readonly draft: Draft
  /** null: the provider without a number. */
  readonly n: number | null
  readonly onChoose: (n: number | null) => void
}

/** Which of several providers is set up; one more, or one less. */
export function ProviderChoice({ draft, n, onChoose }: ProviderChoiceProps) {
  const { t } = useTranslation()
  const values = valuesOf(draft)
  const used = numbersIn(values)
  const numbers = n === null || used.includes(n) ? used : [...used, n]
  const nameOf = (number: number) => values[`OIDC_PROVIDER_${number}_NAME`] ?? t('draft.provider.unnamed')
  const add = () => {
    const { n: next, changes } = addProvider(values)
    draft.change(changes)
    const moves = Object.keys(changes).length > 0
    const isSet = draft.saved.settings.some(({ name, set }) => name === 'OIDC_CLIENT_SECRET' && set)
    if (moves && (isSet || draft.edited.secrets['OIDC_CLIENT_SECRET'])) {
      draft.changeSecret('OIDC_CLIENT_SECRET', isSet ? null : undefined)
      notifications.show({ message: t('draft.provider.secretAgain') })
    }
    onChoose(next)
  }
  const remove = () => {
    if (n === null) return
    const removed = removeProvider(values, n)
    draft.change(removed)
    const last = `OIDC_PROVIDER_${Math.max(...used)}_CLIENT_SECRET`
    const isSet = draft.saved.settings.some((setting) => setting.name === last && setting.set)
    draft.changeSecret(last, isSet ? null : undefined)
    onChoose(used.length > 1 ? 1 : null)
  }
  return (
    <div className={classes.secret}>
      <NativeSelect
        className={classes.grow ?? ''}
        mb={12}
        label={t('draft.provider.label')}
        value={n === null ? '' : String(n)}
        data={
          numbers.length === 0
            ? [{ value: '', label: values['OIDC_PROVIDER_NAME'] ?? t('draft.provider.only') }]
            : numbers.map((number) => ({ value: String(number), label: `${number}. ${nameOf(number)}` }))
        }
        onChange={(event) => onChoose(Number(event.currentTarget.value) || null)}
      />
      <Button variant="default" h={36} mb={12} leftSection={<IconPlus size={15} aria-hidden />} onClick={add}>
        {t('draft.provider.add')}
      </Button>
      {n !== null && used.includes(n) && (
        <Button
          variant="default"
          h={36}
          mb={12}
          leftSection={<IconTrash size={15} aria-hidden />}
          onClick={remove}
        >
          {t('draft.provider.remove')}
        </Button>
      )}
    </div>
  )
}
