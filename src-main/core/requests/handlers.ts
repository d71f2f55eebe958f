import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import type { Handlers } from '../../contract/procedure'
import { actorName } from '../app/call-audit'
import type { CallContext, Clock } from '../app/ports'
import type { Rooms } from '../app/rooms'

export interface RequestHandlerDeps {
  readonly rooms: Pick<Rooms, 'requests' | 'transaction'>
  readonly clock: Clock
}

export function createRequestHandlers({
  rooms,
  clock,
}: RequestHandlerDeps): Handlers<Contract['requests'], CallContext> {
  const { requests } = rooms
  return {
    list: async (asked) => ({
      requests: await requests.list({ ...asked, now: clock.now() }),
      open: await requests.open(),
    }),
    done: ({ id, outcome, reason }, { actor, audit }) =>
      rooms.transaction(async (tx) => {
        const now = clock.now()
        const found = await requests.one(id, now, tx)
        if (!found) throw new AppError('NOT_FOUND')
        const { account, kind } = found
        audit.note({ target: account.username, accountId: account.id })
        if (found.done) throw new AppError('CONFLICT', { text: 'requestDone' })
        await requests.close(tx, id, { by: actorName(actor), outcome, reason, now })
        const after = { kind, outcome }
        await audit.record(tx, { target: account.username, accountId: account.id, reason, after })
        const request = await requests.one(id, now, tx)
        if (!request) throw new AppError('NOT_FOUND')
        return { request }
      }),
  }
}
