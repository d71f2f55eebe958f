import type { WayView } from '../../contract/auth'
import { AppError, type Code } from '../../contract/errors'
import { highestRole } from '../../contract/permissions'
import type { Clock, Directory, DirectoryPerson, LdapSettings, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Texts } from '../app/texts'
import { findOwner } from '../sign-in/admission'
import { accountFacts } from '../sign-in/account-facts'
import { waitOfName } from '../sign-in/attempts'
import { ownerOf, vouchedByDirectory } from '../sign-in/form-answers'
import type { IdentityDecision } from '../sign-in/identity-policy'
import {
  reachDecision,
  type DirectoryAnswer,
  type EntryAnswer,
  type SignInFacts,
  type SignInQuestion,
} from '../sign-in/sign-in-policy'
import { readStoredHash } from '../sign-in/stored-hash'
import type { Account } from '../users/account'
import { wayOf, type Verdicts } from './rules'

export interface ExplainDeps {
  readonly rooms: () => Promise<Rooms>
  readonly directory: (settings: LdapSettings) => Promise<Directory>
  readonly clock: Clock
  readonly texts: Texts
}

export interface Asked {
  readonly name: string
  readonly account: Account | null
  readonly settings: Settings
  readonly signal: AbortSignal
}

/** What came to light while the decision asked its questions. */
interface Seen {
  facts: SignInFacts
  end: { readonly allow: string } | { readonly refuse: Code }
  until: Date | null
  person: DirectoryPerson | null
}

function answered(error: unknown): Exclude<DirectoryAnswer, { kind: 'yes' }> {
  if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error
  if (error.code === 'LDAP_USER_NOT_FOUND') return { kind: 'unknown' }
  if (error.code.startsWith('LDAP_USER_')) return { kind: 'no', code: error.code }
  return { kind: 'outage', code: 'LDAP_UNAVAILABLE' }
}

async function askEntry(deps: ExplainDeps, asked: Asked): Promise<EntryAnswer> {
  try {
    const directory = await deps.directory(asked.settings.ldap)
    return await ownerOf(deps, asked, await directory.lookUp(asked.name, asked.signal))
  } catch (error) {
    const no = answered(error)
    return no.kind === 'outage' ? no : { kind: 'none' }
  }
}

async function askDirectory(deps: ExplainDeps, asked: Asked, seen: Seen): Promise<DirectoryAnswer> {
  try {
    const directory = await deps.directory(asked.settings.ldap)
    seen.person = await directory.judge(asked.name, asked.signal)
    return { kind: 'yes' }
  } catch (error) {
    return answered(error)
  }
}

/** The right password is taken for granted: what is asked is whether it would open anything. */
async function answer(
  deps: ExplainDeps,
  asked: Asked,
  question: { ask: SignInQuestion; seen: Seen },
): Promise<Partial<SignInFacts>> {
  const { account } = asked
  switch (question.ask) {
    case 'account':
      return { account: account && accountFacts(account) }
    case 'limit':
      question.seen.until = await waitOfName(await deps.rooms(), asked, deps.clock)
      return { limited: question.seen.until !== null }
    case 'hash':
      return { hashMatches: readStoredHash(account?.passwordHash ?? '') !== null }
    case 'entry':
      return { entry: await askEntry(deps, asked) }
    case 'directory':
      return { directory: await askDirectory(deps, asked, question.seen) }
  }
}

/** Runs the sign-in's own decision, with the answers of now. */
async function decide(deps: ExplainDeps, asked: Asked, way: 'form' | 'break-glass'): Promise<Seen> {
  const facts = { method: asked.settings.method, way, blankPassword: false }
  const seen: Seen = { facts, end: { refuse: 'INTERNAL' }, until: null, person: null }
  const reached = await reachDecision(facts, (ask) => answer(deps, asked, { ask, seen }))
  return { ...seen, facts: reached.facts, end: reached.outcome }
}

type Told = (deps: ExplainDeps, asked: Asked, seen: Seen) => Verdicts

const refusedWith = (seen: Seen): Code | null => ('refuse' in seen.end ? seen.end.refuse : null)

