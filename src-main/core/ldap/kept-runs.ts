import { AppError } from '../../contract/errors'
import type { Ladder } from '../../contract/ldap'
import type { RunReport } from '../../contract/report'
import type { SettingView } from '../../contract/setting-view'
import type { LdapSettings } from '../app/ports'
import type { Texts } from '../app/texts'
import { createScrub } from '../diagnostics/report/scrub'
import { toolLines } from './tool-lines'

/** What a report of a test is made of. */
export interface FinishedRun {
  readonly runId: string
  readonly at: Date
  readonly ladder: Ladder
  readonly profile: string | null
  readonly ldap: LdapSettings
  readonly views: readonly SettingView[]
  readonly user: string | null
  /** Only to take it out of the report; it is not kept. */
  readonly password: string | null
  readonly against: string | null
}

export interface KeptRuns {
  readonly keep: (run: FinishedRun) => void
  readonly report: (runId: string) => RunReport
}

/** So many tests of this process can still be reported. */
const most = 20

/** Finished tests as reports, in memory only; what is kept is without secrets already. */
export function createKeptRuns(
  t: Texts,
  origin: { readonly version: string; readonly runtime: string },
): KeptRuns {
  const kept = new Map<string, RunReport>()
  return {
    keep: (run) => {
      kept.delete(run.runId)
      kept.set(run.runId, reportOf(t, origin, run))
      const [oldest] = kept.keys()
      if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    },
    report: (runId) => {
      const found = kept.get(runId)
      if (!found) throw new AppError('NOT_FOUND', { text: 'noSuchRun' })
      return found
    },
  }
}

function reportOf(t: Texts, origin: { version: string; runtime: string }, run: FinishedRun): RunReport {
  const { ladder, ldap, profile, views, user, against } = run
  const { host, port, encryption } = ladder.target
  const fact = (label: 'server' | 'encryption' | 'directory' | 'person' | 'dn', value: string | null) =>
    value === null ? [] : [{ label: t(`report.facts.${label}`), value }]
  const scrub = createScrub([ldap.bindPassword, run.password])
  return scrub<RunReport>({
    ...{ kind: 'ldap-test', made: run.at.toISOString(), ...origin, profile },
    ...{ ok: ladder.ok, summary: ladder.summary, stages: ladder.stages },
    facts: [
      ...fact('server', host === null ? against : `${host}:${port ?? ''}`),
      ...fact('encryption', encryption),
      ...fact('directory', ladder.directory?.product ?? null),
      ...fact('person', user),
      ...fact('dn', ladder.user?.dn ?? null),
    ],
    settings: views
      .filter(({ name }) => name.startsWith('LDAP_'))
      .map((view) => ({
        ...view,
        value: view.secret ? null : view.value,
      })),
    commands:
      against === null && ladder.stages[0]?.status !== 'failed'
        ? toolLines(t, ldap, { user, dn: ladder.user?.dn ?? null })
        : [],
  })
}
