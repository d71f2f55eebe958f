import type { OidcReport } from '../../contract/oidc'
import { oidcStages, type OidcStageId, type Stage } from '../../contract/stages'
import type { Clock, Logger, OidcSettings } from '../app/ports'
import type { Texts } from '../app/texts'
import type { Facets } from '../diagnostics/facets'
import { clientChecks } from './checks-client'
import { metadataChecks } from './checks-metadata'
import { networkChecks } from './checks-network'
import { examinationFacets } from './examination-facets'
import { emptyExamination, type Examination, type ThirdClock } from './examination'
import { isSound, runOidcLadder } from './oidc-ladder'
import { productAdvice, productView } from './rule-book/advice'

export interface OidcTestDeps {
  readonly clock: Clock
  readonly logger: Logger
  readonly texts: Texts
}

export interface OidcTestRun {
  readonly provider: OidcSettings
  readonly signal: AbortSignal
  /** A stage starts (`null`), then ends with its result; a skipped one only ends. */
  readonly onStage: (id: OidcStageId, stage: Stage | null) => void
  /** Asked where provider and this computer differ: who is right is only said when two agree. */
  readonly thirdClock?: ThirdClock | undefined
  /** Told at the end what can be different the next time. */
  readonly onFacets?: (facets: Facets) => void
}

/** The doctor: everything that can be known about a provider without a browser. Cancelled = `CANCELLED`. */
export type OidcTest = (run: OidcTestRun) => Promise<OidcReport>

export function createOidcTest(deps: OidcTestDeps): OidcTest {
  return async ({ provider, signal, onStage, thirdClock, onFacets }) => {
    const run: Examination = { ...emptyExamination, ...deps, provider, signal, times: [], thirdClock }
    try {
      const checks = { ...networkChecks(run), ...metadataChecks(run), ...clientChecks(run) }
      const { texts } = deps
      const stages = await runOidcLadder<OidcStageId>(oidcStages, checks, {
        ...{ signal, texts, onStage },
        deadline: () => provider.timeout * 1000,
        adviceOn: (code) => productAdvice(texts, run.product, code),
      })
      onFacets?.(examinationFacets(run, stages))
      const { slug, name } = provider
      return { slug, name, ok: stages.every(isSound), product: productView(texts, run.product), stages }
    } finally {
      await run.channel?.close()
    }
  }
}
