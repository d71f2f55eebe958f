import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SyncProgressView } from '../../../src-main/contract/sync'
import { clockTime } from '../../ui/relative-time'
import { useNow } from '../../ui/use-now'
import { Verdict } from '../../ui/verdict'
import { shortTime } from './sync-verdict'
import classes from './sync.module.css'
import type { SyncWork } from './use-sync-work'

/** How far it is, how fast, how long it still takes; cancelled at any point. */
export function SyncRunning({ work }: { readonly work: SyncWork }) {
  const { t } = useTranslation()
  const { last, progress, cancel } = work
  const now = useNow(500)
  const kind = last?.variables?.kind ?? 'preview'
  const share = shareOf(progress)
  return (
    <div className={classes.running}>
      <Verdict
        outcome="running"
        runId={last?.variables?.runId ?? ''}
        aside={
          <Button variant="default" onClick={cancel}>
            {t('sync.cancelRun')}
          </Button>
        }
      >
        {t(`sync.running.${kind}`)}
      </Verdict>
      <p className={classes.progressLine}>
        <PhaseText progress={progress} kind={kind} />
        {progress !== null && progress.phase !== 'applying' && (
          <span className="number dim">{t('sync.rate', { count: progress.perSecond })}</span>
        )}
        {progress !== null && progress.secondsLeft !== null && (
          <span className="number dim">{t('sync.left', { time: shortTime(progress.secondsLeft) })}</span>
        )}
        <span className="number dim">
          {t('sync.elapsed', { time: clockTime(now - (last?.submittedAt ?? now)) })}
        </span>
      </p>
      {share !== null && <Progress value={share} aria-label={t('sync.progress')} transitionDuration={0} />}
      <p className={classes.hint}>{t(`sync.cancelHint.${kind}`)}</p>
    </div>
  )
}

/** In per cent; null where it is not known how much there is. */
function shareOf(progress: SyncProgressView | null): number | null {
  if (progress === null || progress.expected === null || progress.expected === 0) return null
  return Math.min(100, (100 * progress.done) / progress.expected)
}

interface PhaseTextProps {
  readonly progress: SyncProgressView | null
  readonly kind: 'preview' | 'apply'
}

function PhaseText({ progress, kind }: PhaseTextProps) {
  const { t, i18n } = useTranslation()
  if (progress === null) return t(kind === 'preview' ? 'sync.phase.start' : 'sync.phase.startApply')
  const number = (value: number) => value.toLocaleString(i18n.language)
  const { phase, done, expected } = progress
  if (expected === null) return t('sync.phase.reading', { count: done })
  const of = { done: number(done), expected: number(expected) }
  if (phase !== 'reading') return t(`sync.phase.${phase}`, of)
  return done > expected ? t('sync.phase.reading', { count: done }) : t('sync.phase.readingOf', of)
}
