import { AppError } from '../../contract/errors'
import { readEntry, type DirectoryConnection } from './directory-connection'
import type { Entry } from './entry'
import { anything } from './filter'

/** More slices than the largest groups have; a server that never comes to an end is not followed for ever. */
const maxSlices = 1000

interface Slice {
  readonly values: readonly Buffer[]
  /** Where the next slice begins; null behind the last one. */
  readonly next: number | null
}

/** Active Directory hands out long attributes in slices: `member;range=0-1499`, the last one `member;range=1500-*`. */
function sliceOf(entry: Entry, attribute: string): Slice | null {
  const wanted = attribute.toLowerCase()
  for (const [name, values] of entry.attributes) {
    const [, from, to] = /;range=(\d+)-(\d+|\*)(?:;|$)/.exec(name) ?? []
    if (name.split(';')[0] !== wanted || from === undefined || to === undefined) continue
    return { values, next: to === '*' ? null : Number(to) + 1 }
  }
  return null
}

/**
 * The entry with every slice of the attribute, fetched one after the other. A slice that does not come is
 * `LDAP_GROUP_INCOMPLETE`: what is missing must never look like "not a member".
 */
export async function withWholeRange(
  connection: DirectoryConnection,
  what: { readonly entry: Entry; readonly attribute: string },
  signal: AbortSignal,
): Promise<Entry> {
  const { entry, attribute } = what
  let slice = sliceOf(entry, attribute)
  if (!slice) return entry
  const values = [...slice.values]
  for (let count = 1; slice.next !== null; count += 1) {
    const from: number = slice.next
    const attributes = [`${attribute};range=${from}-*`]
    const found = await readEntry(connection, { dn: entry.dn, filter: anything, attributes }, signal)
    slice = found && sliceOf(found, attribute)
    const stuck = !slice || count === maxSlices || (slice.next !== null && slice.next <= from)
    if (!slice || stuck) {
      throw new AppError('LDAP_GROUP_INCOMPLETE', { details: { reason: 'range', attribute, from } })
    }
    values.push(...slice.values)
  }
  const others = [...entry.attributes].filter(([name]) => name.split(';')[0] !== attribute.toLowerCase())
  return { dn: entry.dn, attributes: new Map([...others, [attribute.toLowerCase(), values]]) }
}
