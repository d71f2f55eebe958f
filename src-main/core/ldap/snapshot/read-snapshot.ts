import { AppError } from '../../../contract/errors'
import type { LdapSettings } from '../../app/ports'
import { withDeadline } from '../deadline'
import { readEntry } from '../directory-connection'
import { configuredGroups } from '../directory-stages'
import { isDn, normaliseDn } from '../dn'
import { textOf, type Entry } from '../entry'
import { anything, formatFilter, type Filter } from '../filter'
import { groupClass } from '../groups'
import { inOnePage, readPages, type PagedConnection } from '../paged-read'
import { everybodyFilter } from '../person-search'
import { primaryGroup } from '../primary-group'
import { withWholeRange } from '../ranges'
import { contextOf, rootDseOf, type RootDse } from '../root-dse'
import {
  baseAttributes,
  onlyAsked,
  rootAttributes,
  schemaAttributes,
  snapshotAttributes,
} from './snapshot-attributes'

export interface SnapshotPart {
  readonly kind: 'root' | 'schema' | 'base' | 'group' | 'person'
  readonly entry: Entry
}

export interface SnapshotSource {
  readonly connection: PagedConnection
  readonly settings: LdapSettings
  readonly signal: AbortSignal
}

interface Reading extends SnapshotSource {
  readonly rootDse: RootDse | null
  readonly attributes: readonly string[]
  /** Normalised names of what is no person and was read; people come last and are too many to be noted. */
  readonly known: Set<string>
}

/**
 * Everything that a snapshot holds, page by page, each entry once: what the directory says of itself, its schema, the
 * bases, groups, people. Whatever keeps it from being everything is thrown.
 */
export async function* readSnapshot(source: SnapshotSource): AsyncGenerator<SnapshotPart> {
  const { settings, connection } = source
  const root = await rootEntry(source)
  const rootDse = root && rootDseOf(root)
  const reading: Reading = {
    ...source,
    connection: rootDse?.paging === 'unsupported' ? inOnePage(connection) : connection,
    ...{ rootDse, attributes: snapshotAttributes(settings), known: new Set<string>() },
  }
  if (root) yield { kind: 'root', entry: root }
  const schema = root && (await schemaEntry(source, root))
  if (schema) yield { kind: 'schema', entry: schema }
  for (const entry of await groupEntries(reading)) yield { kind: 'group', entry }
  yield* groups(reading)
  yield* people(reading)
  yield* bases(reading)
}

/** The entry by its name, or null where there is none to be seen; an outage is not taken for that. */
async function named(source: SnapshotSource, dn: string, attributes: readonly string[]) {
  const limits = { signal: source.signal, ms: source.settings.timeout * 1000 }
  const what = { dn, filter: anything, attributes }
  const found = await withDeadline(limits, (inner) => readEntry(source.connection, what, inner)).catch(
    (error: unknown) => {
      if (error instanceof AppError && /^LDAP_BASE_/.test(error.code)) return null
      throw error
    },
  )
  return found && onlyAsked(found, attributes)
}

const rootEntry = (source: SnapshotSource) => named(source, '', rootAttributes)

async function schemaEntry(source: SnapshotSource, root: Entry): Promise<Entry | null> {
  const dn = textOf(root, 'subschemaSubentry')
  return dn === null || dn === '' ? null : named(source, dn, schemaAttributes)
}

/** The base must be there, as in a test; the entries of the others may be out of sight. */
async function* bases(reading: Reading): AsyncGenerator<SnapshotPart> {
  const { baseDn, userBase, groupBase } = reading.settings
  for (const dn of [baseDn, userBase, groupBase]) {
    if (reading.known.has(normaliseDn(dn))) continue
    reading.known.add(normaliseDn(dn))
    const entry = await named(reading, dn, baseAttributes)
    if (entry) yield { kind: 'base', entry }
  }
}

/** Groups that the settings name by their DN may stand anywhere. */
async function groupEntries(reading: Reading): Promise<readonly Entry[]> {
  const found: Entry[] = []
  for (const group of configuredGroups(reading.settings)) {
    if (!group.includes('=') || !isDn(group)) continue
    const entry = await named(reading, group, reading.attributes)
    if (entry && isNew(reading, entry)) found.push(await whole(reading, entry))
  }
  return found
}

function isNew({ known }: Reading, entry: Entry): boolean {
  const name = normaliseDn(entry.dn)
  return !known.has(name) && Boolean(known.add(name))
}

interface Wanted {
  readonly kind: 'group' | 'person'
  readonly base: string
  readonly filter: Filter
}

async function* pages(reading: Reading, { kind, base, filter }: Wanted): AsyncGenerator<SnapshotPart> {
  const { connection, settings, attributes, signal } = reading
  for await (const page of readPages(connection, { settings, base, filter, attributes }, signal)) {
    for (const entry of page) {
      const fresh = kind === 'group' ? isNew(reading, entry) : !reading.known.has(normaliseDn(entry.dn))
      if (fresh) yield { kind, entry: await whole(reading, entry) }
    }
  }
}

/** A directory without a place for groups has none; sign-in sees it so, too. */
async function* groups(reading: Reading): AsyncGenerator<SnapshotPart> {
  const { settings } = reading
  try {
    yield* pages(reading, { kind: 'group', base: settings.groupBase, filter: groupClass(settings) })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'LDAP_BASE_NOT_FOUND') throw error
  }
}

/** People, and the groups that they have as their primary one: those may stand beside both bases. */
async function* people(reading: Reading): AsyncGenerator<SnapshotPart> {
  const { settings, rootDse } = reading
  const primary = new Map<string, Filter>()
  const everybody = { kind: 'person', base: settings.userBase, filter: everybodyFilter(settings) } as const
  for await (const part of pages(reading, everybody)) {
    const filter = primaryGroup(settings, part.entry)
    if (filter) primary.set(formatFilter(filter), filter)
    yield part
  }
  const base = contextOf(rootDse, settings.userBase) ?? settings.baseDn
  for (const filter of primary.values()) yield* pages(reading, { kind: 'group', base, filter })
}

/** Members come in slices where there are very many; one that does not come is no smaller group. */
async function whole({ connection, settings, attributes, signal }: Reading, entry: Entry): Promise<Entry> {
  let found = entry
  const isSliced = [...entry.attributes.keys()].some((name) => name.includes(';range='))
  if (!isSliced) return onlyAsked(entry, attributes)
  for (const attribute of new Set([settings.groupMemberAttribute, 'memberOf'])) {
    const limits = { signal, ms: settings.timeout * 1000 }
    const what = { entry: found, attribute }
    found = await withDeadline(limits, (inner) => withWholeRange(connection, what, inner))
  }
  const sliced = [...found.attributes.keys()].find((name) => name.includes(';range='))
  if (sliced === undefined) return onlyAsked(found, attributes)
  throw new AppError('LDAP_GROUP_INCOMPLETE', { details: { reason: 'range', attribute: sliced } })
}
