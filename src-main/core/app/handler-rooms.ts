import type { Status } from '../../contract/app'
import type { SettingsRoom } from '../settings/create-settings'
import type { KeptReports } from '../diagnostics/report/kept-reports'
import type { Drafts } from '../settings/drafts'
import type { ProfileFolder } from '../profiles/profile-folder'
import type { Reachability } from '../methods/reachability'
import type { AppOptions } from './create-app'
import { createAppHandlers, statusOf, type AppHandlerDeps } from './handlers'
import type { OutwardLinks } from './outward-links'
import type { OidcSignIn } from './ports'
import { refusesProduction } from './production-runtime'
import { lazily, type Lazy, type Rooms } from './rooms'
import type { Runs } from './runs'
import { examinedSettings, labHandlers, ldapHandlers, oidcHandlers, reportHandlers } from './diagnostic-rooms'
import { accountHandlers, passwords, sessionHandlers } from './sign-in-rooms'
import type { SessionRenewal } from '../sign-in/session-renewal'
import type { Schedule } from '../sync/schedule'
import type { ConsoleSession } from './session'
import type { Texts } from './texts'

/** Everything that the rooms' handlers are built from. */
export interface Composition {
  readonly options: AppOptions
  readonly databasePath: string
  readonly platform: string
  /** This computer's name. */
  readonly host: string
  readonly rooms: Lazy<Rooms>
  readonly settings: SettingsRoom
  readonly profiles: ProfileFolder
  readonly drafts: Drafts
  readonly session: ConsoleSession
  readonly renewal: SessionRenewal
  /** One for the whole console: what is known of a provider serves every way to it. */
  readonly oidcSignIn: Lazy<OidcSignIn>
  readonly runs: Runs
  readonly texts: Texts
  readonly reachability: Reachability
  readonly reports: KeptReports
  readonly schedule: Schedule
  readonly breakGlass: () => boolean
  readonly links: OutwardLinks
  /** Is called before the database is closed. */
  readonly onClose: (end: () => void) => void
}

function appDeps(from: Composition): AppHandlerDeps {
  const { version, runtime, demo, logFile, docs, ports } = from.options
  return {
    fixed: { version, runtime, platform: from.platform, demo, logFile, databasePath: from.databasePath },
    docs,
    settings: () => from.settings.current(),
    userCount: async () => (await from.rooms()).users.count(),
    preferences: async () => {
      const { createPreferencesStore } = await import('../db/preferences-store')
      return createPreferencesStore((await from.rooms()).database)
    },
    session: from.session,
    runs: from.runs,
    links: from.links,
    desk: ports.desk,
    files: ports.files,
    texts: from.texts,
  }
}

async function userHandlers(from: Composition) {
  const [{ createUserHandlers }, { createOwnAccounts }, { generatePassphrase }] = await Promise.all([
    import('../users/handlers'),
    import('../users/own-accounts'),
    import('../sign-in/passphrase'),
  ])
  const rooms = await from.rooms()
  const source = createOwnAccounts(rooms)
  const { clock, files, desk } = from.options.ports
  const settings = from.settings.current
  return createUserHandlers({
    ...{ files, desk },
    rooms,
    source,
    generatePassphrase,
    clock,
    settings,
    ...(await passwords(from)),
  })
}

async function applicationHandlers(from: Composition) {
  const [{ createApplicationHandlers }, { generatePassphrase }, { createReadPeople }] = await Promise.all([
    import('../application/handlers'),
    import('../sign-in/passphrase'),
    import('../ldap/read-people'),
  ])
  const { rooms, texts } = from
  const { clock, logger, files } = from.options.ports
  return createApplicationHandlers({
    ...{ settings: examinedSettings(from), rooms, texts, generatePassphrase, files },
    readPeople: createReadPeople({ clock, logger }),
  })
}

async function linkHandlers(from: Composition) {
  const { createLinkHandlers } = await import('../links/handlers')
  const { clock } = from.options.ports
  return createLinkHandlers({ rooms: await from.rooms(), clock, settings: () => from.settings.current() })
}

async function openSessionHandlers(from: Composition) {
  const { createSessionsHandlers } = await import('../sessions/handlers')
  const { clock } = from.options.ports
  return createSessionsHandlers({
    ...{ rooms: await from.rooms(), clock, settings: () => from.settings.current() },
  })
}

async function requestHandlers(from: Composition) {
  const { createRequestHandlers } = await import('../requests/handlers')
  return createRequestHandlers({ rooms: await from.rooms(), clock: from.options.ports.clock })
}

async function methodHandlers(from: Composition) {
  const { createMethodHandlers } = await import('../methods/handlers')
  const { texts, reachability, options } = from
  const settings = from.settings.current
  return createMethodHandlers({
    rooms: await from.rooms(),
    settings,
    reachability,
    texts,
    clock: options.ports.clock,
  })
}

