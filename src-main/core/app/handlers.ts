import type { Contract } from '../../contract'
import type { Status } from '../../contract/app'
import { AppError, type ErrorBody } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import type { PreferencesStore } from '../db/preferences-store'
import { errorBody } from './error-body'
import { helpPages, isInHelp, readHelpPage } from './help'
import type { OutwardLinks } from './outward-links'
import type { CallContext, Desk, Files, Settings } from './ports'
import type { Runs } from './runs'
import type { ConsoleSession } from './session'
import type { Texts } from './texts'

export interface AppHandlerDeps {
  readonly fixed: Pick<Status, 'version' | 'runtime' | 'platform' | 'demo' | 'logFile'> & {
    databasePath: string
  }
  readonly docs: string
  readonly settings: () => Promise<Settings>
  readonly userCount: () => Promise<number>
  readonly preferences: () => Promise<PreferencesStore>
  readonly session: ConsoleSession
  readonly runs: Runs
  readonly links: OutwardLinks
  readonly desk: Desk
  readonly files: Pick<Files, 'add'>
  readonly texts: Texts
}

function bodyOf(error: unknown, texts: Texts): ErrorBody {
  if (!(error instanceof AppError)) throw error
  return errorBody(error, texts)
}

/** The gravest finding of the settings, where they are no good. */
function settingsError(settings: Settings): ErrorBody | null {
  const finding = settings.findings.find((each) => each.severity === 'error')
  if (!finding) return null
  const details = finding.setting === null ? {} : { setting: finding.setting }
  return { code: finding.code, message: finding.message, details }
}

/** A database that does not open is a state of the console, not a failure of the question. */
async function databaseState(deps: AppHandlerDeps) {
  try {
    const firstRun = (await deps.userCount()) === 0
    return { error: null, firstRun, session: await deps.session.view() }
  } catch (error) {
    return { error: bodyOf(error, deps.texts), firstRun: false, session: null }
  }
}

export async function statusOf(deps: AppHandlerDeps): Promise<Status> {
  const settings = await deps.settings()
  const { error, firstRun, session } = await databaseState(deps)
  const { databasePath, ...fixed } = deps.fixed
  return {
    ...fixed,
    profile: { name: settings.profile.name, production: settings.profile.production },
    method: settings.method,
    settingsError: settingsError(settings),
    database: { error, path: databasePath },
    firstRun,
    session,
  }
}

export function createAppHandlers(deps: AppHandlerDeps): Handlers<Contract['app'], CallContext> {
  return {
    status: () => statusOf(deps),
    cancel: (input) => Promise.resolve({ cancelled: deps.runs.cancel(input.runId) }),
    copy: (input) => {
      deps.desk.copy(input.text)
      return Promise.resolve({})
    },
    protect: (input) => {
      deps.desk.protect(input.on ? 'on' : 'off')
      return Promise.resolve({})
    },
    chooseSave: async (input) => {
      const path = await deps.desk.chooseSave(input.name)
      return { file: path === null ? null : deps.files.add(path) }
    },
    openExternal: async (input) => {
      if (!deps.links.has(input.url) && !(await isInHelp(deps.docs, input.url)))
        throw new AppError('FORBIDDEN')
      await deps.desk.openExternal(input.url)
      return {}
    },
    pageShown: (input) => {
      deps.desk.pageShown(input.page, input.state, input.reason)
      return Promise.resolve({})
    },
    helpPages: () => Promise.resolve({ pages: helpPages(deps.texts) }),
    helpPage: (input) => readHelpPage(deps.docs, input.id, deps.texts),
    preferences: async () => ({ colorScheme: await (await deps.preferences()).colorScheme() }),
    setPreferences: async (input) => {
      await (await deps.preferences()).setColorScheme(input.colorScheme)
      return {}
    },
  }
}
