import type { Report, ReportSubject } from '../../../contract/reports'
import type { Actor, Clock } from '../../app/ports'
import type { Texts } from '../../app/texts'
import type { KeptReports } from './kept-reports'
import { oidcSubjects, type OidcReported } from './oidc-report'
import { ldapSubject, type LdapReported } from './ldap-report'

export interface ReporterDeps {
  readonly kept: KeptReports
  readonly clock: Clock
  readonly texts: Texts
  readonly versions: Report['versions']
}

export interface RunOf {
  readonly actor: Actor
  readonly runId: string
}

/** Makes a report of each run that ends, while its secrets are at hand, so that none has to be kept. */
export interface Reporter {
  readonly ldap: (of: RunOf, run: LdapReported) => void
  readonly oidc: (of: RunOf, run: OidcReported) => void
}

export function createReporter({ kept, clock, texts, versions }: ReporterDeps): Reporter {
  const keep = ({ actor, runId }: RunOf, report: Pick<Report, 'kind' | 'profile' | 'subjects'>) =>
    kept.keep(actor, runId, {
      report: 1,
      ok: report.subjects.every(isWell),
      made: clock.now().toISOString(),
      versions,
      ...report,
    })
  return {
    ldap: (of, run) => {
      const { name } = run.settings.profile
      keep(of, { kind: 'ldap', profile: name, subjects: [ldapSubject(run, texts)] })
    },
    oidc: (of, run) => {
      const { name } = run.settings.profile
      keep(of, { kind: 'oidc', profile: name, subjects: oidcSubjects(run, texts) })
    },
  }
}

const isWell = ({ ok }: ReportSubject) => ok
