import { AppError } from '../../contract/errors'
import type { CallContext } from '../app/ports'
import { attemptKey, rateLimited, recordFailure, waitUntil } from './attempts'
import type { SessionHandlerDeps } from './handlers'

type Deps = Pick<SessionHandlerDeps, 'rooms' | 'hasher' | 'checkPassword' | 'clock'>

async function ownAccount(deps: Deps, context: CallContext) {
  if (context.actor.kind !== 'account') throw new AppError('FORBIDDEN')
  const { users } = await deps.rooms()
  const account = await users.byId(context.actor.id)
  if (!account) throw new AppError('NOT_FOUND')
  if (account.authProvider !== 'local') throw new AppError('PASSWORD_NOT_LOCAL')
  return { account, sessionId: context.actor.sessionId }
}

/** Changes the own local password: the present one is asked, wrong ones count like failed sign-ins, other sessions end. */
export async function changeOwnPassword(
  deps: Deps,
  input: { current: string; next: string },
  context: CallContext,
): Promise<void> {
  const { account, sessionId } = await ownAccount(deps, context)
  const rooms = await deps.rooms()
  context.audit.note({ target: account.username, accountId: account.id })
  const tried = {
    key: attemptKey(account.username, account),
    account,
    provider: 'local',
    slug: null,
  } as const
  const until = await waitUntil(rooms, tried, deps.clock)
  if (until) throw rateLimited(until, deps.clock)
  if (!(await deps.hasher.verify(account.passwordHash, input.current))) {
    await recordFailure(rooms, { ...tried, code: 'SIGN_IN_REFUSED' }, deps.clock)
    throw new AppError('SIGN_IN_REFUSED', { text: 'presentPasswordWrong' })
  }
  if (input.next.normalize('NFC') === input.current.normalize('NFC')) {
    throw new AppError('PASSWORD_WEAK', {
      text: 'passwordSame',
      details: { why: 'same' },
    })
  }
  await deps.checkPassword(input.next, account)
  const passwordHash = await deps.hasher.hash(input.next)
  const now = deps.clock.now()
  await rooms.transaction(async (tx) => {
    const present = await rooms.users.byId(account.id, tx)
    if (present?.passwordHash !== account.passwordHash) throw new AppError('CONFLICT')
    const change = {
      passwordHash,
      passwordChangedAt: now,
      mustChangePassword: false,
      passwordExpiresAt: null,
    }
    await rooms.users.update(tx, account.id, change)
    const sessionsEnded = await rooms.sessions.endAll(tx, account.id, { now, keep: sessionId })
    await context.audit.record(tx, {
      target: account.username,
      accountId: account.id,
      after: { sessionsEnded },
    })
  })
}
