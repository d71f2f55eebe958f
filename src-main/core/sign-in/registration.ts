import { AppError } from '../../contract/errors'
import type { CallContext, Clock, Directory, LdapSettings, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { ConsoleSession } from '../app/session'
import { foldName } from '../users/folded-name'
import { attemptKey, rateLimited } from './attempts'
import { accountLimit, countedSince, lockedUntil } from './limits'
import type { PasswordHasher } from './password-hash'
import type { PasswordCheck } from './password-policy'

export interface RegistrationDeps {
  readonly rooms: () => Promise<Rooms>
  readonly settings: () => Promise<Settings>
  readonly session: ConsoleSession
  readonly directory: (settings: LdapSettings) => Promise<Directory>
  readonly hasher: PasswordHasher
  readonly checkPassword: PasswordCheck
  readonly clock: Clock
}

export interface Registration {
  readonly username: string
  readonly fullName: string
  /** Null where the mode has no passwords. */
  readonly password: string | null
}

const key = 'registration'

/** Names that people would take for somebody in charge. */
const reserved: ReadonlySet<string> = new Set([
  'admin',
  'administrator',
  'root',
  'system',
  'authdesk',
  'console',
  'nobody',
  'anonymous',
  'guest',
  'support',
])

/** Whether people may make their own account in this mode; in `ldap` and `oidc` nobody could sign in with it. */
export function offersRegistration({
  method,
  selfRegister,
}: Pick<Settings, 'method' | 'selfRegister'>): boolean {
  return selfRegister && (method === 'none' || method === 'local' || method === 'both' || method === 'all')
}

/** A name that ADMIN_USERNAMES promotes, that looks like authority, or that is no plain name, is nobody's to take. */
function checkName(settings: Settings, username: string): void {
  const name = foldName(username)
  const promoted = settings.adminUsernames.map(foldName).includes(name)
  if (promoted || reserved.has(name)) throw new AppError('NAME_RESERVED', { details: { username } })
  if (/[\\@\s\p{Cc}\p{Cf}]/u.test(name)) throw new AppError('INVALID_INPUT', { text: 'nameNotPlain' })
}

/** In `all` only a clear "no such person" of the directory leaves a name free; an outage is no answer (H6). */
async function checkDirectory(
  deps: RegistrationDeps,
  settings: Settings,
  asked: { username: string; signal: AbortSignal },
) {
  if (settings.method !== 'all') return
  try {
    const directory = await deps.directory(settings.ldap)
    await directory.lookUp(asked.username, asked.signal)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error
    if (error.code === 'LDAP_USER_NOT_FOUND') return
    if (!error.code.startsWith('LDAP_USER_')) throw new AppError('LDAP_UNAVAILABLE', { cause: error })
  }
  throw new AppError('NAME_RESERVED', { text: 'nameOfDirectory', details: { username: asked.username } })
}

/** Asking for names tells which are taken, so it is limited like guessing. */
async function countTry(deps: RegistrationDeps): Promise<void> {
  const rooms = await deps.rooms()
  await rooms.transaction(async (tx) => {
    const now = deps.clock.now()
    const until = lockedUntil(await rooms.attempts.asked(key, countedSince(now), tx), accountLimit, now)
    if (until) throw rateLimited(until, deps.clock)
    await rooms.attempts.record(tx, { key, provider: null, slug: null, code: null, at: now })
  })
}

async function firstHash(
  deps: RegistrationDeps,
  settings: Settings,
  input: Registration,
): Promise<string | null> {
  if (settings.method === 'none') return null
  if (input.password === null) throw new AppError('PASSWORD_WEAK', { text: 'passwordMissing' })
  const { username, fullName, password } = input
  await deps.checkPassword(password, { username, fullName, email: null })
  return deps.hasher.hash(password)
}

/**
 * Makes the caller's own local account with the role user and signs them in. It has no e-mail address: nobody has
 * verified it, and an account with somebody else's would be linked to that person's SSO sign-in.
 */
export async function register(
  deps: RegistrationDeps,
  input: Registration,
  context: CallContext,
): Promise<void> {
  context.audit.note({ target: input.username })
  const settings = await deps.settings()
  if (!offersRegistration(settings)) throw new AppError('SELF_REGISTER_OFF')
  await countTry(deps)
  checkName(settings, input.username)
  const passwordHash = await firstHash(deps, settings, input)
  await checkDirectory(deps, settings, { username: input.username, signal: context.signal })
  const rooms = await deps.rooms()
  const now = deps.clock.now()
  const activate = await rooms.transaction(async (tx) => {
    const made = {
      username: input.username,
      email: null,
      fullName: input.fullName === '' ? null : input.fullName,
      authProvider: 'local',
      passwordHash,
      mustChangePassword: false,
      passwordExpiresAt: null,
      grants: [],
    } as const
    const { id } = await rooms.users.insert(tx, made, now)
    const account = await rooms.users.update(tx, id, { lastSignIn: now })
    const { username } = account
    await rooms.attempts.record(tx, {
      key: attemptKey(username, account),
      provider: 'local',
      slug: null,
      code: null,
      at: now,
    })
    const via = settings.method === 'none' ? 'unverified' : 'local'
    await context.audit.record(tx, {
      target: username,
      accountId: id,
      after: { role: 'user', authProvider: 'local' },
    })
    return deps.session.start(tx, account, { via, hours: settings.sessionHours })
  })
  activate()
}
