import { AppError } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { isDn, normaliseDn, parseDn } from './dn'
import { readEntry, type DirectoryConnection } from './directory-connection'
import { textOf, textsOf, type Entry } from './entry'
import { and, anything, equal, or, type Filter } from './filter'
import { primaryGroups } from './primary-group'
import { withWholeRange } from './ranges'
import { mayHoldGroups } from './reference'

export interface Group {
  readonly dn: string
  readonly name: string
}

/** A group that holds a person itself (as their primary group, too), or holds a group that does. */
export interface Membership extends Group {
  readonly how: 'direct' | 'primary' | 'nested'
  /** How many groups lie between the person and this one. */
  readonly level: number
}

export interface Memberships {
  /** By normalised DN. */
  readonly groups: ReadonlyMap<string, Membership>
  /** What kept some of them unknown, if anything did. */
  readonly incomplete: AppError | null
}

const membersPerSearch = 50
const maxLevels = 40

function groupClass(settings: LdapSettings): Filter {
  return settings.groupObjectClass === '' ? anything : equal('objectClass', settings.groupObjectClass)
}

interface Wanted {
  readonly settings: LdapSettings
  readonly group: string
}

/** A configured group, given as CN or DN: exactly one, or `LDAP_GROUP_NOT_FOUND` or `LDAP_GROUP_AMBIGUOUS`. */
export async function findGroup(
  connection: DirectoryConnection,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Group> {
  const { settings, group } = wanted
  const found = await candidates(connection, wanted, signal).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'LDAP_BASE_NOT_FOUND') return []
    throw error
  })
  const [entry, other] = found
  if (other) {
    throw new AppError('LDAP_GROUP_AMBIGUOUS', { details: { group, dns: found.map((one) => one.dn) } })
  }
  if (entry) return { dn: entry.dn, name: textOf(entry, 'cn') ?? group }
  throw new AppError('LDAP_GROUP_NOT_FOUND', { details: { group, base: settings.groupBase } })
}

async function candidates(
  connection: DirectoryConnection,
  { settings, group }: Wanted,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const attributes = ['cn']
  if (group.includes('=') && isDn(group)) {
    const entry = await readEntry(connection, { dn: group, filter: groupClass(settings), attributes }, signal)
    return entry ? [entry] : []
  }
  const filter = and(groupClass(settings), equal('cn', group))
  const request = { base: settings.groupBase, scope: 'sub', filter, attributes } as const
  return (await connection.search({ ...request, sizeLimit: 2, page: null }, signal)).entries
}

/**
 * All groups that hold the person: by the member attribute, as primary group and, where the directory keeps it, by
 * `memberOf`, whose slices are fetched to the last; with nested groups the walk goes up from group to group and visits each once, so a cycle ends it.
 */
export async function membershipsOf(
  connection: DirectoryConnection,
  what: { readonly settings: LdapSettings; readonly person: Entry },
  signal: AbortSignal,
): Promise<Memberships> {
  const { settings } = what
  const groups = new Map<string, Membership>()
  const missing: AppError[] = []
  const keep = (found: readonly Group[], how: Membership['how'], level = 0): readonly Group[] => {
    const fresh = found.filter((group) => !groups.has(normaliseDn(group.dn)))
    for (const group of fresh) groups.set(normaliseDn(group.dn), { ...group, how, level })
    return fresh
  }
  try {
    const person = await withWholeRange(connection, { entry: what.person, attribute: 'memberOf' }, signal)
    const stated = keep(statedGroups(person), 'direct')
    const listed = await holders(
      connection,
      { settings, members: [memberValue(settings, person)], missing },
      signal,
    )
    const direct = [...stated, ...keep(listed, 'direct')]
    const primary = await primaryGroups(connection, { settings, person }, signal)
    let level: readonly Group[] = [...direct, ...keep(primary.map(groupOf), 'primary')]
    for (let depth = 0; settings.nestedGroups && level.length > 0; depth += 1) {
      if (depth === maxLevels) throw incomplete('nested too deeply')
      const members = level.map((group) => group.dn)
      level = keep(await holders(connection, { settings, members, missing }, signal), 'nested', depth + 1)
    }
    return { groups, incomplete: missing[0] ?? null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error
    return { groups, incomplete: missing[0] ?? error }
  }
}

function incomplete(reason: string): AppError {
  return new AppError('LDAP_GROUP_INCOMPLETE', { details: { reason } })
}

/** What a group's member attribute holds of a person: the DN, or in posixGroup's `memberUid` the login name. */
function memberValue(settings: LdapSettings, person: Entry): string {
  const byName = settings.groupMemberAttribute.toLowerCase() === 'memberuid'
  return (byName ? textOf(person, settings.loginAttribute) : null) ?? person.dn
}

function statedGroups(person: Entry): readonly Group[] {
  return textsOf(person, 'memberOf').map((dn) => ({ dn, name: nameIn(dn) }))
}

function groupOf(entry: Entry): Group {
  return { dn: entry.dn, name: textOf(entry, 'cn') ?? nameIn(entry.dn) }
}

function nameIn(dn: string): string {
  return (isDn(dn) ? parseDn(dn)[0]?.[0]?.value : undefined) ?? dn
}

interface Holders {
  readonly settings: LdapSettings
  readonly members: readonly string[]
  /** Takes what keeps the answer from being whole; what was found still counts. */
  readonly missing: AppError[]
}

async function holders(
  connection: DirectoryConnection,
  what: Holders,
  signal: AbortSignal,
): Promise<readonly Group[]> {
  const { settings, members, missing } = what
  const found: Group[] = []
  for (let start = 0; start < members.length; start += membersPerSearch) {
    const held = members.slice(start, start + membersPerSearch)
    const byMember = held.map((member) => equal(settings.groupMemberAttribute, member))
    const filter = and(groupClass(settings), or(...byMember))
    const request = { base: settings.groupBase, scope: 'sub', filter, attributes: ['cn'] } as const
    const answer = await connection.search({ ...request, sizeLimit: 0, page: null }, signal)
    if (answer.extent !== 'complete') missing.push(incomplete(answer.extent))
    if (answer.references.some(mayHoldGroups)) missing.push(incomplete('reference'))
    found.push(...answer.entries.map(groupOf))
  }
  return found
}
