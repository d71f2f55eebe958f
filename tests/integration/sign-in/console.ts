import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { z } from 'zod'
import { createApp, type App } from '../../../src-main/core/app/create-app'
import { leastCost } from '../../../src-main/core/sign-in/password-hash'
import { createFiles } from '../../../src-main/core/app/files'
import { homeAt } from '../../../src-main/core/app/home'
import type { Browser, Files, Logger } from '../../../src-main/core/app/ports'
import { openDatabase, type Database } from '../../../src-main/core/db/database'
import { AppError, type Result } from '../../../src-main/contract/errors'
import { sessionViewSchema } from '../../../src-main/contract/app'
import type { Role } from '../../../src-main/contract/permissions'
import { stoppedClock, type StoppedClock } from '../../support/database'

export const rootPassword = 'copper-lantern-viaduct-ninety'
export const adaPassword = 'granite-ferry-umbrella-seven'

const nothing = () => undefined
const start = '2025-03-01T09:00:00.000Z'

export interface Desk {
  readonly app: App
  /** What the window asks for; an own session, whoever is signed in there. */
  readonly request: (path: string, input?: unknown) => Promise<Result<unknown>>
  /** The value, or the refusal thrown. */
  readonly value: (path: string, input?: unknown) => Promise<unknown>
  /** The code of the refusal, or `OK`. */
  readonly code: (path: string, input?: unknown) => Promise<string>
  readonly signIn: (
    username: string,
    password: string,
    way?: 'form' | 'break-glass',
  ) => Promise<Result<unknown>>
  readonly signOut: () => Promise<void>
}

export interface Console extends Desk {
  readonly folder: string
  readonly clock: StoppedClock
  readonly logged: string[]
  readonly pass: (time: { minutes?: number; hours?: number; seconds?: number; ms?: number }) => void
  /** Replaces the settings file; the console reads it with its next call. */
  readonly configure: (settings: string) => void
  /** Another console on the same home. */
  readonly another: () => Desk
  /** What the command line asks for, as the operating-system user. */
  readonly cli: (path: string, input?: unknown) => Promise<Result<unknown>>
  readonly cliValue: (path: string, input?: unknown) => Promise<unknown>
  readonly createRoot: () => Promise<string>
  /** A local account whose password need not be changed. */
  readonly addPerson: (username: string, person?: { password?: string; role?: Role }) => Promise<string>
  /** Looks at the database past the console. */
  readonly database: () => Promise<Database>
  readonly audit: () => Promise<z.infer<typeof auditRow>[]>
  readonly account: (username: string) => Promise<z.infer<typeof accountRow>>
  /** What the console keeps in its secret store. */
  readonly secrets: ReadonlyMap<string, string>
  /** Everything that lies in the home, as text. */
  readonly homeText: () => string
  /** Ends everything and removes the home, after it was copied to where it is to be kept. */
  readonly close: (keep?: string) => Promise<void>
}

const auditRow = z.object({
  ...{ phase: z.string(), actor: z.string(), action: z.string(), target: z.string().nullable() },
  ...{ code: z.string(), reason: z.string().nullable(), account: z.string().nullable() },
  ...{ before: z.string().nullable(), after: z.string().nullable(), host: z.string() },
})
const accountRow = z.object({
  ...{ id: z.string(), username: z.string(), email: z.string().nullable(), fullName: z.string().nullable() },
  ...{ provider: z.string(), hash: z.string().nullable(), must: z.number(), pending: z.number() },
  ...{ disabled: z.string().nullable(), locked: z.string().nullable(), role: z.string() },
  ...{ lastSignIn: z.string().nullable() },
})
const created = z.object({ user: z.object({ id: z.string() }) })

export function valueOf(result: Result<unknown>): unknown {
  if (result.ok) return result.value
  throw new AppError(result.error.code, { message: result.error.message, details: result.error.details })
}

/** Who is signed in according to an answer of `session.…`. */
export function sessionIn(result: Result<unknown>) {
  return z.object({ session: sessionViewSchema }).parse(valueOf(result)).session
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'OK' : result.error.code
}

function deskOf(app: App): Desk {
  const request: Desk['request'] = (path, input = {}) =>
    app.dispatch({ path, input, caller: { kind: 'window' }, emit: nothing })
  return {
    app,
    request,
    value: async (path, input) => valueOf(await request(path, input)),
    code: async (path, input) => codeOf(await request(path, input)),
    signIn: (username, password, way = 'form') =>
      request('session.signIn', { runId: 'run', username, password, way }),
    signOut: async () => void valueOf(await request('session.signOut')),
  }
}

function allText(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n')
}

const peopled: { folder: Promise<string> | null } = { folder: null }
afterAll(async () => {
  if (peopled.folder) rmSync(await peopled.folder, { recursive: true, force: true })
})

/** Made once for a test file and copied for each test: setting passwords takes its time. */
async function preparePeople(): Promise<string> {
  const desk = startConsole()
  await desk.createRoot()
  await desk.addPerson('ada')
  await desk.signOut()
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-people-'))
  await desk.close(folder)
  return folder
}

/** A console whose home has the administrator root and the user ada; nobody is signed in. */
export async function startPeopledConsole(
  settings?: string | InProfile | null,
  ports?: OwnPorts,
): Promise<Console> {
  peopled.folder ??= preparePeople()
  return startConsole(settings, await peopled.folder, ports)
}

