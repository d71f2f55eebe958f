import type { OidcReport } from '../../../contract/oidc'
import type { ReportSubject } from '../../../contract/reports'
import type { Settings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import { viewsOf } from '../../oidc/provider-views'
import { oidcLines, type OidcPurpose } from './oidc-commands'
import { scrubFor, subjectOf } from './subject'

export interface OidcReported {
  readonly settings: Settings
  readonly reports: readonly OidcReport[]
  /** Of settings that nobody has saved: the changed ones. */
  readonly changed: readonly string[] | null
}

/** A test of providers as a report tells it, one after another. */
export function oidcSubjects(run: OidcReported, texts: Texts): ReportSubject[] {
  const scrub = scrubFor(run.settings, [])
  return run.reports.flatMap((report) => {
    const provider = run.settings.oidc.find(({ slug }) => slug === report.slug)
    if (provider === undefined) return []
    const { ok, name, stages, product } = report
    const failed = stages.find(({ status }) => status === 'failed')
    return subjectOf<OidcPurpose>(
      {
        ...{ ok, stages },
        name: `${name} (${report.slug})`,
        summary: failed?.summary ?? texts('report.result.ok'),
        facts: [
          [texts('report.facts.issuer'), provider.issuer],
          [texts('report.facts.client'), provider.clientId],
          [texts('report.facts.product'), product?.name ?? null],
          [
            texts('report.facts.draft'),
            run.changed && texts('report.unsaved', { names: run.changed.join(', ') || '–' }),
          ],
        ],
        settings: viewsOf(provider, run.settings.views),
        lines: oidcLines({ provider, report, texts, scrub }),
        notes: [],
      },
      { texts, scrub, purpose: (of) => texts(`report.purpose.${of}`) },
    )
  })
}
