import { AppError } from '../../../contract/errors'
import type { LdapInspection } from '../../../contract/ldap'
import { formatDn, isWithin, parseDn, type Dn } from '../dn'
import { formatFilter, type Filter } from '../filter'
import { parseFilter } from '../filter-parser'
import { inspectCertificate } from './inspect-certificate'
import { inspectError } from './inspect-error'
import { coded, passed, type Bench, type Looked } from './inspection'

/**
 * Says what a pasted text is and what is wrong with it: an error of a directory or a tool, a DN, a search filter, a
 * certificate. Looks only; nothing is asked of anybody, and the text is not kept.
 */
export function inspectLdap(bench: Bench, pasted: string): LdapInspection {
  const text = pasted.trim()
  const { kind, findings } =
    inspectCertificate(bench, text) ??
    asFilter(bench, text) ??
    asDn(bench, text) ??
    inspectError(bench, text) ??
    unknown(bench)
  const ok = kind !== 'unknown' && findings.every(({ status }) => status !== 'failed')
  return { ok, kind, title: bench.t(`ldapInspect.kind.${kind}`), findings: [...findings] }
}

/** An attribute, an operator and a value: what a filter and a name both begin with. */
const assertion = /^[a-z][\w.;-]*\s*(?:[~><]?=|:[\w.:-]*=)/i

function asFilter(bench: Bench, text: string): Looked | null {
  const begins =
    /^[(&|!]/.test(text) || (assertion.test(text) && /[()*]|[~><]=/.test(text) && !text.includes(','))
  return begins && !text.includes('\n') ? filter(bench, text) : null
}

function filter(bench: Bench, text: string): Looked {
  const { t } = bench
  try {
    const parsed = parseFilter(text)
    const detail = [
      { label: t('ldapInspect.label.written'), value: formatFilter(parsed) },
      ...tree(parsed).map((line) => ({ label: '', value: line })),
    ]
    return { kind: 'filter', findings: [passed(t('ldapInspect.filter.sound'), detail)] }
  } catch (error) {
    return { kind: 'filter', findings: [syntaxFault(bench, error, text)] }
  }
}

/** One line for each part, indented by its depth. */
function tree(part: Filter, depth = 0): string[] {
  const indent = '  '.repeat(depth)
  if (part.kind === 'and' || part.kind === 'or')
    return [`${indent}${part.kind}`, ...part.filters.flatMap((each) => tree(each, depth + 1))]
  if (part.kind === 'not') return [`${indent}not`, ...tree(part.filter, depth + 1)]
  return [`${indent}${formatFilter(part)}`]
}

function asDn(bench: Bench, text: string): Looked | null {
  if (!/^[a-z][\w.-]*\s*=/i.test(text) || text.includes('\n')) return null
  const { t, ldap } = bench
  try {
    const dn = parseDn(text)
    const findings = [
      passed(t('ldapInspect.dn.sound', { count: dn.length }), partsOf(dn, t('ldapInspect.label.written'))),
    ]
    if (ldap.baseDn === '') return { kind: 'dn', findings }
    const place = isWithin(text, ldap.baseDn) ? 'ldapInspect.dn.inside' : 'ldapInspect.dn.outside'
    return { kind: 'dn', findings: [...findings, passed(t(place, { base: ldap.baseDn }))] }
  } catch (error) {
    return { kind: 'dn', findings: [syntaxFault(bench, error, text)] }
  }
}

function partsOf(dn: Dn, written: string) {
  const parts = dn.map((rdn) => rdn.map(({ type, value }) => `${type} = ${value}`).join(' + '))
  return [{ label: written, value: formatDn(dn) }, ...parts.map((value) => ({ label: '', value }))]
}

/** The text with a mark below the place where it stops making sense. */
function syntaxFault(bench: Bench, error: unknown, text: string) {
  if (!(error instanceof AppError)) throw error
  const { t } = bench
  const { position, reason, proposal } = error.details
  const at = typeof position === 'number' ? position : 0
  const message = t('ldapInspect.fault', {
    position: at + 1,
    reason: typeof reason === 'string' ? reason : '',
  })
  const detail = [
    { label: '', value: text },
    { label: '', value: `${'\u00a0'.repeat(at)}^` },
    ...(typeof proposal === 'string' ? [{ label: t('ldapInspect.label.proposal'), value: proposal }] : []),
  ]
  return coded(bench, error.code, { message, detail })
}

function unknown(bench: Bench): Looked {
  const finding = passed(bench.t('ldapInspect.unknown'))
  return {
    kind: 'unknown',
    findings: [{ ...finding, status: 'warning', next: bench.t('ldapInspect.unknownNext') }],
  }
}
