import { AppError, type Code, type Details } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { User } from '../../contract/users'
import { actorName } from '../app/call-audit'
import type { CallContext, Tx } from '../app/ports'
import type { Account } from './account'
import {
  deleteRefusal,
  disableRefusal,
  enableRefusal,
  endSessionsRefusal,
  forceChangeRefusal,
  passphraseExpiry,
  resetRefusal,
  setRoleRefusal,
  stateOf,
  unlockRefusal,
  type ActionFacts,
} from './user-policy'
import { factsOf, rowOf, type UserServiceDeps } from './user-service'

interface Target {
  readonly id: string
  readonly reason: string | null
}

interface Action<T> {
  readonly refusal: (facts: ActionFacts) => Code | null
  readonly run: (tx: Tx, account: Account) => Promise<T>
}

interface Outcome {
  readonly account: Account
  readonly after: Details
}

/** One action on one account: checked, done and recorded in one transaction. */
async function act<T extends Outcome>(
  deps: UserServiceDeps,
  { target, context }: { target: Target; context: CallContext },
  action: Action<T>,
): Promise<T> {
  return deps.rooms.transaction(async (tx) => {
    const facts = await factsOf(deps, target.id, { context, tx })
    const code = action.refusal(facts)
    if (code) throw new AppError(code, code === 'CONFLICT' ? { text: 'alreadySo' } : {})
    const { state, role } = rowOf(facts.account, deps.clock.now())
    const before = { state, role }
    const result = await action.run(tx, facts.account)
    const { username, id } = result.account
    const { reason } = target
    await context.audit.record(tx, { target: username, accountId: id, reason, before, after: result.after })
    return result
  })
}

/** Sets a passphrase that is shown once, must be changed and expires; every session of the account ends. */
export async function resetPassword(deps: UserServiceDeps, input: Target, context: CallContext) {
  const refused = resetRefusal(await factsOf(deps, input.id, { context }))
  if (refused) throw new AppError(refused)
  const passphrase = await deps.generatePassphrase()
  const hash = await deps.hasher.hash(passphrase)
  const now = deps.clock.now()
  const result = await act(
    deps,
    { target: input, context },
    {
      refusal: resetRefusal,
      run: async (tx, { id }) => {
        const account = await deps.source.setPassword(tx, id, { hash, now, expiresAt: passphraseExpiry(now) })
        const sessionsEnded = await deps.source.endSessions(tx, id, now)
        const closing = { by: actorName(context.actor), outcome: 'done', reason: input.reason, now } as const
        const requestsDone = await deps.rooms.requests.closeOf(tx, id, closing)
        const also = requestsDone === 0 ? {} : { requestsDone }
        return { account, sessionsEnded, after: { sessionsEnded, ...also } }
      },
    },
  )
  return { user: rowOf(result.account, now), passphrase, sessionsEnded: result.sessionsEnded }
}

/** Disables an account and ends its sessions. */
export async function disableUser(
  deps: UserServiceDeps,
  input: Target,
  context: CallContext,
): Promise<{ user: User }> {
  const at = deps.clock.now()
  const { account } = await act(
    deps,
    { target: input, context },
    {
      refusal: disableRefusal,
      run: async (tx, { id }) => {
        const disabled = { at, source: 'manual', reason: input.reason }
        const changed = await deps.source.setEnabled(tx, id, disabled)
        const sessionsEnded = await deps.source.endSessions(tx, id, at)
        return { account: changed, after: { state: 'disabled', sessionsEnded } }
      },
    },
  )
  return { user: rowOf(account, at) }
}

export async function enableUser(
  deps: UserServiceDeps,
  id: string,
  context: CallContext,
): Promise<{ user: User }> {
  const now = deps.clock.now()
  const { account } = await act(
    deps,
    { target: { id, reason: null }, context },
    {
      refusal: enableRefusal,
      run: async (tx) => {
        const changed = await deps.source.setEnabled(tx, id, null)
        return { account: changed, after: { state: stateOf(changed, now) } }
      },
    },
  )
  return { user: rowOf(account, now) }
}

export async function endUserSessions(deps: UserServiceDeps, target: Target, context: CallContext) {
  const now = deps.clock.now()
  const result = await act(
    deps,
    { target, context },
    {
      refusal: endSessionsRefusal,
      run: async (tx, account) => {
        const sessionsEnded = await deps.source.endSessions(tx, target.id, now)
        return { account, sessionsEnded, after: { sessionsEnded } }
      },
    },
  )
  return { user: rowOf(result.account, now), sessionsEnded: result.sessionsEnded }
}

/** An action whose outcome is the account as it is then. */
async function change(
  deps: UserServiceDeps,
  call: { target: Target; context: CallContext },
  action: Action<Account>,
): Promise<{ user: User }> {
  const now = deps.clock.now()
  const { account } = await act(deps, call, {
    refusal: action.refusal,
    run: async (tx, before) => {
      const changed = await action.run(tx, before)
      return { account: changed, after: { state: stateOf(changed, now), role: rowOf(changed, now).role } }
    },
  })
  return { user: rowOf(account, now) }
}

export function unlockUser(deps: UserServiceDeps, target: Target, context: CallContext) {
  const now = deps.clock.now()
  return change(
    deps,
    { target, context },
    {
      refusal: (facts) => unlockRefusal({ ...facts, now }),
      run: (tx) => deps.source.unlock(tx, target.id, now),
    },
  )
}

export function forceChange(deps: UserServiceDeps, target: Target, context: CallContext) {
  return change(
    deps,
    { target, context },
    { refusal: forceChangeRefusal, run: (tx) => deps.source.forceChange(tx, target.id) },
  )
}

/** The role given by hand; grants that a mapping made follow the mapping alone. */
export function setRole(deps: UserServiceDeps, target: Target & { role: Role }, context: CallContext) {
  const { id, role } = target
  const now = deps.clock.now()
  return change(
    deps,
    { target, context },
    {
      refusal: (facts) => setRoleRefusal(facts, role),
      run: (tx) => deps.source.setRole(tx, id, { role, now }),
    },
  )
}

/** The account's sessions end and its identities are free again; its name stays reserved. */
export function deleteUser(deps: UserServiceDeps, target: Target, context: CallContext) {
  const now = deps.clock.now()
  return change(
    deps,
    { target, context },
    {
      refusal: deleteRefusal,
      run: async (tx, account) => {
        await deps.source.endSessions(tx, target.id, now)
        await deps.source.remove(tx, target.id, now)
        return account
      },
    },
  )
}
