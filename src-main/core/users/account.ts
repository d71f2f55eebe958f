import type { BulkTarget } from '../../contract/accounts-bulk'
import type { AuthProvider } from '../../contract/app'
import type { Details } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { UserDetail, UserFacets, UserFilter, UserPage, UserQuery } from '../../contract/users'
import type { Tx } from '../app/ports'
import type { Existing } from './import-plan'
import type { AccountClass } from './user-bulk'

export interface Grant {
  readonly role: Role
  readonly source: string
  readonly grantedAt: Date
}

/** An account as the rules see it. `passwordHash` never leaves the core. */
export interface Account {
  readonly id: string
  readonly username: string
  readonly email: string | null
  readonly fullName: string | null
  readonly authProvider: AuthProvider
  readonly passwordHash: string | null
  readonly mustChangePassword: boolean
  readonly passwordExpiresAt: Date | null
  readonly passwordChangedAt: Date | null
  readonly disabled: { readonly at: Date; readonly source: string; readonly reason: string | null } | null
  readonly lockedUntil: Date | null
  readonly pendingLink: boolean
  readonly lastSignIn: Date | null
  readonly createdAt: Date
  readonly grants: readonly Grant[]
}

export interface NewAccount {
  readonly username: string
  readonly email: string | null
  readonly fullName: string | null
  readonly authProvider: AuthProvider
  readonly passwordHash: string | null
  readonly mustChangePassword: boolean
  readonly passwordExpiresAt: Date | null
  readonly grants: readonly { readonly role: Role; readonly source: string }[]
}

/** Columns that a rule may change; an absent key stays as it is. */
export type AccountChange = Partial<
  Pick<
    Account,
    | 'email'
    | 'fullName'
    | 'authProvider'
    | 'passwordHash'
    | 'mustChangePassword'
    | 'passwordExpiresAt'
    | 'passwordChangedAt'
    | 'disabled'
    | 'lockedUntil'
    | 'pendingLink'
    | 'lastSignIn'
  >
>

/** A team of an account, and who keeps it: an issuer and its provider's slug, or nobody but this console. */
export interface AccountTeam {
  readonly id: string
  readonly name: string
  readonly issuer: string | null
  readonly slug: string | null
}

export interface Identity {
  readonly kind: 'oidc' | 'ldap'
  readonly issuer: string
  readonly subject: string
  readonly slug: string | null
  readonly email: string | null
  readonly name: string | null
  readonly picture: string | null
  readonly claims: Details
}

/**
 * Accounts in the console's own database. Names and e-mails are compared folded (NFKC, lower case).
 * `insert` throws `NAME_TAKEN` or `NAME_RESERVED`; `update` throws `NOT_FOUND`.
 */
export interface UserStore {
  readonly page: (query: UserQuery, now: Date) => Promise<UserPage>
  readonly facets: (filter: UserFilter, now: Date) => Promise<UserFacets>
  readonly count: (tx?: Tx) => Promise<number>
  readonly byId: (id: string, tx?: Tx) => Promise<Account | null>
  readonly byName: (name: string, tx?: Tx) => Promise<Account | null>
  readonly byEmail: (email: string, tx?: Tx) => Promise<readonly Account[]>
  readonly byIdentity: (issuer: string, subject: string, tx?: Tx) => Promise<Account | null>
  readonly identities: (accountId: string, tx?: Tx) => Promise<UserDetail['identities']>
  readonly teams: (accountId: string) => Promise<readonly AccountTeam[]>
  readonly insert: (tx: Tx, account: NewAccount, now: Date) => Promise<Account>
  readonly update: (tx: Tx, id: string, change: AccountChange) => Promise<Account>
  /** Marks the account as deleted: nobody finds it any more, its name stays reserved, its identities are free again. */
  readonly remove: (tx: Tx, id: string, now: Date) => Promise<void>
  readonly saveIdentity: (tx: Tx, accountId: string, identity: Identity & { now: Date }) => Promise<void>
  /** Links an identity that has not signed in here; `LINK_CONFLICT` where another account has it. */
  readonly addIdentity: (tx: Tx, accountId: string, identity: Identity & { now: Date }) => Promise<void>
  readonly removeIdentity: (
    tx: Tx,
    accountId: string,
    identity: Pick<Identity, 'issuer' | 'subject'>,
  ) => Promise<void>
  /** Makes the grants of this source exactly these roles; other sources' grants stay. */
  readonly setRoles: (
    tx: Tx,
    accountId: string,
    grant: { source: string; roles: readonly Role[]; now: Date },
  ) => Promise<void>
  /** Enabled local administrators with a password: those who can always sign in. */
  readonly localAdmins: (tx?: Tx) => Promise<readonly Account[]>
  /** Enabled administrators of any provider. */
  readonly enabledAdmins: (tx?: Tx) => Promise<readonly Account[]>
  readonly countByProvider: () => Promise<Record<AuthProvider, number>>
  /** What is known of these folded names and addresses. */
  readonly existing: (names: readonly string[], emails: readonly string[]) => Promise<Existing>
  /** The ids of those accounts that there are, in the order of their making. */
  readonly ids: (target: BulkTarget, now: Date) => Promise<readonly string[]>
  /** The accounts counted by what decides about an action on many: an example and how many are like it. Those to keep apart stand alone. */
  readonly classes: (
    target: BulkTarget,
    by: { apart: readonly string[]; now: Date },
  ) => Promise<readonly AccountClass[]>
  readonly countByIssuer: () => Promise<Readonly<Record<string, number>>>
}

