import type { ApplicationDatabaseKind } from '../../contract/application'
import type { HashFormat } from './hand-mapping'

/**
 * Where an application keeps what the console shows, as SQL on its table of accounts (`u`). Conditions are SQL
 * booleans; `$1` in the statements of one account is its id.
 */
export interface AccountMapping {
  readonly kind: ApplicationDatabaseKind
  readonly table: string
  readonly id: string
  readonly username: string
  readonly email: string | null
  readonly fullName: string | null
  /** `local`, `oidc`, `ldap` or `other`. */
  readonly provider: string
  /** The column that says it; null where it is derived. */
  readonly storedProvider: string | null
  readonly hash: string
  /** An OpenID identity is linked. */
  readonly linked: string
  readonly state: string
  readonly admin: string | null
  readonly lastSignIn: string | null
  /** Columns issuer, slug, subject, email, lastSignIn. */
  readonly identities: string | null
  readonly sessions: { readonly count: string; readonly end: string } | null
  readonly tokens: string | null
  /** Columns at, event, method, provider, address: the application's own record of sign-ins, newest first. */
  readonly events: string | null
  /** null: nothing of the kind can be changed. */
  readonly password: {
    readonly column: string
    readonly format: HashFormat
    /** The flag that makes the application ask for a new one. */
    readonly mustChange: string | null
  } | null
  /** SQL of the values that switch an account off and on. */
  readonly enabling: {
    readonly column: string
    readonly off: string
    readonly on: string
  } | null
  /** The application's own rules of sign-in that a finding depends on. */
  readonly rules: {
    /** A password typed on the form becomes the password of an account that has none. */
    readonly claims: boolean
  }
}

/** A flag of either dialect: 1, true. */
export const flag = (column: string): string => `(CAST(${column} AS INTEGER) = 1)`
export const filled = (column: string): string => `(COALESCE(${column}, '') <> '')`
