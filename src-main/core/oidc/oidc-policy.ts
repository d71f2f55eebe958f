import type { OidcCode } from '../../contract/errors'
import { roles, type Role } from '../../contract/permissions'
import type { OidcSettings } from '../app/ports'

/** What a provider says about a person that decides about access. `null`: the claim was absent, which isn't empty. */
export interface OidcFacts {
  readonly email: string | null
  /** `null`: the provider does not say. */
  readonly emailVerified: boolean | null
  readonly groups: readonly string[] | null
  /** The provider left the groups out because there are too many (Microsoft Entra). */
  readonly groupsOverage: boolean
}

type AllowLists = Pick<OidcSettings, 'allowedEmails' | 'allowedDomains' | 'allowedGroups'>
type Mapping = Pick<OidcSettings, 'adminGroup' | 'adminEmails' | 'roleGroupMap'>

/** Every configured list must let the person in; null means that none objects. Order: e-mails, domains, groups. */
export function refusalOf(facts: OidcFacts, lists: AllowLists): OidcCode | null {
  return (
    refusedByEmail(facts, lists.allowedEmails) ??
    refusedByDomain(facts, lists.allowedDomains) ??
    refusedByGroup(facts, lists.allowedGroups)
  )
}

function refusedByEmail(facts: OidcFacts, allowed: readonly string[]): OidcCode | null {
  if (allowed.length === 0) return null
  if (facts.email === null) return 'OIDC_NO_EMAIL'
  if (!includesFolded(allowed, facts.email)) return 'OIDC_NOT_ALLOWED_EMAIL'
  return facts.emailVerified === true ? null : 'OIDC_EMAIL_UNVERIFIED'
}

function refusedByDomain(facts: OidcFacts, allowed: readonly string[]): OidcCode | null {
  if (allowed.length === 0) return null
  if (facts.email === null) return 'OIDC_NO_EMAIL'
  if (!isOfDomain(facts.email, allowed)) return 'OIDC_NOT_ALLOWED_DOMAIN'
  return facts.emailVerified === true ? null : 'OIDC_EMAIL_UNVERIFIED'
}

function refusedByGroup(facts: OidcFacts, allowed: readonly string[]): OidcCode | null {
  if (allowed.length === 0) return null
  if (facts.groups === null) return facts.groupsOverage ? 'OIDC_GROUPS_OVERAGE' : 'OIDC_NOT_ALLOWED_GROUP'
  return facts.groups.some((group) => includesFolded(allowed, group)) ? null : 'OIDC_NOT_ALLOWED_GROUP'
}

/**
 * The roles that the mappings give, `[]` for none; null (change nothing) where no mapping is configured or a claim
 * that one of them needs is absent. Groups that grant are compared exactly, case included.
 */
export function mappedRoles(facts: OidcFacts, mapping: Mapping): readonly Role[] | null {
  const byGroup = mapping.adminGroup !== null || Object.keys(mapping.roleGroupMap).length > 0
  const byEmail = mapping.adminEmails.length > 0
  if (!byGroup && !byEmail) return null
  if (byGroup && facts.groups === null) return null
  if (byEmail && (facts.email === null || facts.emailVerified === null)) return null
  const granted = new Set<Role>()
  for (const group of facts.groups ?? []) {
    if (group === mapping.adminGroup) granted.add('admin')
    const role = Object.hasOwn(mapping.roleGroupMap, group) ? mapping.roleGroupMap[group] : undefined
    if (role !== undefined) granted.add(role)
  }
  if (isVerifiedOneOf(facts, mapping.adminEmails)) granted.add('admin')
  return roles.filter((role) => granted.has(role))
}

function isVerifiedOneOf(facts: OidcFacts, emails: readonly string[]): boolean {
  return facts.email !== null && facts.emailVerified === true && includesFolded(emails, facts.email)
}

/** For the first provisioning only: a verified address of an administrators' domain. */
export function isOfAdminDomain(
  person: { readonly email: string | null; readonly emailVerified: boolean },
  provider: Pick<OidcSettings, 'adminEmailDomains'>,
): boolean {
  return person.email !== null && person.emailVerified && isOfDomain(person.email, provider.adminEmailDomains)
}

function isOfDomain(email: string, domains: readonly string[]): boolean {
  const at = email.lastIndexOf('@')
  if (at < 1) return false
  return includesFolded(
    domains.map((domain) => domain.replace(/^@/, '')),
    email.slice(at + 1),
  )
}

function includesFolded(list: readonly string[], value: string): boolean {
  const folded = fold(value)
  return list.some((entry) => fold(entry) === folded)
}

function fold(value: string): string {
  return value.trim().normalize('NFKC').toLowerCase()
}
