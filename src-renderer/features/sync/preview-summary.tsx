import { useState } from 'react'
import { Anchor, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SyncPreview } from '../../../src-main/contract/sync'
import { useAllows } from '../../api/use-status'
import { CodeChip } from '../../ui/code-chip'
import { ErrorPanel } from '../../ui/error-panel'
import { Mono } from '../../ui/mono'
import { Time } from '../../ui/time'
import { useNow } from '../../ui/use-now'
import { Verdict } from '../../ui/verdict'
import { ApplyDialog } from './apply-dialog'
import { countOf, partsOf, previewState, type PreviewState } from './sync-verdict'
import classes from './sync.module.css'
import type { SyncWork } from './use-sync-work'

interface PreviewSummaryProps {
  readonly preview: SyncPreview
  readonly work: SyncWork
}

const outcomes = {
  ...{ nothing: 'good', changes: 'good', valve: 'bad', old: 'none' },
  ...{ partial: 'bad', failed: 'bad', empty: 'bad' },
} as const satisfies Readonly<Record<PreviewState, 'good' | 'bad' | 'none'>>

/** One sentence, what may be done about it, and what it rests on. */
export function PreviewSummary({ preview, work }: PreviewSummaryProps) {
  const { t } = useTranslation()
  const now = useNow(30_000)
  const state = isOutdated(preview, work) ? 'old' : previewState(preview, now)
  const changed = partsOf(preview).reduce((sum, { count }) => sum + count, 0)
  const numbers = { nothing: preview.entries, valve: preview.disablements.planned }
  const count = state === 'nothing' || state === 'valve' ? numbers[state] : changed
  return (
    <>
      <Verdict
        outcome={outcomes[state]}
        runId={preview.id}
        aside={<Next state={state} preview={preview} work={work} />}
      >
        {t(`sync.sentence.${state}`, { count })}
      </Verdict>
      <Refused state={state} preview={preview} work={work} />
      <Basis preview={preview} />
    </>
  )
}

/** It was tried and refused: an account is no longer as this preview saw it. */
function isOutdated({ id }: SyncPreview, { last }: SyncWork): boolean {
  const task = last?.variables
  return task?.kind === 'apply' && task.preview === id && last?.error?.code === 'CONFLICT'
}

interface NextProps extends PreviewSummaryProps {
  readonly state: PreviewState
}

/** Apply where that is possible, another preview where this one is too old. */
function Next({ state, preview, work }: NextProps) {
  const { t } = useTranslation()
  const allows = useAllows()
  const [asked, setAsked] = useState(false)
  if (!allows('sync:run')) return null
  if (state === 'old')
    return (
      <Button variant="default" onClick={() => work.preview(null)}>
        {t('sync.previewAgain')}
      </Button>
    )
  if (state !== 'changes' && state !== 'valve') return null
  const what = partsOf(preview).map(({ action, count }) => t(`sync.do.${action}`, { count }))
  return (
    <>
      {state === 'valve' && <CodeChip code="SYNC_TOO_MANY_REMOVALS" tone="bad" />}
      <Button onClick={() => setAsked(true)}>{t('sync.apply', { what: what.join(', ') })}</Button>
      {asked && <ApplyDialog preview={preview} work={work} onClose={() => setAsked(false)} />}
    </>
  )
}

/** Why nothing can be applied: cause and next step of what cut the read short. */
function Refused({ state, preview, work }: NextProps) {
  const { t } = useTranslation()
  const allows = useAllows()
  const { code, refusal } = preview
  if (state !== 'partial' && state !== 'failed' && state !== 'empty') return null
  return (
    <ErrorPanel
      error={{ code: code ?? refusal ?? 'SYNC_PARTIAL', message: '' }}
      {...(allows('sync:run') && { onRetry: () => work.preview(null) })}
    >
      {state === 'partial' && <span>{t('sync.partialHint')}</span>}
      {allows('diagnostics:run') && (
        <Anchor component={Link} href="/ldap" size="sm">
          {t('sync.openTest')}
        </Anchor>
      )}
    </ErrorPanel>
  )
}

/** Where it was read, when, and the safety valve. */
function Basis({ preview }: { readonly preview: SyncPreview }) {
  const { t } = useTranslation()
  const { directory, against, entries, readAt, rolesCode, facets, disablements } = preview
  const { planned, limit, enabledLinked: linked } = disablements
  const links = countOf(facets, 'link')
  return (
    <div className={classes.basis}>
      <p>
        <span className="dim">{t('sync.source')}</span>
        {against !== null && <span>{t('sync.file', { file: against })}</span>}
        {directory !== '' && <Mono text={directory} />}
        <span className="dim number">{t('sync.read', { count: entries })}</span>
        <Time at={readAt} />
        {rolesCode !== null && (
          <span>
            {t('sync.roles')} <CodeChip code={rolesCode} tone="warn" />
          </span>
        )}
      </p>
      {preview.completeness === 'complete' && (
        <details>
          <summary>
            <span className="dim">{t('sync.valve')}</span> {t('sync.valveLine', { planned, linked, limit })}
          </summary>
          <p className={classes.hint}>{t('sync.valveText')}</p>
        </details>
      )}
      {links > 0 && <p>{t('sync.linksLine', { count: links })}</p>}
    </div>
  )
}
