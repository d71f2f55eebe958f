import { useState } from 'react'
import { Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SettingField } from '../../../src-main/contract/settings'
import { FormError } from '../../ui/form-error'
import { Section } from '../../ui/section'
import classes from './drafts.module.css'
import { SaveButton, useSave } from './save-button'
import { SettingInput } from './setting-input'
import { numbersIn, parseName } from './provider-numbers'
import { valuesOf, type Draft } from './use-draft'

interface AllFormProps {
  readonly draft: Draft
  readonly fields: readonly SettingField[]
}

/** Every setting there is, as the schema knows it. */
export function AllForm({ draft, fields }: AllFormProps) {
  const { t } = useTranslation()
  const [filter, setFilter] = useState('')
  const save = useSave(draft)
  const wanted = filter.trim().toLowerCase()
  // The core names the fields of one provider more than there are; adding one is done step by step.
  const numbers = numbersIn(valuesOf(draft))
  const there = fields.filter(({ name }) => {
    const parsed = parseName(name)
    return parsed === null || numbers.includes(parsed.n)
  })
  const shown = there.filter(({ name, description }) =>
    [name, description].some((text) => text.toLowerCase().includes(wanted)),
  )
  const groups = [...new Set(shown.map(({ group }) => group))]
  const errors = draft.view.findings.filter(({ severity }) => severity === 'error')
  return (
    <form
      className={classes.all}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.run()
      }}
    >
      <div className={classes.bar}>
        <TextInput
          aria-label={t('settings.filter')}
          placeholder={t('settings.filter')}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          w={240}
        />
        <div className={classes.buttons}>
          <Text size="sm" c="dimmed" role="status">
            {t('draft.changes', {
              count: draft.view.changed.length + Object.keys(draft.edited.secrets).length,
            })}
            {errors.length > 0 && `, ${t('settings.errors', { count: errors.length })}`}
          </Text>
          <SaveButton save={save} draft={draft} />
        </div>
      </div>
      <FormError error={draft.error ?? save.error} />
      {groups.map((group) => {
        const own = shown.filter((field) => field.group === group)
        return (
          <Section key={group} title={own[0]?.groupTitle ?? group}>
            <div className={classes.fields}>
              {own.map((field) => (
                <SettingInput key={field.name} draft={draft} field={field} faults="always" />
              ))}
            </div>
          </Section>
        )
      })}
      {shown.length === 0 && <p className="dim">{t('settings.noMatch')}</p>}
    </form>
  )
}
