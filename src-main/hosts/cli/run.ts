import { Command, CommanderError } from 'commander'
import { version } from '../../../package.json'
import { AppError, type ErrorBody } from '../../contract/errors'
import { addApplicationCommands } from './app'
import { addAuditCommands } from './audit'
import { addAuthCommands } from './auth'
import { addConfigCommands } from './config'
import { addDbCommands } from './db'
import { exitOf, exits, type Exit } from './exit-codes'
import {
  addGlobalOptions,
  readGlobalOptions,
  refuseSecretsInArguments,
  type GlobalOptions,
} from './global-options'
import { addLabCommands } from './lab'
import { addLdapCommands } from './ldap'
import { addOidcCommands } from './oidc'
import { failureDocument, failureText, styleFor, successDocument, type Outcome } from './output'
import { createPasswords } from './passwords'
import type { Plan, Work } from './perform'
import { addProfileCommands } from './profiles'
import { createProgress, noProgress } from './progress'
import { watchInterrupts, type Interrupts } from './interrupts'
import { addRequestCommands } from './requests'
import { addSessionCommands } from './sessions'
import { addTeamCommands } from './teams'
import { addUserCommands } from './users'
import { addLinkCommands } from './users-links'

export interface RunOptions {
  readonly argv: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly docs: string
}

/** How a noun's verb gets its work done. */
export type Act = (plan: Plan, work: Work) => Promise<void>

const helpAfter = `
Examples:
  authdesk config check --env-file /srv/app/.env
  authdesk ldap test --user ada --password-stdin < password.txt
  authdesk users list --provider ldap --json

Exit codes:
  0 done, all well   1 not well, not allowed or refused   2 wrong usage or invalid settings
  3 a bug            130 interrupted`

function stopped(interrupts: Interrupts, options: GlobalOptions): ErrorBody | null {
  if (interrupts.reason() === null) return null
  const seconds = (options.timeoutMs ?? 0) / 1000
  const message =
    interrupts.reason() === 'timeout' ? `Stopped after ${seconds} s (--timeout).` : 'Interrupted.'
  return { code: 'CANCELLED', message, details: {} }
}

function bodyOf(error: unknown): ErrorBody {
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return { code: 'INTERNAL', message: '', details: {} }
}

/** commander repeats an option with its value; the value may be a secret. */
const withoutValues = (message: string) => message.replace(/(--?[\w-]+)=[^']*/g, '$1=…')

function sayFailure(error: ErrorBody, output: GlobalOptions['output'], environment: NodeJS.ProcessEnv): void {
  if (output === 'json') process.stdout.write(failureDocument(error))
  else process.stderr.write(failureText(error, styleFor(process.stderr, environment)))
}

function saySuccess(outcome: Outcome, output: GlobalOptions['output'], environment: NodeJS.ProcessEnv): Exit {
  const text = () => outcome.text(styleFor(process.stdout, environment)) + '\n'
  process.stdout.write(output === 'json' ? successDocument(outcome) : text())
  return outcome.exit ?? (outcome.document.ok === false ? exits.notWell : exits.done)
}

/** Opens the core, does the work, says the outcome; whatever happens, everything is closed again. */
async function act(options: GlobalOptions, run: RunOptions, task: { plan: Plan; work: Work }): Promise<Exit> {
  const [{ openEngine }, { perform }] = await Promise.all([import('./engine'), import('./perform')])
  const { environment } = run
  const interrupts = watchInterrupts(options.timeoutMs)
  const progress = options.notes === 'quiet' ? noProgress : createProgress(process.stderr)
  const passwords = createPasswords({ input: process.stdin, output: process.stderr })
  const { signal } = interrupts
  progress.step('working')
  try {
    const engine = await openEngine({ ...run, options, version, migrations: task.plan.migrations })
    try {
      const performance = { engine, options, passwords, progress, signal } as const
      const outcome = await perform(performance, task.plan, task.work)
      progress.end()
      const exit = saySuccess(outcome, options.output, environment)
      return interrupts.reason() === 'signal' ? exits.interrupted : exit
    } finally {
      await engine.close()
    }
  } catch (error) {
    progress.end()
    const ended = stopped(interrupts, options)
    const body = ended ?? bodyOf(error)
    sayFailure(body, options.output, environment)
    return interrupts.reason() === 'signal' ? exits.interrupted : exitOf(body.code)
  } finally {
    interrupts.end()
    passwords.close()
  }
}

const nouns = [
  addConfigCommands,
  addProfileCommands,
  addAuthCommands,
  addLdapCommands,
  addOidcCommands,
  addLabCommands,
  addUserCommands,
  addApplicationCommands,
  addRequestCommands,
  addLinkCommands,
  addTeamCommands,
  addSessionCommands,
  addAuditCommands,
  addDbCommands,
] as const

function createProgram(say: Act): Command {
  const program = addGlobalOptions(new Command('authdesk'))
    .description('Accounts and sign-in of an application: local, LDAP, OpenID Connect.')
    .version(version, '--version')
    .helpCommand(false)
    .showHelpAfterError('(authdesk --help shows what is possible)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })
    .addHelpText('after', helpAfter)
    .exitOverride()
  for (const add of nouns) add(program, say)
  for (const noun of program.commands) noun.helpCommand(false)
  return program
}

function usageExit(error: unknown, run: RunOptions): Exit {
  const output = run.argv.includes('--json') ? 'json' : 'text'
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exits.done
    const message = withoutValues(error.message.replace(/^error: /, ''))
    if (output === 'json')
      sayFailure({ code: 'INVALID_INPUT', message, details: {} }, output, run.environment)
    return exits.usage
  }
  const body = bodyOf(error)
  sayFailure(body, output, run.environment)
  return exitOf(body.code)
}

/** The command line from its arguments to its exit code. */
export async function run(runOptions: RunOptions): Promise<Exit> {
  let exit: Exit = exits.done
  const program = createProgram(async (plan, work) => {
    exit = await act(readGlobalOptions(program, runOptions.environment), runOptions, { plan, work })
  })
  try {
    refuseSecretsInArguments(runOptions.argv)
    await program.parseAsync(runOptions.argv, { from: 'user' })
    return exit
  } catch (error) {
    return usageExit(error, runOptions)
  }
}
