import type { ExplainedText } from '../../contract/lab'
import type { LdapInspection } from '../../contract/ldap'
import type { InspectFinding } from '../../contract/inspection'
import type { Inspection } from '../../contract/oidc'
import type { Settings } from '../app/ports'
import type { Texts } from '../app/texts'
import { inspectLdap } from '../ldap/inspect/inspect'
import { inspectOidc } from '../oidc/inspect/inspect'
import { readEarlierReport } from './earlier-report'

export interface LabBench {
  readonly t: Texts
  readonly now: Date
  readonly settings: Pick<Settings, 'ldap' | 'oidc'>
}

/** Forms that nothing of a provider has. */
const formsOfDirectory: readonly LdapInspection['kind'][] = ['certificate', 'key', 'filter', 'dn']

/**
 * Says what a text is by whichever room knows it, in that room's own words and codes. Looks only; nothing is asked of
 * anybody, and the text is not kept.
 */
export function explainText(bench: LabBench, text: string): ExplainedText {
  const { t, now, settings } = bench
  const report = earlier(bench, text)
  if (report) return report
  const directory = inspectLdap({ t, now, ldap: settings.ldap }, text)
  if (formsOfDirectory.includes(directory.kind)) return known('directory', directory)
  const provider = inspectOidc({ t, now, providers: settings.oidc }, text)
  // Any long word may be a token; an error that is known is the better answer.
  const vague = provider.kind === 'opaque-token' && directory.kind !== 'unknown'
  if (provider.kind !== 'unknown' && !vague) return known('provider', provider)
  return directory.kind === 'unknown' ? unknown(t) : known('directory', directory)
}

function known(of: 'directory' | 'provider', inspection: LdapInspection | Inspection): ExplainedText {
  const { ok, kind, title, findings } = inspection
  return { ok, of, kind, title, findings, report: null }
}

function earlier({ t }: LabBench, text: string): ExplainedText | null {
  const report = text.trimStart().startsWith('{') ? readEarlierReport(parsed(text)) : null
  if (!report) return null
  const title = t(`lab.report.${report.kind}`)
  return { ok: report.ok, of: 'report', kind: 'report', title, findings: [], report }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function unknown(t: Texts): ExplainedText {
  const finding: InspectFinding = {
    ...{ status: 'warning', code: null, message: t('lab.unknown'), detail: [] },
    next: t('lab.unknownNext'),
  }
  const title = t('lab.unknownTitle')
  return { ok: false, of: 'unknown', kind: 'unknown', title, findings: [finding], report: null }
}
