import { AppError } from '../../contract/errors'
import type { CallContext } from '../app/ports'
import type { SessionHandlerDeps } from './handlers'

export interface FirstAdmin {
  readonly username: string
  readonly email: string
  readonly fullName: string
  readonly password: string
}

/** Makes the first administrator of an empty database and signs them in; refused as soon as there is any account. */
export async function createFirstAdmin(
  deps: Pick<SessionHandlerDeps, 'rooms' | 'settings' | 'session' | 'hasher' | 'checkPassword' | 'clock'>,
  input: FirstAdmin,
  context: CallContext,
): Promise<void> {
  await deps.checkPassword(input.password, input)
  const passwordHash = await deps.hasher.hash(input.password)
  const rooms = await deps.rooms()
  const { sessionHours } = await deps.settings()
  const now = deps.clock.now()
  const activate = await rooms.transaction(async (tx) => {
    if ((await rooms.users.count(tx)) > 0) throw new AppError('FORBIDDEN')
    const made = {
      username: input.username,
      email: input.email,
      fullName: input.fullName === '' ? null : input.fullName,
      authProvider: 'local',
      passwordHash,
      mustChangePassword: false,
      passwordExpiresAt: null,
      grants: [{ role: 'admin', source: 'manual' }],
    } as const
    const { id } = await rooms.users.insert(tx, made, now)
    const account = await rooms.users.update(tx, id, { lastSignIn: now, passwordChangedAt: now })
    await context.audit.record(tx, { target: account.username, accountId: id, after: { role: 'admin' } })
    return deps.session.start(tx, account, { via: 'local', hours: sessionHours })
  })
  activate()
}
