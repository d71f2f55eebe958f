import { IconGitCompare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../api/paths'
import { toApiError } from '../../api/api-error'
import { useApi } from '../../api/use-api'
import type { HistoryRoute } from '../../state/history-route'
import { Empty } from '../../ui/empty'
import { ErrorPanel } from '../../ui/error-panel'
import { Section } from '../../ui/section'
import { ComparisonView } from './comparison-view'

interface ComparisonPanelProps {
  readonly route: HistoryRoute
  readonly profile: string | null
}

/** What the address asks to compare: two chosen tests, or the last good one and one that failed. */
export function ComparisonPanel({ route, profile }: ComparisonPanelProps) {
  const { t } = useTranslation()
  const { subject, before, after } = route
  if (after === null || before === null) {
    return <Empty icon={IconGitCompare} title={t('history.chooseBoth')} />
  }
  if (before !== 'good') return <TwoRuns before={before} after={after} />
  return subject === null ? null : <SinceGood subject={subject} run={after} profile={profile} />
}

function TwoRuns(pair: { readonly before: number; readonly after: number }) {
  const { t } = useTranslation()
  const found = useApi('history.compare', pair)
  if (found.error !== null) return <ErrorPanel error={toApiError(found.error)} />
  if (found.data === undefined) return null
  return (
    <Section title={t('history.comparison', pair)}>
      <ComparisonView comparison={found.data} />
    </Section>
  )
}

interface SinceGoodProps {
  readonly subject: string
  readonly run: number
  readonly profile: string | null
}

function SinceGood({ subject, run, profile }: SinceGoodProps) {
  const { t } = useTranslation()
  const found = useApi('history.sinceLastGood', { subject, run, profile })
  if (found.error !== null) return <ErrorPanel error={toApiError(found.error)} />
  if (found.data === undefined) return null
  return (
    <Section title={t('history.sinceGood')}>
      <Answer found={found.data} />
    </Section>
  )
}

function Answer({ found }: { readonly found: Output<'history.sinceLastGood'> }) {
  const { t } = useTranslation()
  if (found.comparison !== null) return <ComparisonView comparison={found.comparison} />
  return <Empty icon={IconGitCompare} title={t(`history.answers.${found.answer}`)} />
}
