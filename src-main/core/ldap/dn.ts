import { AppError } from '../../contract/errors'
import { parseRdns } from './dn-parser'
import { hexEscape, isControl } from './printable'

/** One attribute and value of a relative distinguished name; `value` is unescaped. */
export interface Ava {
  readonly type: string
  readonly value: string
}
export type Rdn = readonly Ava[]
/** A distinguished name, the entry's own part first. The empty list is the root. */
export type Dn = readonly Rdn[]

/** Object identifiers and long names of RFC 4519 section 2, so that `2.5.4.3=x` and `commonName=x` equal `cn=x`. */
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'cn',
  commonname: 'cn',
  '2.5.4.4': 'sn',
  surname: 'sn',
  '2.5.4.6': 'c',
  countryname: 'c',
  '2.5.4.7': 'l',
  localityname: 'l',
  '2.5.4.8': 'st',
  stateorprovincename: 'st',
  '2.5.4.9': 'street',
  streetaddress: 'street',
  '2.5.4.10': 'o',
  organizationname: 'o',
  '2.5.4.11': 'ou',
  organizationalunitname: 'ou',
  '0.9.2342.19200300.100.1.1': 'uid',
  userid: 'uid',
  '0.9.2342.19200300.100.1.25': 'dc',
  domaincomponent: 'dc',
}

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
  return dn.map((rdn) => rdn.map(({ type, value }) => `${type}=${escapeValue(value)}`).join('+')).join(',')
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

/**
 * One text for all spellings of a name: short types in lower case, values folded as RFC 4518 prepares them for
 * comparison (case, compatibility forms, outer and repeated spaces), parts of an RDN in order. Separators inside
 * values are hex-escaped, so that a suffix test on the text is a test on the tree.
 */
export function normaliseDn(text: string): string {
  const parsed = parseRdns(text)
  return parsed.ok ? parsed.dn.map(normaliseRdn).join(',') : text.trim().toLowerCase()
}

function normaliseRdn(rdn: Rdn): string {
  return rdn
    .map(({ type, value }) => `${shortType(type)}=${foldValue(value).replace(/["+,;<>\\=#]/g, hexEscape)}`)
    .sort()
    .join('+')
}

function shortType(type: string): string {
  const lower = type.toLowerCase().replace(/^oid\./, '')
  return shortNames[lower] ?? lower
}

/** How directories compare text that ignores case. */
export function foldValue(value: string): string {
  return value.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim()
}

export function sameDn(one: string, other: string): boolean {
  return normaliseDn(one) === normaliseDn(other)
}

/** Whether the name is the base itself or lies below it; both may be spelled in any way. */
export function isWithin(dn: string, base: string): boolean {
  const [name, top] = [normaliseDn(dn), normaliseDn(base)]
  return top === '' || name === top || name.endsWith(`,${top}`)
}
