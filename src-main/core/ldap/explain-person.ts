import { AppError, type Code } from '../../contract/errors'
import type { ExplainedField, ExplainedGroup } from '../../contract/ldap-explain'
import type { Clock, DirectoryPerson, LdapSettings, Logger } from '../app/ports'
import type { ConnectDeps } from './connect'
import { examine, groupHolds, requireAdmissible, requireName, withBound, withEmail } from './directory'
import type { Examined, Searchable } from './directory'
import { normaliseDn } from './dn'
import { textsOf, valuesOf, type Entry } from './entry'
import { openLdifDirectory } from './ldif-directory'
import type { Membership } from './groups'
import { requireReadable } from './invalid-settings'
import { proveMembership } from './membership-proof'
import { uuidAttributes } from './person-mapping'
import { isControl } from './printable'
import { isSecretAttribute } from './secret-attributes'
import { systemResolve, type Resolve } from './tcp'
import { createTlsTrustLoader } from './tls-channel'

export interface LdapExplainDeps {
  readonly logger: Logger
  readonly clock: Clock
  readonly resolve?: Resolve
}

/** What the directory says about one person, and whether it would let them in, their password aside. */
export interface ExplainedPerson {
  readonly person: DirectoryPerson | null
  readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[]
  readonly fields: readonly ExplainedField[]
  readonly groups: readonly ExplainedGroup[]
  /** Configured groups that do not hold the person, or could not be looked at. */
  readonly unmatched: readonly { readonly group: string; readonly code: Code | null }[]
  readonly refusal: Code | null
  /** What kept memberships unknown. */
  readonly incomplete: Code | null
}

export interface LdapExplainRun {
  readonly settings: LdapSettings
  readonly user: string
  /** The path of an LDIF file that takes the server's place. */
  readonly against: string | null
  readonly signal: AbortSignal
}
export type LdapExplain = (run: LdapExplainRun) => Promise<ExplainedPerson>

/** So many groups are proven; a person of thousands gets an answer too. */
const mostProofs = 50

/** Asks what a sign-in asks, by the functions that it asks with; no password is sent. */
export function createLdapExplain(deps: LdapExplainDeps): LdapExplain {
  const connect: ConnectDeps = {
    logger: deps.logger,
    resolve: deps.resolve ?? systemResolve,
    loadTrust: createTlsTrustLoader(),
  }
  return async (run) => {
    const { settings, signal, against } = run
    requireReadable(settings)
    if (against !== null) return explain(deps, run, { connection: await openLdifDirectory(against, signal) })
    return withBound({ settings, connect }, signal, (bound) => explain(deps, run, bound))
  }
}

async function explain(
  { clock }: LdapExplainDeps,
  run: LdapExplainRun,
  bound: Searchable,
): Promise<ExplainedPerson> {
  const { settings, user, signal } = run
  const found = await personAnswer(async () => {
    requireName(user)
    return examine({ bound, settings, username: user }, signal)
  })
  if (typeof found === 'string') return nobody(found)
  const refused = await personAnswer(async () => {
    await requireAdmissible(found, { bound, settings, now: clock.now() }, signal)
    return withEmail(found.person)
  })
  return { ...(await described(run, bound, found)), refusal: typeof refused === 'string' ? refused : null }
}

/** The code of an answer about the person; an outage is none. */
async function personAnswer<T extends object>(work: () => Promise<T>): Promise<T | Code> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && /^LDAP_(?:USER|GROUP)_/.test(error.code)) return error.code
    throw error
  }
}

function nobody(refusal: Code): ExplainedPerson {
  const nothing = { attributes: [], fields: [], groups: [], unmatched: [], incomplete: null }
  return { person: null, ...nothing, refusal }
}

async function described(
  run: LdapExplainRun,
  bound: Searchable,
  found: Examined,
): Promise<Omit<ExplainedPerson, 'refusal'>> {
  const { settings } = run
  const { person, entry, memberships } = found
  const wanted = await configuredGroups(run, bound, found)
  return {
    person,
    attributes: attributesOf(entry),
    fields: fieldsOf(entry, settings, person),
    groups: await groupsOf(run, bound, { found, wanted }),
    unmatched: wanted
      .filter(({ held }) => held !== true)
      .map(({ group, held }) => ({ group, code: typeof held === 'string' ? held : null })),
    incomplete: memberships.incomplete?.code ?? null,
  }
}

