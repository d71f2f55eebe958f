import type { SyncRow } from '../../contract/sync'
import type { AccountState } from './run-store'

export type StateField = 'email' | 'fullName' | 'provider' | 'state' | 'roles' | 'identity' | 'password'

const compared: Readonly<Record<StateField, (state: AccountState) => unknown>> = {
  email: (state) => state.email,
  fullName: (state) => state.fullName,
  provider: (state) => state.provider,
  state: (state) => JSON.stringify([state.disabledAt, state.disabledSource]),
  roles: (state) => state.roles,
  identity: (state) => state.subject,
  password: (state) => state.password,
}

/** In what two states of an account differ. */
export function changedFields(before: AccountState, after: AccountState): readonly StateField[] {
  const fields = Object.keys(compared) as StateField[]
  return fields.filter((field) => compared[field](before) !== compared[field](after))
}

const shown: Readonly<Record<SyncRow['changes'][number]['field'], (state: AccountState) => string | null>> = {
  email: (state) => state.email,
  fullName: (state) => state.fullName,
  roles: (state) => (state.roles === '' ? null : state.roles),
  state: (state) => (state.disabledAt === null ? 'enabled' : 'disabled'),
  provider: (state) => state.provider,
}

/** Field by field, as the list of a run shows it; all of it is new where there was no account before. */
export function shownChanges(before: AccountState | null, after: AccountState | null): SyncRow['changes'] {
  const fields = Object.keys(shown) as (keyof typeof shown)[]
  const rows = fields.map((field) => ({
    field,
    before: before && shown[field](before),
    after: after && shown[field](after),
  }))
  return rows.filter((row) => row.before !== row.after)
}
