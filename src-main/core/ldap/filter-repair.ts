import { formatFilter, not, type Filter } from './filter'
import { readFilterText } from './filter-reader'
import { readLooseItem } from './filter-loose-item'
import { nextIs, skip, type LooseCursor } from './loose-cursor'

const longest = 10_000
const maxDepth = 40

/** Raised where nothing can be made of the text. */
class Hopeless extends Error {}

/**
 * The filter that somebody who wrote `text` probably meant, itself without a fault; null where nothing suggests itself.
 * It is made of parts: the text is read again by a reader that forgives what people do (parentheses too many or too
 * few, no operator, `&&`, words of SQL, quotes, spaces, characters that need an escape).
 */
export function proposeFilter(text: string): string | null {
  if (text.length > longest) return null
  const cursor = { text: withoutWrapping(text), at: 0 }
  try {
    const filter = readGroup(cursor, 0)
    const written = filter && formatFilter(filter)
    return written !== null && readFilterText(written).ok ? written : null
  } catch (error) {
    if (error instanceof Hopeless) return null
    throw error
  }
}

/** Quotes round the whole, and what XML and HTML make of an ampersand and of comparisons. */
function withoutWrapping(text: string): string {
  const plain = text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').trim()
  return /^(["'`])(.*)\1$/s.exec(plain)?.[2] ?? plain
}

type Operator = 'and' | 'or'
interface Operand {
  /** What stands between this and the one before; null where nothing does. */
  readonly joint: Operator | null
  readonly filter: Filter
}

const infix = /(?:&&|\|\||(?:AND|OR)(?![\w;=~<>:-]))/iy
const negation = /!|NOT(?![\w;=~<>:-])/iy
const symbol = /[&|]/y

function operatorOf(sign: string): Operator {
  return /^(?:&|and)/i.test(sign) ? 'and' : 'or'
}

/** Filters up to the parenthesis that closes them, or the end; null where there is none. */
function readGroup(cursor: LooseCursor, depth: number): Filter | null {
  if (depth > maxDepth) throw new Hopeless()
  skip(cursor, depth === 0 ? /[\s,;)]*/y : /[\s,;]*/y)
  const sign = nextIs(cursor, infix) ?? nextIs(cursor, symbol)
  if (sign === null) return joined(readOperands(cursor, depth))
  const kind = operatorOf(sign)
  const operands = readOperands(cursor, depth, kind)
  const filters = operands.some(({ joint }) => joint !== null && joint !== kind)
    ? [joined(operands)].filter((each) => each !== null)
    : operands.map(({ filter }) => filter)
  const [only] = filters
  if (filters.length === 1 && only?.kind === kind) return only
  return only ? { kind, filters } : null
}

/** `within`: the operator that the group began with; another one then begins a group of its own. */
function readOperands(cursor: LooseCursor, depth: number, within?: Operator): readonly Operand[] {
  const operands: Operand[] = []
  for (;;) {
    skip(cursor, depth === 0 ? /[\s,;)]*/y : /[\s,;]*/y)
    const at = cursor.at
    if (at >= cursor.text.length || cursor.text[at] === ')') return operands
    const word = nextIs(cursor, infix)
    const sign = word ?? nextIs(cursor, symbol)
    const joint = sign === null ? null : operatorOf(sign)
    const nested = word === null && joint !== null && within !== undefined && joint !== within
    if (nested) cursor.at = at
    skip(cursor, /[\s,;]*/y)
    const filter = nested ? readGroup(cursor, depth + 1) : readOperand(cursor, depth)
    if (filter) operands.push({ joint: operands.length === 0 || nested ? null : joint, filter })
    if (cursor.at === at) throw new Hopeless()
  }
}

function readOperand(cursor: LooseCursor, depth: number): Filter | null {
  if (depth > maxDepth) throw new Hopeless()
  if (nextIs(cursor, negation) !== null) {
    skip(cursor, /\s*/y)
    const filter = readOperand(cursor, depth + 1)
    return filter && not(filter)
  }
  if (nextIs(cursor, /\(/y) === null) {
    if (cursor.at >= cursor.text.length || /[)&|]/.test(cursor.text.charAt(cursor.at))) return null
    return readLooseItem(cursor) ?? hopeless()
  }
  const filter = readGroup(cursor, depth + 1)
  nextIs(cursor, /\s*\)/y)
  return filter
}

function hopeless(): never {
  throw new Hopeless()
}

/** Nothing between two means both, and "and" binds closer than "or", as in other languages. */
function joined(operands: readonly Operand[]): Filter | null {
  const alternatives: Filter[][] = [[]]
  for (const { joint, filter } of operands) {
    if (joint === 'or') alternatives.push([filter])
    else alternatives.at(-1)?.push(filter)
  }
  const each = alternatives.map((filters) => combined('and', filters)).filter((filter) => filter !== null)
  return combined('or', each)
}

function combined(kind: Operator, filters: readonly Filter[]): Filter | null {
  const [only] = filters
  return filters.length > 1 ? { kind, filters } : (only ?? null)
}
