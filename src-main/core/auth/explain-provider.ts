import type { WayView } from '../../contract/auth'
import type { OidcSettings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import { factsOf, type Claims } from '../oidc/oidc-claims'
import { refusalOf } from '../oidc/oidc-policy'
import { candidate } from '../sign-in/admission'
import { decideIdentity, type IdentityDecision } from '../sign-in/identity-policy'
import { accountLimit, countedSince, lockedUntil } from '../sign-in/limits'
import { offersProviders } from '../sign-in/oidc-admission'
import type { Account } from '../users/account'
import { accountVerdicts, identityVerdict, lockVerdict, type Asked, type ExplainDeps } from './explain-form'
import { wayOf, type Verdicts } from './rules'

type StoredIdentity = Awaited<ReturnType<Rooms['users']['identities']>>[number]

function parsed(value: string): unknown {
  if (!/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

/** Claims are kept as text; lists and objects are JSON. */
export const claimsOf = (identity: StoredIdentity): Claims =>
  Object.fromEntries(identity.claims.map(({ name, value }) => [name, parsed(value)]))

const hasLists = ({ allowedEmails, allowedDomains, allowedGroups }: OidcSettings) =>
  allowedEmails.length + allowedDomains.length + allowedGroups.length > 0

function listsVerdict(
  deps: ExplainDeps,
  provider: OidcSettings,
  identity: StoredIdentity | undefined,
): Verdicts {
  const t = deps.texts
  if (!hasLists(provider)) return { lists: { outcome: 'passed', evidence: t('explain.lists.none') } }
  if (!identity) return { lists: { outcome: 'warning', evidence: t('explain.lists.noClaims') } }
  const code = refusalOf(factsOf({ idToken: claimsOf(identity), userinfo: null }, provider), provider)
  return code === null
    ? { lists: { outcome: 'passed', evidence: t('explain.lists.passed') } }
    : { lists: { outcome: 'refused', code, evidence: t('explain.lists.refused') } }
}

function modeVerdict(deps: ExplainDeps, { settings }: Asked, provider: OidcSettings): Verdicts {
  const t = deps.texts
  const { method } = settings
  const no = { outcome: 'refused', code: 'METHOD_NOT_OFFERED' } as const
  if (method === null) return { mode: { ...no, evidence: t('explain.mode.unknown') } }
  if (!offersProviders.has(method) || !settings.oidcEnabled)
    return { mode: { ...no, evidence: t('explain.mode.noProvider', { method }) } }
  const missing = provider.missing.join(', ')
  return missing === ''
    ? { mode: { outcome: 'passed', evidence: t('explain.mode.provider', { method }) } }
    : {
        mode: {
          ...no,
          code: 'OIDC_CONFIG_INVALID',
          evidence: t('explain.mode.providerIncomplete', { missing }),
        },
      }
}

async function limitVerdict(deps: ExplainDeps, { slug }: OidcSettings): Promise<Verdicts> {
  const t = deps.texts
  const { attempts } = await deps.rooms()
  const now = deps.clock.now()
  const until = lockedUntil(await attempts.failures(`provider:${slug}`, countedSince(now)), accountLimit, now)
  if (!until) return { limit: { outcome: 'passed', evidence: t('explain.limit.free') } }
  const evidence = t('explain.limit.waits', { until: until.toISOString() })
  return { limit: { outcome: 'refused', code: 'RATE_LIMITED', evidence } }
}

/** Whose the first sign-in with this provider would be, if it vouches for the name and the address as they are here. */
async function firstSignIn(
  deps: ExplainDeps,
  account: Account,
  provider: OidcSettings,
): Promise<IdentityDecision> {
  const rooms = await deps.rooms()
  return rooms.transaction(async (tx) => {
    const sameEmail = account.email === null ? [] : await rooms.users.byEmail(account.email, tx)
    const candidates = await Promise.all(sameEmail.map((each) => candidate(rooms, each, tx)))
    return decideIdentity({
      ...{ kind: 'oidc', known: null, named: await candidate(rooms, account, tx) },
      sameEmail: candidates.filter((each) => each !== null),
      ...{ email: account.email, emailVerified: true, autoProvision: provider.autoProvision },
    })
  })
}

async function identityOf(
  deps: ExplainDeps,
  account: Account,
  found: { provider: OidcSettings; identity: StoredIdentity | undefined },
): Promise<Verdicts> {
  const { provider, identity } = found
  const decision: IdentityDecision = identity
    ? { kind: 'known', accountId: account.id }
    : await firstSignIn(deps, account, provider)
  const person = { subject: identity?.subject ?? '', email: account.email }
  return identityVerdict(deps.texts, decision, person)
}

/** The sign-in through one provider's button, judged by the account's last claims. */
export async function explainProvider(
  deps: ExplainDeps,
  asked: Asked,
  provider: OidcSettings,
): Promise<WayView> {
  const { account } = asked
  const rooms = await deps.rooms()
  const identities = account ? await rooms.users.identities(account.id) : []
  const identity = identities.find(({ kind, issuer }) => kind === 'oidc' && issuer === provider.issuer)
  const verdicts: Verdicts = {
    ...modeVerdict(deps, asked, provider),
    ...(await limitVerdict(deps, provider)),
    ...listsVerdict(deps, provider, identity),
    ...(account
      ? {
          ...accountVerdicts(deps.texts, account),
          ...(await identityOf(deps, account, { provider, identity })),
          ...lockVerdict(deps.texts, account, deps.clock.now()),
        }
      : identityVerdict(
          deps.texts,
          provider.autoProvision ? { kind: 'create' } : { kind: 'refuse', code: 'OIDC_PROVISIONING_OFF' },
          { subject: '', email: null },
        )),
  }
  return wayOf(`oidc:${provider.slug}`, provider.name, verdicts)
}
