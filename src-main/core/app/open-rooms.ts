import type { Home } from './home'
import type { Clock, Logger, SecretStore } from './ports'
import type { Rooms } from './rooms'

interface OpenOptions {
  readonly home: Home
  readonly databasePath: string
  readonly migrations: 'apply' | 'check'
  readonly origin: { readonly osUser: string; readonly host: string }
  readonly ports: { readonly clock: Clock; readonly logger: Logger; readonly secrets: SecretStore }
}

/** Loads Sequelize and SQLite, opens the database and puts the stores on it. */
export async function openRooms(options: OpenOptions): Promise<Rooms> {
  const [
    { openDatabase },
    { createUserStore },
    { createSessionStore },
    { createAttemptStore },
    { createRequestStore },
    { createLinkStore },
    { createTeamStore },
    { createAuditLog },
    { createAuditHeadFile },
    { auditKey },
  ] = await Promise.all([
    import('../db/database'),
    import('../users/user-store'),
    import('../sign-in/session-store'),
    import('../sign-in/attempt-store'),
    import('../requests/request-store'),
    import('../links/link-store'),
    import('../teams/team-store'),
    import('../audit/audit-log'),
    import('../audit/audit-head-file'),
    import('../audit/audit-key'),
  ])
  const { clock, logger } = options.ports
  const database = await openDatabase({
    path: options.databasePath,
    migrationsMode: options.migrations,
    clock,
    logger,
    backupsDir: options.home.backups,
  })
  return {
    database,
    transaction: (work) => database.transaction(work),
    users: createUserStore(database),
    sessions: createSessionStore(database),
    attempts: createAttemptStore(database),
    requests: createRequestStore(database),
    links: createLinkStore(database),
    teams: createTeamStore(database),
    audit: createAuditLog({
      ...{ queries: database, clock, ...options.origin },
      key: await auditKey(options.ports.secrets, logger),
      headFile: createAuditHeadFile(`${options.databasePath}.head`),
    }),
  }
}
