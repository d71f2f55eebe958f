import type { Call } from '../../../src-main/core/app/call'
import { createCallAudit } from '../../../src-main/core/app/call-audit'
import { createDispatch } from '../../../src-main/core/app/dispatch'
import type { Actor, CallContext, Logger } from '../../../src-main/core/app/ports'
import { createRuns } from '../../../src-main/core/app/runs'
import { createTexts } from '../../../src-main/core/app/texts'
import type { AuditLog, AuditRecord } from '../../../src-main/core/audit/audit-log'
import type { Result } from '../../../src-main/contract/errors'
import type { Role } from '../../../src-main/contract/permissions'

export const nobody: Actor = { kind: 'nobody' }
export const osUser: Actor = { kind: 'os', name: 'root', roles: ['admin'] }

export function signedIn(roles: readonly Role[], mustChangePassword = false): Actor {
  return { kind: 'account', id: 'a1', name: 'ada', roles, sessionId: 's1', mustChangePassword }
}

type Handler = (input: never, context: CallContext) => unknown

export interface Logged {
  readonly level: keyof Logger
  readonly fields: Readonly<Record<string, unknown>>
  readonly message: string
}

export interface DoorOptions {
  readonly actor?: Actor
  readonly firstRun?: boolean
  readonly handlers?: Readonly<Record<string, Handler>>
  /** What the audit's database says to a record; it throws where the record cannot be written. */
  readonly append?: (record: AuditRecord) => void
}

/** The one door with small ports of its own: what it logged and what it wrote into the audit can be looked at. */
export function createDoor({ actor = nobody, firstRun = false, handlers = {}, append }: DoorOptions = {}) {
  const records: AuditRecord[] = []
  const logged: Logged[] = []
  const log = (level: keyof Logger) => (fields: object, message: string) => {
    logged.push({ level, fields: fields as Readonly<Record<string, unknown>>, message })
  }
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  const audit: Pick<AuditLog, 'append'> = {
    append: (_tx, record) => {
      append?.(record)
      records.push(record)
      return Promise.resolve(String(records.length))
    },
  }
  const runs = createRuns()
  const dispatch = createDispatch({
    handlers: (room) =>
      Promise.resolve(
        Object.fromEntries(
          Object.entries(handlers)
            .filter(([path]) => path.startsWith(`${room}.`))
            .map(([path, handler]) => [path.slice(room.length + 1), handler]),
        ),
      ),
    actorOf: () => Promise.resolve(actor),
    isFirstRun: () => Promise.resolve(firstRun),
    openAudit: createCallAudit({
      audit: () =>
        Promise.resolve({ log: audit as AuditLog, transaction: (work) => work({ handle: 'transaction' }) }),
      logger,
    }),
    runs,
    logger,
    texts: createTexts(),
  })
  const request = (path: string, input: unknown = {}, more: Partial<Call> = {}): Promise<Result<unknown>> =>
    dispatch({ path, input, caller: { kind: 'window' }, emit: () => undefined, ...more })
  return { request, records, logged, runs }
}

/** The code of a refusal, or `OK`. */
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'OK' : result.error.code
}
