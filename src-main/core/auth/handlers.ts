import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Settings } from '../app/ports'
import type { ExplainDeps } from './explain-form'
import { explainSignIn } from './explain'
import { exportImpact, impact, type ImpactDeps } from './impact'

export interface AuthHandlerDeps extends ExplainDeps, ImpactDeps {
  readonly settings: () => Promise<Settings>
}

export function createAuthHandlers(deps: AuthHandlerDeps): Handlers<Contract['auth'], CallContext> {
  return {
    explain: ({ name }, { signal }) => explainSignIn(deps, name, signal),
    impact: (asked) => impact(deps, asked),
    exportImpact: (asked, context) => exportImpact(deps, asked, context),
  }
}
