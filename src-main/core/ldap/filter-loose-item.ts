import { equal, not, or, present, type Assertion, type Comparison, type Filter } from './filter'
import { readLooseValue, type LooseValue } from './filter-loose-value'
import { nextIs, skip, type LooseCursor } from './loose-cursor'

const attribute = /[a-z][\w-]*(?:\.\d+)*(?:;[\w-]+)*|\d+(?:\.\d+)+(?:;[\w-]+)*/iy
const extensible = /(:dn)?(?::([\w.-]+))?:=/iy

type Build = (name: string, value: LooseValue) => Filter
const compared =
  (kind: Exclude<Comparison, 'equal'>): Build =>
  (name, value) => ({ kind, attribute: name, value: value.whole })

/** What people write for a comparison, the longest first. */
const signs: readonly (readonly [RegExp, Build])[] = [
  [/\s*(?:!=|<>)\s*/y, (name, value) => not(matching(name, value.pieces))],
  [/\s*(?:>=|=>)\s*/y, compared('greater')],
  [/\s*(?:<=|=<)\s*/y, compared('less')],
  [/\s*(?:~=|=~|~)\s*/y, compared('approx')],
  [/\s*(?:={1,3}|:(?!\s*$))\s*/y, (name, value) => matching(name, value.pieces)],
  [/\s*>\s*/y, compared('greater')],
  [/\s*<\s*/y, compared('less')],
  [/\s+NOT\s+LIKE\s+/iy, (name, value) => not(matching(name, value.likePieces))],
  [/\s+LIKE\s+/iy, (name, value) => matching(name, value.likePieces)],
  [/\s+(?:EQ|EQUALS|IS(?=\s+["']))\s+/iy, (name, value) => matching(name, value.pieces)],
]

/** One comparison as people write it; null where not even an attribute can be made out. */
export function readLooseItem(cursor: LooseCursor): Filter | null {
  const rule = extensibleRule(cursor, '')
  if (rule) return rule
  const name = nextIs(cursor, attribute)
  if (name === null) return null
  return extensibleRule(cursor, name) ?? readTest(cursor, name)
}

function readTest(cursor: LooseCursor, name: string): Filter {
  if (nextIs(cursor, /\s+IS\s+NOT\s+NULL\b/iy) !== null) return present(name)
  if (nextIs(cursor, /\s+IS\s+NULL\b/iy) !== null) return not(present(name))
  if (nextIs(cursor, /\s+IN\s*\(/iy) !== null) return readChoices(cursor, name)
  for (const [sign, build] of signs) {
    if (nextIs(cursor, sign) !== null) return build(name, readLooseValue(cursor))
  }
  skip(cursor, /\s*:?\s*/y)
  const value = readLooseValue(cursor)
  return value.whole === '' ? present(name) : matching(name, value.pieces)
}

/** The rest of `name IN ('a', 'b')`. */
function readChoices(cursor: LooseCursor, name: string): Filter {
  const list = nextIs(cursor, /[^)]*/y) ?? ''
  nextIs(cursor, /\)/y)
  const values = list.split(',').map((each) => each.trim().replace(/^(["'])(.*)\1$/s, '$2'))
  return or(...values.filter((each) => each !== '').map((each) => equal(name, each)))
}

function extensibleRule(cursor: LooseCursor, name: string): Filter | null {
  const from = cursor.at
  const found = nextIs(cursor, extensible)
  if (found === null) return null
  const [, withDn, rule = ''] = /^(:dn)?(?::([\w.-]+))?:=$/i.exec(found) ?? []
  if (name === '' && rule === '') {
    cursor.at = from
    return null
  }
  const dn = withDn === undefined ? 'without-dn' : 'with-dn'
  return { kind: 'extensible', attribute: name, rule, dn, value: readLooseValue(cursor).whole }
}

/** An equality, a presence or a substring, by the asterisks between the pieces. */
function matching(name: string, pieces: readonly Assertion[]): Filter {
  const [first = '', ...rest] = pieces
  if (rest.length === 0) return equal(name, first)
  const texts = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.toString('latin1')))
  const [initial = '', final = ''] = [texts[0], texts.at(-1)]
  const any = texts.slice(1, -1).filter((piece) => piece !== '')
  if (initial === '' && final === '' && any.length === 0) return present(name)
  return { kind: 'substring', attribute: name, initial, any, final }
}
