import { AppError } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { Clock, Directory, DirectoryPerson, LdapSettings, Logger } from '../app/ports'
import { bindPerson, isBlank, openBound, type Bound, type ConnectDeps } from './connect'
import { withDeadline } from './deadline'
import type { DirectoryConnection } from './directory-connection'
import { normaliseDn } from './dn'
import type { Entry } from './entry'
import { findGroup, membershipsOf, type Memberships } from './groups'
import { mapPerson } from './person-mapping'
import { findPerson, nameVariants } from './person-search'
import { administrativeLock } from './person-state'
import { directoryName, readRootDse, type RootDse } from './root-dse'
import { systemResolve, type Resolve } from './tcp'
import { createTlsTrustLoader } from './tls-channel'

export interface DirectoryDeps {
  readonly logger: Logger
  readonly clock: Clock
  /** The operating system's resolver unless a test brings another. */
  readonly resolve?: Resolve
}

/** The directory as sign-in uses it. Each call has a connection of its own, which is closed with it. */
export function createDirectory(deps: DirectoryDeps): (settings: LdapSettings) => Directory {
  const connect: ConnectDeps = {
    logger: deps.logger,
    resolve: deps.resolve ?? systemResolve,
    loadTrust: createTlsTrustLoader(),
  }
  return (settings) => ({
    lookUp: async (username, signal) => {
      requireName(username)
      return withBound({ settings, connect }, signal, async (bound) => {
        const found = await examine({ bound, settings, username }, signal)
        return found.person
      })
    },
    judge: async (username, signal) => {
      requireName(username)
      return withBound({ settings, connect }, signal, async (bound) => {
        const found = await mayBind({ bound, settings, username, now: deps.clock.now() }, signal)
        return withEmail(found.person)
      })
    },
    signIn: async (who, signal) => {
      requireName(who.username)
      if (isBlank(who.password)) throw new AppError('LDAP_USER_PASSWORD', { details: { reason: 'blank' } })
      return withBound({ settings, connect }, signal, async (bound) => {
        const { username, password } = who
        const found = await mayBind({ bound, settings, username, now: deps.clock.now() }, signal)
        who.onSent?.()
        await bindAs({ bound, settings, dn: found.entry.dn, password }, signal)
        return withEmail(found.person)
      })
    },
  })
}

/** What must hold before a person's password may be tried: the required group, and no administrative lock. */
async function mayBind(
  what: {
    readonly bound: Bound
    readonly settings: LdapSettings
    readonly username: string
    readonly now: Date
  },
  signal: AbortSignal,
): Promise<Examined> {
  const found = await examine(what, signal)
  await requireAdmissible(found, what, signal)
  return found
}

/** Refuses whom the required group or an administrative lock keeps out. */
export async function requireAdmissible(
  { entry, memberships }: Examined,
  what: { readonly bound: Searchable; readonly settings: LdapSettings; readonly now: Date },
  signal: AbortSignal,
): Promise<void> {
  const { bound, settings, now } = what
  await requireGroup({ bound, settings, memberships }, signal)
  const lock = administrativeLock(entry, now)
  if (lock) throw new AppError(lock)
}

export function withEmail(person: DirectoryPerson): DirectoryPerson {
  if (person.email === null) throw new AppError('LDAP_USER_NO_EMAIL')
  return person
}

/** A name that no entry can have is answered without any traffic. */
export function requireName(username: string): void {
  if (nameVariants(username).length === 0) throw new AppError('LDAP_USER_NOT_FOUND')
}

export async function withBound<T>(
  what: { readonly settings: LdapSettings; readonly connect: ConnectDeps },
  signal: AbortSignal,
  work: (bound: Bound) => Promise<T>,
): Promise<T> {
  const bound = await openBound(what.settings, what.connect, signal).catch((error: unknown) => {
    throw unavailable(error)
  })
  try {
    return await work(bound)
  } catch (error) {
    throw isPersonAnswer(error) ? error : unavailable(error)
  } finally {
    bound.connection.close()
  }
}

/**
 * Answers about the person. The service account's own state has the same codes, but it shows only while the connection
 * is made, where everything is an outage.
 */
function isPersonAnswer(error: unknown): boolean {
  return error instanceof AppError && /^LDAP_(?:USER|GROUP)_/.test(error.code)
}

