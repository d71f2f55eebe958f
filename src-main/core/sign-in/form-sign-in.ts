import { AppError, type Code, type Details } from '../../contract/errors'
import type { CallContext, Logger, Settings, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { ConsoleSession } from '../app/session'
import type { Account } from '../users/account'
import { foldName } from '../users/folded-name'
import { admissionDetails, admit } from './admission'
import { rateLimited, recordFailure } from './attempts'
import {
  answer,
  triedBy,
  vouchedByDirectory,
  type FormDeps,
  type FormInput,
  type FormTry,
} from './form-answers'
import { decideSignIn, type SignInFacts, type SignInStep } from './sign-in-policy'

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

const hint = 'If your account signs in with SSO or the directory, use that way.'

function neutral(code: Code): AppError {
  if (told.has(code)) return new AppError(code)
  return new AppError('SIGN_IN_REFUSED', { message: `The user name or the password is not right. ${hint}` })
}

type Outcome = Exclude<SignInStep, { ask: string }>

async function decide(deps: FormDeps, form: FormTry): Promise<Outcome> {
  const { input, settings } = form
  let facts: SignInFacts = {
    method: settings.method,
    way: input.way,
    blankPassword: input.password.trim() === '',
  }
  for (;;) {
    const step = decideSignIn(facts)
    if (!('ask' in step)) return step
    facts = { ...facts, ...(await answer(deps, form, step.ask)) }
  }
}

/** Grants of ADMIN_USERNAMES: local accounts only, after authentication, and only where the list is not empty. */
async function grantByName(rooms: Rooms, account: Account, at: { tx: Tx; settings: Settings; now: Date }) {
  const names = at.settings.adminUsernames.map(foldName)
  if (names.length === 0 || !names.includes(foldName(account.username))) return
  await rooms.users.setRoles(at.tx, account.id, { source: 'ADMIN_USERNAMES', roles: ['admin'], now: at.now })
}

interface Success {
  readonly form: FormTry
  readonly context: CallContext
  readonly tx: Tx
}

async function openSession(deps: FormSignInDeps, account: Account, success: Success & { how?: Details }) {
  const { form, context, tx, how } = success
  const rooms = await deps.rooms()
  const now = deps.clock.now()
  const { key, provider, slug } = triedBy({ ...form, account })
  await rooms.attempts.record(tx, { key, provider, slug, code: null, at: now })
  const via = form.input.way === 'break-glass' ? 'break-glass' : account.authProvider
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
  if (account.passwordExpiresAt && account.passwordExpiresAt <= now) throw new AppError('PASSWORD_EXPIRED')
  await grantByName(rooms, account, { tx, settings: form.settings, now })
  const updated = await rooms.users.update(tx, account.id, { lastSignIn: now, lockedUntil: null })
  return openSession(deps, updated, success)
}

async function admitPerson(deps: FormSignInDeps, success: Success): Promise<(() => void) | AppError> {
  const rooms = await deps.rooms()
  const { form, tx } = success
  if (!form.person) throw new AppError('INTERNAL', { message: 'The directory said yes without a person' })
  const person = vouchedByDirectory(form.person, form.settings.ldap)
  const admitted = await admit(rooms, person, { tx, clock: deps.clock })
  if ('pending' in admitted) {
    await rooms.users.update(tx, admitted.pending, { pendingLink: true })
    return new AppError('LINK_PENDING')
  }
  return openSession(deps, admitted.account, { ...success, how: admissionDetails(admitted, person) })
}

/**
 * Sign-in with a name and a password. Refusals are counted, logged with their exact code and audited; the person
 * gets one neutral message, an outage or a wait its own.
 */
export function createFormSignIn(deps: FormSignInDeps) {
  async function refuse(form: FormTry, code: Code, context: CallContext): Promise<never> {
    const spent = form.hashed || form.asked || code === 'RATE_LIMITED'
    if (!spent) await deps.hasher.verify(null, form.input.password)
    deps.logger.warn({ code, username: form.input.username, way: form.input.way }, 'sign-in refused')
    context.audit.note({ target: form.input.username, accountId: form.account?.id ?? null, code })
    if (code === 'RATE_LIMITED' && form.until) throw rateLimited(form.until, deps.clock)
    if (code !== 'LDAP_UNAVAILABLE')
      await recordFailure(await deps.rooms(), { ...triedBy(form), code }, deps.clock)
    throw neutral(code)
  }

  async function allow(form: FormTry, outcome: Extract<Outcome, { allow: string }>, context: CallContext) {
    const rooms = await deps.rooms()
    const result = await rooms.transaction((tx) =>
      outcome.allow === 'directory'
        ? admitPerson(deps, { form, context, tx })
        : admitLocal(deps, { form, context, tx }),
    )
    if (result instanceof AppError) throw result
    result()
  }

  return async (input: FormInput, context: CallContext): Promise<void> => {
    const settings = await deps.settings()
    const { signal } = context
    const fresh = { account: null, person: null, until: null, hashed: false, asked: false }
    const form: FormTry = { input, settings, signal, ...fresh }
    const closed = input.way === 'break-glass' && !deps.breakGlass()
    const outcome: Outcome = closed ? { refuse: 'METHOD_NOT_OFFERED' } : await decide(deps, form)
    if ('refuse' in outcome) return refuse(form, outcome.refuse, context)
    try {
      await allow(form, outcome, context)
    } catch (error) {
      if (!(error instanceof AppError) || error.code.startsWith('DB_') || error.code === 'AUDIT_WRITE_FAILED')
        throw error
      return refuse(form, error.code, context)
    }
  }
}
