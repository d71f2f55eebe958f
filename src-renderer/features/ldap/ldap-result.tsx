import { Text } from '@mantine/core'
import type { MutationState } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Ladder as LadderResult } from '../../../src-main/contract/ldap'
import type { ApiError } from '../../api/api-error'
import { rungsOf, type LadderProgress } from '../../api/ladder-progress'
import type { RunInfo } from '../../api/use-run'
import { CopyButton } from '../../ui/copy-button'
import { ErrorPanel } from '../../ui/error-panel'
import { Ladder } from '../../ui/ladder'
import { Mono } from '../../ui/mono'
import { Fact, Facts } from '../../ui/facts'
import { Section } from '../../ui/section'
import { stageAsText, stageTime } from '../../ui/stage-text'
import { SinceGoodLink } from '../history/since-good-link'
import { SaveReport } from '../reports/save-report'
import { Verdict } from '../../ui/verdict'
import classes from '../diagnostics.module.css'

interface LdapResultProps {
  readonly last: MutationState<LadderResult, ApiError, RunInfo> | undefined
  readonly progress: LadderProgress
}

/** While it runs, the rungs as they come; afterwards one sentence and the whole ladder. */
export function LdapResult({ last, progress }: LdapResultProps) {
  const { t } = useTranslation()
  if (last === undefined) return <Text c="dimmed">{t('ldap.before')}</Text>
  if (last.data !== undefined) return <LdapVerdict result={last.data} runId={progress.runId} />
  if (last.error !== null && last.error.code !== 'CANCELLED') {
    return (
      <>
        <ErrorPanel error={last.error} />
        {progress.rungs.length > 0 && <Ladder rungs={progress.rungs} />}
      </>
    )
  }
  const cancelled = last.error !== null
  const rungs = cancelled ? progress.rungs.filter(({ stage }) => stage !== null) : progress.rungs
  return (
    <>
      <Verdict outcome={cancelled ? 'none' : 'running'} runId={`${progress.runId}-${last.status}`}>
        {t(cancelled ? 'ldap.cancelled' : 'ldap.running')}
      </Verdict>
      {rungs.length > 0 && <Ladder rungs={rungs} />}
    </>
  )
}

interface LdapVerdictProps {
  readonly result: LadderResult
  readonly runId: string
}

function LdapVerdict({ result, runId }: LdapVerdictProps) {
  const { t } = useTranslation(['ui', 'codes'])
  const { host, port, encryption } = result.target
  const took = result.stages.reduce((sum, { ms }) => sum + ms, 0)
  const text = [result.summary, ...result.stages.map((stage) => stageAsText(t, stage))].join('\n\n')
  return (
    <>
      <Verdict
        outcome={result.ok ? 'good' : 'bad'}
        runId={runId}
        aside={
          <>
            <SinceGoodLink subject="ldap" ok={result.ok} kept={result.kept} />
            <CopyButton text={text} what={t('ladder.copyAll')} />
            <SaveReport run={runId} name="ldap-report" />
          </>
        }
      >
        {result.summary}
      </Verdict>
      <div className={classes.meta}>
        {host !== null && (
          <span className="mono">{port === null ? host : t('ladder.target', { host, port })}</span>
        )}
        <span>{t(`ladder.encryption.${encryption}`)}</span>
        {result.directory !== undefined && (
          <span data-kind={result.directory.kind}>{t(`ldap.kind.${result.directory.kind}`)}</span>
        )}
        <span>{t('ladder.total', { count: result.stages.length, time: stageTime(t, took) })}</span>
      </div>
      <Ladder rungs={rungsOf(result.stages)} />
      {result.user !== undefined && (
        <Section title={t('ldap.person')}>
          <Facts>
            <Fact label="DN">
              <Mono text={result.user.dn} copy="DN" />
            </Fact>
            <Fact label={t('users.username')}>{result.user.username ?? t('common.none')}</Fact>
            <Fact label={t('users.fullName')}>{result.user.fullName ?? t('common.none')}</Fact>
            <Fact label={t('users.email')}>{result.user.email ?? t('common.none')}</Fact>
          </Facts>
        </Section>
      )}
    </>
  )
}
