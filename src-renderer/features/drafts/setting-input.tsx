import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingField } from '../../../src-main/contract/settings'
import classes from './drafts.module.css'
import { FaultInValue } from './fault-in-value'
import { valueOf, type Draft } from './use-draft'

interface SettingInputProps {
  readonly draft: Draft
  readonly field: SettingField
  /** `always`: what is missing is said too; `changed`: only what is wrong with what was typed. */
  readonly faults: 'always' | 'changed'
}

function useFault({ draft, field, faults }: SettingInputProps): ReactNode {
  const { findings, changed } = draft.view
  const said = faults === 'always' || changed.includes(field.name) || draft.view.retype.includes(field.name)
  const found = findings.find(({ setting, severity }) => setting === field.name && severity === 'error')
  if (!said || !found) return null
  return found.fault ? (
    <FaultInValue finding={found} onUse={(value) => draft.change({ [field.name]: value })} />
  ) : (
    `${found.message} ${found.next}`
  )
}

/** One setting of the draft, by its own name. */
export function SettingInput(props: SettingInputProps) {
  const { t } = useTranslation()
  const { draft, field } = props
  const { name, secret } = field
  const fault = useFault(props)
  const locked = draft.view.locked.includes(name)
  const common = {
    label: <span className="mono">{name}</span>,
    description: locked ? t('draft.locked') : field.description,
    disabled: locked,
    error: fault,
    'data-setting': name,
  }
  if (secret) return <SecretInput draft={draft} field={field} common={common} />
  const byDefault = !field.default ? t('draft.notSet') : t('draft.byDefault', { value: field.default })
  if (field.choices.length > 0) {
    const data = [{ value: '', label: byDefault }, ...field.choices.map((value) => ({ value, label: value }))]
    const value = valueOf(draft, field)
    const known = value === '' || field.choices.includes(value)
    return (
      <NativeSelect
        {...common}
        data={known ? data : [...data, { value, label: value }]}
        value={value}
        onChange={(event) => draft.change({ [name]: event.currentTarget.value || null })}
      />
    )
  }
  return (
    <TextInput
      {...common}
      placeholder={field.mayBeEmpty ? '' : byDefault}
      value={valueOf(draft, field)}
      onChange={(event) => draft.change({ [name]: event.currentTarget.value })}
      spellCheck={false}
      autoComplete="off"
    />
  )
}

interface SecretInputProps {
  readonly draft: Draft
  readonly field: SettingField
  readonly common: object
}

/** A secret never comes back from the core: it is kept, typed anew, or removed. */
function SecretInput({ draft, field: { name }, common }: SecretInputProps) {
  const { t } = useTranslation()
  const isSet = draft.saved.settings.some((setting) => setting.name === name && setting.set)
  const typed = draft.edited.secrets[name]
  const state =
    typed === null ? 'removed' : draft.view.retype.includes(name) ? 'again' : isSet ? 'kept' : 'none'
  return (
    <div className={classes.secret}>
      <PasswordInput
        {...common}
        className={classes.grow ?? ''}
        placeholder={t(`draft.secret.${state}`)}
        value={typed ?? ''}
        onChange={(event) => draft.changeSecret(name, event.currentTarget.value || undefined)}
        autoComplete="off"
      />
      {isSet && (
        <Button
          variant="default"
          h={36}
          onClick={() => draft.changeSecret(name, typed === null ? undefined : null)}
        >
          {t(typed === null ? 'draft.keepSecret' : 'draft.removeSecret')}
        </Button>
      )}
    </div>
  )
}
