import { z } from 'zod'
import { contract } from '../../contract'
import { AppError, type Code, type ErrorBody, type Result } from '../../contract/errors'
import { permissionsOf } from '../../contract/permissions'
import type { AnyProcedure, Permission } from '../../contract/procedure'
import type { Call, Dispatch } from './call'
import type { CallAudit, OpenCallAudit } from './call-audit'
import type { Actor, CallContext, Logger } from './ports'
import { errorBody } from './error-body'
import type { Runs } from './runs'
import { titleOf, type Texts } from './texts'

type Handler = (input: unknown, context: CallContext) => Promise<unknown>

export interface DispatchDeps {
  readonly handlers: (room: string) => Promise<unknown>
  readonly actorOf: (call: Call) => Promise<Actor>
  readonly isFirstRun: () => Promise<boolean>
  readonly openAudit: OpenCallAudit
  readonly runs: Runs
  readonly logger: Logger
  readonly texts: Texts
}

/** While a password must be changed, only these are open to the account. */
const openBeforeChange: ReadonlySet<string> = new Set(['session.changePassword', 'session.signOut'])

/** On a locked desk, only these are open, and what is public. */
const openWhileLocked: ReadonlySet<string> = new Set(['session.unlock', 'session.lock', 'session.signOut'])

/** An own property only: `constructor` and `__proto__` are nobody's procedure. */
function own(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
    ? (holder as Record<string, unknown>)[key]
    : undefined
}

function findProcedure(path: string): { procedure: AnyProcedure; room: string; verb: string } {
  const [room, verb, ...rest] = path.split('.')
  const found = rest.length === 0 && room && verb ? own(own(contract, room), verb) : undefined
  if (!found || !room || !verb) throw new AppError('NOT_FOUND', { details: { path: path.slice(0, 100) } })
  return { procedure: found as AnyProcedure, room, verb }
}

function parseInput(procedure: AnyProcedure, input: unknown): unknown {
  const parsed = procedure.input.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const [first] = issues
  const named = first && first.path !== '' ? { field: first.path, problem: first.message } : null
  throw new AppError('INVALID_INPUT', { ...(named && { text: 'inputField' }), details: { ...named, issues } })
}

const withRun = z.object({ runId: z.string().max(100) })

/** The schedule has what it takes to sync, and nothing else. */
const ofSchedule: ReadonlySet<Permission> = new Set(['sync:run'])

function permissionsFor(actor: Actor): ReadonlySet<Permission> {
  if (actor.kind === 'nobody') return new Set()
  return actor.kind === 'schedule' ? ofSchedule : permissionsOf(actor.roles)
}

/** The roles of the actor must give the permission; a password that must be changed comes first. */
async function allow(
  deps: DispatchDeps,
  path: string,
  found: { procedure: AnyProcedure; actor: Actor },
): Promise<void> {
  const { actor, procedure } = found
  if (procedure.permission === 'public') return
  if (procedure.permission === 'first-run') {
    if (await deps.isFirstRun()) return
    throw new AppError('FORBIDDEN')
  }
  if (!permissionsFor(actor).has(procedure.permission)) {
    throw new AppError('FORBIDDEN', { details: { permission: procedure.permission } })
  }
  if (actor.kind === 'account' && actor.locked && !openWhileLocked.has(path))
    throw new AppError('SESSION_LOCKED')
  if (actor.kind === 'account' && actor.mustChangePassword && !openBeforeChange.has(path)) {
    throw new AppError('PASSWORD_MUST_CHANGE')
  }
}

async function handle(
  deps: DispatchDeps,
  call: Call,
  { procedure, room, verb, audit }: ReturnType<typeof findProcedure> & { audit: CallAudit },
): Promise<unknown> {
  await allow(deps, call.path, { procedure, actor: audit.actor })
  const input = parseInput(procedure, call.input)
  const handler = own(await deps.handlers(room), verb)
  if (typeof handler !== 'function')
    throw new AppError('INTERNAL', { message: `No handler for ${call.path}` })
  // Only work has a run of its own: `app.cancel` names another's.
  const runId = procedure.kind === 'command' ? (withRun.safeParse(input).data?.runId ?? null) : null
  const run = deps.runs.open(runId, call.signal)
  try {
    await audit.begin()
    const context: CallContext = {
      actor: audit.actor,
      signal: run.signal,
      emit: call.emit,
      audit: audit.trail,
    }
    const output = procedure.output.parse(await (handler as Handler)(input, context))
    await audit.succeed()
    return output
  } finally {
    run.close()
  }
}

/** What the console itself failed at is an error; a refused sign-in has already said its one line. */
function levelOf(path: string, code: Code): 'error' | 'info' | 'debug' {
  if (code === 'INTERNAL' || code.startsWith('DB_') || code.startsWith('AUDIT_')) return 'error'
  return path.startsWith('session.signIn') ? 'debug' : 'info'
}

/** Bugs are logged with their cause and shown without it. */
function asBody({ logger, texts }: DispatchDeps, call: Call, error: unknown): ErrorBody {
  if (error instanceof AppError) {
    const level = levelOf(call.path, error.code)
    logger[level](
      { path: call.path, code: error.code, details: error.details, cause: error.cause },
      'refused',
    )
    return errorBody(error, texts)
  }
  logger.error({ path: call.path, error }, 'a bug')
  return { code: 'INTERNAL', message: titleOf(texts, 'INTERNAL'), details: {} }
}

/** The one door: own-property look-up, actor, permission, input, audit, handler, output; errors leave as data. */
export function createDispatch(deps: DispatchDeps): Dispatch {
  return async (call): Promise<Result<unknown>> => {
    let audit: CallAudit | null = null
    try {
      const found = findProcedure(call.path)
      audit = deps.openAudit(call.path, found.procedure, await deps.actorOf(call))
      return { ok: true, value: await handle(deps, call, { ...found, audit }) }
    } catch (error) {
      const body = asBody(deps, call, error)
      await audit?.refuse(body.code)
      return { ok: false, error: body }
    }
  }
}
