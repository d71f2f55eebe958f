import { AppError } from '../../../contract/errors'
import type { LdapSettings } from '../../app/ports'
import { stateAttributes } from '../account-state'
import { isDn } from '../dn'
import { formatFilter, type Filter } from '../filter'
import { parseFilter } from '../filter-parser'
import { hasPlaceholder } from '../person-search'
import type { Aliases } from './aliases'

type Named = Record<string, string>

/** A settings file of its own for the redacted directory: no server that could be asked, no account, only aliases. */
export function redactedSettings(settings: LdapSettings, aliases: Aliases): Named {
  const group = (name: string) => (name.includes('=') && isDn(name) ? aliases.dn(name) : aliases.text(name))
  const roles = settings.roleGroups.map(({ role, group: name }) => [
    `LDAP_${role.toUpperCase()}_GROUP`,
    group(name),
  ])
  const { requiredGroup, userFilter, uuidAttribute } = settings
  return {
    AUTH_METHOD: 'ldap',
    LDAP_HOST: 'ldaps://directory.invalid',
    LDAP_ALLOW_ANONYMOUS: 'true',
    LDAP_BASE_DN: aliases.dn(settings.baseDn),
    LDAP_USER_DN: aliases.dn(settings.userBase),
    LDAP_USER_OBJECT_CLASS: settings.userObjectClass,
    ...(userFilter === null ? {} : filterSetting(parseFilter(userFilter), aliases)),
    LDAP_USER_LOGIN_ATTR: settings.loginAttribute,
    LDAP_USER_EMAIL_ATTR: settings.emailAttribute,
    LDAP_USER_FNAME_ATTR: settings.firstNameAttribute,
    LDAP_USER_LNAME_ATTR: settings.lastNameAttribute,
    ...(uuidAttribute === null ? {} : { LDAP_UUID_ATTR: uuidAttribute }),
    LDAP_GROUP_DN: aliases.dn(settings.groupBase),
    LDAP_GROUP_OBJECT_CLASS: settings.groupObjectClass,
    LDAP_GROUP_MEMBER_ATTR: settings.groupMemberAttribute,
    LDAP_NESTED_GROUPS: String(settings.nestedGroups),
    ...(requiredGroup === null ? {} : { LDAP_REQUIRED_GROUP: group(requiredGroup) }),
    ...(Object.fromEntries(roles) as Named),
  }
}

/**
 * Nobody is in the file whom the filter leaves out, so that one which aliases cannot say is left away. Where it places
 * the user name itself it decides who is found, and must be kept.
 */
function filterSetting(filter: Filter, aliases: Aliases): Named {
  const kept = inAliases(filter, aliases)
  if (kept) return { LDAP_USER_FILTER: formatFilter(kept) }
  if (!hasPlaceholder(formatFilter(filter))) return {}
  throw new AppError('INVALID_INPUT', { text: 'snapshotFilter', details: { filter: formatFilter(filter) } })
}

const plain: ReadonlySet<string> = new Set(
  ['objectClass', ...stateAttributes].map((name) => name.toLowerCase()),
)

/** Null where a part compares with a piece of a value, or by its order. */
function inAliases(filter: Filter, aliases: Aliases): Filter | null {
  if ('filters' in filter) {
    const filters = filter.filters.map((each) => inAliases(each, aliases))
    return filters.every((each) => each !== null) ? { ...filter, filters } : null
  }
  if (filter.kind === 'not') {
    const inner = inAliases(filter.filter, aliases)
    return inner && { ...filter, filter: inner }
  }
  if (filter.kind === 'present' || plain.has(filter.attribute.toLowerCase())) return filter
  if (filter.kind !== 'equal' && filter.kind !== 'approx') return null
  const { attribute, value } = filter
  if (typeof value !== 'string') return null
  const alias = assertionAlias(attribute.toLowerCase(), value, aliases)
  return alias === null ? null : { ...filter, value: alias }
}

/** What is compared with bytes or numbers has other aliases than text. */
function assertionAlias(name: string, value: string, aliases: Aliases): string | null {
  if (hasPlaceholder(value)) return /^(?:\{username\}|%\[1\]s|%s)$/.test(value) ? value : null
  if (/^(?:objectsid|objectguid|primarygroupid|gidnumber|objectcategory)$/.test(name)) return null
  return value.includes('=') ? aliases.dn(value) : aliases.text(value)
}
