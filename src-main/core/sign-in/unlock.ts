import { AppError } from '../../contract/errors'
import type {
  CallContext,
  Clock,
  Directory,
  LdapSettings,
  OidcGrant,
  OidcLeave,
  OidcSignIn,
  Settings,
} from '../app/ports'
import type { OutwardLinks } from '../app/outward-links'
import type { Rooms } from '../app/rooms'
import type { ConsoleSession } from '../app/session'
import type { Account } from '../users/account'
import { attemptKey, rateLimited, recordFailure, waitUntil } from './attempts'
import type { PasswordHasher } from './password-hash'
import type { ProviderSignOut } from './provider-sign-out'
import type { SessionRenewal } from './session-renewal'

export interface UnlockDeps {
  readonly rooms: () => Promise<Rooms>
  readonly settings: () => Promise<Settings>
  readonly session: ConsoleSession
  readonly hasher: PasswordHasher
  readonly directory: (settings: LdapSettings) => Promise<Directory>
  readonly oidc: () => Promise<OidcSignIn>
  readonly renewal: Pick<SessionRenewal, 'keep'>
  readonly atProvider: Pick<ProviderSignOut, 'keep'>
  readonly links: OutwardLinks
  readonly clock: Clock
}

interface Unlocking {
  readonly runId: string
  readonly password: string | null
}

interface Attempt {
  readonly account: Account
  readonly via: string
  readonly input: Unlocking
  readonly context: CallContext
}

const ownFault = (error: unknown) => error instanceof AppError && error.code.startsWith('LDAP_USER_')

/** The directory's word for the same entry that the account belongs to. */
async function directorySays(
  deps: UnlockDeps,
  { account, context }: Attempt,
  password: string,
): Promise<boolean> {
  const directory = await deps.directory((await deps.settings()).ldap)
  try {
    const person = await directory.signIn({ username: account.username, password }, context.signal)
    const { users } = await deps.rooms()
    return (await users.byIdentity(person.directory, person.entryId))?.id === account.id
  } catch (error) {
    if (ownFault(error)) return false
    throw error
  }
}

/** A wrong password counts like a failed sign-in; an outage of the directory is no wrong password. */
async function byPassword(deps: UnlockDeps, attempt: Attempt): Promise<void> {
  const { account, input } = attempt
  const rooms = await deps.rooms()
  const password = input.password ?? ''
  const provider = account.authProvider
  const tried = { key: attemptKey(account.username, account), account, provider, slug: null }
  const until = await waitUntil(rooms, tried, deps.clock)
  if (until) throw rateLimited(until, deps.clock)
  const right =
    provider === 'ldap' && password.trim() !== ''
      ? await directorySays(deps, attempt, password)
      : await deps.hasher.verify(account.passwordHash, password)
  if (right) return
  await recordFailure(rooms, { ...tried, code: 'SIGN_IN_REFUSED' }, deps.clock)
  throw new AppError('SIGN_IN_REFUSED', { text: 'presentPasswordWrong' })
}

/** A round trip to the provider: the person signs in there again, and must be the same. */
async function atProvider(deps: UnlockDeps, { account, via, input, context }: Attempt): Promise<void> {
  const settings = await deps.settings()
  const slug = via.slice('oidc:'.length)
  const provider = settings.oidc.find((each) => each.slug === slug)
  if (!provider) throw new AppError('OIDC_PROVIDER_NOT_FOUND', { details: { provider: slug } })
  const shown: string[] = []
  try {
    const oidc = await deps.oidc()
    const grants: OidcGrant[] = []
    const leaves: OidcLeave[] = []
    const person = await oidc.signIn(provider, {
      onGrant: (grant) => void grants.push(grant),
      onLeave: (leave) => void leaves.push(leave),
      signal: context.signal,
      prompt: 'login',
      fresh: true,
      onProgress: (progress) => {
        if (progress.authorizationUrl !== null) shown.push(progress.authorizationUrl)
        shown.forEach(deps.links.allow)
        context.emit('session.progress', { runId: input.runId, ...progress })
      },
    })
    const { users } = await deps.rooms()
    const owner = await users.byIdentity(person.issuer, person.subject)
    if (owner?.id !== account.id) throw new AppError('OIDC_SUBJECT_MISMATCH')
    const [id, grant, leave] = [deps.session.id(), grants[0], leaves[0]]
    if (leave !== undefined && id !== null) deps.atProvider.keep(id, provider, leave)
    if (grant !== undefined && id !== null) await deps.renewal.keep(id, provider, grant)
  } finally {
    shown.forEach(deps.links.withdraw)
  }
}

/** Opens a locked desk for the one who is signed in: by the password, or at the provider. */
export async function unlock(deps: UnlockDeps, input: Unlocking, context: CallContext): Promise<void> {
  const { actor } = context
  const view = await deps.session.view()
  if (actor.kind !== 'account' || !view) throw new AppError('FORBIDDEN')
  const rooms = await deps.rooms()
  const account = await rooms.users.byId(actor.id)
  if (!account) throw new AppError('NOT_FOUND')
  context.audit.note({ target: account.username, accountId: account.id })
  const attempt = { account, via: view.via, input, context }
  if (view.locked === 'password') await byPassword(deps, attempt)
  if (view.locked === 'provider') await atProvider(deps, attempt)
  const { username, id } = account
  await rooms.transaction((tx) => context.audit.record(tx, { target: username, accountId: id }))
  deps.session.unlock()
}
