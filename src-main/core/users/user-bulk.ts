import type { BulkAction, BulkRow, BulkTarget } from '../../contract/accounts-bulk'
import { AppError, type Code } from '../../contract/errors'
import type { CallContext, Tx } from '../app/ports'
import type { Account } from './account'
import { adminsNow, isOnlyAdmin } from './last-admin'
import { disableRefusal, enableRefusal, forceChangeRefusal, type ActionFacts } from './user-policy'
import { factsOf, rowOf, type UserServiceDeps } from './user-service'

/** So many accounts are one transaction: short enough that nobody waits for it. */
const chunk = 100

const refusals: Readonly<Record<BulkAction, (facts: ActionFacts) => Code | null>> = {
  disable: disableRefusal,
  enable: enableRefusal,
  forceChange: forceChangeRefusal,
}

/** What a preview of many accounts needs to know about one: accounts alike in this are refused alike. */
export interface AccountClass {
  readonly account: Account
  readonly count: number
}

/** The accounts that are refused for what they are to the others: the own, and the only administrator. */
async function apart(deps: UserServiceDeps, { actor }: CallContext) {
  const moment = { mode: await deps.settings(), now: deps.clock.now() }
  const admins = await adminsNow(deps.rooms.users, moment)
  const own = actor.kind === 'account' ? [actor.id] : []
  const only = admins.able.filter((admin) => isOnlyAdmin(admin, admins)).map(({ id }) => id)
  return { admins, ids: [...new Set([...own, ...only])] }
}

/** What would happen to how many, by the same rules as the action itself. */
export async function previewBulk(
  deps: UserServiceDeps,
  input: { action: BulkAction; target: BulkTarget },
  context: CallContext,
) {
  const { actor } = context
  const { admins, ids } = await apart(deps, context)
  const classes = await deps.rooms.users.classes(input.target, { apart: ids, now: deps.clock.now() })
  const counts = new Map<Code | null, number>()
  for (const { account: example, count } of classes) {
    // An example stands for accounts of any role.
    const account = ids.includes(example.id) ? example : { ...example, grants: [] }
    const facts = { actor, account, capabilities: deps.source.capabilities, admins, namedAdmin: false }
    const code = refusals[input.action](facts)
    counts.set(code, (counts.get(code) ?? 0) + count)
  }
  const refused = [...counts].flatMap(([code, count]) =>
    code === null || code === 'CONFLICT' ? [] : [{ code, count }],
  )
  const total = classes.reduce((sum, { count }) => sum + count, 0)
  return { total, changes: counts.get(null) ?? 0, unchanged: counts.get('CONFLICT') ?? 0, refused }
}

async function change(
  deps: UserServiceDeps,
  action: BulkAction,
  call: { tx: Tx; account: Account; reason: string },
) {
  const { tx, account, reason } = call
  const at = deps.clock.now()
  switch (action) {
    case 'disable': {
      const changed = await deps.source.setEnabled(tx, account.id, { at, source: 'manual', reason })
      await deps.source.endSessions(tx, account.id, at)
      return changed
    }
    case 'enable':
      return deps.source.setEnabled(tx, account.id, null)
    case 'forceChange':
      return deps.source.forceChange(tx, account.id)
  }
}

interface Run {
  readonly action: BulkAction
  readonly reason: string
  readonly context: CallContext
}

async function changeOne(deps: UserServiceDeps, run: Run, at: { tx: Tx; id: string }): Promise<BulkRow> {
  const { tx, id } = at
  const { action, reason, context } = run
  const found = await deps.source.get(id, tx)
  if (!found) return { id, username: '', code: 'NOT_FOUND' }
  const facts = await factsOf(deps, id, { context: silent(context), tx })
  const { account } = facts
  const code = refusals[action](facts)
  if (code) return { id, username: account.username, code }
  const changed = await change(deps, action, { tx, account, reason })
  const now = deps.clock.now()
  const { state: before } = rowOf(account, now)
  const { state } = rowOf(changed, now)
  const { username } = account
  const detail = { before: { state: before }, after: { state, action } }
  await context.audit.record(tx, { target: username, accountId: id, reason, ...detail })
  return { id, username, code: 'OK' }
}

/** The whole run has its own note; a single account must not take its place. */
function silent(context: CallContext): CallContext {
  return { ...context, audit: { ...context.audit, note: () => undefined } }
}

const countOf = (rows: readonly BulkRow[], code: string) => rows.filter((row) => row.code === code).length

/** Does one thing to many accounts, a hundred in a transaction; who is refused does not hold up the others. */
export async function bulkChange(
  deps: UserServiceDeps,
  input: { runId: string; action: BulkAction; target: BulkTarget; reason: string },
  context: CallContext,
): Promise<{ rows: BulkRow[]; total: number; cancelled: boolean }> {
  const { action, reason, runId } = input
  const ids = await deps.rooms.users.ids(input.target, deps.clock.now())
  const total = ids.length
  const target = `${action} ${total}`
  context.audit.note({ target, reason })
  const rows: BulkRow[] = []
  for (let at = 0; at < total && !context.signal.aborted; at += chunk) {
    const part = ids.slice(at, at + chunk)
    rows.push(...(await changeChunk(deps, { action, reason, context }, part)))
    context.emit('users.progress', { runId, done: rows.length, total })
  }
  const cancelled = rows.length < total
  const [changed, unchanged] = [countOf(rows, 'OK'), countOf(rows, 'CONFLICT')]
  const after = { total, changed, unchanged, refused: rows.length - changed - unchanged, cancelled }
  context.audit.note({ target, reason, after })
  return { rows, total, cancelled }
}

/** What fails as a whole (a full disk, a lock) fails these accounts with its code, and can be tried again. */
async function changeChunk(deps: UserServiceDeps, run: Run, ids: readonly string[]): Promise<BulkRow[]> {
  try {
    return await deps.rooms.transaction(async (tx) => {
      const rows: BulkRow[] = []
      for (const id of ids) rows.push(await changeOne(deps, run, { tx, id }))
      return rows
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code } = error
    const named = await Promise.all(ids.map((id) => deps.source.get(id).catch(() => null)))
    return ids.map((id, at) => ({ id, username: named[at]?.username ?? '', code }))
  }
}
