import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type ParsedNode,
} from 'yaml'
import type { Found } from './findings'

/** One value of a YAML file: where it stands and its text as it was written. */
export interface Leaf {
  readonly path: readonly string[]
  readonly text: string
  readonly line: number
}

const largest = 10_000
const mostAliases = 200
const deepest = 32

const invalid = (text: Found['text'], line: number, values: Record<string, string> = {}): Found => ({
  code: 'CONFIG_INVALID',
  severity: 'error',
  setting: null,
  text,
  with: values,
  line,
})

/** Ends the walk with what was found. */
class Unreadable extends Error {
  constructor(readonly found: Found) {
    super(found.text)
  }
}

interface Walk {
  readonly document: Document.Parsed
  readonly lines: LineCounter
  readonly leaves: Leaf[]
  visited: number
  aliases: number
}

type Place = { readonly path: readonly string[]; readonly line: number }

/** Aliases are followed, but what they unfold to is bounded: a few lines can describe billions of values. */
function visit(walk: Walk, node: unknown, place: Place): void {
  walk.visited += 1
  if (walk.visited > largest || place.path.length > deepest)
    throw new Unreadable(invalid('yamlTooMuch', place.line))
  if (isAlias(node)) {
    walk.aliases += 1
    if (walk.aliases > mostAliases) throw new Unreadable(invalid('yamlTooMuch', place.line))
    const target = node.resolve(walk.document)
    if (!target)
      throw new Unreadable(
        invalid('yamlInvalid', place.line, { reason: 'an alias (*) has nothing to stand for' }),
      )
    visit(walk, target, place)
  } else if (isMap(node)) for (const { key, value } of node.items) visitPair(walk, { key, value }, place.path)
  else if (isSeq(node)) visitList(walk, node.items as ParsedNode[], place)
  else if (isScalar(node))
    walk.leaves.push({ ...place, text: node.value === null ? '' : (node.source ?? '') })
}

function lineOf(walk: Walk, node: unknown): number {
  const start = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0
  return walk.lines.linePos(start).line
}

function visitPair(
  walk: Walk,
  { key, value }: { key: unknown; value: unknown },
  path: readonly string[],
): void {
  const name = isScalar(key) ? String(key.value).toLowerCase() : ''
  // A merge key's values stand in this map, behind what the map says itself.
  const inner = name === '<<' ? path : [...path, name]
  visit(walk, value ?? undefined, { path: inner, line: lineOf(walk, key) })
}

function visitList(walk: Walk, items: readonly ParsedNode[], { path, line }: Place): void {
  if (items.length > 0 && items.every((item) => isScalar(item))) {
    walk.leaves.push({ path, line, text: items.map((item) => String(item.value)).join(', ') })
  } else {
    items.forEach((item, index) =>
      visit(walk, item, { path: [...path, String(index)], line: lineOf(walk, item) }),
    )
  }
}

/** What stands in a map itself comes before what it merges in. */
function firstOfEach(leaves: readonly Leaf[]): Leaf[] {
  const seen = new Map<string, Leaf>()
  for (const leaf of leaves) {
    const name = leaf.path.join('.')
    const before = seen.get(name)
    if (before === undefined || leaf.line > before.line) seen.set(name, leaf)
  }
  return [...seen.values()]
}

/** Every value of a YAML file by its path; keys in lower case, as Vikunja compares them. A tag makes nothing here. */
export function yamlLeaves(text: string): {
  readonly leaves: readonly Leaf[]
  readonly found: readonly Found[]
} {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    schema: 'core',
    logLevel: 'silent',
    merge: false,
  })
  const [fault] = [...document.errors, ...document.warnings]
  if (fault) {
    // Its message repeats text of the file, which may be a secret; its code never does.
    const reason = fault.code.toLowerCase().replaceAll('_', ' ')
    return { leaves: [], found: [invalid('yamlInvalid', lines.linePos(fault.pos[0]).line, { reason })] }
  }
  if (document.contents === null) return { leaves: [], found: [] }
  if (!isMap(document.contents)) return { leaves: [], found: [invalid('yamlNotMap', 1)] }
  const walk: Walk = { document, lines, leaves: [], visited: 0, aliases: 0 }
  try {
    visit(walk, document.contents, { path: [], line: 1 })
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { leaves: [], found: [error.found] }
  }
  return { leaves: firstOfEach(walk.leaves), found: [] }
}