/** Text as it is, bytes that are none by their length; nothing that a password could be made of. */
function attributesOf(entry: Entry) {
  return [...entry.attributes]
    .filter(([name]) => !isSecretAttribute(name))
    .map(([name, values]) => ({ name, values: values.map(shownValue) }))
}

function shownValue(value: Buffer): string {
  const text = value.toString('utf8')
  const isText = !text.includes('\ufffd') && !Array.from(text).some(isControl)
  return isText ? text.slice(0, 1000) : value.toString('hex')
}

/** Where each field of the account comes from: the setting's attribute, what it holds, and what is made of it. */
export function fieldsOf(entry: Entry, settings: LdapSettings, person: DirectoryPerson): ExplainedField[] {
  const raw = (names: readonly string[]) => names.flatMap((name) => textsOf(entry, name))
  const named = [settings.firstNameAttribute, settings.lastNameAttribute]
  const fullName = raw(named).length > 0 ? named : ['displayName', 'cn']
  const ids = settings.uuidAttribute === null ? uuidAttributes : [settings.uuidAttribute]
  const id = ids.find((name) => raw([name]).length > 0)
  const row = (field: ExplainedField['field'], names: readonly string[], value: string | null) => ({
    ...{ field, attribute: names.join(' + '), raw: raw(names), value },
  })
  return [
    row('username', [settings.loginAttribute], person.username),
    row('email', [settings.emailAttribute], person.email),
    row('fullName', fullName, person.fullName),
    id === undefined
      ? { field: 'entryId', attribute: 'dn', raw: [entry.dn], value: person.entryId }
      : { field: 'entryId', attribute: id, raw: valuesOf(entry, id).map(shownValue), value: person.entryId },
  ]
}

interface Configured {
  readonly group: string
  readonly role: ExplainedGroup['role']
  readonly required: boolean
  /** Whether it holds the person, or why that is not known. */
  readonly held: boolean | Code
  readonly dn: string | null
}

async function configuredGroups(
  { settings, signal }: LdapExplainRun,
  bound: Searchable,
  { memberships }: Examined,
): Promise<readonly Configured[]> {
  const { requiredGroup, roleGroups } = settings
  const wanted = [
    ...(requiredGroup === null ? [] : [{ group: requiredGroup, role: null, required: true }]),
    ...roleGroups.map(({ group, role }) => ({ group, role, required: false })),
  ]
  const answers: Configured[] = []
  for (const each of wanted) {
    const held = await heldBy(() => groupHolds({ bound, settings, memberships }, each.group, signal))
    answers.push({ ...each, ...held })
  }
  return answers
}

async function heldBy(ask: () => ReturnType<typeof groupHolds>): Promise<Pick<Configured, 'held' | 'dn'>> {
  const answer = await personAnswer(ask)
  return typeof answer === 'string' ? { held: answer, dn: null } : answer
}

async function groupsOf(
  run: LdapExplainRun,
  bound: Searchable,
  { found, wanted }: { found: Examined; wanted: readonly Configured[] },
): Promise<ExplainedGroup[]> {
  const groups: ExplainedGroup[] = []
  for (const membership of found.memberships.groups.values()) {
    const known = wanted.filter(({ dn }) => dn !== null && normaliseDn(dn) === normaliseDn(membership.dn))
    const prove = (membership.level ?? 0) > 0 && groups.length < mostProofs
    const way = prove ? await wayTo(run, bound, { found, membership }) : []
    groups.push({
      ...{ dn: membership.dn, name: membership.name, how: membership.how },
      ...{ via: way.map(({ name }) => name), below: way.at(-1)?.dn ?? null },
      role: known.find(({ role }) => role !== null)?.role ?? null,
      required: known.some(({ required }) => required),
    })
  }
  return groups
}

/** The groups between the person and this one, the nearest first. */
async function wayTo(
  { settings, signal }: LdapExplainRun,
  { connection }: Searchable,
  { found, membership }: { found: Examined; membership: Membership },
): Promise<readonly Membership[]> {
  const what = { settings, memberships: found.memberships, group: membership.dn }
  const way = (await proveMembership(connection, what, signal)) ?? []
  return way.slice(0, -1)
}
