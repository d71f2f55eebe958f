import { hostname, platform, userInfo } from 'node:os'
import type { Status } from '../../contract/app'
import { AppError } from '../../contract/errors'
import { createProfileFolder } from '../profiles/profile-folder'
import { createDrafts } from '../settings/drafts'
import { createSettings } from '../settings/create-settings'
import { createKeptReports } from '../diagnostics/report/kept-reports'
import { createReachability } from '../methods/reachability'
import type { PasswordCost } from '../sign-in/password-hash'
import type { Call, Dispatch, Emit } from './call'
import { createCallAudit } from './call-audit'
import { createDispatch } from './dispatch'
import { loadHandlers, type Composition } from './handler-rooms'
import { prepareHome, type Home } from './home'
import { createOutwardLinks } from './outward-links'
import { openRooms } from './open-rooms'
import type { Actor, Browser, Clock, Desk, Files, Logger, SecretStore } from './ports'
import { lazily } from './rooms'
import { createRuns } from './runs'
import { createSessionRenewal, leftTokens } from '../sign-in/session-renewal'
import { createSchedule } from '../sync/schedule'
import { createConsoleSession } from './session'
import { createTexts } from './texts'

export interface AppOptions {
  readonly home: Home
  readonly profile: string | null
  readonly envFile: string | null
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly databasePath: string | null
  readonly migrations: 'apply' | 'check'
  readonly docs: string
  readonly version: string
  readonly runtime: Status['runtime']
  readonly demo: boolean
  readonly logFile: string | null
  /** The standard cost where it is not given. */
  readonly passwordCost?: PasswordCost
  readonly ports: {
    readonly clock: Clock
    readonly logger: Logger
    readonly secrets: SecretStore
    readonly browser: Browser
    readonly files: Files
    readonly desk: Desk
  }
}

