import { resolve } from 'node:path'
import type { Command } from 'commander'
import { AppError } from '../../contract/errors'
import { readPlace, type PlaceFault } from '../../core/application/application-place'

/** What every command understands, before and after its own options. */
export interface GlobalOptions {
  readonly home: string | null
  readonly profile: string | null
  readonly envFile: string | null
  readonly database: string | null
  /** The address of the application's own database, in the governing profile's place. */
  readonly applicationDatabase: string | null
  readonly timeoutMs: number | null
  readonly as: string | null
  readonly passwordFrom: 'stdin' | 'prompt'
  readonly output: 'json' | 'text'
  readonly notes: 'shown' | 'quiet'
}

export function addGlobalOptions(program: Command): Command {
  return program
    .option('--home <DIR>', 'where the console keeps its data (also AUTHDESK_HOME)')
    .option(
      '--profile <NAME>',
      'examine this profile instead of the governing one (config check, ldap test, oidc test)',
    )
    .option('--env-file <FILE>', 'settings from this file, in the profile file’s place')
    .option('--db <URL>', 'accounts in another database: sqlite:FILE (also AUTHDESK_DB)')
    .option('--app-db <URL>', 'the application’s own database: sqlite:FILE or postgres://user@host/database')
    .option('--as <NAME>', 'act as this account; its password is asked or read with --password-stdin')
    .option(
      '--password-stdin',
      'passwords are the lines of standard input: first of --as, then the command’s own',
    )
    .option('--timeout <SECONDS>', 'stop after this time')
    .option('--json', 'one JSON document on standard output, nothing else there')
    .option('--quiet', 'no progress and no notes')
}

const usage = (message: string) => new AppError('INVALID_INPUT', { message })

/** The value is never repeated: it may hold a password. */
export function databasePath(url: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]*@/i.test(url) || /[?&]password=/i.test(url)) {
    throw usage('A database URL must not hold a password: use the environment, PGPASSFILE or a prompt.')
  }
  if (/^postgres(?:ql)?:/i.test(url)) throw usage('PostgreSQL is not supported yet; --db takes sqlite:FILE.')
  const [, file] = /^sqlite:(?!\/\/)(.+)$/i.exec(url) ?? []
  if (file === undefined) throw usage('--db takes sqlite:FILE.')
  return resolve(file)
}

/** The value is never repeated: it may hold a password. */
function applicationDatabase(url: string): string {
  const place = readPlace(url)
  if (typeof place !== 'string') return url
  throw usage(applicationFaults[place])
}

const applicationFaults: Readonly<Record<PlaceFault, string>> = {
  form: '--app-db takes sqlite:FILE or postgres://user@host/database.',
  password:
    'A database URL must not hold a password: use AUTHDESK_APP_DB_PASSWORD or PGPASSFILE in the environment.',
  option: 'A database URL takes mode=ro, sslmode (disable or verify-full), sslrootcert and host.',
  encryption: 'PostgreSQL on another computer is reached by verified TLS alone: leave out sslmode=disable.',
}

function timeout(text: string | undefined): number | null {
  if (text === undefined) return null
  const seconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (seconds <= 0) throw usage('--timeout takes a number of seconds above 0.')
  return Math.ceil(seconds * 1000)
}

interface Raw {
  readonly home?: string
  readonly profile?: string
  readonly envFile?: string
  readonly db?: string
  readonly appDb?: string
  readonly as?: string
  readonly timeout?: string
  readonly passwordStdin?: true
  readonly json?: true
  readonly quiet?: true
}

/** An environment's database may hold a password, since nobody else sees it; a remote one is refused all the same. */
export function readGlobalOptions(program: Command, environment: NodeJS.ProcessEnv): GlobalOptions {
  const raw = program.opts<Raw>()
  if (raw.envFile !== undefined && raw.profile !== undefined) {
    throw usage('--profile and --env-file both name the settings; give one of them.')
  }
  if (raw.envFile !== undefined && raw.as !== undefined) {
    throw usage('--as signs in by the governing profile; --env-file cannot take its place.')
  }
  if (raw.appDb !== undefined && (raw.profile !== undefined || raw.as !== undefined)) {
    throw usage(
      '--app-db takes the governing profile’s database’s place; it goes with neither --profile nor --as.',
    )
  }
  const url = raw.db ?? (environment['AUTHDESK_DB'] || undefined)
  return {
    home: raw.home === undefined ? null : resolve(raw.home),
    profile: raw.profile ?? null,
    envFile: raw.envFile === undefined ? null : resolve(raw.envFile),
    database: url === undefined ? null : databasePath(url),
    applicationDatabase: raw.appDb === undefined ? null : applicationDatabase(raw.appDb),
    timeoutMs: timeout(raw.timeout),
    as: raw.as ?? null,
    passwordFrom: raw.passwordStdin ? 'stdin' : 'prompt',
    output: raw.json ? 'json' : 'text',
    notes: raw.quiet ? 'quiet' : 'shown',
  }
}

/** A password in argv is in the process list and in the shell's history: refused before anything is done with it. */
export function refuseSecretsInArguments(argv: readonly string[]): void {
  const end = argv.indexOf('--')
  const options = end < 0 ? argv : argv.slice(0, end)
  if (options.some((word) => /^--(?:pass|pw|secret)/i.test(word) && word !== '--password-stdin')) {
    throw usage('A password is never given as an argument: use --password-stdin or the prompt.')
  }
}
