import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Settings, Tx } from '../app/ports'
import type { Texts } from '../app/texts'
import { createApplicationImpact } from './application-impact'
import { createApplicationSource } from './application-source'
import { resetPassword, setEnabled, type ChangeDeps } from './change-account'
import { openApplication } from './open-application'

export interface ApplicationHandlerDeps {
  readonly settings: (profile: string | null) => Promise<Settings>
  readonly rooms: () => Promise<{ transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> }>
  readonly generatePassphrase: () => Promise<string>
  readonly texts: Texts
}

export function createApplicationHandlers(
  deps: ApplicationHandlerDeps,
): Handlers<Contract['application'], CallContext> {
  const options = async (profile: string | null) => openApplication(await deps.settings(profile), deps.texts)
  const source = async (profile: string | null) => createApplicationSource(await options(profile))
  const changing = async (profile: string | null): Promise<ChangeDeps> => ({
    source: await options(profile),
    transaction: (work) => deps.rooms().then(({ transaction }) => transaction(work)),
    generatePassphrase: deps.generatePassphrase,
  })
  return {
    status: async ({ profile }) => (await source(profile)).status(),
    list: async (query) => (await source(query.profile)).list(query),
    get: async ({ profile, id }, { actor }) => (await source(profile)).get(id, actor),
    find: async ({ profile, name }, { actor }) => (await source(profile)).find(name, actor),
    explain: async ({ profile, ...asked }) => createApplicationImpact(await options(profile)).explain(asked),
    impact: async ({ profile, method }) => createApplicationImpact(await options(profile)).impact(method),
    resetPassword: async ({ profile, ...target }, context) =>
      resetPassword(await changing(profile), target, context),
    disable: async ({ profile, ...target }, context) =>
      setEnabled(await changing(profile), { ...target, action: 'disable' }, context),
    enable: async ({ profile, ...target }, context) =>
      setEnabled(await changing(profile), { ...target, action: 'enable' }, context),
  }
}
