import { AppError } from '../../contract/errors'
import type { CallContext } from '../app/ports'
import { isLoopback } from '../settings/loopback'
import {
  linkIdentity,
  requireAccount,
  requireAdminLeft,
  unlinkIdentity,
  type LinkRoom,
} from '../links/link-rules'
import { passphraseExpiry } from './user-policy'
import { rowOf, type UserServiceDeps } from './user-service'

interface Named {
  readonly id: string
  readonly issuer: string
  readonly subject: string
  readonly reason: string
}

const roomOf = ({ rooms, settings, clock }: UserServiceDeps): LinkRoom => ({ rooms, settings, clock })

/** An issuer is compared character by character, so one that no provider can have is refused. */
function checkIssuer(issuer: string): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : null
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!secure) throw new AppError('INVALID_INPUT', { text: 'issuerNotUrl' })
}

/** Links an identity before its first sign-in, or one that came another way. */
export async function linkUser(
  deps: UserServiceDeps,
  input: Named & { kind: 'oidc' | 'ldap' },
  context: CallContext,
) {
  const room = roomOf(deps)
  const { kind, issuer, subject, reason } = input
  if (kind === 'oidc') checkIssuer(issuer)
  return deps.rooms.transaction(async (tx) => {
    const account = await requireAccount(room, input.id, tx)
    const { username, id, authProvider } = account
    context.audit.note({ target: username, accountId: id })
    const identity = { kind, issuer, subject, slug: null, email: null, name: null, picture: null, claims: {} }
    const changed = await linkIdentity(room, account, { identity, tx })
    await context.audit.record(tx, {
      ...{ target: username, accountId: id, reason, before: { authProvider } },
      after: { authProvider: changed.authProvider, kind, issuer, subject },
    })
    return { user: rowOf(changed, deps.clock.now()) }
  })
}

export async function unlinkUser(deps: UserServiceDeps, input: Named, context: CallContext) {
  const room = roomOf(deps)
  const { issuer, subject, reason } = input
  return deps.rooms.transaction(async (tx) => {
    const account = await requireAccount(room, input.id, tx)
    const { username, id } = account
    context.audit.note({ target: username, accountId: id })
    const changed = await unlinkIdentity(room, account, { issuer, subject, tx })
    await context.audit.record(tx, { target: username, accountId: id, reason, before: { issuer, subject } })
    return { user: rowOf(changed, deps.clock.now()) }
  })
}

/**
 * Makes an oidc or ldap account local. It gets a passphrase that must be changed; linked single sign-on stays, a
 * directory's entry does not, since it would go on deciding.
 */
export async function convertUser(
  deps: UserServiceDeps,
  input: { id: string; reason: string },
  context: CallContext,
) {
  const room = roomOf(deps)
  const passphrase = await deps.generatePassphrase()
  const hash = await deps.hasher.hash(passphrase)
  const now = deps.clock.now()
  return deps.rooms.transaction(async (tx) => {
    const account = await requireAccount(room, input.id, tx)
    const { username, id, authProvider } = account
    context.audit.note({ target: username, accountId: id })
    if (authProvider === 'local') throw new AppError('CONFLICT', { text: 'alreadySo' })
    for (const identity of await deps.rooms.users.identities(id, tx))
      if (identity.kind === 'ldap') await deps.rooms.users.removeIdentity(tx, id, identity)
    await deps.rooms.users.update(tx, id, { authProvider: 'local' })
    const changed = await deps.source.setPassword(tx, id, { hash, now, expiresAt: passphraseExpiry(now) })
    const sessionsEnded = await deps.source.endSessions(tx, id, now)
    await requireAdminLeft(room, { before: account, changed }, tx)
    await context.audit.record(tx, {
      ...{ target: username, accountId: id, reason: input.reason, before: { authProvider } },
      after: { authProvider: 'local', sessionsEnded },
    })
    return { user: rowOf(changed, now), passphrase, sessionsEnded }
  })
}
