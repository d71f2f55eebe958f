import { useEffect, useRef, useState } from 'react'
import { Button, NativeSelect, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SettingField } from '../../../src-main/contract/settings'
import { CodeChip } from '../../ui/code-chip'
import { FormError } from '../../ui/form-error'
import { Mono } from '../../ui/mono'
import { Section } from '../../ui/section'
import { DraftTest, useDraftTest } from './draft-test'
import classes from './drafts.module.css'
import { fieldsOf, guideOf, type GuideId, type Step } from './guides'
import { fillIn, OfferedPreset } from './offered-preset'
import { providerIds, type Preset } from './presets'
import { ProviderChoice } from './provider-choice'
import { numbersIn, withProvider } from './provider-numbers'
import { SaveButton, useSave } from './save-button'
import { SettingInput } from './setting-input'
import { valuesOf, type Draft } from './use-draft'

interface GuideFormProps {
  readonly id: GuideId
  readonly draft: Draft
  readonly fields: readonly SettingField[]
}

/** Step by step to a directory or a provider that works; the test stands beside every step. */
export function GuideForm({ id, draft, fields }: GuideFormProps) {
  const { t } = useTranslation()
  const guide = guideOf(id)
  const [at, setAt] = useState(0)
  const [tried, setTried] = useState(false)
  // Enter may come before the core has judged what was typed last.
  const [asked, setAsked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const numbers = numbersIn(valuesOf(draft))
  const [n, setN] = useState(id === 'oidc' ? (numbers[0] ?? null) : null)
  const [preset, setPreset] = useState<Preset | null>(null)
  const test = useDraftTest(id, draft, n)
  const save = useSave(draft)
  const step = guide.steps[at] ?? guide.steps[0]
  const last = at === guide.steps.length - 1
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input:enabled, select:enabled, button[type=submit]')?.focus()
  }, [at])
  const own = step === undefined ? [] : fieldsOf(step, withProvider(fields, n), { guide, n })
  const names = new Set(own.map(({ name }) => name))
  const errors = draft.view.findings.filter(({ severity }) => severity === 'error')
  const goTo = (index: number) => {
    setTried(false)
    setAt(index)
  }
  const blocked = errors.some(({ setting }) => setting !== null && names.has(setting))
  if (asked && draft.settled) {
    setAsked(false)
    if (blocked) setTried(true)
    else goTo(at + 1)
  }
  if (step === undefined) return null
  return (
    <div className={classes.columns}>
      <form
        ref={form}
        className={classes.side}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (last) save.run()
          else setAsked(true)
        }}
      >
        <ol className={classes.steps} aria-label={t('draft.steps')}>
          {guide.steps.map((each, index) => (
            <li key={each.id}>
              <Button
                variant={index === at ? 'light' : 'subtle'}
                h={28}
                px={8}
                fz={13}
                onClick={() => goTo(index)}
                {...(index === at && { 'aria-current': 'step' as const })}
              >
                {index + 1}. {t(`draft.step.${each.id}`)}
              </Button>
            </li>
          ))}
        </ol>
        <Section title={t(`draft.step.${step.id}`)}>
          <Text size="sm" c="dimmed" mb={10}>
            {t(`draft.stepHint.${step.id}`)}
          </Text>
          {at === 0 && id === 'oidc' && <ProviderChoice draft={draft} n={n} onChoose={setN} />}
          {at === 0 && (
            <NativeSelect
              mb={12}
              key={`preset-${n ?? ''}`}
              label={t('draft.preset')}
              data={[
                { value: '', label: t('draft.noPreset') },
                ...guide.presets.map((preset) => ({ value: preset.id, label: preset.name })),
              ]}
              onChange={(event) => {
                const chosen = guide.presets.find((preset) => preset.id === event.currentTarget.value)
                setPreset(chosen ?? null)
                if (chosen) fillIn(chosen, draft, n)
              }}
            />
          )}
          <div className={classes.fields}>
            {own.map((field) => (
              <SettingInput
                key={field.name}
                draft={draft}
                field={field}
                faults={tried ? 'always' : 'changed'}
              />
            ))}
          </div>
          {step.id === 'register' && <Registration draft={draft} n={n} preset={preset} />}
          {last && <Summary step={step} draft={draft} proof={test.proof} />}
        </Section>
        <FormError error={draft.error ?? save.error} />
        <div className={classes.bar}>
          <Button variant="default" h={36} disabled={at === 0} onClick={() => goTo(at - 1)}>
            {t('draft.back')}
          </Button>
          {last ? (
            <SaveButton save={save} draft={draft} />
          ) : (
            <Button type="submit" h={36}>
              {t('draft.next')}
            </Button>
          )}
        </div>
      </form>
      <div className={classes.side}>
        {id === 'ldap' && <OfferedPreset draft={draft} fields={fields} kind={test.kind} />}
        <DraftTest test={test} />
      </div>
    </div>
  )
}

interface RegistrationProps {
  readonly draft: Draft
  readonly n: number | null
  readonly preset: Preset | null
}

/** What the provider must be told of this console, and where to click there. */
function Registration({ draft, n, preset }: RegistrationProps) {
  const { t } = useTranslation()
  const provider = draft.view.providers.find((each) => each.n === n)
  const portal = providerIds.find((each) => each === preset?.id)
  return (
    <>
      {portal && (
        <Text size="sm" mt={12}>
          {t(`draft.portal.${portal}`)}
        </Text>
      )}
      {provider && (
        <>
          <Text size="sm" mt={12}>
            {t('draft.registerAt', { name: provider.name })}
          </Text>
          <Mono text={provider.redirectUri} copy={t('oidc.redirectUri')} />
        </>
      )}
    </>
  )
}

interface SummaryProps {
  readonly step: Step
  readonly draft: Draft
  readonly proof: ReturnType<typeof useDraftTest>['proof']
}

/** What would be saved, what keeps it from being saved, and what is known of it. */
function Summary({ draft, proof }: SummaryProps) {
  const { t } = useTranslation()
  const { changed, findings } = draft.view
  const names = [...changed, ...Object.keys(draft.edited.secrets)]
  return (
    <>
      <Text size="sm">{t(`draft.proof.${proof}`)}</Text>
      <Text size="sm" mt={8}>
        {t('draft.changes', { count: names.length })}
      </Text>
      <div className="mono">{names.join(', ')}</div>
      {findings
        .filter(({ severity }) => severity === 'error')
        .map((finding, index) => (
          <Text key={index} size="sm" mt={8}>
            <CodeChip code={finding.code} tone="bad" /> {finding.message}
          </Text>
        ))}
    </>
  )
}
