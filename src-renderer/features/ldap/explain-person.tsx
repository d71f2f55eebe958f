import { useId, useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../api/use-action'
import type { Output } from '../../api/paths'
import { FormError } from '../../ui/form-error'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'
import { PersonStory } from './person-story'

/** One person's sign-in through the directory as a story: no password, nothing written. */
export function ExplainPerson({ profile }: { readonly profile: string | null }) {
  const { t } = useTranslation()
  const runId = useId()
  const [name, setName] = useState('')
  const { run, isPending, error, data } = useAction('ldap.explain', {
    keep: (explanation: Output<'ldap.explain'>) => explanation,
  })
  const explain = () => {
    if (name.trim() !== '') run({ runId, name, profile })
  }
  return (
    <Section title={t('person.title')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          explain()
        }}
      >
        <TextInput
          className={classes.field}
          label={t('person.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
        />
        <Button
          type="submit"
          h={36}
          variant="default"
          disabled={name.trim() === ''}
          loading={isPending}
          leftSection={<IconUserQuestion size={15} aria-hidden />}
        >
          {t('person.explain')}
        </Button>
      </form>
      <p className={classes.hint}>{t('person.hint')}</p>
      {error !== null && <FormError error={error} />}
      {data !== undefined && <PersonStory explanation={data} />}
    </Section>
  )
}
