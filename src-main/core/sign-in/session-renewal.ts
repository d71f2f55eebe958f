import { z } from 'zod'
import { AppError, type Code } from '../../contract/errors'
import type { Clock, Logger, OidcGrant, OidcSettings, OidcSignIn, SecretStore, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { UpkeepJob } from '../upkeep/upkeep'
import type { SessionRow } from '../users/account'

/** A token is renewed when this part of its life is over. */
const dueAfter = 0.8
/** A provider that could not be asked is asked again after so long. */
const retryMs = 60_000
/** Nobody is asked more often, whatever lifetime a provider states. */
const shortestMs = 10_000

const keptSchema = z.object({
  refreshToken: z.string(),
  subject: z.string(),
  issuer: z.string(),
  slug: z.string(),
})
type Kept = z.infer<typeof keptSchema>

export const renewalKey = (sessionId: string): string => `refresh:${sessionId}`

export interface SessionRenewalDeps {
  readonly rooms: () => Promise<Rooms>
  readonly settings: () => Promise<Settings>
  readonly oidc: () => Promise<OidcSignIn>
  readonly secrets: SecretStore
  readonly clock: Clock
  readonly logger: Logger
}

/** Keeps a session honest: asks its provider again and again whether the person may still be signed in. */
export interface SessionRenewal {
  /**
   * Takes over what a sign-in brought for this session; what was kept for it before is replaced. Never fails: whoever is
   * signed in stays so, only nobody asks the provider again.
   */
  readonly keep: (sessionId: string, provider: OidcSettings, grant: OidcGrant) => Promise<void>
  /** Forgets what is kept for a session that is over. */
  readonly drop: (sessionId: string) => Promise<void>
  /** Asks the provider if it is time; two calls at once make one request. */
  readonly renewIfDue: () => Promise<void>
  /** Ends the request that runs. */
  readonly stop: () => void
}

/** The session of this process that is renewed, and when next. */
function createKept(deps: SessionRenewalDeps) {
  const { secrets, clock } = deps
  let current: { readonly sessionId: string; dueAt: number } | null = null
  return {
    dueSession: () => (current !== null && current.dueAt <= clock.now().getTime() ? current.sessionId : null),
    is: (sessionId: string) => current?.sessionId === sessionId,
    later: () => {
      if (current !== null) current.dueAt = clock.now().getTime() + retryMs
    },
    /** The token comes first: once a provider has turned it over, the old one opens nothing any more. */
    keep: async (sessionId: string, kept: Kept, { expiresIn }: OidcGrant): Promise<void> => {
      await secrets.set(renewalKey(sessionId), JSON.stringify(kept))
      const dueAt = clock.now().getTime() + Math.max(shortestMs, expiresIn * 1000 * dueAfter)
      current = { sessionId, dueAt }
      await mark(deps, sessionId, { renewable: true, renewedAt: clock.now(), offlineSince: null })
    },
    drop: async (sessionId: string): Promise<void> => {
      if (current?.sessionId !== sessionId) return
      current = null
      await forget(deps, sessionId)
    },
  }
}

export function createSessionRenewal(deps: SessionRenewalDeps): SessionRenewal {
  const stopped = new AbortController()
  const kept = createKept(deps)
  let running: Promise<void> | null = null

  async function renew(sessionId: string): Promise<void> {
    const [before, open] = [await read(deps.secrets, sessionId), await openSession(deps, sessionId)]
    if (before === null || open === null) return kept.drop(sessionId)
    try {
      const provider = await providerOf(deps, before)
      const grant = await (await deps.oidc()).renew(provider, before, stopped.signal)
      // The session may have ended meanwhile; then nobody needs the new token.
      if (kept.is(sessionId))
        await kept.keep(sessionId, { ...before, refreshToken: grant.refreshToken }, grant)
    } catch (error) {
      const code = codeOf(error)
      if (!stopped.signal.aborted && kept.is(sessionId)) await failed(open, { code, slug: before.slug })
    }
  }

  async function failed(open: OpenSession, why: { code: Code; slug: string }): Promise<void> {
    const { id, offlineSince } = open.session
    if (ends.has(why.code)) {
      await endRevoked(deps, open, why)
      return kept.drop(id)
    }
    kept.later()
    deps.logger.info({ code: why.code, session: id }, 'a session could not be renewed')
    await mark(deps, id, { offlineSince: offlineSince ?? deps.clock.now() })
  }

  return {
    keep: async (sessionId, { issuer, slug }, grant) => {
      const { refreshToken, subject } = grant
      try {
        await kept.keep(sessionId, { refreshToken, subject, issuer, slug }, grant)
      } catch (error) {
        deps.logger.error({ error, session: sessionId }, 'a session will not be renewed')
      }
    },
    drop: kept.drop,
    renewIfDue: async () => {
      const due = kept.dueSession()
      if (running === null && due !== null) running = renew(due).finally(() => (running = null))
      await running
    },
    stop: () => stopped.abort(),
  }
}

type OpenSession = NonNullable<Awaited<ReturnType<Rooms['sessions']['current']>>>

/** The session as it is now; null where it is over or its account is disabled: then nothing is to be renewed. */
async function openSession({ rooms, clock }: SessionRenewalDeps, id: string): Promise<OpenSession | null> {
  const found = await (await rooms()).sessions.current(id)
  const isOpen = found !== null && found.session.endedAt === null && found.session.expiresAt > clock.now()
  return isOpen && found.account.disabled === null ? found : null
}

async function read(secrets: SecretStore, sessionId: string): Promise<Kept | null> {
  const stored = await secrets.get(renewalKey(sessionId))
  return stored === null ? null : (keptSchema.safeParse(JSON.parse(stored)).data ?? null)
}

/** The provider of the sign-in, with the same issuer: another one's word says nothing about this session. */
async function providerOf({ settings }: SessionRenewalDeps, { slug, issuer }: Kept): Promise<OidcSettings> {
  const { oidc, oidcEnabled } = await settings()
  const provider = oidc.find((each) => each.slug === slug && each.issuer === issuer)
  if (provider && oidcEnabled) return provider
  throw new AppError('OIDC_SESSION_REVOKED', { details: { provider: slug, issuer } })
}

function codeOf(error: unknown): Code {
  if (error instanceof AppError) return error.code
  throw error
}

/** The provider said no, or answered for somebody else; what only could not be asked, or not be read, ends nothing. */
const ends: ReadonlySet<Code> = new Set([
  'OIDC_SESSION_REVOKED',
  'OIDC_SUBJECT_MISMATCH',
  'OIDC_ID_TOKEN_ISSUER',
])

async function forget(deps: Pick<SessionRenewalDeps, 'rooms' | 'secrets'>, id: string): Promise<void> {
  await deps.secrets.remove(renewalKey(id))
  await mark(deps, id, { renewable: false })
}

/** Tokens of sessions that are over and whose console was cut off before it could forget them. */
export function leftTokens(deps: Pick<SessionRenewalDeps, 'rooms' | 'secrets'>): UpkeepJob {
  return {
    name: 'refresh tokens',
    run: async (now) => {
      const ids = await (await deps.rooms()).sessions.overButRenewable(now)
      for (const id of ids) await forget(deps, id)
      return ids.length
    },
  }
}

async function mark(
  { rooms }: Pick<SessionRenewalDeps, 'rooms'>,
  id: string,
  renewal: Partial<Pick<SessionRow, 'renewable' | 'renewedAt' | 'offlineSince'>>,
): Promise<void> {
  const { sessions, transaction } = await rooms()
  await transaction((tx) => sessions.setRenewal(tx, id, renewal))
}

/** Nobody asked for it, so the console itself is the actor. */
async function endRevoked(
  { rooms, clock }: SessionRenewalDeps,
  { session, account }: OpenSession,
  { code, slug }: { code: Code; slug: string },
): Promise<void> {
  const { sessions, audit, transaction } = await rooms()
  await transaction(async (tx) => {
    await sessions.end(tx, session.id, clock.now())
    await audit.append(tx, {
      ...{ phase: 'done', intent: null, actor: 'console', action: 'session.renew', code, reason: null },
      ...{ target: account.username, accountId: account.id, before: null },
      after: { sessionsEnded: 1, provider: slug },
    })
  })
}
