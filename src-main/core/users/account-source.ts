import type { Role } from '../../contract/permissions'
import type { UserDetail, UserFacets, UserFilter, UserPage, UserQuery } from '../../contract/users'
import type { Tx } from '../app/ports'
import type { Account, AccountTeam } from './account'

/** What can be done with the accounts of a source; a page offers nothing that its source does not declare. */
export interface AccountCapabilities {
  readonly list: boolean
  readonly get: boolean
  readonly count: boolean
  readonly setPassword: boolean
  readonly setEnabled: boolean
  readonly endSessions: boolean
  readonly unlock: boolean
  readonly forceChange: boolean
  readonly setRole: boolean
  readonly remove: boolean
}

export interface NewPassword {
  readonly hash: string
  readonly expiresAt: Date
  readonly now: Date
}

/** What an account looks like beyond its row. */
export interface AccountParts extends Pick<UserDetail, 'identities' | 'sessions'> {
  readonly teams: readonly AccountTeam[]
}

/**
 * The port behind which accounts sit: the console's own database is its first implementation. Writing methods run
 * in the transaction they are given and throw `NOT_FOUND`.
 */
export interface AccountSource {
  readonly capabilities: AccountCapabilities
  readonly list: (query: UserQuery, now: Date) => Promise<UserPage>
  readonly facets: (filter: UserFilter, now: Date) => Promise<UserFacets>
  readonly get: (id: string, tx?: Tx) => Promise<Account | null>
  readonly find: (username: string) => Promise<Account | null>
  readonly parts: (id: string, now: Date) => Promise<AccountParts>
  readonly count: () => Promise<number>
  readonly setPassword: (tx: Tx, id: string, password: NewPassword) => Promise<Account>
  readonly setEnabled: (tx: Tx, id: string, disabled: Account['disabled']) => Promise<Account>
  readonly endSessions: (tx: Tx, id: string, now: Date) => Promise<number>
  readonly unlock: (tx: Tx, id: string, now: Date) => Promise<Account>
  readonly forceChange: (tx: Tx, id: string) => Promise<Account>
  /** Makes the role given by hand this one; `user` is none. */
  readonly setRole: (tx: Tx, id: string, change: { role: Role; now: Date }) => Promise<Account>
  readonly remove: (tx: Tx, id: string, now: Date) => Promise<void>
}
