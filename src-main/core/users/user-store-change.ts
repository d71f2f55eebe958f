import { asFlag, asTime, type Bindable } from '../db/sql'
import type { Account, AccountChange } from './account'
import { foldName } from './folded-name'
import { searchText, sortForm } from './user-store-text'

export type Columns = Readonly<Record<string, Bindable>>

/** The columns that are derived from the fields that people read. */
export function textColumns(text: Pick<Account, 'username' | 'email' | 'fullName'>): Columns {
  const { username, email, fullName } = text
  return {
    email,
    email_folded: email === null ? null : foldName(email),
    email_sort: email === null ? null : sortForm(email),
    full_name: fullName,
    full_name_sort: fullName === null ? null : sortForm(fullName),
    search_text: searchText([username, email, fullName]),
  }
}

/** Applies `columns` to a value that is there. */
function given<V>(value: V | undefined, columns: (value: V) => Columns): Columns {
  return value === undefined ? {} : columns(value)
}

/** The text columns of what the account is called after the change; none where that stays as it is. */
function changedText(account: Account, change: AccountChange): Columns {
  const { username, email, fullName } = { ...account, ...change }
  const same = email === account.email && fullName === account.fullName
  return same ? {} : textColumns({ username, email, fullName })
}

/** The columns that a change sets; a key that is absent sets none. The account is needed for text only. */
export function changedColumns(account: Account | null, change: AccountChange): Columns {
  return {
    ...(account === null ? {} : changedText(account, change)),
    ...given(change.authProvider, (provider) => ({ auth_provider: provider })),
    ...given(change.passwordHash, (hash) => ({ password_hash: hash })),
    ...given(change.mustChangePassword, (must) => ({ must_change_password: asFlag(must) })),
    ...given(change.passwordExpiresAt, (at) => ({ password_expires_at: asTime(at) })),
    ...given(change.passwordChangedAt, (at) => ({ password_changed_at: asTime(at) })),
    ...given(change.disabled, (disabled) => ({
      disabled_at: asTime(disabled?.at ?? null),
      disabled_source: disabled?.source ?? null,
      disabled_reason: disabled?.reason ?? null,
    })),
    ...given(change.lockedUntil, (until) => ({ locked_until: asTime(until) })),
    ...given(change.pendingLink, (pending) => ({ pending_link: asFlag(pending) })),
    ...given(change.lastSignIn, (at) => ({ last_sign_in: asTime(at) })),
  }
}
