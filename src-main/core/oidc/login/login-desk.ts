import type { OidcLogin } from '../../../contract/oidc-login'
import type { OidcLoginStageId, Stage } from '../../../contract/stages'
import type { OutwardLinks } from '../../app/outward-links'
import type { OidcPerson, OidcProgress, OidcSettings, Settings } from '../../app/ports'
import { createOidcDryRun, type DryRunDeps } from './dry-run'
import type { LoginDecision } from './login-run'

export interface LoginInput {
  readonly provider: OidcSettings
  readonly settings: Settings
  readonly prompt: 'login' | null
  readonly signal: AbortSignal
  readonly onStage: (id: OidcLoginStageId, stage: Stage | null) => void
  readonly onProgress: (progress: OidcProgress) => void
}
export type OidcLoginRun = (input: LoginInput) => Promise<OidcLogin>

export interface LoginDeskDeps extends DryRunDeps {
  /** While the browser is open, its page can be opened again. */
  readonly links: OutwardLinks
  /** Loaded when somebody has come: until then no database is needed. */
  readonly decider: () => Promise<
    (settings: Settings, provider: OidcSettings, person: OidcPerson) => Promise<LoginDecision>
  >
}

/** The dry run with what the console has around it. */
export function createLoginDesk({ links, decider, ...deps }: LoginDeskDeps): OidcLoginRun {
  const dryRun = createOidcDryRun(deps)
  return async ({ settings, ...input }) => {
    const shown: string[] = []
    try {
      return await dryRun({
        ...input,
        decide: async (person) => (await decider())(settings, input.provider, person),
        onProgress: (progress) => {
          if (progress.authorizationUrl !== null) shown.push(progress.authorizationUrl)
          shown.forEach(links.allow)
          input.onProgress(progress)
        },
      })
    } finally {
      shown.forEach(links.withdraw)
    }
  }
}
