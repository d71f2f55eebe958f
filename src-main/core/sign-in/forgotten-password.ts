import { AppError, type Code } from '../../contract/errors'
import type { AuthMethod } from '../../contract/app'
import type { CallContext, Clock, Settings, Tx } from '../app/ports'
import type { Rooms } from '../app/rooms'
import type { Account } from '../users/account'
import { countedAccount, rateLimited } from './attempts'
import { accountLimit, countedSince, lockedUntil } from './limits'

export interface ForgottenPasswordDeps {
  readonly rooms: () => Promise<Rooms>
  readonly settings: () => Promise<Settings>
  readonly host: string
  readonly clock: Clock
}

/** Whoever asks too often waits, whatever names they ask for; it is no failed sign-in, so it has a key of its own. */
const key = 'forgotten-password'

/** The modes in which a local password can open the console. */
export function hasLocalPasswords(method: AuthMethod | null): boolean {
  return method === 'local' || method === 'both' || method === 'all'
}

/** Why nothing is filed for this name, for the audit; null where a request may be filed. */
function refusal(account: Account | null): Code | null {
  if (!account) return 'NOT_FOUND'
  if (account.authProvider !== 'local') return 'PASSWORD_NOT_LOCAL'
  return account.disabled ? 'ACCOUNT_DISABLED' : null
}

async function checkRate(rooms: Rooms, { clock, tx }: { clock: Clock; tx: Tx }): Promise<void> {
  const now = clock.now()
  const until = lockedUntil(await rooms.attempts.asked(key, countedSince(now), tx), accountLimit, now)
  if (until) throw rateLimited(until, clock)
  await rooms.attempts.record(tx, { key, provider: null, slug: null, code: null, at: now })
}

/**
 * "Forgotten password?": files a request with the helpdesk for a local account. The answer is the same for every name;
 * the audit says why nothing was filed.
 */
export async function forgotPassword(
  deps: ForgottenPasswordDeps,
  username: string,
  context: CallContext,
): Promise<void> {
  context.audit.note({ target: username })
  const { method } = await deps.settings()
  if (!hasLocalPasswords(method)) throw new AppError('METHOD_NOT_OFFERED')
  const rooms = await deps.rooms()
  await rooms.transaction(async (tx) => {
    await checkRate(rooms, { clock: deps.clock, tx })
    const account = await countedAccount(rooms.users, username, tx)
    const code = refusal(account)
    const filing = { account: account?.id ?? '', host: deps.host, now: deps.clock.now() }
    const filed = code === null && (await rooms.requests.filePassword(tx, filing))
    const said = code ?? (filed ? null : 'CONFLICT')
    await context.audit.record(tx, {
      ...{ target: username, accountId: account?.id ?? null, after: { filed } },
      ...(said === null ? {} : { code: said }),
    })
  })
}
