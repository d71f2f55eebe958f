import type { MutationState } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OidcReport } from '../../../src-main/contract/oidc'
import type { ApiError } from '../../api/api-error'
import { rungsOf, type LadderProgress } from '../../api/ladder-progress'
import type { Output } from '../../api/paths'
import type { RunInfo } from '../../api/use-run'
import { CopyButton } from '../../ui/copy-button'
import { ErrorPanel } from '../../ui/error-panel'
import { Ladder } from '../../ui/ladder'
import { stageAsText } from '../../ui/stage-text'
import { SinceGoodLink } from '../history/since-good-link'
import { SaveReport } from '../reports/save-report'
import { Verdict } from '../../ui/verdict'

interface OidcResultProps {
  readonly slug: string
  readonly name: string
  readonly last: MutationState<Output<'oidc.test'>, ApiError, RunInfo> | undefined
  readonly progress: LadderProgress
}

/** The rungs as they come; afterwards one sentence and the whole ladder. */
export function OidcResult({ slug, name, last, progress }: OidcResultProps) {
  const { t } = useTranslation()
  if (last === undefined) return null
  const report = last.data?.providers.find((one) => one.slug === slug)
  if (report !== undefined) return <OidcVerdict report={report} name={name} runId={progress.runId} />
  if (last.error !== null && last.error.code !== 'CANCELLED') return <ErrorPanel error={last.error} />
  const cancelled = last.error !== null
  const rungs = cancelled ? progress.rungs.filter(({ stage }) => stage !== null) : progress.rungs
  return (
    <>
      <Verdict outcome={cancelled ? 'none' : 'running'} runId={`${progress.runId}-${last.status}`}>
        {t(cancelled ? 'oidc.cancelled' : 'oidc.running')}
      </Verdict>
      {rungs.length > 0 && <Ladder rungs={rungs} />}
    </>
  )
}

interface OidcVerdictProps {
  readonly report: OidcReport
  readonly name: string
  readonly runId: string
}

function OidcVerdict({ report, name, runId }: OidcVerdictProps) {
  const { t } = useTranslation(['ui', 'codes'])
  const failed = report.stages.find(({ status }) => status === 'failed')
  const code = failed?.code ?? null
  const reason = code === null ? (failed?.summary ?? '') : t(`codes:${code}.title`)
  const sentence = report.ok ? t('oidc.ok', { name }) : t('oidc.notOk', { name, reason })
  const text = [sentence, ...report.stages.map((stage) => stageAsText(t, stage))].join('\n\n')
  return (
    <>
      <Verdict
        outcome={report.ok ? 'good' : 'bad'}
        runId={runId}
        aside={
          <>
            <SinceGoodLink subject={`oidc:${report.slug}`} ok={report.ok} kept={report.kept} />
            <CopyButton text={text} what={t('ladder.copyAll')} />
            <SaveReport run={runId} name={`${report.slug.replace(/[^\w.-]/g, '-').slice(0, 60)}-report`} />
          </>
        }
      >
        {sentence}
      </Verdict>
      <Ladder rungs={rungsOf(report.stages)} />
    </>
  )
}
