import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { EarlierReport, ExplainedText } from '../../../src-main/contract/lab'
import { rungsOf } from '../../api/ladder-progress'
import { Fact, Facts } from '../../ui/facts'
import { Ladder } from '../../ui/ladder'
import { Time } from '../../ui/time'
import { Verdict } from '../../ui/verdict'
import diagnostics from '../diagnostics.module.css'
import { InspectFindings } from '../inspect/inspect-findings'

interface TextResultProps {
  readonly text: ExplainedText
  readonly label?: string
}

/** A text's explanation; an earlier run as its ladder. */
export function TextResult({ text, label }: TextResultProps) {
  if (text.report === null) return <InspectFindings inspection={text} label={label} />
  return <ReportLadders title={text.title} report={text.report} label={label} />
}

interface ReportLaddersProps {
  readonly title: string
  readonly report: EarlierReport
  readonly label: string | undefined
}

function ReportLadders({ title, report, label }: ReportLaddersProps) {
  const { t } = useTranslation()
  const { made, profile, subjects } = report
  return (
    <div role="region" aria-label={label ?? t('inspect.result')} className={diagnostics.story}>
      <p className={diagnostics.inspectKind}>{title}</p>
      {(made !== null || profile !== null) && (
        <Facts>
          {made !== null && (
            <Fact label={t('lab.report.made')}>
              <Time at={made} />
            </Fact>
          )}
          {profile !== null && <Fact label={t('lab.report.profile')}>{profile}</Fact>}
        </Facts>
      )}
      {subjects.map(({ name, ok, summary, facts, stages }, at) => (
        <Fragment key={at}>
          <Verdict outcome={ok ? 'good' : 'bad'} runId={`${made ?? ''} ${at}`}>
            {name === summary ? name : `${name}: ${summary}`}
          </Verdict>
          <Facts>
            {facts.map(({ label, value }) => (
              <Fact key={label} label={label}>
                {value}
              </Fact>
            ))}
          </Facts>
          <Ladder rungs={rungsOf(stages)} />
        </Fragment>
      ))}
    </div>
  )
}
