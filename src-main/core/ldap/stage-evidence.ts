import type { Details } from '../../contract/errors'
import { ldapTexts } from '../../contract/texts/en/ldap'
import type { Texts } from '../app/texts'
import { isKnown } from './active-directory-codes'
import type { DnReason } from './dn-parser'
import type { FilterReason } from './filter-reader'

export interface Row {
  readonly label: string
  readonly value: string
}
export type Label = keyof typeof ldapTexts.label

/** One line of evidence. */
export function row(texts: Texts, label: Label, value: string): Row {
  return { label: texts(`ldap.label.${label}`), value }
}

function isLabel(key: string): key is Label {
  return Object.hasOwn(ldapTexts.label, key)
}

/** An error's details as evidence: what has a label is shown, the rest is for programs. */
export function describeFailure(texts: Texts, details: Details): Row[] {
  return Object.entries(details).flatMap(([key, value]) => {
    const label = key === 'dns' ? 'dn' : key
    if (!isLabel(label)) return []
    const values = Array.isArray(value) ? value : [value]
    if (label === 'reason') return [row(texts, label, reasonIn(texts, details))]
    return values.map((one) => row(texts, label, shown(texts, label, one)))
  })
}

/** A reason that has a sentence of its own, or the bare word. */
function reasonIn(texts: Texts, details: Details): string {
  const reason = typeof details['reason'] === 'string' ? details['reason'] : JSON.stringify(details['reason'])
  if ('filter' in details && isFilterReason(reason)) return texts(`ldap.filterReason.${reason}`)
  return 'position' in details && isDnReason(reason) ? texts(`ldap.dnReason.${reason}`) : reason
}

function isFilterReason(reason: string): reason is FilterReason {
  return Object.hasOwn(ldapTexts.filterReason, reason)
}

function isDnReason(reason: string): reason is DnReason {
  return Object.hasOwn(ldapTexts.dnReason, reason)
}

/** What the encryption stage found out, good or bad, in the order in which one reads a certificate. */
export function describeTls(texts: Texts, evidence: Details): Row[] {
  return describeFailure(texts, { ...evidence, verdict: 'trusted' })
}

function shown(texts: Texts, label: Label, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (label === 'afterMs') return texts('ldap.value.seconds', { seconds: Number(text) / 1000 })
  if (label === 'subCode') {
    return isKnown(text) ? texts(`ldap.subCode.${text}`) : texts('ldap.value.subCodeUnknown', { code: text })
  }
  if (label === 'trustSource') return texts(`ldap.value.${text}`)
  return label === 'verdict' && text === 'trusted' ? texts('ldap.value.trusted') : text
}
