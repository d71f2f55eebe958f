import type { Contract } from '../../contract'
import type { Handlers } from '../../contract/procedure'
import { AppError } from '../../contract/errors'
import type { CallContext, Files, Settings, Tx } from '../app/ports'
import type { Texts } from '../app/texts'
import { createApplicationImpact } from './application-impact'
import { createApplicationSource } from './application-source'
import { resetPassword, setEnabled, type ChangeDeps } from './change-account'
import { compareApplication, exportComparison, type CompareDeps } from './compare-application'
import { openApplication } from './open-application'
import type { ReadPeople } from '../ldap/read-people'

export interface ApplicationHandlerDeps {
  readonly settings: (profile: string | null) => Promise<Settings>
  readonly rooms: () => Promise<{ transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> }>
  readonly generatePassphrase: () => Promise<string>
  readonly texts: Texts
  readonly files: Pick<Files, 'path'>
  readonly readPeople: ReadPeople
}

function pathOf({ files }: ApplicationHandlerDeps, handle: string): string {
  const path = files.path(handle)
  if (path === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
  return path
}

async function comparing(
  deps: ApplicationHandlerDeps,
  { profile, against }: { profile: string | null; against: string | null },
): Promise<CompareDeps> {
  const settings = await deps.settings(profile)
  return {
    source: createApplicationSource(await openApplication(settings, deps.texts)),
    ldap: settings.ldap,
    readPeople: deps.readPeople,
    against: against === null ? null : pathOf(deps, against),
  }
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
    compare: async (input, context) => compareApplication(await comparing(deps, input), context),
    exportComparison: async ({ file, format, ...input }, context) =>
      exportComparison(await comparing(deps, input), { path: pathOf(deps, file), format }, context),
    resetPassword: async ({ profile, ...target }, context) =>
      resetPassword(await changing(profile), target, context),
    disable: async ({ profile, ...target }, context) =>
      setEnabled(await changing(profile), { ...target, action: 'disable' }, context),
    enable: async ({ profile, ...target }, context) =>
      setEnabled(await changing(profile), { ...target, action: 'enable' }, context),
  }
}
