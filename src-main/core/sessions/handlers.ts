import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import { highestRole } from '../../contract/permissions'
import type { Handlers } from '../../contract/procedure'
import type { CallContext, Clock, Settings } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Account, SessionRow } from '../users/account'
import { foldName } from '../users/folded-name'
import { maySessionsEnd } from '../users/user-policy'
import { renewalOf } from './renewal-of'

export interface SessionsDeps {
  readonly rooms: Pick<Rooms, 'sessions' | 'transaction'>
  readonly settings: () => Promise<Settings>
  readonly clock: Clock
}

interface Found {
  readonly session: SessionRow
  readonly account: Account
}

const ownSession = ({ actor }: CallContext) => (actor.kind === 'account' ? actor.sessionId : null)

function mayEnd(found: Found, settings: Settings, { actor }: CallContext): boolean {
  const named = settings.adminUsernames.map(foldName).includes(foldName(found.account.username))
  return maySessionsEnd(actor, found.account, named && found.account.authProvider === 'local')
}

function shown(found: Found, settings: Settings, context: CallContext) {
  const { session, account } = found
  const { id, username, fullName, authProvider, grants } = account
  const own = session.id === ownSession(context)
  return {
    ...{ id: session.id, own, via: session.via, host: session.host },
    account: { id, username, fullName, authProvider, role: highestRole(grants.map(({ role }) => role)) },
    startedAt: session.startedAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    renewal: renewalOf(session),
    mayEnd: !own && mayEnd(found, settings, context),
  }
}

export function createSessionsHandlers(deps: SessionsDeps): Handlers<Contract['sessions'], CallContext> {
  const { rooms, clock } = deps
  return {
    list: async ({ account }, context) => {
      const settings = await deps.settings()
      const open = await rooms.sessions.all(account, clock.now())
      return { sessions: open.map((found) => shown(found, settings, context)) }
    },
    end: async ({ id, reason }, context) => {
      const settings = await deps.settings()
      return rooms.transaction(async (tx) => {
        const now = clock.now()
        const found = await rooms.sessions.current(id)
        if (!found || found.session.endedAt || found.session.expiresAt <= now) throw new AppError('NOT_FOUND')
        const { account } = found
        context.audit.note({ target: account.username, accountId: account.id })
        if (!mayEnd(found, settings, context)) throw new AppError('FORBIDDEN')
        await rooms.sessions.end(tx, id, now)
        const after = { sessionsEnded: 1, host: found.session.host, via: found.session.via }
        await context.audit.record(tx, { target: account.username, accountId: account.id, reason, after })
        return { sessionsEnded: 1 }
      })
    },
    endOthers: ({ reason }, context) =>
      rooms.transaction(async (tx) => {
        const sessionsEnded = await rooms.sessions.endOthers(tx, {
          now: clock.now(),
          keep: ownSession(context),
        })
        await context.audit.record(tx, { target: null, reason, after: { sessionsEnded } })
        return { sessionsEnded }
      }),
  }
}
