import { AppError, type Code } from '../../contract/errors'
import type {
  CallContext,
  Clock,
  Logger,
  OidcGrant,
  OidcLeave,
  OidcPerson,
  OidcSettings,
  OidcSignIn,
  Settings,
} from '../app/ports'
import type { OutwardLinks } from '../app/outward-links'
import type { Rooms } from '../app/rooms'
import { isOfAdminDomain } from '../oidc/oidc-policy'
import type { ConsoleSession } from '../app/session'
import { admissionDetails, admit, filePending, type Vouched } from './admission'
import { followTeams } from '../teams/follow-teams'
import { accountLimit, countedSince, lockedUntil } from './limits'
import { rateLimited, recordFailure } from './attempts'
import { offersProviders } from './offers-providers'
import type { ProviderSignOut } from './provider-sign-out'
import type { SessionRenewal } from './session-renewal'

export interface OidcAdmissionDeps {
  readonly rooms: () => Promise<Rooms>
  readonly settings: () => Promise<Settings>
  readonly oidc: () => Promise<OidcSignIn>
  readonly session: ConsoleSession
  readonly renewal: Pick<SessionRenewal, 'keep'>
  readonly atProvider: Pick<ProviderSignOut, 'keep'>
  /** While the browser is open, its page can be opened again. */
  readonly links: OutwardLinks
  readonly clock: Clock
  readonly logger: Logger
}

export { offersProviders }

/** Only a person's own doing counts against the provider's limit, and an outage never does. */
const uncounted: ReadonlySet<Code> = new Set([
  'RATE_LIMITED',
  'ACCOUNT_LOCKED',
  'AUDIT_WRITE_FAILED',
  'METHOD_NOT_OFFERED',
  'OIDC_PROVIDER_NOT_FOUND',
  'CANCELLED',
  'OIDC_CANCELLED',
])

async function counts(code: Code): Promise<boolean> {
  const { isOidcOutage } = await import('../oidc/oidc-errors')
  return !uncounted.has(code) && !isOidcOutage(code)
}

function chosen(settings: Settings, slug: string): OidcSettings {
  if (!offersProviders.has(settings.method) || !settings.oidcEnabled) throw new AppError('METHOD_NOT_OFFERED')
  const provider = settings.oidc.find((each) => each.slug === slug)
  if (!provider) throw new AppError('OIDC_PROVIDER_NOT_FOUND', { details: { provider: slug } })
  return provider
}

/** A provider's person in the words of admission. */
export function vouchedByProvider(person: OidcPerson, provider: OidcSettings): Vouched {
  const { slug, issuer, subject, email, picture, claims } = person
  return {
    identity: { kind: 'oidc', issuer, subject, slug, email, name: person.fullName, picture, claims },
    username: person.username,
    login: person.login,
    fullName: person.fullName,
    email,
    emailVerified: person.emailVerified,
    roles: person.roles,
    roleSource: `oidc:${slug}`,
    roleSync: provider.roleSyncMode,
    firstRoles: isOfAdminDomain(person, provider) ? ['admin'] : [],
    autoProvision: provider.autoProvision,
  }
}

async function checkLimit(deps: OidcAdmissionDeps, slug: string): Promise<void> {
  const { attempts } = await deps.rooms()
  const now = deps.clock.now()
  const failures = await attempts.failures(`provider:${slug}`, countedSince(now))
  const until = lockedUntil(failures, accountLimit, now)
  if (until) throw rateLimited(until, deps.clock)
}

interface Arrival {
  readonly person: OidcPerson
  readonly provider: OidcSettings
  readonly grant: OidcGrant | null
  readonly leave: OidcLeave | null
  readonly context: CallContext
}

/** Finds or makes the account and opens the session in one transaction; the session counts once that is through. */
async function enter(deps: OidcAdmissionDeps, arrival: Arrival): Promise<void> {
  const { person, provider, grant, leave, context } = arrival
  const rooms = await deps.rooms()
  const settings = await deps.settings()
  const vouched = vouchedByProvider(person, provider)
  const { slug } = provider
  const entered = await rooms.transaction(async (tx) => {
    const admitted = await admit(rooms, vouched, { tx, clock: deps.clock, mode: settings })
    if ('pending' in admitted) {
      await filePending(rooms, admitted.pending, { person: vouched, tx, now: deps.clock.now() })
      return null
    }
    const { account } = admitted
    const at = deps.clock.now()
    await rooms.attempts.record(tx, { key: `provider:${slug}`, provider: 'oidc', slug, code: null, at })
    const via = `oidc:${slug}`
    const activate = await deps.session.start(tx, account, { via, hours: settings.sessionHours })
    const after = { via, ...admissionDetails(admitted, vouched) }
    await context.audit.record(tx, { target: account.username, accountId: account.id, after })
    const { teams: claim, issuer } = person
    await followTeams(rooms, { claim, issuer, slug }, { account, tx, now: at })
    return activate
  })
  if (!entered) throw new AppError('LINK_PENDING')
  entered()
  const id = deps.session.id()
  if (leave !== null && id !== null) deps.atProvider.keep(id, provider, leave)
  if (grant !== null && id !== null) await deps.renewal.keep(id, provider, grant)
}

async function refused(
  deps: OidcAdmissionDeps,
  slug: string,
  failure: { error: unknown; context: CallContext },
) {
  const { error, context } = failure
  if (!(error instanceof AppError) || error.code.startsWith('DB_')) throw error
  context.audit.note({ target: slug, code: error.code })
  deps.logger.warn(
    { code: error.code, provider: slug, details: error.details, cause: error.cause },
    'sign-in refused',
  )
  if (await counts(error.code)) {
    const tried = {
      key: `provider:${slug}`,
      account: null,
      provider: 'oidc',
      slug,
      code: error.code,
    } as const
    await recordFailure(await deps.rooms(), tried, deps.clock)
  }
  throw error
}

/** Sign-in through the system browser, from the provider's button to the account. */
export function createOidcAdmission(deps: OidcAdmissionDeps) {
  let promptNext: 'login' | null = null
  return {
    /** After a sign-out the provider asks again, so that the next person is not signed in as the last one. */
    askAgain: () => (promptNext = 'login'),
    signIn: async (input: { runId: string; provider: string }, context: CallContext): Promise<void> => {
      const shown: string[] = []
      try {
        const provider = chosen(await deps.settings(), input.provider)
        await checkLimit(deps, provider.slug)
        const oidc = await deps.oidc()
        const grants: OidcGrant[] = []
        const leaves: OidcLeave[] = []
        const person = await oidc.signIn(provider, {
          onGrant: (grant) => void grants.push(grant),
          onLeave: (leave) => void leaves.push(leave),
          signal: context.signal,
          prompt: promptNext,
          onProgress: (progress) => {
            if (progress.authorizationUrl !== null) shown.push(progress.authorizationUrl)
            shown.forEach(deps.links.allow)
            context.emit('session.progress', { runId: input.runId, ...progress })
          },
        })
        const [grant = null] = grants
        const [leave = null] = leaves
        await enter(deps, { person, provider, grant, leave, context })
        promptNext = null
      } catch (error) {
        await refused(deps, input.provider, { error, context })
      } finally {
        shown.forEach(deps.links.withdraw)
      }
    },
  }
}
