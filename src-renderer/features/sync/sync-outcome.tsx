import { Anchor, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { codes, type Code } from '../../../src-main/contract/errors'
import type { ApiError } from '../../api/api-error'
import { useAllows } from '../../api/use-status'
import { ErrorPanel } from '../../ui/error-panel'
import { Verdict } from '../../ui/verdict'
import { doneParts } from './sync-verdict'
import classes from './sync.module.css'
import type { ChangeSync } from './use-sync'
import type { SyncDone, SyncWork } from './use-sync-work'

interface SyncOutcomeProps {
  readonly work: SyncWork
  readonly onChange: ChangeSync
}

/** What came of the last preview or apply of this window. */
export function SyncOutcome({ work, onChange }: SyncOutcomeProps) {
  const { t } = useTranslation()
  const { last } = work
  const { variables: task } = last ?? {}
  if (!last || !task) return null
  if (last.error !== null && last.error.code === 'CANCELLED')
    return (
      <Verdict outcome="none" runId={task.runId}>
        {t(`sync.cancelled.${task.kind}`)}
      </Verdict>
    )
  if (last.error !== null) return <Failed error={last.error} work={work} />
  if (last.data?.kind !== 'apply') return null
  return <Applied done={last.data} runId={task.runId} onChange={onChange} />
}

/** A way on for each: a new preview, the same again, or the directory's own test. */
function Failed({ error, work }: { readonly error: ApiError; readonly work: SyncWork }) {
  const { t } = useTranslation()
  const allows = useAllows()
  return (
    <ErrorPanel error={exactly(error)}>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => work.preview(null)}>
          {t('sync.previewAgain')}
        </Button>
        {error.code.startsWith('LDAP_') && allows('diagnostics:run') && (
          <Anchor component={Link} href="/ldap" size="sm">
            {t('sync.openTest')}
          </Anchor>
        )}
      </div>
    </ErrorPanel>
  )
}

/** An outage names what was really wrong in its details. */
function exactly({ code, message, details }: ApiError): { code: Code; message: string } {
  const exact = code === 'LDAP_UNAVAILABLE' ? codes.find((each) => each === details['code']) : undefined
  return exact === undefined ? { code, message } : { code: exact, message: '' }
}

interface AppliedProps {
  readonly done: Extract<SyncDone, { kind: 'apply' }>
  readonly runId: string
  readonly onChange: ChangeSync
}

function Applied({ done, runId, onChange }: AppliedProps) {
  const { t } = useTranslation()
  const { run, counts } = done
  const what = doneParts(counts).map(({ action, count }) => t(`sync.did.${action}`, { count }))
  return (
    <Verdict
      outcome="good"
      runId={runId}
      aside={
        run !== null && (
          <>
            <span className="dim">
              {t('sync.runId')} <span className="mono">{run}</span>
            </span>
            <Button variant="default" onClick={() => onChange({ view: 'runs', run, row: null })}>
              {t('sync.openRun')}
            </Button>
          </>
        )
      }
    >
      {run === null ? t('sync.appliedNothing') : t('sync.applied', { what: what.join(', ') })}
    </Verdict>
  )
}
