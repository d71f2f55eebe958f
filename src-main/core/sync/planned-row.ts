import type { SyncListed, SyncRow } from '../../contract/sync'
import { foldName } from '../users/folded-name'
import { textColumns } from '../users/user-store-change'
import { sortForm } from '../users/user-store-text'
import type { PlannedRow, PlannedTarget, SeenAccount, StagedEntry } from './staging-store'
import type { PlannedEntry } from './sync-plan'

/** What a planned entry looks like in the list, and what carrying it out takes; null where nothing is to be said. */
export function plannedRow(
  entry: StagedEntry,
  planned: PlannedEntry,
  { account, newId }: { account: SeenAccount | null; newId: string },
): PlannedRow | null {
  const action = listed(planned)
  if (action === null) return null
  const { dn, position, username } = entry
  const changes = [...planned.changes, ...furtherChanges(action, account)]
  const row = { position, dn, username: account?.username ?? username, action, code: planned.code }
  const acts = action !== 'skip' && action !== 'conflict'
  const target = acts ? targetOf(entry, planned, { account, newId }) : null
  return { ...row, accountId: planned.accountId, changes, seen: account?.seen ?? null, target }
}

/** An address that somebody else has is to be seen, even where nothing else changes. */
function listed({ action, code }: PlannedEntry): SyncListed | null {
  if (action !== 'unchanged') return action
  return code === null ? null : 'conflict'
}

function furtherChanges(action: SyncListed, account: SeenAccount | null): SyncRow['changes'] {
  if (action === 'disable') return [{ field: 'state', before: 'enabled', after: 'disabled' }]
  if (action === 'enable') return [{ field: 'state', before: 'disabled', after: 'enabled' }]
  if (action !== 'link' || account === null || account.provider === 'ldap') return []
  return [{ field: 'provider', before: account.provider, after: 'ldap' }]
}

function targetOf(
  entry: StagedEntry,
  { action, changes }: PlannedEntry,
  { account, newId }: { account: SeenAccount | null; newId: string },
): PlannedTarget {
  const { username } = account ?? entry
  const after = (field: 'email' | 'fullName') => {
    const change = changes.find((each) => each.field === field)
    return change ? change.after : (account?.[field] ?? null)
  }
  const columns = textColumns({ username, email: after('email'), fullName: after('fullName') })
  const names = { username, username_folded: foldName(username), username_sort: sortForm(username) }
  const isNew = action === 'create'
  return {
    id: isNew ? newId : null,
    entryId: entry.entryId,
    columns: { ...(columns as PlannedTarget['columns']), ...(isNew ? names : {}) },
    roles: entry.roles,
  }
}

/** An account whose entry was not read. */
export function goneRow(
  position: number,
  { id, username, seen }: { id: string; username: string; seen: string },
): PlannedRow {
  const changes = furtherChanges('disable', null)
  const why = { action: 'disable', code: 'LDAP_USER_NOT_FOUND' } as const
  return { position, dn: '', username, ...why, accountId: id, changes, seen, target: null }
}
