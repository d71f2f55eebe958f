import type { Contract } from '../../contract'
import { AppError, type Code } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, OidcPerson, OidcSettings, Settings, Tx } from '../app/ports'
import type { OutwardLinks } from '../app/outward-links'
import type { Rooms } from '../app/rooms'
import type { ConsoleSession } from '../app/session'
import {
  linkIdentity,
  requireAccount,
  requireAdminLeft,
  unlinkIdentity,
  type LinkRoom,
} from '../links/link-rules'
import { renewalOf } from '../sessions/renewal-of'
import { rateLimited, recordFailure } from '../sign-in/attempts'
import { accountLimit, countedSince, lockedUntil } from '../sign-in/limits'
import type { PasswordHasher } from '../sign-in/password-hash'
import type { PasswordCheck } from '../sign-in/password-policy'
import { offersProviders } from '../sign-in/oidc-admission'
import type { OidcSignIn } from '../app/ports'
import type { Account } from '../users/account'

/** A sign-in counts as fresh for so long: who sits there now is who the provider has just vouched for. */
const freshMs = 5 * 60_000

export interface AccountHandlerDeps extends LinkRoom {
  readonly rooms: Rooms
  readonly settings: () => Promise<Settings>
  readonly session: ConsoleSession
  readonly oidc: () => Promise<OidcSignIn>
  readonly links: OutwardLinks
  readonly hasher: PasswordHasher
  readonly checkPassword: PasswordCheck
}

function ownId({ actor }: CallContext): { id: string; sessionId: string } {
  if (actor.kind !== 'account') throw new AppError('FORBIDDEN')
  return { id: actor.id, sessionId: actor.sessionId }
}

async function own(deps: AccountHandlerDeps, context: CallContext, tx?: Tx): Promise<Account> {
  const account = await deps.rooms.users.byId(ownId(context).id, tx)
  if (!account) throw new AppError('NOT_FOUND')
  context.audit.note({ target: account.username, accountId: account.id })
  return account
}

const offered = (settings: Settings) =>
  offersProviders.has(settings.method) && settings.oidcEnabled
    ? settings.oidc.filter(({ missing }) => missing.length === 0)
    : []

/** An oidc account whose session has just begun at its provider. */
async function isFresh(deps: AccountHandlerDeps, account: Account): Promise<boolean> {
  const view = await deps.session.view()
  if (account.authProvider !== 'oidc' || !view?.via.startsWith('oidc:')) return false
  return deps.clock.now().getTime() - new Date(view.signedInAt).getTime() <= freshMs
}

async function view(deps: AccountHandlerDeps, context: CallContext) {
  const account = await own(deps, context)
  const settings = await deps.settings()
  const { sessionId } = ownId(context)
  const identities = await deps.rooms.users.identities(account.id)
  const sessions = await deps.rooms.sessions.open(account.id, deps.clock.now())
  const { username, fullName, email, passwordHash, authProvider } = account
  return {
    ...{ username, fullName, email, hasPassword: authProvider === 'local' && passwordHash !== null },
    identities: identities.map(({ kind, issuer, subject, slug, email: address, linkedAt, lastSignIn }) => ({
      ...{ kind, issuer, subject, slug, email: address, linkedAt, lastSignIn },
      provider: settings.oidc.find((each) => each.issuer === issuer)?.name ?? null,
    })),
    providers: offered(settings).map(({ slug, name }) => ({ slug, name })),
    sessions: sessions.map((each) => ({
      ...{ id: each.id, own: each.id === sessionId, via: each.via, host: each.host },
      startedAt: each.startedAt.toISOString(),
      lastSeenAt: each.lastSeenAt.toISOString(),
      renewal: renewalOf(each),
    })),
    canConvert: await isFresh(deps, account),
  }
}

/** What the person called off, or the console failed at, is no failed try. */
const isOwnDoing = (code: Code) => !/^(?:DB_|AUDIT_|(?:OIDC_)?CANCELLED$)/.test(code)

/** Tries to connect or disconnect count for themselves: they lock nobody out. */
async function limited<T>(deps: AccountHandlerDeps, account: Account, work: () => Promise<T>): Promise<T> {
  const key = `link:${account.id}`
  const now = deps.clock.now()
  const until = lockedUntil(await deps.rooms.attempts.failures(key, countedSince(now)), accountLimit, now)
  if (until) throw rateLimited(until, deps.clock)
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && isOwnDoing(error.code)) {
      const tried = { key, account: null, provider: null, slug: null, code: error.code }
      await recordFailure(deps.rooms, tried, deps.clock)
    }
    throw error
  }
}

function chosen(settings: Settings, slug: string): OidcSettings {
  const provider = offered(settings).find((each) => each.slug === slug)
  if (!provider) throw new AppError('OIDC_PROVIDER_NOT_FOUND', { details: { provider: slug } })
  return provider
}

