import { isDn, parseDn } from './dn'
import { fault, type Pair } from './ldif-lines'
import { isSecretAttribute } from './secret-attributes'

type Attributes = ReadonlyMap<string, readonly Buffer[]>

export interface Modification {
  readonly operation: 'add' | 'delete' | 'replace'
  /** In lower case. */
  readonly attribute: string
  readonly values: readonly Buffer[]
}

/** One record of a file (RFC 2849): an entry, or a change of one. `line` is where it begins. */
export type LdifRecord = NewEntry<'entry'> | NewEntry<'add'> | Deletion | Modify | Rename

interface About {
  readonly line: number
  readonly dn: string
}
export interface NewEntry<K extends 'entry' | 'add'> extends About {
  readonly kind: K
  readonly attributes: Attributes
}
export interface Deletion extends About {
  readonly kind: 'delete'
}
export interface Modify extends About {
  readonly kind: 'modify'
  readonly modifications: readonly Modification[]
}
export interface Rename extends About {
  readonly kind: 'rename'
  readonly newRdn: string
  readonly oldRdn: 'deleted' | 'kept'
  readonly newSuperior: string | null
}

/** What ldapsearch adds to its entries when it isn't asked to leave it out. */
const trailers: readonly string[] = ['search', 'result', 'ref']
const operations: readonly string[] = ['add', 'delete', 'replace']

const textOf = (pair: Pair): string => pair.value.toString('utf8').trim()

/**
 * Null where the lines are no record: the version alone, or what a search says at its end. `nameOf` is null for what is
 * no name.
 */
export function toRecord(
  pairs: readonly Pair[],
  nameOf: (dn: string) => string | null = (dn) => (isDn(dn) ? dn : null),
): LdifRecord | null {
  const [first, ...rest] = pairs[0]?.name === 'version' ? withoutVersion(pairs) : pairs
  if (!first || trailers.includes(first.name)) return null
  if (first.name !== 'dn') return fault(first.line, 'ldifNoDn')
  const dn = first.value.toString('utf8')
  if (nameOf(dn) === null) fault(first.line, 'ldifDn')
  const body = rest.filter(({ name }) => name !== 'control')
  const [change] = body
  const about = { line: first.line, dn }
  if (change?.name !== 'changetype') return { ...about, kind: 'entry', attributes: attributesOf(body) }
  return toChange(about, change, body.slice(1))
}

function withoutVersion(pairs: readonly Pair[]): readonly Pair[] {
  const [version, ...rest] = pairs
  if (version && textOf(version) !== '1') fault(version.line, 'ldifVersion')
  return rest
}

function toChange(
  about: { readonly line: number; readonly dn: string },
  change: Pair,
  body: readonly Pair[],
): LdifRecord {
  switch (textOf(change).toLowerCase()) {
    case 'add':
      return { ...about, kind: 'add', attributes: attributesOf(body) }
    case 'delete':
      return body[0] ? fault(body[0].line, 'ldifChange') : { ...about, kind: 'delete' }
    case 'modify':
      return { ...about, kind: 'modify', modifications: modificationsOf(body) }
    case 'modrdn':
    case 'moddn':
      return { ...about, kind: 'rename', ...renameOf(change, body) }
    default:
      return fault(change.line, 'ldifChange')
  }
}

function attributesOf(pairs: readonly Pair[]): Attributes {
  const attributes = new Map<string, Buffer[]>()
  for (const pair of pairs) {
    if (pair.name === 'dn') fault(pair.line, 'ldifSeparator')
    if (pair.name === '-') fault(pair.line, 'ldifNoColon')
    if (pair.name === 'changetype') fault(pair.line, 'ldifChange')
    if (isSecretAttribute(pair.name)) continue
    const values = attributes.get(pair.name)
    if (values) values.push(pair.value)
    else attributes.set(pair.name, [pair.value])
  }
  return attributes
}

/** `add: member`, its values, `-`, and so on; the last `-` may be missing, as OpenLDAP allows. */
function modificationsOf(pairs: readonly Pair[]): readonly Modification[] {
  const found: Modification[] = []
  let rest = pairs
  while (rest[0]) {
    const [head] = rest
    const end = rest.findIndex(({ name }) => name === '-')
    const values = rest.slice(1, end < 0 ? undefined : end)
    const attribute = textOf(head).toLowerCase()
    if (!operations.includes(head.name) || attribute === '') fault(head.line, 'ldifChange')
    const stray = values.find(({ name }) => name !== attribute)
    if (stray) fault(stray.line, 'ldifChange')
    const operation = head.name as Modification['operation']
    if (!isSecretAttribute(attribute)) {
      found.push({ operation, attribute, values: values.map(({ value }) => value) })
    }
    rest = end < 0 ? [] : rest.slice(end + 1)
  }
  return found
}

function renameOf(change: Pair, body: readonly Pair[]) {
  const [rdn, old, superior, more] = body
  if (rdn?.name !== 'newrdn' || !isDn(textOf(rdn)) || parseDn(textOf(rdn)).length !== 1) {
    return fault(rdn?.line ?? change.line, 'ldifChange')
  }
  if (old?.name !== 'deleteoldrdn' || !/^[01]$/.test(textOf(old))) {
    return fault(old?.line ?? rdn.line, 'ldifChange')
  }
  if (superior && (superior.name !== 'newsuperior' || !isDn(textOf(superior))))
    fault(superior.line, 'ldifChange')
  if (more) fault(more.line, 'ldifChange')
  return {
    newRdn: textOf(rdn),
    oldRdn: textOf(old) === '1' ? ('deleted' as const) : ('kept' as const),
    newSuperior: superior ? textOf(superior) : null,
  }
}
