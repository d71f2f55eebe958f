import type { OidcLogin } from '../../../contract/oidc-login'
import { oidcLoginStages, type OidcLoginStageId, type Stage } from '../../../contract/stages'
import type { Browser, Clock, Logger, OidcPerson, OidcProgress, OidcSettings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import { clientChecks } from '../checks-client'
import { metadataChecks } from '../checks-metadata'
import { networkChecks } from '../checks-network'
import { emptyExamination, type ThirdClock } from '../examination'
import { loopbackLimit, systemTimer, type Timer } from '../loopback'
import { runOidcLadder } from '../oidc-ladder'
import { createOidcStates } from '../oidc-states'
import { productAdvice, productView } from '../rule-book/advice'
import { browserChecks } from './browser-checks'
import { claimsTable } from './claims-table'
import type { LoginDecision, LoginRun } from './login-run'
import { missingClaims } from './missing-claims'
import { tokenChecks } from './token-checks'

export interface DryRunDeps {
  readonly browser: Browser
  readonly clock: Clock
  readonly logger: Logger
  readonly texts: Texts
  readonly timer?: Timer
}

export interface DryRunInput {
  readonly provider: OidcSettings
  /** `login`: the provider asks who is there, whoever is signed in at it. */
  readonly prompt: 'login' | null
  readonly signal: AbortSignal
  readonly onStage: (id: OidcLoginStageId, stage: Stage | null) => void
  readonly onProgress: (progress: OidcProgress) => void
  readonly decide: (person: OidcPerson) => Promise<LoginDecision>
  readonly thirdClock?: ThirdClock
}

/** A whole sign-in through the browser that is decided and explained; no session, no account, no token is kept. */
export type OidcDryRun = (input: DryRunInput) => Promise<OidcLogin>

export function createOidcDryRun(deps: DryRunDeps): OidcDryRun {
  return async (input) => {
    const run = begin(deps, input)
    try {
      const checks = {
        ...{ ...networkChecks(run), ...metadataChecks(run), ...clientChecks(run) },
        ...{ ...browserChecks(run), ...tokenChecks(run) },
      }
      await runOidcLadder<OidcLoginStageId>(oidcLoginStages, checks, {
        ...{ signal: input.signal, texts: deps.texts },
        deadline: (id) => deadlineOf(id, input.provider),
        adviceOn: (code) => productAdvice(deps.texts, run.product, code),
        onStage: (id, stage) => {
          if (stage !== null) run.stages.push(stage)
          input.onStage(id, stage)
        },
      })
      return resultOf(run)
    } finally {
      await run.channel?.close()
    }
  }
}

function begin({ timer = systemTimer, ...deps }: DryRunDeps, input: DryRunInput): LoginRun {
  return {
    ...emptyExamination,
    ...{ ...deps, ...input, timer, states: createOidcStates(deps.clock) },
    ...{ times: [], stages: [], visit: null, context: null, arrival: null, tokens: null },
    ...{ refusal: null, anatomy: null, sources: null, decided: null },
  }
}

/** A browser takes its time to start, and a person to sign in; the listener's own limit comes first. */
function deadlineOf(id: OidcLoginStageId, provider: OidcSettings): number {
  if (id === 'authorize') return 60_000
  return id === 'callback' ? loopbackLimit + 1000 : provider.timeout * 1000
}

function resultOf(run: LoginRun): OidcLogin {
  const { texts: t, provider, stages, sources, product } = run
  const decision = stages.find(({ id }) => id === 'decision')
  const ended = stages.find(({ status }) => status === 'failed') ?? decision
  return {
    ok: stages.every(({ status }) => status !== 'failed'),
    ...{ slug: provider.slug, name: provider.name, product: productView(t, product), stages },
    claims: sources === null ? [] : claimsTable(t, sources, provider),
    missing: sources === null ? [] : missingClaims(t, { sources, provider, product }),
    token: run.anatomy,
    decision: {
      allowed: run.decided?.decision.allowed ?? false,
      code: ended?.code ?? null,
      stage: (ended?.id ?? 'decision') as OidcLoginStageId,
      reason: (ended ?? decision)?.summary ?? '',
      next: ended?.next ?? null,
    },
    account: run.decided?.account ?? null,
  }
}
