import type { ExplainedAccount } from '../../../contract/ldap-explain'
import type { OidcLogin, TokenAnatomy } from '../../../contract/oidc-login'
import type { Stage } from '../../../contract/stages'
import type { Browser, OidcPerson, OidcProgress } from '../../app/ports'
import type { Examination } from '../examination'
import type { Timer } from '../loopback'
import type { ClaimSources } from '../oidc-claims'
import type { OidcStates } from '../oidc-states'
import type { Exchange, Secrets, Tokens } from '../token-exchange'

export interface LoginDecision {
  readonly decision: Omit<OidcLogin['decision'], 'stage'>
  readonly account: ExplainedAccount | null
}

/** A sign-in that is decided and not kept: the doctor's run, and what the browser's part has brought so far. */
export interface LoginRun extends Examination {
  readonly browser: Browser
  readonly states: OidcStates
  readonly timer: Timer
  readonly prompt: 'login' | null
  readonly onProgress: (progress: OidcProgress) => void
  /** Whose the sign-in would be; nothing is written. */
  readonly decide: (person: OidcPerson) => Promise<LoginDecision>
  readonly stages: Stage[]
  visit: Promise<Arrival> | null
  context: Exchange | null
  arrival: Arrival | null
  tokens: Tokens | null
  /** What the ID token was refused for. */
  refusal: unknown
  anatomy: TokenAnatomy | null
  sources: ClaimSources | null
  decided: LoginDecision | null
}

export interface Arrival {
  readonly callback: URL
  readonly secrets: Secrets
}
