import type { ldapTexts } from '../../contract/texts/en/ldap'
import type { Ava, Dn, Rdn } from './dn'
import { decodeHexValue, type HexValue } from './dn-hex-value'

export type DnReason = keyof typeof ldapTexts.dnReason

export type ParsedDn =
  | { readonly ok: true; readonly dn: Dn }
  | { readonly ok: false; readonly position: number; readonly reason: DnReason }

interface Cursor {
  readonly text: string
  at: number
}

class Fault extends Error {
  constructor(
    readonly position: number,
    readonly reason: DnReason,
  ) {
    super(reason)
  }
}

const typePattern = /(?:oid\.)?(?:[a-z][\w-]*|\d+(?:\.\d+)*)/iy

/** RFC 4514, and of RFC 2253 the spaces around separators; positions count characters from 0. */
export function parseRdns(text: string): ParsedDn {
  const cursor = { text, at: 0 }
  try {
    return { ok: true, dn: text.trim() === '' ? [] : readAll(cursor) }
  } catch (fault) {
    if (fault instanceof Fault) return { ok: false, position: fault.position, reason: fault.reason }
    throw fault
  }
}

function readAll(cursor: Cursor): Dn {
  const dn: Rdn[] = [readRdn(cursor)]
  while (cursor.at < cursor.text.length) {
    cursor.at += 1
    dn.push(readRdn(cursor))
  }
  return dn
}

function readRdn(cursor: Cursor): Rdn {
  const rdn: Ava[] = [readAva(cursor)]
  while (cursor.text[cursor.at] === '+') {
    cursor.at += 1
    rdn.push(readAva(cursor))
  }
  return rdn
}

function readAva(cursor: Cursor): Ava {
  skipSpaces(cursor)
  typePattern.lastIndex = cursor.at
  const type = typePattern.exec(cursor.text)?.[0]
  if (type === undefined) throw new Fault(cursor.at, 'attribute')
  cursor.at += type.length
  skipSpaces(cursor)
  if (cursor.text[cursor.at] !== '=') throw new Fault(cursor.at, 'equals')
  cursor.at += 1
  skipSpaces(cursor)
  return { type, ...(cursor.text[cursor.at] === '#' ? readHex(cursor) : { value: readString(cursor) }) }
}

function skipSpaces(cursor: Cursor): void {
  while (cursor.text[cursor.at] === ' ') cursor.at += 1
}

/** The `#hex` form: the BER encoding of the value. */
function readHex(cursor: Cursor): HexValue {
  const start = cursor.at
  const match = /#((?:[0-9a-f]{2})+) */iy
  match.lastIndex = start
  const found = match.exec(cursor.text)
  if (!found) throw new Fault(start, 'hexDigits')
  cursor.at += found[0].length
  if (!atSeparator(cursor)) throw new Fault(cursor.at, 'hexEnd')
  const value = decodeHexValue(found[1] ?? '')
  if (!value) throw new Fault(start, 'hexBer')
  return value
}

function atSeparator(cursor: Cursor): boolean {
  const char = cursor.text[cursor.at]
  return char === undefined || char === ',' || char === '+'
}

function readString(cursor: Cursor): string {
  const start = cursor.at
  const parts: Buffer[] = []
  let trailing = 0
  while (!atSeparator(cursor)) {
    const char = String.fromCodePoint(cursor.text.codePointAt(cursor.at) ?? 0)
    if ('";<>\0'.includes(char)) throw new Fault(cursor.at, 'escape')
    if (char === '\\') {
      parts.push(readEscape(cursor))
      trailing = 0
    } else {
      parts.push(Buffer.from(char, 'utf8'))
      cursor.at += char.length
      trailing = char === ' ' ? trailing + 1 : 0
    }
  }
  return decode(Buffer.concat(parts.slice(0, parts.length - trailing)), start)
}

function readEscape(cursor: Cursor): Buffer {
  const pair = cursor.text.slice(cursor.at + 1, cursor.at + 3)
  if (/^[0-9a-f]{2}$/i.test(pair)) {
    cursor.at += 3
    return Buffer.from(pair, 'hex')
  }
  const char = pair.charAt(0)
  if (!/^[ "#+,;<=>\\]$/.test(char)) throw new Fault(cursor.at, 'backslash')
  cursor.at += 2
  return Buffer.from(char, 'utf8')
}

function decode(bytes: Buffer, position: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Fault(position, 'utf8')
  }
}
