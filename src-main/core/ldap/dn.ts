import { AppError } from '../../contract/errors'
import { normaliseType } from './attribute-type'
import { parseRdns } from './dn-parser'
import { foldValue } from './prepared-value'
import { hexEscape, isControl } from './printable'

/**
 * One attribute and value of a relative distinguished name; `value` is unescaped. With the form `ber` it is what no text
 * can say: the BER encoding in hexadecimal digits, which a name holds behind a `#`.
 */
export interface Ava {
  readonly type: string
  readonly value: string
  readonly form?: 'ber'
}
export type Rdn = readonly Ava[]
/** A distinguished name, the entry's own part first. The empty list is the root. */
export type Dn = readonly Rdn[]

/** Reads a distinguished name as RFC 4514 writes it; `LDAP_DN_SYNTAX` names the position of the first fault. */
export function parseDn(text: string): Dn {
  const parsed = parseRdns(text)
  if (parsed.ok) return parsed.dn
  throw new AppError('LDAP_DN_SYNTAX', {
    details: { dn: text, position: parsed.position, reason: parsed.reason },
  })
}

export function isDn(text: string): boolean {
  return parseRdns(text).ok
}

/** Writes a distinguished name so that `parseDn` gives the same parts back (RFC 4514 section 2.4). */
export function formatDn(dn: Dn): string {
  return dn.map((rdn) => rdn.map(formatAva).join('+')).join(',')
}

function formatAva({ type, value, form }: Ava): string {
  return `${type}=${form === 'ber' ? `#${value}` : escapeValue(value)}`
}

function escapeValue(value: string): string {
  const chars = Array.from(value)
  const escaped = chars.map((char, index) => {
    if (/["+,;<>\\]/.test(char)) return `\\${char}`
    if (isControl(char)) return hexEscape(char)
    const outer = index === 0 || index === chars.length - 1
    return (char === ' ' && outer) || (char === '#' && index === 0) ? `\\${char}` : char
  })
  return escaped.join('')
}

/** Short types that have one spelling and values that preparing only folds: most names, and there are many of them. */
const plainDn = /^(?:(?:uid|cn|ou|dc|o)=[a-z0-9._@-]+(?: [a-z0-9._@-]+)*(?:,|$))+(?<!,)$/i

/**
 * One text for all spellings of a name: short types in lower case, values as RFC 4518 prepares them for comparison,
 * the parts of an RDN in order. Separators inside values are hex-escaped, so that a suffix test on the text is a test
 * on the tree.
 */
export function normaliseDn(text: string): string {
  if (plainDn.test(text)) return text.toLowerCase()
  const parsed = parseRdns(text)
  return parsed.ok ? parsed.dn.map(normaliseRdn).join(',') : text.trim().toLowerCase()
}

function normaliseRdn(rdn: Rdn): string {
  return rdn.map(normaliseAva).sort().join('+')
}

function normaliseAva({ type, value, form }: Ava): string {
  const compared = form === 'ber' ? `#${value}` : foldValue(value).replace(/["+,;<>\\=#]/g, hexEscape)
  return `${normaliseType(type)}=${compared}`
}

export function sameDn(one: string, other: string): boolean {
  return normaliseDn(one) === normaliseDn(other)
}

/** Whether the name is the base itself or lies below it; both may be spelled in any way. */
export function isWithin(dn: string, base: string): boolean {
  const [name, top] = [normaliseDn(dn), normaliseDn(base)]
  return top === '' || name === top || name.endsWith(`,${top}`)
}
