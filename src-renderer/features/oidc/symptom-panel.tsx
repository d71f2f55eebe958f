import { useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { oidcSymptoms, type OidcSymptom } from '../../../src-main/contract/oidc-symptoms'
import type { Output } from '../../api/paths'
import { useAction } from '../../api/use-action'
import { useApi } from '../../api/use-api'
import { FormError } from '../../ui/form-error'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'
import { InspectFindings } from '../inspect/inspect-findings'

interface SymptomPanelProps {
  /** The provider that is looked at; null where none is described. */
  readonly slug: string | null
  readonly profile: string | null
}

const isSymptom = (value: string | null): value is OidcSymptom => oidcSymptoms.some((each) => each === value)

/** What is seen to be wrong is picked or searched; the checks that decide it are run. */
export function SymptomPanel({ slug, profile }: SymptomPanelProps) {
  const { t } = useTranslation()
  const symptoms = useApi('oidc.symptoms', {}).data?.symptoms ?? []
  const [symptom, setSymptom] = useState<OidcSymptom | null>(null)
  const [person, setPerson] = useState('')
  const { run, reset, isPending, error, data } = useAction('oidc.symptom', {
    keep: ({ title, findings }: Output<'oidc.symptom'>) => ({ title, findings }),
  })
  const asksPerson = symptoms.find(({ id }) => id === symptom)?.asks.includes('person') === true
  const words = new Map(
    symptoms.map((each) => [each.id as string, `${each.title} ${each.words}`.toLowerCase()]),
  )
  const look = () => {
    if (symptom === null) return
    const named = asksPerson && person.trim() !== '' ? person.trim() : null
    run({ runId: crypto.randomUUID(), symptom, provider: slug, person: named, profile })
  }
  return (
    <Section title={t('oidc.symptom.title')}>
      <div className={classes.form}>
        <Select
          className={classes.field}
          label={t('oidc.symptom.pick')}
          placeholder={t('oidc.symptom.search')}
          searchable
          nothingFoundMessage={t('oidc.symptom.nothing')}
          data={symptoms.map(({ id, title }) => ({ value: id, label: title }))}
          filter={({ options, search }) => {
            const wanted = search.trim().toLowerCase().split(/\s+/)
            const fits = (id: string) => wanted.every((word) => words.get(id)?.includes(word) === true)
            return options.filter((option) => 'value' in option && fits(option.value))
          }}
          value={symptom}
          onChange={(value) => {
            setSymptom(isSymptom(value) ? value : null)
            reset()
          }}
        />
        {asksPerson && (
          <TextInput
            label={t('oidc.symptom.person')}
            value={person}
            maxLength={200}
            onChange={(event) => setPerson(event.currentTarget.value)}
          />
        )}
        <Button onClick={look} disabled={symptom === null} loading={isPending}>
          {t('oidc.symptom.look')}
        </Button>
      </div>
      {error !== null && <FormError error={error} />}
      {data !== undefined && <InspectFindings inspection={data} />}
    </Section>
  )
}