const mode: Told = ({ texts: t }, { settings }, seen) => {
  const { method } = settings
  if (seen.facts.way === 'break-glass')
    return { mode: { outcome: 'passed', evidence: t('explain.mode.breakGlass') } }
  if (method === null)
    return { mode: { outcome: 'refused', code: 'METHOD_NOT_OFFERED', evidence: t('explain.mode.unknown') } }
  if (refusedWith(seen) === 'METHOD_NOT_OFFERED')
    return {
      mode: {
        outcome: 'refused',
        code: 'METHOD_NOT_OFFERED',
        evidence: t('explain.mode.noForm', { method }),
      },
    }
  return { mode: { outcome: 'passed', evidence: t('explain.mode.form', { method }) } }
}

const limit: Told = ({ texts: t }, _asked, { until }) =>
  until === null
    ? { limit: { outcome: 'passed', evidence: t('explain.limit.free') } }
    : {
        limit: {
          ...{ outcome: 'refused', code: 'RATE_LIMITED' },
          evidence: t('explain.limit.waits', { until: until.toISOString() }),
        },
      }

export function accountVerdicts(t: Texts, account: Account): Verdicts {
  const { username, authProvider: provider, disabled, grants } = account
  const role = highestRole(grants.map((grant) => grant.role))
  const found = {
    outcome: 'passed',
    evidence: t('explain.account.found', { username, provider, role }),
  } as const
  if (disabled === null)
    return { account: found, enabled: { outcome: 'passed', evidence: t('explain.enabled.yes') } }
  const said = { at: disabled.at.toISOString(), source: disabled.source, reason: disabled.reason ?? '' }
  return {
    account: found,
    enabled: { outcome: 'refused', code: 'ACCOUNT_DISABLED', evidence: t('explain.enabled.no', said).trim() },
  }
}

const account: Told = ({ texts: t }, asked, seen) => {
  if (asked.account) return accountVerdicts(t, asked.account)
  if (seen.facts.directory !== undefined)
    return { account: { outcome: 'passed', evidence: t('explain.account.unknownDirectory') } }
  return {
    account: { outcome: 'refused', code: 'SIGN_IN_REFUSED', evidence: t('explain.account.unknownRefused') },
  }
}

const provider: Told = ({ texts: t }, asked, seen) => {
  if (!asked.account) return {}
  const given = { provider: asked.account.authProvider }
  if (refusedWith(seen) !== 'METHOD_NOT_ALLOWED')
    return { provider: { outcome: 'passed', evidence: t('explain.provider.fits', given) } }
  const only = seen.facts.way === 'break-glass'
  const evidence = only ? t('explain.account.notAdmin') : t('explain.provider.not', given)
  return { provider: { outcome: 'refused', code: 'METHOD_NOT_ALLOWED', evidence } }
}

const password: Told = ({ texts: t, clock }, asked, { facts, end }) => {
  if ('allow' in end && end.allow === 'unverified')
    return { password: { outcome: 'passed', evidence: t('explain.password.notAsked') } }
  if (!asked.account || facts.hashMatches === undefined) return {}
  const { passwordHash, passwordExpiresAt } = asked.account
  if (facts.hashMatches) {
    if (passwordExpiresAt && passwordExpiresAt <= clock.now()) {
      const evidence = t('explain.password.expired', { at: passwordExpiresAt.toISOString() })
      return { password: { outcome: 'refused', code: 'PASSWORD_EXPIRED', evidence } }
    }
    return { password: { outcome: 'passed', evidence: t('explain.password.set') } }
  }
  const evidence = t(passwordHash === null ? 'explain.password.none' : 'explain.password.format')
  // In `all` the directory is asked next; elsewhere this is the end.
  const goesOn = facts.entry !== undefined
  return {
    password: goesOn
      ? { outcome: 'warning', evidence }
      : { outcome: 'refused', code: 'SIGN_IN_REFUSED', evidence },
  }
}

