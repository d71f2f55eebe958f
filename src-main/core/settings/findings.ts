import type { Code } from '../../contract/errors'
import type { Finding } from '../../contract/settings'
import type { settingsTexts } from '../../contract/texts/en/settings'
import type { Texts } from '../app/texts'
import type { FilterReason } from '../ldap/filter-reader'

export type FindingText = keyof typeof settingsTexts.findings

export interface Found {
  readonly code: Code
  readonly severity: Finding['severity']
  readonly setting: string | null
  readonly text: FindingText
  readonly with?: Readonly<Record<string, string | number>>
  /** The place of the fault in the value, and why it is one. */
  readonly fault?: NonNullable<Finding['fault']> & { readonly reason: FilterReason }
  /** Where no setting says the place. */
  readonly line?: number
}

/** Where a value stands in its file, and under which of its names. */
export interface Place {
  readonly written: string
  /** null: the application's default, which nobody wrote. */
  readonly line: number | null
}

/** How a rule says what it found. */
export type Report = (found: Found) => void

const order: readonly Finding['severity'][] = ['error', 'warning', 'info']

/** A password in an address is never repeated in a sentence. */
export function withoutCredentials(value: string): string {
  return value.replace(/:\/\/[^/\s]*@/g, '://…@').replace(/([?&]password=)[^&\s]*/gi, '$1…')
}

const longest = 80
function shown(value: string | number): string | number {
  if (typeof value === 'number') return value
  const safe = withoutCredentials(value)
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe
}

function faultValues(t: Texts, fault: Found['fault']): Readonly<Record<string, string | number>> {
  if (!fault) return {}
  const reason = t(`ldap.filterReason.${fault.reason}`)
  return { value: shown(fault.value), reason, position: fault.position + 1, proposal: fault.proposal ?? '' }
}

function placeOf(fault: Found['fault']): Finding['fault'] {
  return fault ? { value: fault.value, position: fault.position, proposal: fault.proposal } : null
}

export function toFinding(t: Texts, found: Found, places: Readonly<Record<string, Place>> = {}): Finding {
  const place = found.setting !== null && Object.hasOwn(places, found.setting) ? places[found.setting] : null
  const values = Object.fromEntries(
    Object.entries(found.with ?? {}).map(([key, value]) => [key, shown(value)]),
  )
  Object.assign(values, faultValues(t, found.fault))
  return {
    code: found.code,
    severity: found.severity,
    setting: found.setting,
    message: t(`settings.findings.${found.text}.message`, { name: found.setting ?? '', ...values }),
    next: t(`settings.findings.${found.text}.next`, { name: found.setting ?? '', ...values }),
    written: place && place.written !== found.setting ? place.written : null,
    line: place?.line ?? found.line ?? null,
    fault: placeOf(found.fault),
  }
}

/** Worst first; otherwise in the order in which they were found. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
}
