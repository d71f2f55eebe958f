import type { AuthMethod, AuthProvider } from '../../contract/app'
import type { Code } from '../../contract/errors'
import type { SignInMethod } from '../../contract/methods'
import type { LdapSettings, OidcSettings, Settings } from '../app/ports'

const modes: Readonly<Record<AuthProvider, readonly AuthMethod[]>> = {
  local: ['none', 'local', 'both', 'all'],
  ldap: ['ldap', 'all'],
  oidc: ['oidc', 'both', 'all'],
}

export function isOn(provider: AuthProvider, method: AuthMethod | null): boolean {
  return method !== null && modes[provider].includes(method)
}

/** The settings that a directory cannot do without. */
export function missingForLdap(ldap: LdapSettings): string[] {
  const missing: string[] = []
  if (ldap.servers.length === 0) missing.push('LDAP_HOST')
  if (ldap.baseDn === '') missing.push('LDAP_BASE_DN')
  if (!ldap.allowAnonymous && ldap.bindDn === null) missing.push('LDAP_BIND_DN')
  if (!ldap.allowAnonymous && ldap.bindPassword === null) missing.push('LDAP_BIND_PASSWORD')
  return missing
}

export interface Seen {
  readonly success: Date | null
  readonly failure: { readonly at: Date; readonly code: Code } | null
}

/** What was found when the method was last tested in this run of the console. */
export type Reached = SignInMethod['reachable']

export interface MethodFacts {
  readonly settings: Settings
  readonly accounts: (provider: AuthProvider, issuer: string | null) => number
  readonly seen: (provider: AuthProvider, slug: string | null) => Seen
  readonly reached: (target: string) => Reached
}

function lastOf(seen: Seen) {
  const failure = seen.failure && { at: seen.failure.at.toISOString(), code: seen.failure.code }
  return { lastSuccess: seen.success?.toISOString() ?? null, lastFailure: failure }
}

function localMethod({ settings, accounts, seen }: MethodFacts): SignInMethod {
  return {
    provider: 'local',
    slug: null,
    name: 'Local',
    on: isOn('local', settings.method),
    configured: true,
    missing: [],
    reachable: null,
    accounts: accounts('local', null),
    ...lastOf(seen('local', null)),
  }
}

function ldapMethod({ settings, accounts, seen, reached }: MethodFacts): SignInMethod {
  const missing = missingForLdap(settings.ldap)
  return {
    provider: 'ldap',
    slug: null,
    name: settings.ldap.servers[0]?.host ?? 'LDAP',
    on: isOn('ldap', settings.method),
    configured: missing.length === 0,
    missing,
    reachable: reached('ldap'),
    accounts: accounts('ldap', null),
    ...lastOf(seen('ldap', null)),
  }
}

function oidcMethod(facts: MethodFacts, provider: OidcSettings): SignInMethod {
  const { settings, accounts, seen, reached } = facts
  return {
    provider: 'oidc',
    slug: provider.slug,
    name: provider.name,
    on: isOn('oidc', settings.method) && settings.oidcEnabled,
    configured: provider.missing.length === 0,
    missing: [...provider.missing],
    reachable: reached(provider.slug),
    accounts: accounts('oidc', provider.issuer),
    ...lastOf(seen('oidc', provider.slug)),
  }
}

/** Every way to sign in with what is known about it: Local, the directory, each OIDC provider. */
export function methodsOf(facts: MethodFacts): SignInMethod[] {
  const { oidc } = facts.settings
  return [localMethod(facts), ldapMethod(facts), ...oidc.map((provider) => oidcMethod(facts, provider))]
}