export interface App {
  readonly dispatch: Dispatch
  readonly status: () => Promise<Status>
  /** Opens the way in for local administrators whatever the mode, until the end of this run. */
  readonly openBreakGlass: () => void
  /** Fills an empty home with the sample accounts and signs in the sample administrator. */
  readonly startDemo: () => Promise<void>
  /** Removes what is over; for after the first page and then now and again. */
  readonly upkeep: () => Promise<void>
  /** Synchronises the directory if its schedule says that it is time; resolves when that is over. */
  readonly syncIfDue: (emit: Emit) => Promise<void>
  /** Locks the desk, as when the computer is locked. */
  readonly lock: () => void
  /** Looks whether the desk was left or its session ended elsewhere; who is signed in, as the window may know it. */
  readonly watch: () => Promise<Status['session']>
  /** Asks the provider of an SSO session whether it still holds, if it is time. */
  readonly renew: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Builds the parts; nothing heavy is loaded before it is used. */
function compose(
  options: AppOptions,
  { breakGlass, onClose }: Pick<Composition, 'breakGlass' | 'onClose'>,
): Composition {
  const { clock, secrets } = options.ports
  const origin = { osUser: userInfo().username, host: hostname() }
  const databasePath = options.databasePath ?? options.home.database
  const rooms = lazily(() => openRooms({ ...options, databasePath, origin }))
  const { home, profile, envFile, environment } = options
  const settings = createSettings({ home, profile, envFile, environment, secrets })
  const profiles = createProfileFolder(home.profiles)
  const texts = createTexts()
  const unverifiedAllowed = async () => (await settings.current()).method === 'none'
  const store = async () => (await rooms()).sessions
  const idleMinutes = async () => (await settings.current()).idleMinutes
  const { logger, browser } = options.ports
  const oidcSignIn = lazily(async () => {
    const { createOidcSignIn } = await import('../oidc/oidc-sign-in')
    return createOidcSignIn({ browser, clock, logger, texts })
  })
  const current = () => settings.current()
  const renewal = createSessionRenewal({ rooms, settings: current, oidc: oidcSignIn, secrets, clock, logger })
  const onOver = (id: string) =>
    void renewal.drop(id).catch((error: unknown) => logger.error({ error }, 'a token was not forgotten'))
  return {
    options,
    databasePath,
    platform: platform(),
    host: origin.host,
    rooms,
    settings,
    profiles,
    drafts: createDrafts({ settings, folder: profiles, texts }),
    session: createConsoleSession({
      ...{ store, clock, host: origin.host, unverifiedAllowed, idleMinutes, onOver },
    }),
    renewal,
    oidcSignIn,
    runs: createRuns(),
    texts,
    reachability: createReachability(clock),
    reports: createKeptReports(),
    schedule: createSchedule({ clock, logger, settings: current }),
    breakGlass,
    onClose,
    links: createOutwardLinks(),
  }
}

/** Builds the console: the one place where its parts meet. */
export function createApp(options: AppOptions): App {
  prepareHome(options.home)
  let breakGlass = false
  const ends: (() => void)[] = []
  const composition = compose(options, { breakGlass: () => breakGlass, onClose: (end) => ends.push(end) })
  const { rooms, session, runs, texts } = composition
  const { logger, clock } = options.ports
  const handlers = loadHandlers(composition)
  const audit = async () => ({ log: (await rooms()).audit, transaction: (await rooms()).transaction })
  const dispatch = createDispatch({
    handlers: (room) => handlers.load(room),
    actorOf: (call) => actorOf(call, composition),
    isFirstRun: async () => (await (await rooms()).users.count()) === 0,
    openAudit: createCallAudit({ audit, logger }),
    runs,
    logger,
    texts,
  })
  return {
    dispatch,
    status: () => handlers.status(),
    openBreakGlass: () => (breakGlass = true),
    startDemo: async () => {
      if (!options.demo) throw new AppError('FORBIDDEN')
      const { startDemo } = await import('../demo/start-demo')
      const { secrets } = options.ports
      await startDemo({ rooms: await rooms(), home: options.home, session, secrets, clock })
    },
    upkeep: () => upkeep(composition),
    syncIfDue: (emit) =>
      composition.schedule.look(async () => {
        const { syncByItself } = await import('../sync/sync-by-itself')
        await syncByItself({ dispatch, rooms: await rooms(), clock, emit })
      }),
    lock: () => session.lock(),
    watch: () => (session.id() === null ? Promise.resolve(null) : session.view()),
    renew: () => composition.renewal.renewIfDue(),
    close: async () => {
      const scheduled = composition.schedule.stop()
      runs.cancelAll()
      await scheduled
      composition.renewal.stop()
      for (const end of ends) end()
      if (rooms.started()) await closeRooms(composition)
    },
  }
}

async function upkeep({ rooms, settings, options }: Composition): Promise<void> {
  const [{ runUpkeep }, { expiryJobs }, { auditPruning }] = await Promise.all([
    import('../upkeep/upkeep'),
    import('../upkeep/upkeep-store'),
    import('../audit/audit-pruning'),
  ])
  const { database, audit } = await rooms()
  const pruning = auditPruning(audit, async () => (await settings.current()).auditDays)
  const { clock, logger, secrets } = options.ports
  // Before the rows go that say whose tokens are left.
  const jobs = [leftTokens({ rooms, secrets }), ...expiryJobs(database), pruning]
  await runUpkeep({ jobs, clock, logger })
}

/** Nobody is signed in to a console that is closed; a database that never opened needs no closing. */
async function closeRooms({ rooms, session, renewal }: Composition): Promise<void> {
  const opened = await rooms().catch(() => null)
  if (!opened) return
  const id = session.id()
  if (id !== null) {
    await renewal.drop(id)
    const over = await opened.transaction((tx) => session.end(tx))
    over()
  }
  await opened.audit.noteHead().catch(() => undefined)
  await opened.database.close()
}

/** The command line's caller is the operating-system user, the window's whoever is signed in there. */
async function actorOf(call: Call, { session, host }: Composition): Promise<Actor> {
  if (call.caller.kind === 'os') return { kind: 'os', name: call.caller.name, roles: ['admin'] }
  if (call.caller.kind === 'schedule') return { kind: 'schedule', host, roles: [] }
  return session.actor()
}
