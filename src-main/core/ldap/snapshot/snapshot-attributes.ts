import type { LdapSettings } from '../../app/ports'
import { identifyingAttributes } from '../directory-kind'
import type { Entry } from '../entry'
import { parseFilter } from '../filter-parser'
import { filterAttributes } from '../filter-parts'
import { personAttributes } from '../person-search'
import { isSecretAttribute } from '../secret-attributes'

/** What a snapshot holds of people and groups: what is mapped, what filters ask for, memberships, and states. */
export function snapshotAttributes(settings: LdapSettings): readonly string[] {
  const { userFilter, groupMemberAttribute } = settings
  const filtered = userFilter === null ? [] : filterAttributes(parseFilter(userFilter))
  const all = [
    ...['objectClass', groupMemberAttribute, 'userPrincipalName'],
    ...personAttributes(settings),
    ...filtered,
  ]
  return allowed(all)
}

/** What says how an entry is named and of which kind it is. */
export const baseAttributes = ['objectClass', 'dc', 'o', 'ou', 'cn', 'l', 'c'] as const

/** What the directory says of itself, without the names of its machines. */
export const rootAttributes = [
  ...identifyingAttributes,
  ...['defaultNamingContext', 'configurationNamingContext', 'schemaNamingContext', 'subschemaSubentry'],
  ...['supportedControl', 'supportedFeatures', 'supportedLDAPVersion', 'supportedSASLMechanisms'],
  ...['domainControllerFunctionality', 'forestFunctionality'],
] as const

export const schemaAttributes = [
  ...['objectClass', 'cn', 'objectClasses', 'attributeTypes', 'ldapSyntaxes'],
  ...['matchingRules', 'matchingRuleUse', 'dITContentRules', 'dITStructureRules', 'nameForms'],
] as const

/** Whatever the settings name, and each once. */
function allowed(names: readonly string[]): readonly string[] {
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]))
  return [...byName.values()].filter((name) => !isSecretAttribute(name))
}

/** A server may send more than it was asked for; it is not kept. */
export function onlyAsked(entry: Entry, asked: readonly string[]): Entry {
  const wanted = new Set(asked.map(baseName))
  const attributes = [...entry.attributes].filter(([name]) => wanted.has(baseName(name)))
  return { dn: entry.dn, attributes: new Map(attributes.filter(([name]) => !isSecretAttribute(name))) }
}

export function baseName(description: string): string {
  return description.toLowerCase().split(';', 1)[0] ?? ''
}