const directory: Told = ({ texts: t }, asked, { facts, person }) => {
  const found = facts.directory ?? (facts.entry?.kind === 'outage' ? facts.entry : undefined)
  if (facts.entry?.kind === 'none')
    return {
      directory: { outcome: 'refused', code: 'SIGN_IN_REFUSED', evidence: t('explain.directory.unknown') },
    }
  switch (found?.kind) {
    case undefined:
      return {}
    case 'yes':
      return {
        directory: {
          outcome: 'passed',
          evidence: t('explain.directory.yes', { dn: person?.dn ?? asked.name }),
        },
      }
    case 'no':
      return { directory: { outcome: 'refused', code: found.code, evidence: t('explain.directory.no') } }
    case 'unknown':
      return {
        directory: {
          outcome: 'refused',
          code: 'LDAP_USER_NOT_FOUND',
          evidence: t('explain.directory.unknown'),
        },
      }
    case 'outage':
      return { directory: { outcome: 'unknown', code: found.code, evidence: t('explain.directory.outage') } }
  }
}

const linking: Readonly<Record<IdentityDecision['kind'], 'passed' | 'warning' | 'refused'>> = {
  known: 'passed',
  bind: 'passed',
  link: 'passed',
  create: 'passed',
  pending: 'refused',
  refuse: 'refused',
}

/** What an identity comes to, by the rules of admission. */
export function identityVerdict(
  t: Texts,
  decision: IdentityDecision,
  person: { subject: string; email: string | null },
): Verdicts {
  const outcome = linking[decision.kind]
  const evidence =
    decision.kind === 'refuse'
      ? t('explain.identity.refused')
      : t(`explain.identity.${decision.kind}`, { subject: person.subject, email: person.email ?? '' })
  const code =
    decision.kind === 'refuse' ? decision.code : decision.kind === 'pending' ? 'LINK_PENDING' : null
  return { identity: { outcome, evidence, ...(code === null ? {} : { code }) } }
}

async function identity(deps: ExplainDeps, asked: Asked, seen: Seen): Promise<Verdicts> {
  const { texts: t } = deps
  if (seen.facts.entry?.kind === 'foreign')
    return {
      identity: {
        outcome: 'refused',
        code: 'LDAP_IDENTITY_NOT_LINKED',
        evidence: t('explain.identity.notLinked'),
      },
    }
  const { person } = seen
  if (!person) return {}
  const rooms = await deps.rooms()
  const vouched = vouchedByDirectory(person, asked.settings.ldap)
  const decision = await rooms.transaction((tx) => findOwner(rooms, vouched, tx))
  return identityVerdict(t, decision, { subject: person.dn, email: person.email })
}

/** The account's own lock holds for those who come without a password of ours; the form has its counter. */
export function lockVerdict(t: Texts, account: Account | null, now: Date): Verdicts {
  if (!account) return {}
  const { lockedUntil } = account
  if (lockedUntil && lockedUntil > now) {
    const evidence = t('explain.lock.until', { until: lockedUntil.toISOString() })
    return { lock: { outcome: 'refused', code: 'ACCOUNT_LOCKED', evidence } }
  }
  return { lock: { outcome: 'passed', evidence: t('explain.lock.free') } }
}

const change: Told = ({ texts: t }, asked) => {
  if (asked.account?.authProvider !== 'local') return {}
  return asked.account.mustChangePassword
    ? { change: { outcome: 'warning', code: 'PASSWORD_MUST_CHANGE', evidence: t('explain.change.must') } }
    : { change: { outcome: 'passed', evidence: t('explain.change.no') } }
}

/** The sign-in form, or the way for local administrators, as it would go for this name now. */
export async function explainForm(
  deps: ExplainDeps,
  asked: Asked,
  way: 'form' | 'break-glass',
): Promise<WayView> {
  const seen = await decide(deps, asked, way)
  const parts = [mode, limit, account, provider, password, directory, change]
  const told: Verdicts = Object.assign({}, ...parts.map((part) => part(deps, asked, seen))) as Verdicts
  const lock = seen.person ? lockVerdict(deps.texts, asked.account, deps.clock.now()) : {}
  const verdicts = { ...told, ...(await identity(deps, asked, seen)), ...lock }
  const name = deps.texts(way === 'form' ? 'explain.ways.form' : 'explain.ways.breakGlass')
  return wayOf(way, name, verdicts)
}
