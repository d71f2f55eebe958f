import type { Renewal } from '../../contract/sessions'
import type { SessionRow } from '../users/account'

/** What a session's row says of its provider. */
export function renewalOf({ renewable, renewedAt, offlineSince }: SessionRow): Renewal {
  if (!renewable) return { state: 'none', at: null }
  if (offlineSince !== null) return { state: 'offline', at: offlineSince.toISOString() }
  return { state: 'renewed', at: renewedAt && renewedAt.toISOString() }
}