/** An outage is an answer of its own, never "wrong password"; the exact code goes along. */
function unavailable(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code === 'CANCELLED') return error
  return new AppError('LDAP_UNAVAILABLE', { details: { ...error.details, code: error.code }, cause: error })
}

/** A directory that can be searched: over a bound connection, or in a file. */
export interface Searchable {
  readonly connection: DirectoryConnection
}

/** What the directory holds about one person, as sign-in reads it. */
export interface Examined {
  readonly entry: Entry
  readonly person: DirectoryPerson
  readonly memberships: Memberships
}

export async function examine(
  what: { readonly bound: Searchable; readonly settings: LdapSettings; readonly username: string },
  signal: AbortSignal,
): Promise<Examined> {
  const { settings, bound } = what
  const limits = { signal, ms: settings.timeout * 1000 }
  const { connection } = bound
  const rootDse = await selfDescription(bound, settings, signal)
  const entry = await withDeadline(limits, (inner) =>
    findPerson(connection, { settings, name: what.username, rootDse }, inner),
  )
  const memberships = await withDeadline(limits, (inner) =>
    membershipsOf(connection, { settings, person: entry, rootDse }, inner),
  )
  const roles = await rolesOf({ bound, settings, memberships }, signal)
  const directory = directoryName(rootDse, settings.baseDn)
  return { entry, memberships, person: mapPerson(entry, settings, { directory, roles }) }
}

interface GroupQuestion {
  readonly bound: Searchable
  readonly settings: LdapSettings
  readonly memberships: Memberships
}

/** The mapped roles, or null where nothing is mapped or a group could not be checked: then nothing may change. */
async function rolesOf(question: GroupQuestion, signal: AbortSignal): Promise<readonly Role[] | null> {
  const { settings, memberships } = question
  if (settings.roleGroups.length === 0 || memberships.incomplete) return null
  const held: Role[] = []
  for (const { role, group } of settings.roleGroups) {
    const member = await isMember(question, group, signal).catch((error: unknown) => {
      if (error instanceof AppError && error.code !== 'CANCELLED') return null
      throw error
    })
    if (member === null) return null
    if (member) held.push(role)
  }
  return held
}

async function isMember(question: GroupQuestion, group: string, signal: AbortSignal): Promise<boolean> {
  return (await groupHolds(question, group, signal)).held
}

/** A configured group by its DN, and whether it holds the person as far as their memberships are known. */
export async function groupHolds(
  question: GroupQuestion,
  group: string,
  signal: AbortSignal,
): Promise<{ readonly dn: string; readonly held: boolean }> {
  const { settings, bound, memberships } = question
  const limits = { signal, ms: settings.timeout * 1000 }
  const found = await withDeadline(limits, (inner) => findGroup(bound.connection, { settings, group }, inner))
  return { dn: found.dn, held: memberships.groups.has(normaliseDn(found.dn)) }
}

async function requireGroup(question: GroupQuestion, signal: AbortSignal): Promise<void> {
  const { settings, memberships } = question
  if (settings.requiredGroup === null) return
  if (await isMember(question, settings.requiredGroup, signal)) return
  if (!memberships.incomplete) throw new AppError('LDAP_USER_NOT_IN_REQUIRED_GROUP')
  throw new AppError('LDAP_GROUP_INCOMPLETE', {
    details: { code: memberships.incomplete.code },
    cause: memberships.incomplete,
  })
}

async function bindAs(
  what: {
    readonly bound: Bound
    readonly settings: LdapSettings
    readonly dn: string
    readonly password: string
  },
  signal: AbortSignal,
): Promise<void> {
  const { connection, endpoint } = what.bound
  const limits = { signal, ms: what.settings.timeout * 1000 }
  await withDeadline(limits, (inner) => bindPerson(connection, { ...what, endpoint }, inner))
}

/** What the directory says of itself, or null if it keeps that to itself; an outage is not taken for silence. */
async function selfDescription(
  bound: Searchable,
  settings: LdapSettings,
  signal: AbortSignal,
): Promise<RootDse | null> {
  const limits = { signal, ms: settings.timeout * 1000 }
  return withDeadline(limits, (inner) => readRootDse(bound.connection, inner)).catch((error: unknown) => {
    const silent = error instanceof AppError && /^LDAP_BASE_/.test(error.code)
    if (silent) return null
    throw error
  })
}
