import { AppError } from '../../contract/errors'
import { roleSchema } from '../../contract/permissions'
import type { CallContext, Tx } from '../app/ports'
import type { Account, AccountChange } from '../users/account'
import type { AccountState, StoredChange, StoredRun } from './run-store'
import { changedFields, type StateField } from './state-changes'
import { adminsLeft, alone, type SyncDeps } from './sync-deps'
import type { AccountNow } from './undo-store'

export interface Undone {
  readonly counts: { restored: number; removed: number; conflict: number }
  readonly conflicts: { accountId: string | null; username: string; fields: string[] }[]
}

const chunk = 500

/** Gives every account back what the run changed; what somebody else has changed since stays as it is and is named. */
export function undoSync(deps: SyncDeps, id: string, context: CallContext): Promise<Undone> {
  const { rooms, runs, clock } = deps
  return alone(deps, () =>
    rooms.transaction(async (tx) => {
      const run = await runs.run(id, tx)
      if (!run) throw new AppError('NOT_FOUND', { details: { run: id } })
      if (run.undoneAt !== null) throw new AppError('CONFLICT', { text: 'runUndone' })
      const admins = await adminsLeft(deps, tx)
      const undone: Undone = { counts: { restored: 0, removed: 0, conflict: 0 }, conflicts: [] }
      for (let after = -1; ;) {
        const changes = await runs.changes(id, { after, limit: chunk }, tx)
        const last = changes.at(-1)
        if (!last) break
        await undoChunk(deps, { tx, run, undone }, changes)
        after = last.position
      }
      await admins.require()
      await runs.markUndone(tx, id, clock.now())
      await context.audit.record(tx, { target: run.directory, after: { run: id, ...undone.counts } })
      return undone
    }),
  )
}

interface Undoing {
  readonly tx: Tx
  readonly run: StoredRun
  readonly undone: Undone
}

async function undoChunk(deps: SyncDeps, undoing: Undoing, changes: readonly StoredChange[]): Promise<void> {
  const { tx, run } = undoing
  const ids = changes.flatMap(({ accountId }) => accountId ?? [])
  const found = await deps.undoing.accounts(tx, run.directory, ids)
  const accounts = new Map(found.map((account) => [account.id, account]))
  const made: string[] = []
  for (const change of changes) {
    const account = change.accountId === null ? undefined : accounts.get(change.accountId)
    const fields = account ? await undoOne(deps, undoing, { change, account, made }) : ['deleted']
    note(undoing.undone, change, fields)
  }
  if (made.length > 0) await deps.undoing.erase(tx, made)
}

function note({ counts, conflicts }: Undone, change: StoredChange, fields: readonly string[]): void {
  const { accountId, username, action } = change
  if (fields.length > 0) {
    counts.conflict += 1
    conflicts.push({ accountId, username, fields: [...fields] })
  } else if (action === 'create') counts.removed += 1
  else counts.restored += 1
}

/** Returns the fields that could not be given back. */
async function undoOne(
  deps: SyncDeps,
  undoing: Undoing,
  { change, account, made }: { change: StoredChange; account: AccountNow; made: string[] },
): Promise<readonly string[]> {
  const { before, after } = change
  if (!after) return ['deleted']
  if (before) return restore(deps, undoing, { account, before, after })
  const since = [...changedFields(after, account.state), ...(account.isUsed ? ['use'] : [])]
  if (since.length === 0) made.push(account.id)
  return since
}

async function restore(
  deps: SyncDeps,
  undoing: Undoing,
  { account, before, after }: { account: AccountNow; before: AccountState; after: AccountState },
): Promise<readonly string[]> {
  const since = new Set(changedFields(after, account.state))
  const changed = changedFields(before, after)
  const lost = [
    ...changed.filter((field) => since.has(field)),
    ...(await takenEmail(deps, undoing, { account, before })),
  ]
  const back = changed.filter((field) => !lost.includes(field) && field !== 'password')
  await giveBack(deps, undoing, { id: account.id, before, after, fields: back })
  return [...new Set([...lost, ...changed.filter((field) => field === 'password')])]
}

/** An address that somebody else has by now is theirs. */
async function takenEmail(
  { rooms }: SyncDeps,
  { tx }: Undoing,
  { account, before }: { account: AccountNow; before: AccountState },
): Promise<readonly StateField[]> {
  if (before.email === null || before.email === account.state.email) return []
  const others = await rooms.users.byEmail(before.email, tx)
  return others.some(({ id }) => id !== account.id) ? ['email'] : []
}

async function giveBack(
  { rooms, clock }: SyncDeps,
  { tx, run }: Undoing,
  what: { id: string; before: AccountState; after: AccountState; fields: readonly StateField[] },
): Promise<void> {
  const { id, before, after, fields } = what
  const change: AccountChange = {
    ...(fields.includes('email') ? { email: before.email } : {}),
    ...(fields.includes('fullName') ? { fullName: before.fullName } : {}),
    ...(fields.includes('provider') ? { authProvider: before.provider } : {}),
    ...(fields.includes('state') ? { disabled: disabledIn(before) } : {}),
  }
  if (Object.keys(change).length > 0) await rooms.users.update(tx, id, change)
  if (fields.includes('roles')) {
    const roles = before.roles === '' ? [] : before.roles.split(', ').map((role) => roleSchema.parse(role))
    await rooms.users.setRoles(tx, id, { source: 'ldap', roles, now: clock.now() })
  }
  if (fields.includes('identity') && after.subject !== null)
    await rooms.users.removeIdentity(tx, id, { issuer: run.directory, subject: after.subject })
}

function disabledIn({ disabledAt, disabledSource, disabledReason }: AccountState): Account['disabled'] {
  if (disabledAt === null) return null
  return { at: new Date(disabledAt), source: disabledSource ?? '', reason: disabledReason }
}
