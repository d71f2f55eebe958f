import type { AuthMethod } from '../../contract/app'
import type { EventName, Events } from '../../contract'
import type { Code, Details } from '../../contract/errors'
import type { Role } from '../../contract/permissions'
import type { SettingView } from '../../contract/ldap'
import type { Finding } from '../../contract/settings'
import type { ApplicationPlace } from '../application/application-place'
import type { HandMapping } from '../application/hand-mapping'

/** Time as a dependency, so that expiry and lockout can be tested. */
export interface Clock {
  readonly now: () => Date
}

/** pino's shape: fields first, then the sentence. Fields are redacted by key. */
export interface Logger {
  readonly debug: (fields: object, message: string) => void
  readonly info: (fields: object, message: string) => void
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

/** Secrets at rest. `memory` forgets them at the end: nothing unencrypted is ever written. */
export interface SecretStore {
  readonly kind: 'encrypted' | 'memory'
  readonly get: (key: string) => Promise<string | null>
  readonly set: (key: string, value: string) => Promise<void>
  readonly remove: (key: string) => Promise<void>
}

/** Opens the system browser; throws `OIDC_BROWSER` if that fails. */
export interface Browser {
  readonly open: (url: string) => Promise<void>
}

/** Files that a person chose, by handle: no path ever comes from the window. */
export interface Files {
  readonly path: (handle: string) => string | null
  readonly add: (path: string) => { handle: string; name: string }
}

/** What a file that is to be opened holds. */
export type FileKind = 'ldif' | 'accounts' | 'settings' | 'lab'

/** What only a desktop can do. On the command line every call is refused with `FORBIDDEN`. */
export interface Desk {
  readonly copy: (text: string) => void
  readonly protect: (state: 'on' | 'off') => void
  readonly openExternal: (url: string) => Promise<void>
  readonly chooseFile: (kind: FileKind) => Promise<string | null>
  /** Where an export shall go; null where the person thought better of it. */
  readonly chooseSave: (name: string) => Promise<string | null>
  readonly pageShown: (page: string, state: 'ready' | 'error', reason: string | null) => void
}

/** Who acts. The operating-system user is the actor of the command line on an own home; the schedule may sync and no more. */
export type Actor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'os'; readonly name: string; readonly roles: readonly Role[] }
  | { readonly kind: 'schedule'; readonly host: string; readonly roles: readonly Role[] }
  | {
      readonly kind: 'account'
      readonly id: string
      readonly name: string
      readonly roles: readonly Role[]
      readonly sessionId: string
      readonly mustChangePassword: boolean
      /** The desk was left: nothing but unlocking and signing out is open. */
      readonly locked?: true
      /** Signed in by name alone: nobody proved to be this person. */
      readonly unverified?: true
    }

/** A running database transaction; only stores look inside. */
export interface Tx {
  readonly handle: unknown
}

/** One audit record's content; the door adds time, actor, host and action. */
export interface AuditEntry {
  readonly target: string | null
  readonly accountId?: string | null
  readonly reason?: string | null
  /** The exact code of a refusal whose person only sees a neutral one. */
  readonly code?: Code
  readonly before?: Details | null
  readonly after?: Details | null
}

/** A command's way to the audit: `record` writes with the change, `note` says what the door's own record carries. */
export interface AuditTrail {
  readonly record: (tx: Tx, entry: AuditEntry) => Promise<void>
  readonly note: (entry: AuditEntry) => void
  /** Writes the intent of a `gate` command, once; nothing irrevocable may happen before it resolves. */
  readonly begun: () => Promise<void>
}

/** What every handler gets beside its input. */
export interface CallContext {
  readonly actor: Actor
  readonly signal: AbortSignal
  readonly emit: <E extends EventName>(event: E, payload: Events[E]) => void
  readonly audit: AuditTrail
}

export type Encryption = 'ldaps' | 'starttls' | 'none'

