import type { Code } from '../../contract/errors'
import type { Clock, DirectoryPerson, LdapSettings, Logger } from '../app/ports'
import type { ConnectDeps } from './connect'
import { withBound, type Searchable } from './directory'
import type { Entry } from './entry'
import { openLdifDirectory } from './ldif-directory'
import { readGroupMembers, type GroupMembers } from './group-members'
import { requireReadable } from './invalid-settings'
import { inOnePage, readPages, type PagedConnection } from './paged-read'
import { mapFields } from './person-mapping'
import { everybodyFilter, personAttributes } from './person-search'
import { administrativeLock } from './person-state'
import { withWholeRange } from './ranges'
import { directoryName, readRootDse, type RootDse } from './root-dse'
import { withDeadline } from './deadline'
import { systemResolve, type Resolve } from './tcp'
import { createTlsTrustLoader } from './tls-channel'

/** A person of the whole directory, with what an administrator of it has locked. */
export interface ReadPerson extends Omit<DirectoryPerson, 'attributes'> {
  readonly lock: 'LDAP_USER_DISABLED' | 'LDAP_USER_EXPIRED' | null
  /** Why sign-in would refuse the person, locks aside. */
  readonly barred: 'LDAP_USER_NOT_IN_REQUIRED_GROUP' | null
}

export interface PeopleReading {
  /** The directory's name: the identities of its people have it as their issuer. */
  readonly directory: string
  /** Why no role is given or taken; null where roles are read, or none is mapped. */
  readonly rolesCode: Code | null
  /** Everybody, page by page; throws where it would not be everybody. */
  readonly pages: AsyncIterable<readonly ReadPerson[]>
}

export interface PeopleRun {
  readonly settings: LdapSettings
  /** The path of an LDIF file that takes the server's place. */
  readonly against: string | null
  readonly signal: AbortSignal
}

/** Opens the directory for `work`; what fails while it is open reaches `work` from what it reads. */
export type ReadPeople = <T>(run: PeopleRun, work: (open: OpenPeople) => Promise<T>) => Promise<T>
export type OpenPeople = () => Promise<PeopleReading>

export interface ReadPeopleDeps {
  readonly logger: Logger
  readonly clock: Clock
  readonly resolve?: Resolve
}

export function createReadPeople(deps: ReadPeopleDeps): ReadPeople {
  const connect: ConnectDeps = {
    logger: deps.logger,
    resolve: deps.resolve ?? systemResolve,
    loadTrust: createTlsTrustLoader(),
  }
  return async (run, work) => {
    const { settings, against, signal } = run
    requireReadable(settings)
    if (against !== null) {
      const file = await openLdifDirectory(against, signal)
      return work(() => read(deps, run, { connection: file }))
    }
    return withBound({ settings, connect }, signal, (bound) => work(() => read(deps, run, bound)))
  }
}

async function read(
  { clock }: ReadPeopleDeps,
  run: PeopleRun,
  { connection }: Searchable & { readonly connection: PagedConnection },
): Promise<PeopleReading> {
  const { settings, signal, against } = run
  const limits = { signal, ms: settings.timeout * 1000 }
  const rootDse = await withDeadline(limits, (inner) => readRootDse(connection, inner))
  const paged = against === null && rootDse?.paging === 'unsupported' ? inOnePage(connection) : connection
  const groups = await readGroupMembers(paged, settings, signal)
  const directory = directoryName(rootDse, settings.baseDn)
  const people = { connection: paged, run, rootDse, groups, directory, now: clock.now() }
  return { directory, rolesCode: groups.code, pages: pagesOf(people) }
}

interface People {
  readonly connection: PagedConnection
  readonly run: PeopleRun
  readonly rootDse: RootDse | null
  readonly groups: GroupMembers
  readonly directory: string
  readonly now: Date
}

async function* pagesOf(people: People): AsyncGenerator<readonly ReadPerson[]> {
  const { connection, run } = people
  const { settings, signal } = run
  const what = {
    settings,
    base: settings.userBase,
    filter: everybodyFilter(settings),
    attributes: personAttributes(settings),
  }
  for await (const page of readPages(connection, what, signal)) {
    const read: ReadPerson[] = []
    for (const entry of page) read.push(personOf(people, await wholeEntry(people, entry)))
    yield read
  }
}

/** Memberships come in slices where there are very many; one that does not come makes the read partial. */
async function wholeEntry({ connection, run, groups }: People, entry: Entry): Promise<Entry> {
  const asked = run.settings.roleGroups.length > 0 || run.settings.requiredGroup !== null
  if (!asked || groups.code !== null) return entry
  if (entry.options === 'none' || !hasSlices(entry)) return entry
  return withWholeRange(connection, { entry, attribute: 'memberOf' }, run.signal)
}

function hasSlices({ attributes }: Entry): boolean {
  return [...attributes.keys()].some((name) => name.startsWith('memberof;range='))
}

function personOf({ run, groups, directory, now }: People, entry: Entry): ReadPerson {
  const { settings } = run
  const person = mapFields(entry, settings, { directory, roles: groups.rolesOf(entry) })
  const barred = groups.isOutside(entry) ? 'LDAP_USER_NOT_IN_REQUIRED_GROUP' : null
  return { ...person, lock: administrativeLock(entry, now), barred }
}
