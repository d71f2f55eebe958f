import { AppError, type Code } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { LdapSettings } from '../app/ports'
import { foldName } from '../users/folded-name'
import { isDn, normaliseDn } from './dn'
import { readEntry } from './directory-connection'
import { textOf, textsOf, valuesOf, type Entry } from './entry'
import { anything } from './filter'
import { findGroup, groupClass } from './groups'
import { readPages, type PagedConnection } from './paged-read'
import { usernameOf } from './person-mapping'
import { withWholeRange } from './ranges'
import { formatSid, sibling } from './sid'

/** Everybody in the configured groups, read once for all people. */
export interface GroupMembers {
  /** Null where nothing is mapped or a group is not exactly one: then no role is given or taken. */
  readonly rolesOf: (person: Entry) => readonly Role[] | null
  /** Whether the required group keeps the person out; nobody is where none is required. */
  readonly isOutside: (person: Entry) => boolean
  /** Why no roles were read. */
  readonly code: Code | null
}

/** A group with all groups below it. */
interface Closure {
  /** Normalised DNs or, by `memberUid`, folded names of those who are no groups. */
  readonly members: Set<string>
  /** Normalised DNs of the group and of those below it. */
  readonly groups: Set<string>
  /** What people name as their primary group: SIDs and group numbers. */
  readonly numbers: Set<string>
}

interface Walk {
  readonly connection: PagedConnection
  readonly settings: LdapSettings
  /** Normalised DNs of everything that is a group; empty where groups in groups do not count. */
  readonly known: ReadonlySet<string>
  readonly signal: AbortSignal
}

/** Groups that are missing or ambiguous give and take nothing; whatever else fails makes the read partial. */
export async function readGroupMembers(
  connection: PagedConnection,
  settings: LdapSettings,
  signal: AbortSignal,
): Promise<GroupMembers> {
  const { roleGroups, requiredGroup } = settings
  const isAsked = roleGroups.length > 0 || requiredGroup !== null
  const known =
    isAsked && settings.nestedGroups ? await groupNames(connection, settings, signal) : new Set<string>()
  const walk: Walk = { connection, settings, known, signal }
  const roles: { readonly role: Role; readonly closure: Closure | Code }[] = []
  for (const { role, group } of roleGroups) roles.push({ role, closure: await closureOf(walk, group) })
  const required = requiredGroup === null ? null : await closureOf(walk, requiredGroup)
  const code = roles.map(({ closure }) => closure).find((closure) => typeof closure === 'string') ?? null
  return {
    code,
    rolesOf: (person) =>
      roles.length === 0 || code !== null
        ? null
        : roles.flatMap(({ role, closure }) => (holds(settings, closure, person) ? [role] : [])),
    isOutside: (person) => required !== null && !holds(settings, required, person),
  }
}

async function groupNames(
  connection: PagedConnection,
  settings: LdapSettings,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const read = { settings, base: settings.groupBase, filter: groupClass(settings), attributes: ['1.1'] }
  const names = new Set<string>()
  for await (const page of readPages(connection, read, signal)) {
    for (const { dn } of page) names.add(normaliseDn(dn))
  }
  return names
}

/** The group and what is below it, each visited once, so that a cycle ends. */
async function closureOf(walk: Walk, group: string): Promise<Closure | Code> {
  const { connection, settings, signal } = walk
  const closure: Closure = { members: new Set(), groups: new Set(), numbers: new Set() }
  const waiting: string[] = []
  try {
    waiting.push((await findGroup(connection, { settings, group }, signal)).dn)
  } catch (error) {
    if (error instanceof AppError && isNotOne.has(error.code)) return error.code
    throw error
  }
  for (let dn = waiting.pop(); dn !== undefined; dn = waiting.pop()) {
    const name = normaliseDn(dn)
    if (closure.groups.has(name)) continue
    closure.groups.add(name)
    waiting.push(...(await take(walk, closure, dn)))
  }
  return closure
}

const isNotOne: ReadonlySet<Code> = new Set<Code>(['LDAP_GROUP_NOT_FOUND', 'LDAP_GROUP_AMBIGUOUS'])

/** Takes the group's members over and returns those that are groups. */
async function take({ connection, settings, known, signal }: Walk, closure: Closure, dn: string) {
  const attribute = settings.groupMemberAttribute
  const attributes = [attribute, 'objectSid', 'gidNumber']
  const found = await readEntry(connection, { dn, filter: anything, attributes }, signal)
  if (!found) throw new AppError('LDAP_GROUP_INCOMPLETE', { details: { dn } })
  const entry = await withWholeRange(connection, { entry: found, attribute }, signal)
  for (const number of numbersOf(entry, settings)) closure.numbers.add(number)
  const below: string[] = []
  for (const value of textsOf(entry, attribute)) {
    const name = memberName(settings, value)
    if (known.has(name)) below.push(value)
    else closure.members.add(name)
  }
  return below
}

const isByName = ({ groupMemberAttribute }: LdapSettings) =>
  groupMemberAttribute.toLowerCase() === 'memberuid'

function memberName(settings: LdapSettings, value: string): string {
  if (isByName(settings)) return foldName(value)
  return isDn(value) ? normaliseDn(value) : value
}

function numbersOf(group: Entry, settings: LdapSettings): readonly string[] {
  const [sid] = valuesOf(group, 'objectSid')
  const number = isByName(settings) ? textOf(group, 'gidNumber') : null
  return [...(sid ? [sidText(sid)] : []), ...(number === null ? [] : [`gid:${number}`])]
}

function sidText(sid: Buffer): string {
  return formatSid(sid) ?? sid.toString('utf8')
}

/** As sign-in has it: by the member attribute, by `memberOf`, or as primary group. */
function holds(settings: LdapSettings, closure: Closure | Code, person: Entry): boolean {
  if (typeof closure === 'string') return false
  const name = isByName(settings) ? usernameOf(person, settings) : normaliseDn(person.dn)
  if (closure.members.has(name)) return true
  if (textsOf(person, 'memberOf').some((dn) => closure.groups.has(memberDn(dn)))) return true
  const primary = primaryNumber(settings, person)
  return primary !== null && closure.numbers.has(primary)
}

function memberDn(dn: string): string {
  return isDn(dn) ? normaliseDn(dn) : dn
}

function primaryNumber(settings: LdapSettings, person: Entry): string | null {
  const relativeId = textOf(person, 'primaryGroupID')
  const [sid] = valuesOf(person, 'objectSid')
  if (relativeId !== null && /^\d{1,9}$/.test(relativeId) && sid) {
    const group = sibling(sid, Number(relativeId))
    return group && sidText(group)
  }
  const number = textOf(person, 'gidNumber')
  return isByName(settings) && number !== null ? `gid:${number}` : null
}
