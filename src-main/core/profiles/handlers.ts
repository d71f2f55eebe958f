import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { Exported } from '../../contract/profiles'
import type { Handlers } from '../../contract/procedure'
import { writeExport } from '../app/export-file'
import type { CallContext, Desk, Files } from '../app/ports'
import { exportEntries } from './export-entries'
import { exportText, namesOf, type ExportText } from './export-text'
import { govern, impactOf, type GovernDeps } from './govern'
import { createProfileService, type ProfileServiceDeps } from './profile-service'
import { differences } from './profile-views'

export interface ProfileHandlersDeps extends ProfileServiceDeps, GovernDeps {
  readonly files: Files
  readonly desk: Pick<Desk, 'chooseFile'>
}

type ExportInput = Parameters<Handlers<Contract['profiles'], CallContext>['export']>[0]

function pathOf(files: Files, handle: string): string {
  const path = files.path(handle)
  if (path === null) throw new AppError('NOT_FOUND', { text: 'fileNotChosen' })
  return path
}

async function exportTo(
  deps: ProfileHandlersDeps,
  input: ExportInput & { secrets: ExportText['secrets'] },
  { audit }: CallContext,
): Promise<Exported> {
  const { name, format } = input
  await deps.folder.require(name)
  const path = pathOf(deps.files, input.file)
  const sources = await deps.settings.sources(name)
  const recognised = format === 'vikunja' ? 'vikunja' : (await createProfileService(deps).view(name)).kind
  const application = input.application ?? recognised
  if (format === 'vikunja' && application !== 'vikunja')
    throw new AppError('INVALID_INPUT', { text: 'vikunjaOnly', details: { application } })
  const content = exportEntries(sources, application)
  const secrets = content.entries.some(({ secret }) => secret) ? input.secrets : 'none'
  audit.note({ target: name, after: { file: path, format, application, secrets } })
  const bytes = await writeExport(path, [
    exportText(content, { profile: name, format, secrets: input.secrets }),
  ])
  const names = namesOf(content, format)
  return { file: path, bytes, application, names, secrets, leftOut: [...content.leftOut] }
}

export function createProfileHandlers(
  deps: ProfileHandlersDeps,
): Handlers<Contract['profiles'], CallContext> {
  const service = createProfileService(deps)
  return {
    list: async () => ({ profiles: await service.list(), secretStore: deps.secrets.kind }),
    chooseFile: async () => {
      const path = await deps.desk.chooseFile('settings')
      return { file: path === null ? null : deps.files.add(path) }
    },
    add: async ({ name, file }, { audit }) => {
      const path = file === null ? null : pathOf(deps.files, file)
      audit.note({ target: name, after: { file: path } })
      const adoption = await service.add(name, path)
      const { taken, secrets, leftOut } = adoption
      const left = leftOut.map((each) => each.name)
      audit.note({ target: name, after: { file: path, taken, secrets, leftOut: left } })
      return adoption
    },
    copy: async ({ from, to }, { audit }) => {
      audit.note({ target: to, after: { copyOf: from } })
      return { profile: await service.copy(from, to) }
    },
    rename: async ({ from, to }, { audit }) => {
      audit.note({ target: from, before: { name: from }, after: { name: to } })
      return { profile: await service.rename(from, to) }
    },
    remove: async ({ name }, { audit }) => {
      audit.note({ target: name })
      await service.remove(name)
      return {}
    },
    diff: async ({ names }) => {
      for (const name of names) await deps.folder.require(name)
      const [a, b] = [await deps.settings.sources(names[0]), await deps.settings.sources(names[1])]
      return { names: [...names], settings: differences(a, b) }
    },
    export: (input, context) => exportTo(deps, { ...input, secrets: 'placeholders' }, context),
    exportRevealed: (input, context) => exportTo(deps, { ...input, secrets: 'revealed' }, context),
    impact: ({ name }) => impactOf(deps, name),
    govern: async ({ name }, context) => {
      const sessionsEnded = await govern(deps, name, context)
      return { profile: await service.view(name), sessionsEnded }
    },
  }
}
