import { AppError } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { DirectoryPerson } from '../app/ports'
import { contradictionOf, readState } from './account-state'
import { bindPerson, type Bound } from './connect'
import type { DirectoryRun, FoundGroups } from './directory-stages'
import { normaliseDn } from './dn'
import { valuesOf, type Entry } from './entry'
import { formatFilter } from './filter'
import { membershipsOf, type Memberships } from './groups'
import { explained } from './explained-search'
import { runStage, type StageRun } from './ladder'
import { proveMembership } from './membership-proof'
import type { Lockout } from './lockout-counter'
import { mapPerson } from './person-mapping'
import { findPerson, personFilter, personFilters } from './person-search'
import type { PolicyAnswer } from './policy-control'
import { formatSid } from './sid'
import { describeFailure, row, type Row } from './stage-evidence'

export interface PersonRun extends DirectoryRun {
  readonly user: string
  readonly now: Date
}

export function userStage(run: PersonRun): Promise<StageRun<Entry>> {
  const { texts } = run.context
  const { settings, connection, user, rootDse } = run
  const [first = personFilter(settings, user)] = personFilters(settings, user, rootDse?.kind)
  const filter = formatFilter(first)
  return runStage(run.context, {
    id: 'user',
    asked: texts('ldap.asked.user', { base: settings.userBase, filter }),
    work: async (signal) => {
      const entry = await findPerson(connection, { settings, name: user, rootDse }, signal).catch(
        async (error: unknown) => {
          const found = error instanceof AppError ? foundBy(error) : null
          throw found && error instanceof AppError
            ? await explained(run, { error, name: user, found }, signal)
            : error
        },
      )
      return {
        value: entry,
        summary: texts('ldap.passed.user', { user }),
        detail: [row(texts, 'dn', entry.dn), ...stateRows(run, entry)],
      }
    },
  })
}

/** The entries of a search that did not find exactly one; null where it could not be made. */
function foundBy(error: AppError): readonly string[] | null {
  if (error.code === 'LDAP_USER_NOT_FOUND') return []
  const { dns } = error.details
  const several = error.code === 'LDAP_USER_AMBIGUOUS' && Array.isArray(dns)
  return several ? dns.filter((dn) => typeof dn === 'string') : null
}

/** What can be read of the account's state, and its SID as text. */
function stateRows({ context: { texts }, now }: PersonRun, entry: Entry): readonly Row[] {
  const [sid] = valuesOf(entry, 'objectSid')
  const text = sid === undefined ? null : formatSid(sid)
  const holding = readState(entry, now).filter(({ holds }) => holds === 'yes')
  return [
    ...(text === null ? [] : [row(texts, 'objectSid', text)]),
    ...holding.map(({ code, evidence }) =>
      row(texts, 'accountState', texts(`ldap.state.${code}`, { evidence })),
    ),
  ]
}

export interface MembershipResult {
  readonly memberships: Memberships
  /** Null where no role group is configured or the check was incomplete. */
  readonly roles: readonly Role[] | null
}

export function membershipStage(
  run: PersonRun,
  person: Entry,
  found: FoundGroups,
): Promise<StageRun<MembershipResult>> {
  const { texts } = run.context
  const { settings, connection, user, rootDse } = run
  return runStage<MembershipResult>(run.context, {
    id: 'membership',
    asked: texts('ldap.asked.membership', { base: settings.groupBase, dn: person.dn }),
    work: async (signal) => {
      const memberships = await membershipsOf(connection, { settings, person, rootDse }, signal)
      const holds = (group: string): boolean => isIn(memberships, found, group)
      const { requiredGroup, roleGroups } = settings
      const required = requiredGroup === null || holds(requiredGroup)
      if (!required && !memberships.incomplete) {
        throw new AppError('LDAP_USER_NOT_IN_REQUIRED_GROUP', { details: { group: requiredGroup } })
      }
      if (!required && memberships.incomplete) throw incompleteGroups(memberships.incomplete)
      const held = roleGroups.filter(({ group }) => holds(group)).map(({ role }) => role)
      const roles = roleGroups.length === 0 || memberships.incomplete ? null : held
      const detail = [
        ...[...memberships.groups.values()].map((group) =>
          row(texts, 'group', `${group.dn} (${texts(`ldap.value.${group.how}`)})`),
        ),
        ...(await proofRows(run, { memberships, found, person }, signal)),
        ...(memberships.incomplete ? describeFailure(texts, memberships.incomplete.details) : []),
      ]
      const value = { memberships, roles }
      if (memberships.incomplete) {
        const summary = texts('ldap.passed.membershipIncomplete', { user })
        return { value, summary, detail, warning: 'LDAP_GROUP_INCOMPLETE' }
      }
      const sentence = requiredGroup === null ? 'membershipNone' : 'membershipRequired'
      return { value, summary: texts(`ldap.passed.${sentence}`, { user }), detail }
    },
  })
}

