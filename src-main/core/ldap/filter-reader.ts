import type { ldapTexts } from '../../contract/texts/en/ldap'
import type { Assertion, Comparison, Filter } from './filter'

export type FilterReason = keyof typeof ldapTexts.filterReason

/** What a text says as a filter, or where and why it says nothing; positions count characters from 0. */
export type ReadFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly position: number; readonly reason: FilterReason }

class Fault extends Error {
  constructor(
    readonly position: number,
    readonly reason: FilterReason,
  ) {
    super(reason)
  }
}

interface Cursor {
  readonly text: string
  at: number
}

const maxDepth = 50
const attributePattern = /[a-z][\w-]*(?:\.\d+)*(?:;[\w-]+)*|\d+(?:\.\d+)+(?:;[\w-]+)*/iy
const comparisons: Readonly<Record<string, Comparison>> = {
  '=': 'equal',
  '~=': 'approx',
  '>=': 'greater',
  '<=': 'less',
}

/** In a filter without parentheses, which RFC 4515 does not know, no value goes on with the words of other languages. */
const sqlWords = /\s(?:AND|OR|&&|\|\|)\s+(?:NOT\s+)?\(?[a-z][\w;.-]*\s*(?:[~<>!]?=|\s(?:LIKE|IN|IS)\s)/iu

/** Reads an RFC 4515 filter; the outer parentheses may be missing, as ldapsearch allows. */
export function readFilterText(text: string): ReadFilter {
  const cursor = { text, at: 0 }
  try {
    return { ok: true, filter: readWhole(cursor) }
  } catch (fault) {
    if (fault instanceof Fault) return { ok: false, position: fault.position, reason: fault.reason }
    throw fault
  }
}

function readWhole(cursor: Cursor): Filter {
  skipSpaces(cursor)
  const bare = cursor.text[cursor.at] !== '('
  const word = bare ? cursor.text.search(sqlWords) : -1
  if (word >= 0) throw new Fault(word + 1, 'word')
  const filter = bare ? readItem(cursor) : readFilter(cursor, 0)
  skipSpaces(cursor)
  if (cursor.at < cursor.text.length) fail(cursor, 'end')
  return filter
}

function fail(cursor: Cursor, reason: FilterReason): never {
  throw new Fault(cursor.at, reason)
}

function skipSpaces(cursor: Cursor): void {
  while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at += 1
}

function expect(cursor: Cursor, char: '(' | ')'): void {
  if (cursor.text[cursor.at] !== char) fail(cursor, char === '(' ? 'open' : 'close')
  cursor.at += 1
}

function readFilter(cursor: Cursor, depth: number): Filter {
  if (depth > maxDepth) fail(cursor, 'depth')
  expect(cursor, '(')
  skipSpaces(cursor)
  const filter = readComponent(cursor, depth)
  skipSpaces(cursor)
  expect(cursor, ')')
  return filter
}

function readComponent(cursor: Cursor, depth: number): Filter {
  const operator = cursor.text[cursor.at]
  if (operator === '&' || operator === '|') {
    cursor.at += 1
    return { kind: operator === '&' ? 'and' : 'or', filters: readList(cursor, depth) }
  }
  if (operator === '!') {
    cursor.at += 1
    skipSpaces(cursor)
    return { kind: 'not', filter: readFilter(cursor, depth + 1) }
  }
  return readItem(cursor)
}

function readList(cursor: Cursor, depth: number): Filter[] {
  const filters: Filter[] = []
  skipSpaces(cursor)
  while (cursor.text[cursor.at] === '(') {
    filters.push(readFilter(cursor, depth + 1))
    skipSpaces(cursor)
  }
  return filters
}

function readItem(cursor: Cursor): Filter {
  const attribute = readAttribute(cursor)
  if (cursor.text[cursor.at] === ':') return readExtensible(cursor, attribute)
  if (attribute === '') fail(cursor, 'attribute')
  const operator = /[~><]?=/y
  operator.lastIndex = cursor.at
  const found = operator.exec(cursor.text)?.[0]
  const kind = found === undefined ? undefined : comparisons[found]
  if (found === undefined || kind === undefined) return fail(cursor, 'operator')
  cursor.at += found.length
  if (kind === 'equal') return readEquality(cursor, attribute)
  const value = readValue(cursor)
  return typeof value === 'string' ? { kind, attribute, value } : fail(cursor, 'utf8')
}

function readAttribute(cursor: Cursor): string {
  attributePattern.lastIndex = cursor.at
  const attribute = attributePattern.exec(cursor.text)?.[0] ?? ''
  cursor.at += attribute.length
  return attribute
}

/** An equality, a presence (`*` alone) or a substring (`*` among text). */
function readEquality(cursor: Cursor, attribute: string): Filter {
  const parts: Assertion[] = [readValue(cursor)]
  while (cursor.text[cursor.at] === '*') {
    cursor.at += 1
    parts.push(readValue(cursor))
  }
  const [first = ''] = parts
  if (parts.length === 1) return { kind: 'equal', attribute, value: first }
  const texts = parts.map((part) => (typeof part === 'string' ? part : fail(cursor, 'utf8')))
  const [initial = '', ...rest] = texts
  const final = rest.pop() ?? ''
  const any = rest.filter((part) => part !== '')
  if (initial === '' && final === '' && any.length === 0) return { kind: 'present', attribute }
  return { kind: 'substring', attribute, initial, any, final }
}

function readExtensible(cursor: Cursor, attribute: string): Filter {
  const pattern = /(:dn)?(?::([\w.-]+))?:=/iy
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)
  if (!found) return fail(cursor, 'rule')
  const rule = found[2] ?? ''
  if (attribute === '' && rule === '') return fail(cursor, 'attributeOrRule')
  cursor.at += found[0].length
  const value = readValue(cursor)
  if (typeof value !== 'string') return fail(cursor, 'utf8')
  return { kind: 'extensible', attribute, rule, dn: found[1] === undefined ? 'without-dn' : 'with-dn', value }
}

/** Up to the next unescaped `*`, `(`, `)` or the end; escapes are bytes of UTF-8 (RFC 4515 section 3). */
function readValue(cursor: Cursor): Assertion {
  const parts: Buffer[] = []
  for (;;) {
    const char = cursor.text.charAt(cursor.at)
    if (char === '' || char === '*' || char === ')') break
    if (char === '(' || char === '\u0000') fail(cursor, char === '(' ? 'parenthesis' : 'zero')
    if (char === '\\') {
      const hex = cursor.text.slice(cursor.at + 1, cursor.at + 3)
      if (!/^[0-9a-f]{2}$/i.test(hex)) fail(cursor, 'backslash')
      parts.push(Buffer.from(hex, 'hex'))
      cursor.at += 3
    } else {
      const whole = String.fromCodePoint(cursor.text.codePointAt(cursor.at) ?? 0)
      parts.push(Buffer.from(whole, 'utf8'))
      cursor.at += whole.length
    }
  }
  return textOrBytes(Buffer.concat(parts))
}

function textOrBytes(bytes: Buffer): Assertion {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes
  }
}
