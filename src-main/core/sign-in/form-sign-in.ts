import { AppError, type Code, type Details } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { CallContext, Logger, Settings, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { ConsoleSession } from '../app/session'
import type { Account } from '../users/account'
import { foldName } from '../users/folded-name'
import { admissionDetails, admit, filePending, mapRoles } from './admission'
import { attemptKey, rateLimited, recordFailure } from './attempts'
import {
  answer,
  triedBy,
  vouchedByDirectory,
  type FormDeps,
  type FormInput,
  type FormTry,
} from './form-answers'
import { reachDecision, type SignInOutcome } from './sign-in-policy'
import { createTurns } from './turns'

export interface FormSignInDeps extends FormDeps {
  readonly session: ConsoleSession
  readonly settings: () => Promise<Settings>
  /** Whether the menu or `--show-local-login` has opened the way for local administrators. */
  readonly breakGlass: () => boolean
  readonly logger: Logger
}

/** What the person may be told as it is; every other refusal is one neutral answer. */
const told: ReadonlySet<Code> = new Set([
  'RATE_LIMITED',
  'METHOD_NOT_OFFERED',
  'LDAP_UNAVAILABLE',
  'PASSWORD_EXPIRED',
  'LINK_PENDING',
])

function neutral(code: Code): AppError {
  if (told.has(code)) return new AppError(code)
  return new AppError('SIGN_IN_REFUSED', { text: 'signInRefused' })
}

async function decide(deps: FormDeps, form: FormTry): Promise<SignInOutcome> {
  const { input, settings } = form
  const start = {
    ...{ method: settings.method, way: input.way },
    blankPassword: input.password.trim() === '',
  }
  return (await reachDecision(start, (question) => answer(deps, form, question))).outcome
}

/** A try that is broken off once a password was looked at is a failure all the same: nobody guesses for nothing. */
async function decideCounted(deps: FormDeps, form: FormTry): Promise<SignInOutcome> {
  try {
    return await decide(deps, form)
  } catch (error) {
    if (form.hashed || form.sent) await count(deps, form, 'SIGN_IN_REFUSED')
    throw error
  }
}

interface Success {
  readonly form: FormTry
  readonly context: CallContext
  readonly tx: Tx
  readonly allow: Extract<SignInOutcome, { allow: string }>['allow']
}

/** ADMIN_USERNAMES: local accounts only, only after a password was verified, and only where the list is not empty. */
async function mapName(rooms: Rooms, account: Account, { form, tx, now }: Success & { now: Date }) {
  const names = form.settings.adminUsernames.map(foldName)
  const roles: readonly Role[] = names.includes(foldName(account.username)) ? ['admin'] : []
  const mapping = { source: 'ADMIN_USERNAMES', roles: names.length === 0 ? null : roles }
  await mapRoles(rooms, account, { ...mapping, tx, now, mode: form.settings })
}

/** How the session came to be; without a password nothing was verified, and it says so. */
function viaOf(account: Account, { form, allow }: Success): string {
  if (form.input.way === 'break-glass') return 'break-glass'
  return allow === 'unverified' ? 'unverified' : account.authProvider
}

async function openSession(deps: FormSignInDeps, account: Account, success: Success & { how?: Details }) {
  const { form, context, tx, how } = success
  const rooms = await deps.rooms()
  const now = deps.clock.now()
  const { key, provider, slug } = triedBy({ ...form, account, counted: account })
  await rooms.attempts.record(tx, { key, provider, slug, code: null, at: now })
  const via = viaOf(account, success)
  const activate = await deps.session.start(tx, account, { via, hours: form.settings.sessionHours })
  const after = { via, ...how }
  await context.audit.record(tx, { target: account.username, accountId: account.id, after })
  return activate
}

async function admitLocal(deps: FormSignInDeps, success: Success): Promise<() => void> {
  const rooms = await deps.rooms()
  const { form, tx } = success
  const now = deps.clock.now()
  const account = await rooms.users.byId(form.account?.id ?? '', tx)
  if (!account || account.disabled) throw new AppError('ACCOUNT_DISABLED')
  if (account.passwordHash !== form.account?.passwordHash) throw new AppError('SIGN_IN_REFUSED')
  if (success.allow === 'account') {
    if (account.passwordExpiresAt && account.passwordExpiresAt <= now) throw new AppError('PASSWORD_EXPIRED')
    await mapName(rooms, account, { ...success, now })
  }
  const { renewed } = form
  const updated = await rooms.users.update(tx, account.id, {
    ...{ lastSignIn: now, lockedUntil: null },
    ...(renewed === null ? {} : { passwordHash: renewed }),
  })
  return openSession(
    deps,
    updated,
    renewed === null ? success : { ...success, how: { passwordRehashed: true } },
  )
}

async function admitPerson(deps: FormSignInDeps, success: Success): Promise<(() => void) | AppError> {
  const rooms = await deps.rooms()
  const { form, tx } = success
  if (!form.person) throw new AppError('INTERNAL', { message: 'The directory said yes without a person' })
  const person = vouchedByDirectory(form.person, form.settings.ldap)
  const admitted = await admit(rooms, person, { tx, clock: deps.clock, mode: form.settings })
  if ('pending' in admitted) {
    await filePending(rooms, admitted.pending, { person, tx, now: deps.clock.now() })
    return new AppError('LINK_PENDING')
  }
  return openSession(deps, admitted.account, { ...success, how: admissionDetails(admitted, person) })
}

/** What was really wrong with the directory: `LDAP_UNAVAILABLE` names the exact code in its details. */
function exactCode(outage: AppError): string {
  const { code } = outage.details
  return typeof code === 'string' ? code : outage.code
}

/** An outage is nobody's failure, unless a wrong local password came before it; an entry that is nobody's waits. */
async function count(deps: FormDeps, form: FormTry, code: Code): Promise<void> {
  const rooms = await deps.rooms()
  const { account, found } = form
  if (account && found && code === 'LDAP_IDENTITY_NOT_LINKED') {
    const person = vouchedByDirectory(found, form.settings.ldap)
    const now = deps.clock.now()
    await rooms.transaction((tx) => filePending(rooms, account.id, { person, tx, now }))
  }
  if (code === 'LDAP_UNAVAILABLE' && !form.hashed) return
  const counted = code === 'LDAP_UNAVAILABLE' ? 'SIGN_IN_REFUSED' : code
  await recordFailure(rooms, { ...triedBy(form), code: counted }, deps.clock)
}

function newTry(input: FormInput, settings: Settings, signal: AbortSignal): FormTry {
  const unknown = { account: null, counted: null, person: null, found: null, until: null, outage: null }
  const nothing = { renewed: null, hashed: false, asked: false, sent: false }
  return { input, settings, signal, ...unknown, ...nothing }
}

/**
 * Sign-in with a name and a password. Refusals are counted, logged with their exact code and audited; the person
 * gets one neutral message, an outage or a wait its own.
 */
export function createFormSignIn(deps: FormSignInDeps) {
  async function refuse(form: FormTry, code: Code, context: CallContext): Promise<never> {
    const spent = form.hashed || form.asked || code === 'RATE_LIMITED'
    if (!spent) await deps.hasher.verify(null, form.input.password)
    const { username, way } = form.input
    const outage = form.outage && exactCode(form.outage)
    deps.logger.warn(
      { code, username, way, ...(outage ? { outage, cause: form.outage } : {}) },
      'sign-in refused',
    )
    const after = outage ? { after: { outage } } : {}
    context.audit.note({ target: username, accountId: form.account?.id ?? null, code, ...after })
    if (code === 'RATE_LIMITED' && form.until) throw rateLimited(form.until, deps.clock)
    await count(deps, form, code)
    throw neutral(code)
  }

  async function allow(
    form: FormTry,
    outcome: Extract<SignInOutcome, { allow: string }>,
    context: CallContext,
  ) {
    const rooms = await deps.rooms()
    const { allow } = outcome
    const result = await rooms.transaction((tx) =>
      allow === 'directory'
        ? admitPerson(deps, { form, context, tx, allow })
        : admitLocal(deps, { form, context, tx, allow }),
    )
    if (result instanceof AppError) throw result
    result()
  }

  async function attempt(input: FormInput, context: CallContext): Promise<void> {
    const settings = await deps.settings()
    const form = newTry(input, settings, context.signal)
    const closed = input.way === 'break-glass' && !deps.breakGlass()
    const outcome: SignInOutcome = closed ? { refuse: 'METHOD_NOT_OFFERED' } : await decideCounted(deps, form)
    if ('refuse' in outcome) return refuse(form, outcome.refuse, context)
    try {
      await allow(form, outcome, context)
    } catch (error) {
      if (!(error instanceof AppError) || error.code.startsWith('DB_') || error.code === 'AUDIT_WRITE_FAILED')
        throw error
      return refuse(form, error.code, context)
    }
  }

  const turns = createTurns()
  return (input: FormInput, context: CallContext): Promise<void> =>
    turns(attemptKey(input.username, null), () => attempt(input, context))
}
