import { useId } from 'react'
import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Rung, Span } from '../api/ladder-progress'
import { CodeChip } from './code-chip'
import classes from './ladder.module.css'
import { StageDetail } from './stage-detail'
import { StageStatusSign } from './stage-status'
import { stageName, stageTime } from './stage-text'

interface LadderRungProps {
  readonly rung: Rung
  readonly span: Span
  readonly open: boolean
  readonly onTurn: () => void
}

/** One stage: status, name, what was asked of whom, time on the run’s scale, code. */
export function LadderRung({ rung, span, open, onTurn }: LadderRungProps) {
  const { t } = useTranslation(['ui', 'codes'])
  const id = useId()
  const { stage } = rung
  const status = stage?.status ?? 'running'
  const name = stageName(t, rung.id)
  const shown = open && stage !== null
  return (
    <li className={classes.rung} data-status={status} data-stage={rung.id}>
      <div className={classes.line}>
        <UnstyledButton
          className={classes.fold}
          data-open={shown}
          disabled={stage === null}
          aria-expanded={shown}
          aria-controls={id}
          aria-label={t(shown ? 'ladder.fold' : 'ladder.unfold', { stage: name })}
          onClick={onTurn}
        >
          <IconChevronRight size={14} aria-hidden />
        </UnstyledButton>
        <StageStatusSign status={status} />
        <span className={classes.name}>{name}</span>
        <span className={classes.summary} title={stage?.summary ?? rung.target ?? ''}>
          {stage?.summary ?? rung.target ?? t('ladder.runs')}
        </span>
        {stage !== null && stage.code !== null && (
          <CodeChip code={stage.code} tone={stage.status === 'failed' ? 'bad' : 'warn'} />
        )}
        <span className={classes.time}>
          {stage !== null && stage.status !== 'skipped' && (
            <>
              <span className="number">{stageTime(t, stage.ms)}</span>
              <span className={classes.scale} aria-hidden>
                <span
                  className={classes.bar}
                  style={{
                    marginLeft: `${Math.min(96, span.from * 100)}%`,
                    width: `${Math.max(4, span.length * 100)}%`,
                  }}
                />
              </span>
            </>
          )}
        </span>
      </div>
      <div id={id}>{shown && <StageDetail stage={stage} />}</div>
    </li>
  )
}
