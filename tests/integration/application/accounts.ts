import { execFileSync } from 'node:child_process'
import type { AuthMethod } from '../../../src-main/contract/app'
import { AppError } from '../../../src-main/contract/errors'
import type { Role } from '../../../src-main/contract/permissions'
import {
  createApplicationSource,
  type ApplicationSourceOptions,
} from '../../../src-main/core/application/application-source'
import { resetPassword, setEnabled, type ChangeDeps } from '../../../src-main/core/application/change-account'
import type { HandMapping } from '../../../src-main/core/application/hand-mapping'
import type { Actor, AuditEntry, CallContext } from '../../../src-main/core/app/ports'
import { createTexts } from '../../../src-main/core/app/texts'
import type { Application } from '../../support/application-databases'

export const passphrase = 'granite-ferry-umbrella-seven-ninety-viaduct'
const texts = createTexts()

export const actorWith = (role: Role): Actor => ({
  ...{ kind: 'account', id: 'a', name: role, roles: [role], sessionId: 's', mustChangePassword: false },
})

export interface Helpdesk {
  readonly options: ApplicationSourceOptions
  readonly source: ReturnType<typeof createApplicationSource>
  readonly audited: AuditEntry[]
  readonly actor: Actor
  readonly deps: ChangeDeps
  readonly context: CallContext
  readonly act: (action: Action, id: string, revision?: string) => Promise<unknown>
}
export type Action = 'resetPassword' | 'disable' | 'enable'

/** The room on an application's database, with the console's audit as a list. */
export function helpdesk(
  { database }: Pick<Application, 'database'>,
  given: { method?: AuthMethod; hand?: HandMapping; role?: Role; auditFails?: true } = {},
): Helpdesk {
  const { method = 'both', hand = null, role = 'admin', auditFails } = given
  const options = { profile: 'shop', database, hand, method, texts }
  const audited: AuditEntry[] = []
  const actor = actorWith(role)
  const context: CallContext = {
    actor,
    signal: new AbortController().signal,
    emit: () => undefined,
    audit: {
      record: (_tx, entry) => {
        if (auditFails) return Promise.reject(new AppError('AUDIT_WRITE_FAILED'))
        audited.push(entry)
        return Promise.resolve()
      },
      note: () => undefined,
      begun: () => Promise.resolve(),
    },
  }
  const deps: ChangeDeps = {
    source: options,
    transaction: (work) => work({ handle: null }),
    generatePassphrase: () => Promise.resolve(passphrase),
  }
  const source = createApplicationSource(options)
  const act: Helpdesk['act'] = async (action, id, given) => {
    const revision = given ?? (await source.get(id, actor)).revision
    const target = { id, revision, reason: 'asked by telephone' }
    return action === 'resetPassword'
      ? resetPassword(deps, target, context)
      : setEnabled(deps, { ...target, action }, context)
  }
  return { options, source, audited, actor, deps, context, act }
}

/** The code of a refusal, or `OK`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'OK'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

const verifier = `
import hashlib, sys
stored, password = sys.stdin.read().split("\\n")[:2]
method, salt, digest = stored.split("$")
name, *arguments = method.split(":")
secret, salt = password.encode(), salt.encode()
if name == "scrypt":
    n, r, p = map(int, arguments)
    made = hashlib.scrypt(secret, salt=salt, n=n, r=r, p=p, maxmem=132 * n * r * p, dklen=64)
else:
    made = hashlib.pbkdf2_hmac(arguments[0], secret, salt, int(arguments[1]))
print(made.hex() == digest)
`

/** Whether Python's hashlib makes the same hash, computed as werkzeug does. */
export function pythonVerifies(stored: string, password: string): boolean {
  return (
    execFileSync('python3', ['-c', verifier], {
      input: `${stored}\n${password}\n`,
      encoding: 'utf8',
    }).trim() === 'True'
  )
}