/** The directory's settings, parsed; DNs are absolute, empty strings are `null`. Times are seconds. */
export interface LdapSettings {
  readonly enabled: boolean
  readonly servers: readonly {
    readonly host: string
    readonly port: number
    readonly encryption: Encryption
  }[]
  readonly tlsServerName: string | null
  readonly caFile: string | null
  readonly timeout: number
  readonly bindDn: string | null
  readonly bindPassword: string | null
  /** The stored password is not for this server; it must be typed. */
  readonly bindPasswordWithheld?: boolean
  readonly allowAnonymous: boolean
  readonly allowPlaintext: boolean
  readonly baseDn: string
  readonly userBase: string
  readonly userObjectClass: string
  readonly userFilter: string | null
  readonly loginAttribute: string
  readonly emailAttribute: string
  readonly firstNameAttribute: string
  readonly lastNameAttribute: string
  readonly uuidAttribute: string | null
  readonly groupBase: string
  readonly groupObjectClass: string
  readonly groupMemberAttribute: string
  readonly nestedGroups: boolean
  readonly requiredGroup: string | null
  readonly roleGroups: readonly { readonly role: 'admin' | 'helpdesk' | 'auditor'; readonly group: string }[]
  readonly pageSize: number
  readonly emailTrusted: boolean
  /**
   * What was given and could not be read. Defaults stand in its place, so that nothing may be asked with these settings:
   * without its filter or its group a directory would answer for everybody. A secret's value is null.
   */
  readonly invalid?: readonly {
    readonly setting: string
    readonly value: string | null
    readonly message: string
  }[]
}

/** One OpenID provider's settings, parsed. Times are seconds. */
export interface OidcSettings {
  readonly slug: string
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  /** The stored secret is not for this provider; it must be typed. */
  readonly clientSecretWithheld?: boolean
  readonly scopes: readonly string[]
  readonly usernameClaim: string
  readonly fullNameClaim: string
  readonly emailClaim: string
  readonly groupsClaim: string | null
  readonly adminGroup: string | null
  readonly adminEmails: readonly string[]
  readonly adminEmailDomains: readonly string[]
  readonly roleGroupMap: Readonly<Record<string, Role>>
  readonly roleSyncMode: 'sync' | 'additive'
  readonly allowedEmails: readonly string[]
  readonly allowedDomains: readonly string[]
  readonly allowedGroups: readonly string[]
  readonly autoProvision: boolean
  readonly redirectUri: string | null
  readonly loopback: {
    readonly host: '127.0.0.1' | '[::1]' | 'localhost'
    readonly ports: readonly number[]
    readonly path: string
  }
  /** Where the provider sends the browser after its own sign-out; null: nobody is signed out there. */
  readonly postLogout: {
    readonly uri: string
    /** Where Authdesk listens for it; null where the address is another program's. */
    readonly loopback: OidcSettings['loopback'] | null
  } | null
  readonly caFile: string | null
  /** The setting that gives this provider a file of authorities. */
  readonly caSetting: string
  readonly timeout: number
  readonly retries: number
  readonly retryDelay: number
  readonly missing: readonly string[]
}

/** The governing profile's settings, parsed and derived. `method` is null while they are invalid. */
export interface Settings {
  readonly method: AuthMethod | null
  readonly profile: { readonly name: string; readonly production: boolean; readonly file: string | null }
  readonly hideLocalLogin: boolean
  readonly selfRegister: boolean
  readonly adminUsernames: readonly string[]
  readonly passwordMinLength: number
  readonly sessionHours: number
  /** After so many minutes without a sign of life the console locks. */
  readonly idleMinutes: number
  /** How long audit records are kept, in days. */
  readonly auditDays: number
  /** The application's own database; `place` is null where the profile names none. */
  readonly application: {
    readonly place: ApplicationPlace | null
    readonly password: string | null
    /** A table described by hand; null: the kind is recognised. */
    readonly columns: HandMapping | null
  }
  readonly ldap: LdapSettings
  /** When the directory is synchronised by itself, as a cron expression; null: never. */
  readonly syncSchedule: string | null
  readonly oidc: readonly OidcSettings[]
  readonly oidcEnabled: boolean
  readonly views: readonly SettingView[]
  readonly findings: readonly Finding[]
}

