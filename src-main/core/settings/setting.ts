import type { Kind } from './kinds'

/** Where a setting stands in the reference and in the summary. */
export type SettingGroup =
  | 'general'
  | 'passwords'
  | 'application'
  | 'ldap-server'
  | 'ldap-bind'
  | 'ldap-people'
  | 'ldap-groups'
  | 'ldap-trust'
  | 'ldap-sync'
  | 'oidc-provider'
  | 'oidc-claims'
  | 'oidc-roles'
  | 'oidc-access'
  | 'oidc-redirect'
  | 'oidc-network'

/** One setting. Without a default it is `null` until it is given; texts are English. */
export interface Setting<T = unknown> {
  readonly kind: Kind<T>
  readonly group: SettingGroup
  readonly description: string
  readonly default?: string
  readonly aliases?: readonly string[]
  /** An empty text is a value of its own here; elsewhere it means "not given". */
  readonly empty?: 'is a value'
  /** `not yet`: read and checked, but no part of this version acts on it. */
  readonly effect?: 'not yet'
}

/** The parsed value: never null where there is a default. */
export type ValueOf<S> = S extends { kind: Kind<infer T> }
  ? S extends { default: string }
    ? T
    : T | null
  : never
export type ValuesOf<S> = { readonly [K in keyof S]: ValueOf<S[K]> }
