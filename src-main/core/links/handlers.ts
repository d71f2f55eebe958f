import type { Contract } from '../../contract'
import { AppError } from '../../contract/errors'
import { pendingLinkSchema, type PendingLink } from '../../contract/links'
import type { Handlers } from '../../contract/procedure'
import { actorName } from '../app/call-audit'
import type { CallContext, Tx } from '../app/ports'
import { rowOf } from '../users/user-service'
import { linkIdentity, markPending, requireAccount, type LinkRoom } from './link-rules'
import type { StoredLink } from './link-store'

/** The claims stay in the core: the window's schema has no place for them. */
const shown = (link: StoredLink): PendingLink => pendingLinkSchema.parse(link)

async function waiting(
  room: LinkRoom,
  id: string,
  call: { context: CallContext; tx: Tx },
): Promise<StoredLink> {
  const link = await room.rooms.links.one(id, room.clock.now(), call.tx)
  if (!link) throw new AppError('NOT_FOUND')
  call.context.audit.note({ target: link.account.username, accountId: link.account.id })
  return link
}

const said = ({ kind, issuer, subject, email }: StoredLink) => ({ kind, issuer, subject, email })

export function createLinkHandlers(room: LinkRoom): Handlers<Contract['links'], CallContext> {
  const { rooms, clock } = room
  return {
    list: async ({ account }) => ({ links: (await rooms.links.list(account, clock.now())).map(shown) }),
    confirm: ({ id }, context) =>
      rooms.transaction(async (tx) => {
        const link = await waiting(room, id, { context, tx })
        const account = await requireAccount(room, link.account.id, tx)
        const { kind, issuer, subject, slug, email, name, claims } = link
        const identity = { kind, issuer, subject, slug, email, name, picture: null, claims }
        const changed = await linkIdentity(room, account, { identity, tx })
        const [before, after] = [account, changed].map(({ authProvider }) => ({ authProvider }))
        await context.audit.record(tx, {
          ...{ target: account.username, accountId: account.id, before: before ?? null },
          after: { ...after, ...said(link) },
        })
        return { user: rowOf(changed, clock.now()) }
      }),
    refuse: ({ id, reason }, context) =>
      rooms.transaction(async (tx) => {
        const link = await waiting(room, id, { context, tx })
        if (link.refused) throw new AppError('CONFLICT', { text: 'alreadySo' })
        await rooms.links.refuse(tx, id, { by: actorName(context.actor), now: clock.now() })
        const changed = await markPending(room, link.account.id, tx)
        const { username, id: accountId } = changed
        await context.audit.record(tx, { target: username, accountId, reason, after: said(link) })
        return { user: rowOf(changed, clock.now()) }
      }),
  }
}
