import type { Assertion } from './filter'
import { nextIs, peek, type LooseCursor } from './loose-cursor'

export interface LooseValue {
  /** The whole as one text: an asterisk is an asterisk. */
  readonly whole: string
  /** What stands between the asterisks. */
  readonly pieces: readonly Assertion[]
  /** The same where percent signs stand for any text, as in SQL. */
  readonly likePieces: readonly Assertion[]
}

const quoted = /(?:"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)(?=\s*(?:$|[(),;&|]|(?:AND|OR)\b))/iy
/** A parenthesis that begins a filter, and not a word in parentheses. */
const opensFilter = /\(\s*(?:[&|!(]|[\w;.-]+(?::[\w.:-]*)?\s*(?:[~<>!]?=|:=))/y
/** What may come behind the parenthesis that ends a filter. */
const followsFilter = /\)\s*(?:$|[()&|!,;]|(?:AND|OR|NOT)\b|[\w;.-]+\s*[~<>!]?=)/iy
const joint =
  /\s+(?:AND|OR)\s+(?:NOT\s+)?[(!]?\s*[\w;.-]+\s*(?:[~<>!]?=|\s(?:LIKE|IN|IS)\s|\()|\s*(?:&&|\|\|)|\s*[&|](?=\s*\()/iy

/** A value as people write it, up to what ends it. */
export function readLooseValue(cursor: LooseCursor): LooseValue {
  const inQuotes = nextIs(cursor, quoted)
  const raw = inQuotes === null ? rawValue(cursor) : inQuotes.slice(1, -1)
  return {
    whole: asText(unescaped(raw)),
    pieces: raw.split(/(?<!\\)\*/).map(unescaped),
    likePieces: raw
      .replaceAll('%', '*')
      .split(/(?<!\\)\*/)
      .map(unescaped),
  }
}

function rawValue(cursor: LooseCursor): string {
  const start = cursor.at
  for (let depth = 0; cursor.at < cursor.text.length; cursor.at += 1) {
    const char = cursor.text.charAt(cursor.at)
    if (char === '\\') cursor.at += 1
    else if (char === '(') {
      if (peek(cursor, opensFilter) !== null) break
      depth += 1
    } else if (char === ')' && depth > 0) depth -= 1
    else if (char === ')' && peek(cursor, followsFilter) !== null) break
    else if (depth === 0 && peek(cursor, joint) !== null) break
  }
  cursor.at = Math.min(cursor.at, cursor.text.length)
  return cursor.text.slice(start, cursor.at).trim()
}

/** Escapes as bytes; a backslash that escapes nothing is itself, and one before a sign belongs to the sign. */
function unescaped(raw: string): Assertion {
  const bytes = Buffer.concat(
    [...raw.matchAll(/\\([0-9a-f]{2})|\\([()*\\])|[^\\]+|\\/giu)].map(([whole, hex, sign]) =>
      hex === undefined ? Buffer.from(sign ?? whole, 'utf8') : Buffer.from(hex, 'hex'),
    ),
  )
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}

function asText(value: Assertion): string {
  return typeof value === 'string' ? value : value.toString('latin1')
}
