import type { AuthMethod, AuthProvider } from '../../../src-main/contract/app'

const allowed: Readonly<Record<AuthMethod, readonly AuthProvider[]>> = {
  none: ['local', 'oidc', 'ldap'],
  local: ['local'],
  oidc: ['oidc'],
  ldap: ['ldap'],
  both: ['local', 'oidc'],
  all: ['local', 'oidc', 'ldap'],
}

/** Whether a sign-in mode lets accounts of this provider in; in mode `none` everyone comes in by name. */
export function allowedIn(method: AuthMethod, provider: AuthProvider): boolean {
  return allowed[method].includes(provider)
}