/** The browser always asks who it is: whoever is signed in there may be somebody else. */
async function signInAt(
  deps: AccountHandlerDeps,
  provider: OidcSettings,
  { context, runId }: { context: CallContext; runId: string },
): Promise<OidcPerson> {
  const shown: string[] = []
  try {
    const oidc = await deps.oidc()
    return await oidc.signIn(provider, {
      signal: context.signal,
      prompt: 'login',
      onProgress: (progress) => {
        if (progress.authorizationUrl !== null) shown.push(progress.authorizationUrl)
        shown.forEach(deps.links.allow)
        context.emit('session.progress', { runId, ...progress })
      },
    })
  } finally {
    shown.forEach(deps.links.withdraw)
  }
}

async function connect(
  deps: AccountHandlerDeps,
  input: { runId: string; provider: string },
  context: CallContext,
) {
  // Fixed before the browser opens: whoever signs in meanwhile, the identity goes to this account or to none.
  const target = await own(deps, context)
  const provider = chosen(await deps.settings(), input.provider)
  await limited(deps, target, async () => {
    const person = await signInAt(deps, provider, { context, runId: input.runId })
    await deps.rooms.transaction(async (tx) => {
      const owner = await deps.rooms.users.byIdentity(person.issuer, person.subject, tx)
      if (owner) throw new AppError(owner.id === target.id ? 'CONFLICT' : 'LINK_CONFLICT')
      const account = await requireAccount(deps, target.id, tx)
      const { issuer, subject, slug, email, fullName: name, picture, claims } = person
      const identity = { kind: 'oidc', issuer, subject, slug, email, name, picture, claims } as const
      await linkIdentity(deps, account, { identity, tx })
      // Who connects has just signed in there.
      await deps.rooms.users.saveIdentity(tx, account.id, { ...identity, now: deps.clock.now() })
      await context.audit.record(tx, {
        ...{ target: account.username, accountId: account.id },
        after: { issuer, subject, email },
      })
    })
  })
  return {}
}

async function disconnect(
  deps: AccountHandlerDeps,
  input: { issuer: string; subject: string },
  context: CallContext,
) {
  const target = await own(deps, context)
  await limited(deps, target, () =>
    deps.rooms.transaction(async (tx) => {
      const account = await own(deps, context, tx)
      await unlinkIdentity(deps, account, { ...input, tx })
      await context.audit.record(tx, { target: account.username, accountId: account.id, before: input })
    }),
  )
  return {}
}

async function endOwn(
  { rooms, clock }: AccountHandlerDeps,
  { account, id, tx }: { account: Account; id: string; tx: Tx },
): Promise<number> {
  const mine = (await rooms.sessions.open(account.id, clock.now())).some((each) => each.id === id)
  if (!mine) throw new AppError('NOT_FOUND')
  await rooms.sessions.end(tx, id, clock.now())
  return 1
}

/** One of the own sessions, or all but the present one. */
async function endSession(deps: AccountHandlerDeps, { id }: { id: string | null }, context: CallContext) {
  const { sessionId } = ownId(context)
  return deps.rooms.transaction(async (tx) => {
    const account = await own(deps, context, tx)
    const now = deps.clock.now()
    const { sessions } = deps.rooms
    const sessionsEnded =
      id === null
        ? await sessions.endAll(tx, account.id, { now, keep: sessionId })
        : await endOwn(deps, { account, id, tx })
    await context.audit.record(tx, {
      ...{ target: account.username, accountId: account.id, after: { sessionsEnded } },
    })
    return { sessionsEnded }
  })
}

async function convert(deps: AccountHandlerDeps, { password }: { password: string }, context: CallContext) {
  const account = await own(deps, context)
  if (account.authProvider === 'ldap') throw new AppError('PASSWORD_NOT_LOCAL')
  if (account.authProvider === 'local') throw new AppError('CONFLICT', { text: 'alreadySo' })
  if (!(await isFresh(deps, account))) throw new AppError('FORBIDDEN', { text: 'freshSignIn' })
  await deps.checkPassword(password, account)
  const passwordHash = await deps.hasher.hash(password)
  const now = deps.clock.now()
  await deps.rooms.transaction(async (tx) => {
    if ((await own(deps, context, tx)).authProvider !== 'oidc') throw new AppError('CONFLICT')
    const change = {
      authProvider: 'local',
      passwordHash,
      passwordChangedAt: now,
      mustChangePassword: false,
    } as const
    await deps.rooms.users.update(tx, account.id, { ...change, passwordExpiresAt: null })
    await requireAdminLeft(deps, { before: account, changed: account }, tx)
    await context.audit.record(tx, {
      ...{ target: account.username, accountId: account.id, before: { authProvider: 'oidc' } },
      after: { authProvider: 'local' },
    })
  })
  const session = await deps.session.view()
  if (!session) throw new AppError('FORBIDDEN')
  return { session }
}

export function createAccountHandlers(deps: AccountHandlerDeps): Handlers<Contract['account'], CallContext> {
  return {
    get: (_input, context) => view(deps, context),
    connect: (input, context) => connect(deps, input, context),
    disconnect: (input, context) => disconnect(deps, input, context),
    endSession: (input, context) => endSession(deps, input, context),
    convert: (input, context) => convert(deps, input, context),
  }
}
