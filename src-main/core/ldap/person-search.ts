import { AppError } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { foldName } from '../users/folded-name'
import type { DirectoryKind } from '../../contract/ldap'
import { stateAttributes } from './account-state'
import type { DirectoryConnection } from './directory-connection'
import type { Entry } from './entry'
import { and, anything, equal, formatFilter, mapAssertions, present, type Filter } from './filter'
import { parseFilter } from './filter-parser'
import { uuidAttributes } from './person-mapping'
import { isControl } from './printable'
import { mayHoldGroups } from './reference'
import type { RootDse } from './root-dse'

/** Where a filter of one's own wants the user name; the second form is Vikunja's. */
export const placeholder = /\{username\}|%\[1\]s|%s/g

/**
 * The spellings to try in turn: the folded name as it is, then what is left of `user@domain` and `DOMAIN\user`.
 * The first is tried first, since a directory may keep whole addresses in its login attribute.
 */
export function nameVariants(typed: string): readonly string[] {
  const folded = foldName(typed)
  if (folded === '' || Array.from(folded).some(isControl)) return []
  const domain = /^[^\\]+\\(.+)$/.exec(folded)?.[1]
  const address = /^(.+)@[^@]+$/.exec(folded)?.[1]
  return [folded, domain ?? address].filter((name) => name !== undefined && name !== '') as string[]
}

function classFilter(objectClass: string): Filter {
  return objectClass === '' ? anything : equal('objectClass', objectClass)
}

/** Finds one person: the class, the login attribute and the settings' own filter, which may place the name itself. */
export function personFilter(settings: LdapSettings, name: string): Filter {
  const byClass = classFilter(settings.userObjectClass)
  const byName = equal(settings.loginAttribute, name)
  if (settings.userFilter === null) return and(byClass, byName)
  const own = parseFilter(settings.userFilter)
  if (!hasPlaceholder(settings.userFilter)) return and(byClass, byName, own)
  return and(
    byClass,
    mapAssertions(own, (value) => value.replace(placeholder, () => name)),
  )
}

/**
 * The searches for a person, in the order in which they are tried. Active Directory has a second login name, the user
 * principal name, whose first part need not be the `sAMAccountName`.
 */
export function personFilters(
  settings: LdapSettings,
  typed: string,
  kind: DirectoryKind = 'other',
): readonly Filter[] {
  const names = nameVariants(typed)
  const [whole] = names
  const own = settings.userFilter !== null && hasPlaceholder(settings.userFilter)
  const isLogin = settings.loginAttribute.toLowerCase() === principalName.toLowerCase()
  if (kind !== 'activeDirectory' || whole?.includes('@') !== true || own || isLogin) {
    return names.map((name) => personFilter(settings, name))
  }
  const byPrincipalName = personFilter({ ...settings, loginAttribute: principalName }, whole)
  return [byPrincipalName, ...names.map((name) => personFilter(settings, name))]
}

const principalName = 'userPrincipalName'

/** Finds everybody; where the settings' filter places the user name, any name will do. */
export function everybodyFilter(settings: LdapSettings): Filter {
  const byClass = classFilter(settings.userObjectClass)
  if (settings.userFilter === null) return and(byClass, present(settings.loginAttribute))
  return and(byClass, withoutName(parseFilter(settings.userFilter)))
}

export function hasPlaceholder(text: string): boolean {
  return new RegExp(placeholder.source).test(text)
}

/** What an entry satisfies that the filter would find under one name or another. */
export function withoutName(filter: Filter): Filter {
  if ('filters' in filter) return { ...filter, filters: filter.filters.map(withoutName) }
  if (!hasPlaceholder(formatFilter(filter))) return filter
  return filter.kind === 'not' || filter.kind === 'extensible' ? anything : present(filter.attribute)
}

/** Only what is mapped, memberships and the state of the account; never password material. */
export function personAttributes(settings: LdapSettings): readonly string[] {
  return [
    ...new Set([
      settings.loginAttribute,
      settings.emailAttribute,
      settings.firstNameAttribute,
      settings.lastNameAttribute,
      ...['cn', 'displayName', 'memberOf', 'primaryGroupID', 'objectSid', 'gidNumber'],
      ...(settings.uuidAttribute === null ? uuidAttributes : [settings.uuidAttribute]),
      ...stateAttributes,
    ]),
  ]
}

/**
 * The one entry of a person; none is `LDAP_USER_NOT_FOUND`, more than one `LDAP_USER_AMBIGUOUS`. Where the directory
 * names another partition and finds nobody itself, the person may be there: `LDAP_REFERRAL`.
 */
export async function findPerson(
  connection: DirectoryConnection,
  what: { readonly settings: LdapSettings; readonly name: string; readonly rootDse?: RootDse | null },
  signal: AbortSignal,
): Promise<Entry> {
  const { settings } = what
  const elsewhere = new Set<string>()
  for (const filter of personFilters(settings, what.name, what.rootDse?.kind)) {
    const answer = await connection.search(
      {
        base: settings.userBase,
        scope: 'sub',
        filter,
        attributes: personAttributes(settings),
        sizeLimit: 2,
        page: null,
      },
      signal,
    )
    const [first, second] = answer.entries
    if (second || (first && answer.extent !== 'complete')) {
      const dns = answer.entries.map((entry) => entry.dn)
      throw new AppError('LDAP_USER_AMBIGUOUS', { details: { username: what.name, dns } })
    }
    if (first) return first
    for (const reference of answer.references.filter(mayHoldGroups)) elsewhere.add(reference)
  }
  if (elsewhere.size > 0) {
    const references = [...elsewhere]
    throw new AppError('LDAP_REFERRAL', { details: { base: settings.userBase, references } })
  }
  throw new AppError('LDAP_USER_NOT_FOUND', { details: { base: settings.userBase } })
}
