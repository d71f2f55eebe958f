import { useState, type KeyboardEvent } from 'react'
import { Button, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { inspectMost } from '../../../src-main/contract/inspection'
import { useAction } from '../../api/use-action'
import type { Output } from '../../api/paths'
import { FormError } from '../../ui/form-error'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'
import { TextResult } from '../lab/text-result'
import { InspectFindings } from './inspect-findings'

interface InspectPanelProps {
  /** What can be explained: of providers, of the directory, or all of it and earlier reports too. */
  readonly of: 'oidc' | 'ldap' | 'lab'
  readonly profile: string | null
}

/** Explains what somebody pasted. Nobody is asked, nothing is kept. */
export function InspectPanel({ of, profile }: InspectPanelProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { run, reset, isPending, error, data } = useAction(`${of}.inspect` as const, {
    keep: (inspection: Output<'oidc.inspect' | 'ldap.inspect' | 'lab.inspect'>) => inspection,
  })
  const empty = text.trim() === ''
  const explain = () => {
    if (!empty) run({ text, profile })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    // The page's own test has the same keys.
    event.stopPropagation()
    event.preventDefault()
    explain()
  }
  const clear = () => {
    setText('')
    reset()
  }
  return (
    <Section title={t('inspect.title')}>
      <p className={classes.hint}>{t(`inspect.${of}.hint`)}</p>
      <Textarea
        aria-label={t('inspect.text')}
        placeholder={t(`inspect.${of}.placeholder`)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={inspectMost}
        spellCheck={false}
        autoComplete="off"
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
      />
      <div className={classes.inspectButtons}>
        <Button onClick={explain} disabled={empty} loading={isPending}>
          {t('inspect.explain')}
        </Button>
        <Button variant="default" onClick={clear} disabled={text === '' && data === undefined}>
          {t('inspect.clear')}
        </Button>
      </div>
      {error !== null && <FormError error={error} />}
      {data !== undefined &&
        ('report' in data ? <TextResult text={data} /> : <InspectFindings inspection={data} />)}
    </Section>
  )
}
