import { AppError } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { isDn, normaliseDn, parseDn } from './dn'
import {
  readEntry,
  type DirectoryConnection,
  type SearchAnswer,
  type SearchRequest,
} from './directory-connection'
import { textOf, textsOf, type Entry } from './entry'
import { and, anything, equal, or, type Filter } from './filter'
import { isPaged, readPages } from './paged-read'
import { primaryGroups } from './primary-group'
import { withWholeRange } from './ranges'
import { mayHoldGroups } from './reference'
import type { RootDse } from './root-dse'

export interface Group {
  readonly dn: string
  readonly name: string
}

/** A group that holds a person itself (as their primary group, too), or holds a group that does. */
export interface Membership extends Group {
  readonly how: 'direct' | 'primary' | 'nested'
  /** How many groups lie between the person and this one; null where the directory walked up by itself. */
  readonly level: number | null
}

export interface Memberships {
  /** By normalised DN. */
  readonly groups: ReadonlyMap<string, Membership>
  /** What kept some of them unknown, if anything did. */
  readonly incomplete: AppError | null
}

const membersPerSearch = 50
/** LDAP_MATCHING_RULE_IN_CHAIN (MS-ADTS section 3.1.1.3.4.4.3): Active Directory goes up through all groups itself. */
const inChain = '1.2.840.113556.1.4.1941'
const maxLevels = 40

export function groupClass(settings: LdapSettings): Filter {
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

export interface MembershipQuestion {
  readonly settings: LdapSettings
  readonly person: Entry
  /** What the directory says of itself, where it was asked. */
  readonly rootDse?: RootDse | null
  /** Go up from group to group even where the directory could do so itself; then every level is known. */
  readonly nesting?: 'walk'
}

/**
 * All groups that hold the person: by the member attribute, as primary group and, where the directory keeps it, by
 * `memberOf`, whose slices are fetched to the last. With nested groups the walk goes up from group to group and visits
 * each once, so a cycle ends it. Active Directory is asked for all of them at once; the walk then shows that none is
 * missing.
 */
export async function membershipsOf(
  connection: DirectoryConnection,
  what: MembershipQuestion,
  signal: AbortSignal,
): Promise<Memberships> {
  const { settings, rootDse = null } = what
  const groups = new Map<string, Membership>()
  const missing: AppError[] = []
  const keep = (
    found: readonly Group[],
    how: Membership['how'],
    level: number | null = 0,
  ): readonly Group[] => {
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
    const primary = await primaryGroups(connection, { settings, person, rootDse }, signal)
    let level: readonly Group[] = [...direct, ...keep(primary.map(groupOf), 'primary')]
    const jumps = settings.nestedGroups && what.nesting !== 'walk' && rootDse?.kind === 'activeDirectory'
    const above = jumps ? await chained(connection, { settings, person, level }, signal) : []
    level = [...level, ...keep(above, 'nested', null)]
    for (let depth = 0; settings.nestedGroups && level.length > 0; depth += 1) {
      if (depth === maxLevels) throw incomplete('nested too deeply')
      const members = level.map((group) => group.dn)
      level = keep(
        await holders(connection, { settings, members, missing }, signal),
        'nested',
        jumps ? null : depth + 1,
      )
    }
    return { groups, incomplete: missing[0] ?? null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error
    return { groups, incomplete: missing[0] ?? error }
  }
}

function incomplete(reason: string, references: readonly string[] = []): AppError {
  const named = references.length === 0 ? {} : { references: [...references] }
  return new AppError('LDAP_GROUP_INCOMPLETE', { details: { reason, ...named } })
}

/**
 * All groups above the person and the groups, by one matching rule; none where the directory refuses it. What it leaves
 * out is found by the walk that follows.
 */
async function chained(
  connection: DirectoryConnection,
  question: {
    readonly settings: LdapSettings
    readonly person: Entry
    readonly level: readonly Group[]
  },
  signal: AbortSignal,
): Promise<readonly Group[]> {
  const { settings, person, level } = question
  const members = [person.dn, ...level.map(({ dn }) => dn)]
  return holders(connection, { settings, members, missing: [], rule: inChain }, signal).catch(
    (error: unknown) => {
      if (error instanceof AppError && ruleRefusals.includes(error.code)) return []
      throw error
    },
  )
}

/** How a server that does not know the rule, or has no time for it, says so. */
const ruleRefusals: readonly string[] = [
  ...['LDAP_SERVER_ERROR', 'LDAP_PAGING_UNSUPPORTED', 'LDAP_TIME_LIMIT', 'LDAP_ADMIN_LIMIT'],
  ...['LDAP_GROUP_INCOMPLETE', 'LDAP_SIZE_LIMIT'],
]

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
  /** A matching rule to compare with in place of equality. */
  readonly rule?: string
}

async function holders(
  connection: DirectoryConnection,
  what: Holders,
  signal: AbortSignal,
): Promise<readonly Group[]> {
  const { settings, members, missing, rule } = what
  const found: Group[] = []
  for (let start = 0; start < members.length; start += membersPerSearch) {
    const held = members.slice(start, start + membersPerSearch)
    const byMember = held.map((member) => holds(settings.groupMemberAttribute, member, rule))
    const filter = and(groupClass(settings), or(...byMember))
    const request = { base: settings.groupBase, scope: 'sub', filter, attributes: ['cn'] } as const
    const answer = await connection
      .search({ ...request, sizeLimit: 0, page: null }, signal)
      .catch((error: unknown) => cutShort(connection, error))
    const references = answer.references.filter(mayHoldGroups)
    if (references.length > 0) missing.push(incomplete('reference', references))
    const entries = await wholeOf(connection, { answer, request, settings, missing }, signal)
    found.push(...entries.map(groupOf))
  }
  return found
}

interface Cut {
  readonly answer: SearchAnswer
  readonly request: Pick<SearchRequest, 'base' | 'filter' | 'attributes'>
  readonly settings: LdapSettings
  readonly missing: AppError[]
}

/** An answer that the directory's own limit cut short is asked for again page by page (Active Directory: 1,000). */
async function wholeOf(
  connection: DirectoryConnection,
  { answer, request, settings, missing }: Cut,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  if (answer.extent === 'complete') return answer.entries
  const entries: Entry[] = []
  try {
    if (!isPaged(connection)) throw incomplete(answer.extent)
    for await (const page of readPages(connection, { ...request, settings }, signal)) entries.push(...page)
    return entries
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error
    missing.push(incomplete(answer.extent))
    return entries.length > answer.entries.length ? entries : answer.entries
  }
}

/** ldapts throws away what came before a limit; the pages bring it again. */
function cutShort(connection: DirectoryConnection, error: unknown): SearchAnswer {
  const cut = error instanceof AppError && error.code === 'LDAP_SIZE_LIMIT' && isPaged(connection)
  if (!cut) throw error
  return { entries: [], references: [], extent: 'size-limit' }
}

function holds(attribute: string, member: string, rule: string | undefined): Filter {
  if (rule === undefined) return equal(attribute, member)
  return { kind: 'extensible', attribute, rule, dn: 'without-dn', value: member }
}
