import type { Code } from '../../contract/errors'
import type { OidcReport } from '../../contract/oidc'
import {
  oidcAppStages,
  oidcStages,
  type OidcAppStageId,
  type OidcStageId,
  type Stage,
} from '../../contract/stages'
import type { Clock, Logger, OidcSettings } from '../app/ports'
import type { Texts } from '../app/texts'
import { appChecks } from './application/checks-app'
import { clientChecks } from './checks-client'
import { metadataChecks } from './checks-metadata'
import { networkChecks } from './checks-network'
import { emptyExamination, type Examination, type ThirdClock } from './examination'
import { isSound, runOidcLadder } from './oidc-ladder'
import { productAdvice, productView } from './rule-book/advice'

/** A visit makes many requests, each of which has the provider’s time. */
const visitsTake = 4

export interface OidcTestDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly texts: Texts
}

export interface OidcTestRun {
  readonly provider: OidcSettings
  readonly signal: AbortSignal
  /** A stage starts (`null`), then ends with its result; a skipped one only ends. */
  readonly onStage: (id: OidcAppStageId, stage: Stage | null) => void
  /** The address of an application whose own way to this provider is looked at too. */
  readonly app?: string | null
  /** Asked where provider and this computer differ: who is right is only said when two agree. */
  readonly thirdClock?: ThirdClock | undefined
}

/** The doctor: everything that can be known about a provider without a browser. Cancelled = `CANCELLED`. */
export type OidcTest = (run: OidcTestRun) => Promise<OidcReport>

export function createOidcTest(deps: OidcTestDeps): OidcTest {
  return async ({ provider, signal, onStage, thirdClock, app = null }) => {
    const run: Examination = { ...emptyExamination, ...deps, provider, signal, times: [], thirdClock }
    try {
      const checks = { ...networkChecks(run), ...metadataChecks(run), ...clientChecks(run) }
      const { texts } = deps
      const options = {
        ...{ signal, texts, onStage },
        deadline: (id: OidcAppStageId) => provider.timeout * 1000 * (id === 'app' ? visitsTake : 1),
        adviceOn: (code: Code) => productAdvice(texts, run.product, code),
      }
      const stages =
        app === null
          ? await runOidcLadder<OidcStageId>(oidcStages, checks, options)
          : await runOidcLadder<OidcAppStageId>(oidcAppStages, { ...checks, ...appChecks(run, app) }, options)
      const { slug, name } = provider
      return { slug, name, ok: stages.every(isSound), product: productView(texts, run.product), stages }
    } finally {
      await run.channel?.close()
    }
  }
}
