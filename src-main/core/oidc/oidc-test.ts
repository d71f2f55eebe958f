import type { OidcReport } from '../../contract/oidc'
import type { OidcStageId, Stage } from '../../contract/stages'
import type { Clock, Logger, OidcSettings } from '../app/ports'
import type { Texts } from '../app/texts'
import { clientChecks } from './checks-client'
import { metadataChecks } from './checks-metadata'
import { networkChecks } from './checks-network'
import type { Examination } from './examination'
import { runOidcLadder } from './oidc-ladder'

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
}

/** The doctor: everything that can be known about a provider without a browser. Cancelled = `CANCELLED`. */
export type OidcTest = (run: OidcTestRun) => Promise<OidcReport>

export function createOidcTest(deps: OidcTestDeps): OidcTest {
  return async ({ provider, signal, onStage }) => {
    const nothing = { channel: null, address: null, addresses: [], discovery: null }
    const run: Examination = { ...deps, provider, signal, ...nothing }
    try {
      const checks = { ...networkChecks(run), ...metadataChecks(run), ...clientChecks(run) }
      const limits = { signal, deadline: provider.timeout * 1000, texts: deps.texts, onStage }
      const stages = await runOidcLadder(checks, limits)
      return { slug: provider.slug, name: provider.name, ok: stages.every(isWell), stages }
    } finally {
      await run.channel?.close()
    }
  }
}

function isWell(stage: Stage): boolean {
  return stage.status === 'passed' || stage.status === 'warning'
}