/** A person as the directory knows them. `roles` is null where no mapping is configured or a check was incomplete. */
export interface DirectoryPerson {
  readonly directory: string
  readonly entryId: string
  readonly dn: string
  readonly username: string
  readonly email: string | null
  readonly fullName: string | null
  readonly roles: readonly Role[] | null
  readonly attributes: Readonly<Record<string, readonly string[]>>
}

/**
 * The directory as sign-in sees it; every failure is an `AppError` with its `LDAP_…` code, outages included.
 * `signIn` does service bind, search, group check and user bind over the same verified channel.
 */
export interface Directory {
  readonly lookUp: (username: string, signal: AbortSignal) => Promise<DirectoryPerson>
  /** Everything that `signIn` asks but the person's bind: no password, and the same refusals. */
  readonly judge: (username: string, signal: AbortSignal) => Promise<DirectoryPerson>
  readonly signIn: (
    /** `onSent` is called right before the person's password leaves this computer. */
    who: { username: string; password: string; onSent?: () => void },
    signal: AbortSignal,
  ) => Promise<DirectoryPerson>
}

/** A person as an identity provider vouches for them, after every check of the ID token. */
export interface OidcPerson {
  readonly slug: string
  readonly issuer: string
  readonly subject: string
  /** What the account would be called: the user-name claim, or what stands in for it. */
  readonly username: string | null
  /** The user-name claim alone; nothing that stands in for it names an account that awaits its identity. */
  readonly login: string | null
  readonly email: string | null
  readonly emailVerified: boolean
  readonly fullName: string | null
  readonly picture: string | null
  readonly roles: readonly Role[] | null
  readonly claims: Details
}

export interface OidcProgress {
  readonly step: 'discovering' | 'browser' | 'callback' | 'token'
  readonly authorizationUrl: string | null
}

/** What a provider gives for asking again later (`offline_access`); `expiresIn` is the access token's life in seconds. */
export interface OidcGrant {
  readonly refreshToken: string
  readonly subject: string
  readonly expiresIn: number
}

/**
 * What it takes to sign out at the provider too (OpenID Connect RP-Initiated Logout 1.0 §2): the ID token as the hint whose
 * session is meant, and where; null where the provider offers no sign-out. Kept in memory only.
 */
export interface OidcLeave {
  readonly idToken: string
  readonly endpoint: string | null
}

/** A whole sign-in through the system browser; failures are `AppError`s with their `OIDC_…` code. */
export interface OidcSignIn {
  readonly signIn: (
    provider: OidcSettings,
    run: {
      signal: AbortSignal
      onProgress: (progress: OidcProgress) => void
      prompt: 'login' | null
      /** The person must sign in there now (`max_age=0`), and `auth_time` must say so. */
      fresh?: true
      /** Is given the refresh token, where one came: it is no part of the person. */
      onGrant?: (grant: OidcGrant) => void
      /** Is given what a sign-out there takes: it is no part of the person either. */
      onLeave?: (leave: OidcLeave) => void
    },
  ) => Promise<OidcPerson>
  /**
   * Asks whether the person may still be signed in (OpenID Connect Core §12); the answer holds the token to ask with
   * next time. `OIDC_SESSION_REVOKED`: no.
   */
  readonly renew: (
    provider: OidcSettings,
    grant: Pick<OidcGrant, 'refreshToken' | 'subject'>,
    signal: AbortSignal,
  ) => Promise<OidcGrant>
}

/** The provider's own sign-out, in the system browser; failures are `AppError`s with their `OIDC_…` code. */
export interface OidcSignOut {
  /** Resolves once the browser came back or was given up; `onOpened` is called once it shows the provider's page. */
  readonly signOut: (
    provider: OidcSettings,
    leave: OidcLeave,
    run: { signal: AbortSignal; onOpened: () => void },
  ) => Promise<'returned' | 'not returned'>
}
