import type { Code } from '../../contract/errors'
import type { Clock, OidcPerson, OidcSettings, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Texts } from '../app/texts'
import type { LoginDecision } from '../oidc/login/login-run'
import { offersProviders, vouchedByProvider } from '../sign-in/oidc-admission'
import { accountView, wouldBe, type WouldBe } from './explain-owner'

export interface ExplainLoginDeps {
  readonly rooms: () => Promise<Rooms>
  readonly clock: Clock
  readonly texts: Texts
}

/** Whose the sign-in of a person would be whom a provider has just vouched for; nothing is written. */
export type LoginDecider = (
  settings: Settings,
  provider: OidcSettings,
  person: OidcPerson,
) => Promise<LoginDecision>

export function createLoginDecider(deps: ExplainLoginDeps): LoginDecider {
  return async (settings, provider, person) => {
    const vouched = vouchedByProvider(person, provider)
    const found = await wouldBe(deps, vouched)
    const account = await accountView(deps, settings, { found, vouched })
    return { account, decision: decisionOf(deps, settings, found) }
  }
}

function decisionOf(
  { texts: t, clock }: ExplainLoginDeps,
  settings: Settings,
  { decision, account, username }: WouldBe,
): LoginDecision['decision'] {
  const code = refusalOf(settings, { decision, account, username }, clock.now())
  if (code !== null)
    return { allowed: false, code, reason: t(`codes.${code}.title`), next: t(`codes.${code}.next`) }
  const how = decision.kind as 'known' | 'bind' | 'link' | 'create'
  const reason = t(`oidcLogin.decision.${how}`, { username: username ?? '' })
  return { allowed: true, code: null, reason, next: null }
}

function refusalOf(settings: Settings, { decision, account }: WouldBe, now: Date): Code | null {
  if (!offersProviders.has(settings.method) || !settings.oidcEnabled) return 'METHOD_NOT_OFFERED'
  if (decision.kind === 'refuse') return decision.code
  if (decision.kind === 'pending') return 'LINK_PENDING'
  return account?.lockedUntil && account.lockedUntil > now ? 'ACCOUNT_LOCKED' : null
}