export interface SessionRow {
  readonly id: string
  readonly accountId: string
  readonly via: string
  readonly host: string
  readonly startedAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
  readonly endedAt: Date | null
  /** Its provider is asked again and again whether it still holds. */
  readonly renewable: boolean
  /** When the provider last vouched for it. */
  readonly renewedAt: Date | null
  /** Since when the provider could not be asked. */
  readonly offlineSince: Date | null
}

/** Console sessions. `endAll` returns how many were still open, except the one to keep. */
export interface SessionStore {
  readonly insert: (
    tx: Tx,
    session: Pick<SessionRow, 'id' | 'accountId' | 'via' | 'host' | 'startedAt' | 'expiresAt'>,
  ) => Promise<void>
  /** What is not given stays as it is. */
  readonly setRenewal: (
    tx: Tx,
    id: string,
    renewal: Partial<Pick<SessionRow, 'renewable' | 'renewedAt' | 'offlineSince'>>,
  ) => Promise<void>
  /** Sessions that are over, but whose provider could still be asked: the console was cut off. */
  readonly overButRenewable: (now: Date) => Promise<readonly string[]>
  /** The account with its grants in the same query, since every call asks. */
  readonly current: (id: string) => Promise<{ session: SessionRow; account: Account } | null>
  readonly touch: (id: string, now: Date) => Promise<void>
  readonly open: (accountId: string, now: Date) => Promise<readonly SessionRow[]>
  /** Every open session with its account, or those of one account; the newest first. */
  readonly all: (
    accountId: string | null,
    now: Date,
  ) => Promise<readonly { session: SessionRow; account: Account }[]>
  readonly endOthers: (tx: Tx, end: { now: Date; keep: string | null }) => Promise<number>
  readonly end: (tx: Tx, id: string, now: Date) => Promise<void>
  readonly countOpen: (now: Date) => Promise<number>
  /** Ends every open session of everybody and says how many that were. */
  readonly endEveryone: (tx: Tx, now: Date) => Promise<number>
  readonly endAll: (tx: Tx, accountId: string, end: { now: Date; keep: string | null }) => Promise<number>
}

/** One try to sign in; `key` is `account:<id>` or `name:<folded>`, `console` counts them all. */
export interface Attempt {
  readonly key: string
  readonly provider: AuthProvider | null
  readonly slug: string | null
  readonly code: string | null
  readonly at: Date
}

/** Tries to sign in; `code` null is a success. */
export interface AttemptStore {
  readonly record: (tx: Tx, attempt: Attempt) => Promise<void>
  /** Times of failures since the last success of this key, not before `since`, oldest first. */
  readonly failures: (key: string, since: Date, tx?: Tx) => Promise<readonly Date[]>
  /** All tries under this key since then, oldest first. */
  readonly asked: (key: string, since: Date, tx?: Tx) => Promise<readonly Date[]>
  /** All failures on this console since then, oldest first. */
  readonly consoleFailures: (since: Date, tx?: Tx) => Promise<readonly Date[]>
  readonly last: () => Promise<
    readonly {
      provider: AuthProvider
      slug: string | null
      success: Date | null
      failure: { at: Date; code: string } | null
    }[]
  >
}
