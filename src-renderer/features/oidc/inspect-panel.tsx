import { useState, type KeyboardEvent } from 'react'
import { Button, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { inspectMost } from '../../../src-main/contract/oidc'
import { useAction } from '../../api/use-action'
import type { Output } from '../../api/paths'
import { FormError } from '../../ui/form-error'
import { Section } from '../../ui/section'
import classes from '../diagnostics.module.css'
import { InspectFindings } from './inspect-findings'

/** Explains what somebody pasted: a document, a token, an address or an error. Nobody is asked, nothing is kept. */
export function InspectPanel({ profile }: { readonly profile: string | null }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { run, reset, isPending, error, data } = useAction('oidc.inspect', {
    keep: (inspection: Output<'oidc.inspect'>) => inspection,
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
      <p className={classes.hint}>{t('inspect.hint')}</p>
      <Textarea
        aria-label={t('inspect.text')}
        placeholder={t('inspect.placeholder')}
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
      {data !== undefined && <InspectFindings inspection={data} />}
    </Section>
  )
}
