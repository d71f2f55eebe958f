import { randomUUID } from 'node:crypto'
import { AppError } from '../../contract/errors'
import type { Caller, Emit } from '../../core/app/call'
import { osUserName, ownsFiles } from './acting-user'
import { createCalls, type ContractCalls } from './calls'
import type { Engine, EngineOptions } from './engine'
import type { GlobalOptions } from './global-options'
import type { Outcome } from './output'
import type { Passwords } from './passwords'
import type { Progress } from './progress'
import { syncStep } from './sync-step'

/** What a command needs before it runs. */
export interface Plan {
  /** Whether the database is brought up to date first, or looked at as it is. */
  readonly migrations: EngineOptions['migrations']
  /** `required`: invalid settings stop the command. `judged`: the command itself says what is wrong with them. */
  readonly settings: 'required' | 'judged'
  /** `examined`: the command looks at the profile that --profile names; the others act on the governing one. */
  readonly profile?: 'examined'
}

/** What a command works with. */
export interface Desk {
  readonly api: ContractCalls
  readonly passwords: Passwords
  readonly passwordFrom: GlobalOptions['passwordFrom']
  /** The profile to examine; null: the governing one. */
  readonly profile: string | null
  readonly runId: string
  readonly addFile: (path: string) => string
}
export type Work = (desk: Desk) => Promise<Outcome>

export interface Performance {
  readonly engine: Engine
  readonly options: GlobalOptions
  readonly passwords: Passwords
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** The operating-system user on their own files; otherwise whoever signs in with `--as`. */
async function callerOf({ engine, options }: Performance): Promise<Caller> {
  if (options.as !== null) return { kind: 'window' }
  if (await ownsFiles([engine.home, engine.database])) return { kind: 'os', name: osUserName() }
  throw new AppError('FORBIDDEN', {
    message: `${engine.home} belongs to another user of this machine: sign in with --as NAME.`,
  })
}

function emitter(progress: Progress): Emit {
  return (event, payload) => {
    const isStage = (event === 'ldap.stage' || event === 'oidc.stage') && 'target' in payload
    if (isStage && payload.stage === null) {
      progress.step(`${payload.target}: ${payload.id}`)
    }
    if (event === 'sync.progress' && 'phase' in payload) progress.step(syncStep(payload))
  }
}

function callsOf(performance: Performance, caller: Caller): ContractCalls {
  const { engine, signal, progress } = performance
  const emit = emitter(progress)
  return createCalls((path, input) => engine.dispatch({ path, input, caller, emit, signal }))
}

async function signIn(api: ContractCalls, username: string, performance: Performance): Promise<void> {
  const { passwords, options } = performance
  const password =
    options.passwordFrom === 'stdin'
      ? await passwords.nextLine()
      : await passwords.ask(`Password of ${username}: `)
  await api.session.signIn({ runId: randomUUID(), username, password, way: 'form' })
}

/** Invalid settings stop every command but those that look at them: nothing is done half by a broken profile. */
async function requireSettings(api: ContractCalls): Promise<void> {
  const { findings } = await api.settings.check({})
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return
  throw new AppError('CONFIG_INVALID', {
    message: `The settings are not valid: ${errors.map(({ message }) => message).join(' ')}`,
    details: {
      findings: errors.map(({ code, setting, message, next }) => ({ code, setting, message, next })),
    },
  })
}

/** Runs a command's work as whoever may act, and signs out again. */
export async function perform(performance: Performance, plan: Plan, work: Work): Promise<Outcome> {
  const { engine, options, passwords } = performance
  if (options.profile !== null && plan.profile !== 'examined') {
    const message = '--profile examines another profile; this command acts on the governing one.'
    throw new AppError('INVALID_INPUT', { message })
  }
  const api = callsOf(performance, await callerOf(performance))
  if (plan.settings === 'required' && options.as === null) await requireSettings(api)
  if (options.as !== null) await signIn(api, options.as, performance)
  try {
    return await work({
      api,
      passwords,
      passwordFrom: options.passwordFrom,
      profile: options.profile,
      runId: randomUUID(),
      addFile: engine.addFile,
    })
  } finally {
    if (options.as !== null) await api.session.signOut({})
  }
}
