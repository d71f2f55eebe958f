import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import type { Status } from '../../contract/app'
import { createApp, type App, type AppOptions } from '../../core/app/create-app'
import { createFiles } from '../../core/app/files'
import type { Home } from '../../core/app/home'
import type { Logger, SecretStore } from '../../core/app/ports'
import { refusesProduction } from '../../core/app/production-runtime'
import { createTexts } from '../../core/app/texts'
import type { StartArguments } from './arguments'
import { connectBridge } from './bridge'
import { createClipboard } from './clipboard'
import { createDesk } from './desk'
import { openExternal } from './external'
import { buildMenu } from './menu'
import { createPageWatch, type PageWatchOptions } from './page-watch'
import { serveRenderer } from './renderer-protocol'
import { createScheduleTimer } from './schedule-timer'
import { createSessionWatch } from './session-watch'
import { createUpkeepTimer } from './upkeep-timer'
import { denyPermissions, openWindow } from './window'

const runtimes: ReadonlySet<string> = new Set(['official', 'override', 'development'])

/** The scripts that start Electron say which one it is; an installed Authdesk has the official one. */
function runtimeOf(): Status['runtime'] {
  const named = process.env['AUTHDESK_RUNTIME'] ?? 'official'
  const kind = runtimes.has(named) ? (named as Status['runtime']['kind']) : 'official'
  return { kind, electron: process.versions.electron, node: process.versions.node }
}

async function productionRefusal(core: App): Promise<string | null> {
  const { profile, runtime } = await core.status()
  if (!profile.production || !refusesProduction(runtime, process.env)) return null
  return (
    `The profile ${profile.name} is marked production, and this is the development runtime. ` +
    'Use the official Electron, or set AUTHDESK_DEV_RUNTIME=1 to go on all the same.'
  )
}

export interface ConsoleOptions {
  readonly start: StartArguments
  readonly home: Home
  readonly bundles: string
  readonly logger: Logger
  readonly logFile: string
  readonly secrets: SecretStore
}

const breakGlassPage = '/sign-in?way=break-glass'

/** A running console; `shutDown` ends what was started, in order, and a demo's home goes with it. */
export interface OpenConsole {
  readonly shutDown: (status: number) => Promise<void>
  /** Ends with the window, which may ask about what is not saved. */
  readonly quit: () => void
  readonly focus: () => void
  /** Shows the window; throws where the profile may not run on this Electron. */
  readonly show: () => Promise<void>
}

function coreOptions(options: ConsoleOptions, ports: AppOptions['ports']): AppOptions {
  const { start, home, logFile } = options
  return {
    home,
    profile: null,
    envFile: start.envFile,
    environment: start.demo ? {} : process.env,
    databasePath: null,
    migrations: 'apply',
    docs: join(app.getAppPath(), 'docs'),
    version: app.getVersion(),
    runtime: runtimeOf(),
    demo: start.demo,
    logFile,
    ports,
  }
}

/** What the flags ask for before the first page; returns why the console may not open, or null. */
async function prepare(core: App, start: StartArguments): Promise<string | null> {
  if (start.showLocalLogin) core.openBreakGlass()
  if (start.demo) await core.startDemo()
  return productionRefusal(core)
}

/** Connects window, menu and the computer's own lock with the core; returns the way to end it. */
function connect(
  core: App,
  { current: window, clipboard }: Omit<Desktop, 'watch'>,
  logger: Logger,
): () => void {
  const emit = connectBridge({ dispatch: core.dispatch, window, logger })
  const navigate = (page: string): void => emit('app.navigate', { page })
  const showLocalLogin = (): void => {
    core.openBreakGlass()
    navigate(breakGlassPage)
  }
  buildMenu(createTexts(), { navigate, showLocalLogin })
  const parts = [
    createSessionWatch({ core, emit, clearClipboard: clipboard.clear, logger }),
    createScheduleTimer({ core, emit, logger }),
  ]
  return () => parts.forEach((part) => part.stop())
}

interface Desktop {
  readonly current: () => BrowserWindow | null
  readonly clipboard: ReturnType<typeof createClipboard>
  readonly watch: PageWatchOptions
}

function portsOf(
  { logger, secrets }: ConsoleOptions,
  { current, clipboard, watch }: Desktop,
): AppOptions['ports'] {
  const [texts, pageShown] = [createTexts(), createPageWatch(watch)]
  return {
    ...{ logger, secrets, files: createFiles(), clock: { now: () => new Date() } },
    browser: { open: openExternal },
    desk: createDesk({ window: current, copy: clipboard.copy, pageShown, texts }),
  }
}

export function openConsole(options: ConsoleOptions): OpenConsole {
  const { start, home, logger, bundles } = options
  let window: BrowserWindow | null = null
  let ending = false
  const clipboard = createClipboard()
  const ends: (() => void)[] = []
  const shutDown = async (status: number): Promise<void> => {
    if (ending) return
    ending = true
    keepUp.stop()
    for (const stop of ends) stop()
    await clipboard.clear()
    await core.close()
    if (start.demo) rmSync(home.path, { recursive: true, force: true })
    app.exit(status)
  }
  const { screenshot } = start
  const end = (status: number): void => void shutDown(status)
  const current = (): BrowserWindow | null => window
  const keepUp = createUpkeepTimer(() => core.upkeep(), logger)
  const watch = {
    ...{ window: current, screenshot, database: home.database, logFile: options.logFile, end },
    onFirstPage: keepUp.start,
  }
  const core = createApp(coreOptions(options, portsOf(options, { current, clipboard, watch })))

  return {
    shutDown,
    quit: () => {
      if (window === null) end(0)
      else window.close()
    },
    focus: () => {
      if (window?.isMinimized()) window.restore()
      window?.focus()
    },
    show: async () => {
      const refusal = await prepare(core, start)
      if (refusal !== null) throw new Error(refusal)
      serveRenderer(join(bundles, 'renderer'))
      denyPermissions()
      ends.push(connect(core, { current, clipboard }, logger))
      window = openWindow(bundles, start.page ?? (start.showLocalLogin ? breakGlassPage : null))
      window.on('closed', () => (window = null))
    },
  }
}