/** What a test brings along. */
export interface OwnPorts {
  readonly files?: Files
  readonly browser?: Browser
}
const noBrowser: Browser = { open: () => Promise.reject(new AppError('OIDC_BROWSER')) }

/** Settings in the profile `default` itself, instead of in a file that takes its place. */
export interface InProfile {
  readonly profile: string
  readonly environment?: Readonly<Record<string, string>>
}

/** A whole console on a throw-away home, with a clock that stands still. */
export function startConsole(
  /** null: the profile that governs in the home, which has no file yet. */
  settings: string | InProfile | null = 'AUTH_METHOD=local',
  copied: string | null = null,
  { files = createFiles(), browser = noBrowser }: OwnPorts = {},
): Console {
  const folder = mkdtempSync(join(tmpdir(), 'authdesk-console-'))
  const home = homeAt(join(folder, 'home'))
  if (copied !== null) cpSync(copied, home.path, { recursive: true })
  const envFile = typeof settings === 'string' ? join(folder, 'desk.env') : null
  const inProfile = typeof settings === 'string' ? null : settings
  const environment = inProfile?.environment ?? {}
  const place = envFile ?? join(home.profiles, 'default.env')
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
  const configure = (text: string) => writeFileSync(place, `${text}\n`, { mode: 0o600 })
  if (settings !== null) configure(typeof settings === 'string' ? settings : settings.profile)
  const clock = stoppedClock(start)
  const logged: string[] = []
  const log = (fields: object, message: string) => logged.push(JSON.stringify({ ...fields, message }))
  const logger: Logger = { debug: log, info: log, warn: log, error: log }
  const apps: App[] = []
  const secrets = new Map<string, string>()
  let looking: Database | null = null

  const open = (): App => {
    const app = createApp({
      ...{ home, profile: null, envFile, environment, databasePath: null, migrations: 'apply' },
      ...{ docs: 'docs', version: '0.0.0', demo: false, logFile: null },
      runtime: { kind: 'node', electron: null, node: process.versions.node },
      passwordCost: leastCost,
      ports: {
        ...{ clock, logger, files },
        secrets: {
          kind: 'memory',
          get: (key) => Promise.resolve(secrets.get(key) ?? null),
          set: (key, value) => Promise.resolve(void secrets.set(key, value)),
          remove: (key) => Promise.resolve(void secrets.delete(key)),
        },
        browser,
        desk: {
          ...{ copy: nothing, protect: nothing, pageShown: nothing },
          openExternal: () => Promise.resolve(),
          chooseFile: () => Promise.resolve(null),
          chooseSave: (name) => Promise.resolve(join(folder, name)),
        },
      },
    })
    apps.push(app)
    return app
  }
  const desk = deskOf(open())
  const cli: Console['cli'] = (path, input = {}) =>
    desk.app.dispatch({ path, input, caller: { kind: 'os', name: `root@${hostname()}` }, emit: nothing })
  const cliValue: Console['cliValue'] = async (path, input) => valueOf(await cli(path, input))
  const database = async () =>
    (looking ??= await openDatabase({
      ...{ path: home.database, migrationsMode: 'check', clock, logger, backupsDir: home.backups },
    }))
  const rows = async <S extends z.ZodType>(row: S, sql: string) => (await database()).select(row, { sql })

  return {
    ...desk,
    ...{ folder, clock, logged, secrets, configure, cli, cliValue, database },
    another: () => deskOf(open()),
    pass: ({ hours = 0, minutes = 0, seconds = 0, ms = 0 }) =>
      clock.set(new Date(clock.now().getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms)),
    createRoot: async () => {
      const root = { username: 'root', email: 'root@example.test', fullName: 'Root', password: rootPassword }
      return sessionIn(await desk.request('session.createFirstAdmin', root)).accountId
    },
    addPerson: async (username, { password = adaPassword, role = 'user' } = {}) => {
      const email = `${username}@corp.test`
      const made = created.parse(await cliValue('users.create', { username, email, password, role }))
      const sql = 'UPDATE users SET must_change_password = 0 WHERE id = $id'
      const look = await database()
      await look.transaction((tx) => look.run(tx, { sql, bind: { id: made.user.id } }))
      return made.user.id
    },
    audit: () =>
      rows(
        auditRow,
        `SELECT phase, actor, action, target, code, reason, account, before, after, host
          FROM audit_events ORDER BY sequence`,
      ),
    account: async (username) => {
      const all = await rows(
        accountRow,
        `SELECT id, username, email, full_name AS fullName, auth_provider AS provider, password_hash AS hash,
          must_change_password AS must, pending_link AS pending, disabled_at AS disabled,
          locked_until AS locked, role, last_sign_in AS lastSignIn FROM users`,
      )
      const found = all.find((account) => account.username === username)
      if (!found)
        throw new Error(`no account ${username} among ${all.map((each) => each.username).join(', ')}`)
      return found
    },
    homeText: () => allText(home.path),
    close: async (keep) => {
      await looking?.close()
      await Promise.all(apps.map((app) => app.close()))
      if (keep !== undefined) cpSync(home.path, keep, { recursive: true })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
