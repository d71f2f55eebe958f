import { useId, useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../api/api-error'
import { useAction } from '../../api/use-action'
import type { Input, Output } from '../../api/paths'
import { FormError } from '../../ui/form-error'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'
import { PersonStory } from './person-story'

type Explanation = Output<'ldap.explain'>
const keep = (explanation: Explanation) => explanation

interface ExplainPersonProps {
  readonly profile: string | null
  /** The handle of a file that takes the server's place. */
  readonly against?: string | null
}

/** One person's sign-in through the directory as a story: no password, nothing written. */
export function ExplainPerson({ profile, against = null }: ExplainPersonProps) {
  const runId = useId()
  const { run, isPending, error, data } = useAction('ldap.explain', { keep })
  return (
    <ExplainForm
      explain={(name) => run({ runId, name, against, profile })}
      answer={{ isPending, error, data }}
    />
  )
}

interface ExplainDraftProps {
  readonly draft: Input<'ldap.explainDraft'>['draft']
  /** Grows with every change of the draft. */
  readonly edit: number
}

/** The same with settings that nobody has saved; an answer to older ones is gone with the next change. */
export function ExplainDraft({ draft, edit }: ExplainDraftProps) {
  const runId = useId()
  const [asked, setAsked] = useState(-1)
  const { run, isPending, error, data } = useAction('ldap.explainDraft', { keep })
  const current = asked === edit
  return (
    <ExplainForm
      explain={(name) => {
        setAsked(edit)
        run({ runId, name, draft })
      }}
      answer={{ isPending, error: current ? error : null, data: current ? data : undefined }}
    />
  )
}

interface ExplainFormProps {
  readonly explain: (name: string) => void
  readonly answer: {
    readonly isPending: boolean
    readonly error: ApiError | null
    readonly data: Explanation | undefined
  }
}

function ExplainForm({ explain, answer: { isPending, error, data } }: ExplainFormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  return (
    <Section title={t('person.title')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') explain(name)
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
