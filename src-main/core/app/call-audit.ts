import { AppError, type Code } from '../../contract/errors'
import type { AnyProcedure } from '../../contract/procedure'
import type { AuditLog, AuditRecord } from '../audit/audit-log'
import type { Actor, AuditEntry, AuditTrail, Logger, Tx } from './ports'

/** The audit of one call: what `dispatch` does before and after, and what its handler is given. */
export interface CallAudit {
  readonly actor: Actor
  readonly trail: AuditTrail
  readonly begin: () => Promise<void>
  readonly succeed: () => Promise<void>
  readonly refuse: (code: Code) => Promise<void>
}

export interface CallAuditDeps {
  /** Loads the database on first use. */
  readonly audit: () => Promise<{
    log: AuditLog
    transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  }>
  readonly logger: Logger
}
export type OpenCallAudit = (path: string, procedure: AnyProcedure, actor: Actor) => CallAudit

/** `account:ada`, `unverified:ada`, `os:root@desk`, `schedule@desk` or `nobody`: how an actor is written down. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'nobody') return 'nobody'
  if (actor.kind === 'os') return `os:${actor.name}`
  if (actor.kind === 'schedule') return `schedule@${actor.host}`
  return `${actor.unverified ? 'unverified' : 'account'}:${actor.name}`
}

interface OpenCall {
  readonly path: string
  readonly procedure: AnyProcedure
  readonly actor: Actor
}

interface Phase {
  readonly phase: 'done' | 'intent' | 'outcome'
  readonly code: string
  readonly intent: string | null
}

function recordOf({ path, actor }: OpenCall, entry: AuditEntry, phase: Phase): AuditRecord {
  return {
    actor: actorName(actor),
    action: path,
    target: entry.target,
    accountId: entry.accountId ?? null,
    reason: entry.reason ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    ...phase,
  }
}

/** Beside the database, once the change is committed. Nobody waits for it, and one that fails is no reason to fail. */
async function noteHead(deps: CallAuditDeps, path: string): Promise<void> {
  try {
    await (await deps.audit()).log.noteHead()
  } catch (error) {
    deps.logger.warn({ path, error }, 'the head of the audit could not be noted')
  }
}

function openCallAudit(deps: CallAuditDeps, call: OpenCall): CallAudit {
  const { procedure } = call
  const hasIntent = procedure.audit === 'intent' || procedure.audit === 'gate'
  let noted: AuditEntry = { target: null }
  let recorded = false
  let intent: string | null = null
  let begun: Promise<void> | null = null

  const alone = async (phase: Phase['phase'], code: string): Promise<string> => {
    const { log, transaction } = await deps.audit()
    return transaction((tx) => log.append(tx, recordOf(call, noted, { phase, code, intent })))
  }
  const begin = () => {
    begun ??= alone('intent', 'INTENT').then((id) => void (intent = id))
    return begun
  }
  return {
    actor: call.actor,
    trail: {
      record: async (tx, entry) => {
        const { log } = await deps.audit()
        await log.append(tx, recordOf(call, entry, { phase: 'done', code: entry.code ?? 'OK', intent }))
        recorded = true
      },
      note: (entry) => (noted = entry),
      begun: begin,
    },
    // The database is slow to load: a `gate` opens it when it needs the record, and is seen to work before.
    begin: async () => {
      if (procedure.audit === 'intent') await begin()
    },
    succeed: async () => {
      if (hasIntent) {
        await begin()
        await alone('outcome', noted.code ?? 'OK')
      }
      if (procedure.kind === 'command') void noteHead(deps, call.path)
      if (procedure.audit !== 'transaction' || recorded) return
      throw new AppError('INTERNAL', { message: `${call.path} left no audit record` })
    },
    refuse: async (code) => {
      if (procedure.kind !== 'command') return
      try {
        await begun
        await alone(intent === null ? 'done' : 'outcome', noted.code ?? code)
        void noteHead(deps, call.path)
      } catch (error) {
        deps.logger.error({ path: call.path, code, error }, 'a refusal could not be audited')
      }
    },
  }
}

/** Commands leave a record with their change, or an intent before and its outcome after; refusals always one. */
export function createCallAudit(deps: CallAuditDeps): OpenCallAudit {
  return (path, procedure, actor) => openCallAudit(deps, { path, procedure, actor })
}
