import { AppError } from '../../contract/errors'
import { highestRole } from '../../contract/permissions'
import type { User } from '../../contract/users'
import type { CallContext } from '../app/ports'
import { passphraseExpiry, stateOf } from './user-policy'
import type { NewUser, UserServiceDeps } from './user-service'

/** A password that someone else set must be changed; a generated one also expires. */
async function firstPassword(deps: UserServiceDeps, input: NewUser) {
  if (input.authProvider !== 'local') {
    if (input.password !== null) throw new AppError('PASSWORD_NOT_LOCAL')
    return { hash: null, passphrase: null, expiresAt: null }
  }
  if (input.password !== null) {
    await deps.checkPassword(input.password, input)
    return { hash: await deps.hasher.hash(input.password), passphrase: null, expiresAt: null }
  }
  const passphrase = await deps.generatePassphrase()
  const expiresAt = passphraseExpiry(deps.clock.now())
  return { hash: await deps.hasher.hash(passphrase), passphrase, expiresAt }
}

/** Makes an account; without a password a local one gets a passphrase that is returned once. */
export async function createUser(
  deps: UserServiceDeps,
  input: NewUser,
  context: CallContext,
): Promise<{ user: User; passphrase: string | null }> {
  context.audit.note({ target: input.username })
  const first = await firstPassword(deps, input)
  const now = deps.clock.now()
  const { rooms } = deps
  return rooms.transaction(async (tx) => {
    const made = {
      username: input.username,
      email: input.email,
      fullName: input.fullName === '' ? null : input.fullName,
      authProvider: input.authProvider,
      passwordHash: first.hash,
      mustChangePassword: first.hash !== null,
      passwordExpiresAt: first.expiresAt,
      grants: input.role === 'user' ? [] : [{ role: input.role, source: 'manual' }],
    }
    const account = await rooms.users.insert(tx, made, now)
    const { id, username, email, fullName, authProvider } = account
    const after = { username, email, fullName, authProvider, role: input.role }
    await context.audit.record(tx, { target: username, accountId: id, after })
    const role = highestRole(account.grants.map((grant) => grant.role))
    const state = stateOf(account, now)
    const user = { id, username, email, fullName, authProvider, role, state, lastSignIn: null }
    return { user, passphrase: first.passphrase }
  })
}
