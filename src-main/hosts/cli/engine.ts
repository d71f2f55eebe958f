import type { Caller, Emit } from '../../core/app/call'
import { AppError, type Result } from '../../contract/errors'
import type { GlobalOptions } from './global-options'

export interface EngineOptions {
  readonly options: GlobalOptions
  readonly environment: NodeJS.ProcessEnv
  readonly docs: string
  readonly version: string
  /** Whether pending migrations are applied when the database opens. */
  readonly migrations: 'apply' | 'check'
}

/** The core as the command line uses it. */
export interface Engine {
  readonly home: string
  readonly database: string
  readonly dispatch: (call: {
    path: string
    input: unknown
    caller: Caller
    emit: Emit
    signal: AbortSignal
  }) => Promise<Result<unknown>>
  /** Gives out a handle for a file of an argument. */
  readonly addFile: (path: string) => string
  readonly close: () => Promise<void>
}

const unreachable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'ENOSPC', 'EEXIST'])

function translate(error: unknown, home: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!unreachable.has(code)) return error
  const message = `The home ${home} cannot be used (${code}).`
  return new AppError('DB_UNAVAILABLE', { message, details: { home }, cause: error })
}

/** `--app-db` counts as if the environment had said it. */
function withDatabase(environment: NodeJS.ProcessEnv, { applicationDatabase }: GlobalOptions) {
  return applicationDatabase === null ? environment : { ...environment, AUTHDESK_APP_DB: applicationDatabase }
}

async function createCore({ options, environment, docs, version, migrations }: EngineOptions) {
  const [
    { createApp },
    { createFiles },
    { defaultHome, homeAt },
    { createLogger, logLevel },
    { secretEnvironment },
    ports,
    { createCliBrowser },
  ] = await Promise.all([
    import('../../core/app/create-app'),
    import('../../core/app/files'),
    import('../../core/app/home'),
    import('../../core/diagnostics/logger'),
    import('../../core/settings/secret-environment'),
    import('./host-ports'),
    import('./cli-browser'),
  ])
  const home = homeAt(options.home ?? defaultHome(environment, process.platform))
  const files = createFiles()
  const level = environment['LOG_LEVEL'] ? logLevel(environment['LOG_LEVEL']) : 'error'
  const open = () =>
    createApp({
      home,
      // Another profile is examined, by the commands that can: how people get in does not change.
      profile: null,
      envFile: options.envFile,
      // Who signs in with --as does so by the settings of the home, not by ones that the caller brings along.
      environment: options.as === null ? withDatabase(environment, options) : secretEnvironment(environment),
      databasePath: options.database,
      migrations,
      docs,
      version,
      runtime: { kind: 'node', electron: null, node: process.versions.node },
      demo: false,
      logFile: null,
      ports: {
        clock: { now: () => new Date() },
        logger: createLogger(process.stderr, level),
        secrets: ports.createNoSecrets(home.secrets),
        browser: createCliBrowser({ environment, platform: process.platform, output: process.stderr }),
        files,
        desk: ports.noDesk,
      },
    })
  return { home, files, open }
}

/** Loads the core when a command needs it, so that help does not wait for it. */
export async function openEngine(engineOptions: EngineOptions): Promise<Engine> {
  const { home, files, open } = await createCore(engineOptions)
  try {
    const app = open()
    return {
      home: home.path,
      database: engineOptions.options.database ?? home.database,
      dispatch: app.dispatch,
      addFile: (path) => files.add(path).handle,
      close: app.close,
    }
  } catch (error) {
    throw translate(error, home.path)
  }
}