/** For each configured group that holds the person through others, the way up to it. */
async function proofRows(
  run: PersonRun,
  known: { readonly memberships: Memberships; readonly found: FoundGroups; readonly person: Entry },
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const { connection, settings, context, user } = run
  const rows: Row[] = []
  let { memberships } = known
  const jumped = [...known.found.values()].some(
    ({ dn }) => memberships.groups.get(normaliseDn(dn))?.level === null,
  )
  if (jumped) {
    const question = { settings, person: known.person, rootDse: run.rootDse, nesting: 'walk' } as const
    memberships = await membershipsOf(connection, question, signal)
  }
  for (const { dn } of known.found.values()) {
    const what = { settings, memberships, group: dn }
    const way = await proveMembership(connection, what, signal)
    if (!way || way.length < 2) continue
    rows.push(row(context.texts, 'path', [user, ...way.map(({ name }) => name)].join(' → ')))
  }
  return rows
}

function incompleteGroups(cause: AppError): AppError {
  return new AppError('LDAP_GROUP_INCOMPLETE', { details: { ...cause.details, reason: cause.code }, cause })
}

function isIn(memberships: Memberships, found: FoundGroups, group: string): boolean {
  const dn = found.get(group)?.dn
  return dn !== undefined && memberships.groups.has(normaliseDn(dn))
}

export function userbindStage(
  run: PersonRun,
  bound: Bound,
  who: { readonly entry: Entry; readonly password: string; readonly lockout: Lockout },
): Promise<StageRun<PolicyAnswer>> {
  const { texts } = run.context
  const lockout = texts(`ldap.lockout.${who.lockout.state}`, { ...who.lockout })
  return runStage<PolicyAnswer>(run.context, {
    id: 'userbind',
    asked: texts('ldap.asked.userbind', { dn: who.entry.dn }),
    work: async (signal) => {
      const { dn } = who.entry
      const what = { dn, password: who.password, endpoint: bound.endpoint, settings: run.settings }
      const answer = await bindPerson(bound.connection, what, signal).catch((error: unknown) => {
        throw error instanceof AppError ? compared(run, { entry: who.entry, lockout }, error) : error
      })
      const detail = [row(texts, 'lockout', lockout)]
      if (answer.graceSignIns === null)
        return { value: answer, summary: texts('ldap.passed.userbind'), detail }
      const summary = texts('ldap.passed.userbindGrace', { count: answer.graceSignIns })
      return { value: answer, summary, detail, warning: 'LDAP_USER_PASSWORD_EXPIRED' }
    },
  })
}

/** The refusal beside what the entry itself says: a reason that it contradicts is shown with the contradiction. */
function compared(
  run: PersonRun,
  { entry, lockout }: { readonly entry: Entry; readonly lockout: string },
  refusal: AppError,
): AppError {
  const { texts } = run.context
  const blank = refusal.details['reason'] === 'blank'
  const known = blank ? refusal.details : { ...refusal.details, lockout }
  const against = contradictionOf(refusal.code, readState(entry, run.now))
  if (!against) return new AppError(refusal.code, { details: known, cause: refusal })
  const said = texts(`codes.${refusal.code}.title`)
  const contradiction = texts('ldap.value.contradiction', { said, evidence: against.evidence })
  return new AppError(refusal.code, { details: { ...known, contradiction }, cause: refusal })
}

export function mappingStage(
  run: PersonRun,
  entry: Entry,
  known: { readonly directory: string; readonly roles: readonly Role[] | null },
): Promise<StageRun<DirectoryPerson>> {
  const { texts } = run.context
  const { settings } = run
  return runStage<DirectoryPerson>(run.context, {
    id: 'mapping',
    asked: texts('ldap.asked.mapping', { dn: entry.dn }),
    work: () => {
      const person = mapPerson(entry, settings, known)
      if (person.email === null) {
        const details = {
          setting: `LDAP_USER_EMAIL_ATTR=${settings.emailAttribute}`,
          username: person.username,
        }
        return Promise.reject(new AppError('LDAP_USER_NO_EMAIL', { details }))
      }
      const detail = [
        row(texts, 'username', person.username),
        row(texts, 'email', person.email),
        ...(person.fullName === null ? [] : [row(texts, 'fullName', person.fullName)]),
        row(texts, 'entryId', person.entryId),
      ]
      return Promise.resolve({ value: person, summary: texts('ldap.passed.mapping'), detail })
    },
  })
}