async function authHandlers(from: Composition) {
  const [{ createAuthHandlers }, { createImpactStore }, { createDirectory }] = await Promise.all([
    import('../auth/handlers'),
    import('../auth/impact-store'),
    import('../ldap/directory'),
  ])
  const { clock, logger, files } = from.options.ports
  const directory = createDirectory({ clock, logger })
  return createAuthHandlers({
    ...{ rooms: from.rooms, clock, files, texts: from.texts },
    settings: () => from.settings.current(),
    directory: (ldap) => Promise.resolve(directory(ldap)),
    store: createImpactStore((await from.rooms()).database),
  })
}

async function syncHandlers(from: Composition) {
  const [{ createSyncHandlers }, { createSyncStores }, { createReadPeople }] = await Promise.all([
    import('../sync/handlers'),
    import('../sync/sync-stores'),
    import('../ldap/read-people'),
  ])
  const { clock, logger, files } = from.options.ports
  const { home, demo } = from.options
  const rooms = await from.rooms()
  return createSyncHandlers({
    ...{ rooms, clock, files, ...createSyncStores(rooms.database) },
    settings: () => from.settings.current(),
    schedule: from.schedule,
    readPeople: createReadPeople({ clock, logger }),
    sample: demo ? (await import('../demo/demo-home')).sampleDirectory(home, files) : null,
  })
}

async function auditHandlers(from: Composition) {
  const [{ createAuditHandlers }, { createAuditQueryStore }, { createChainWatch }] = await Promise.all([
    import('../audit/handlers'),
    import('../audit/audit-query-store'),
    import('../audit/chain-watch'),
  ])
  const { clock, logger, files } = from.options.ports
  const { database, audit: log } = await from.rooms()
  const watch = createChainWatch({ log, clock, logger })
  from.onClose(() => watch.stop())
  return createAuditHandlers({ log, store: createAuditQueryStore(database), watch, files })
}

async function profileHandlers(from: Composition) {
  const [{ createProfileHandlers }, { createImpactStore }] = await Promise.all([
    import('../profiles/handlers'),
    import('../auth/impact-store'),
  ])
  const { clock, files, desk, secrets } = from.options.ports
  const { settings, profiles, rooms, texts } = from
  const { runtime, environment } = from.options
  return createProfileHandlers({
    ...{ settings, folder: profiles, rooms, secrets, clock, files, desk, texts },
    classes: async (issuers) => createImpactStore((await rooms()).database).classes(issuers),
    refusesProduction: refusesProduction(runtime, environment),
  })
}

async function databaseHandlers(from: Composition) {
  const { createDatabaseHandlers } = await import('../db/handlers')
  return createDatabaseHandlers({
    database: async () => (await from.rooms()).database,
    files: from.options.ports.files,
  })
}

async function settingsHandlers(from: Composition) {
  const { createSettingsHandlers } = await import('../settings/handlers')
  const { clock, secrets, logger } = from.options.ports
  const { settings, profiles, rooms, drafts } = from
  const { runtime, environment } = from.options
  return createSettingsHandlers({
    ...{ settings, folder: profiles, rooms, secrets, clock, drafts },
    presented: {
      directory: async (ldap, signal) =>
        (await import('../ldap/presented')).presentedByDirectory(ldap, signal),
      provider: async (provider, signal) =>
        (await import('../oidc/presented')).presentedByProvider(provider, logger, signal),
    },
    refusesProduction: refusesProduction(runtime, environment),
  })
}

/** Loads a room's handlers with its first call; a room nobody asks for is never loaded. */
export function loadHandlers(from: Composition): {
  load: (room: string) => Promise<unknown>
  status: () => Promise<Status>
} {
  const deps = appDeps(from)
  const loaders: Readonly<Record<string, () => Promise<unknown>>> = {
    app: lazily(() => Promise.resolve(createAppHandlers(deps))),
    session: lazily(() => sessionHandlers(from)),
    users: lazily(() => userHandlers(from)),
    account: lazily(() => accountHandlers(from)),
    application: lazily(() => applicationHandlers(from)),
    links: lazily(() => linkHandlers(from)),
    sessions: lazily(() => openSessionHandlers(from)),
    requests: lazily(() => requestHandlers(from)),
    methods: lazily(() => methodHandlers(from)),
    auth: lazily(() => authHandlers(from)),
    ldap: lazily(() => ldapHandlers(from)),
    oidc: lazily(() => oidcHandlers(from)),
    lab: lazily(() => labHandlers(from)),
    sync: lazily(() => syncHandlers(from)),
    reports: lazily(() => reportHandlers(from)),
    audit: lazily(() => auditHandlers(from)),
    settings: lazily(() => settingsHandlers(from)),
    profiles: lazily(() => profileHandlers(from)),
    db: lazily(() => databaseHandlers(from)),
  }
  return {
    load: async (room) => (Object.hasOwn(loaders, room) ? loaders[room]?.() : undefined),
    status: () => statusOf(deps),
  }
}
