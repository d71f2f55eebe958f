import { AppError } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { foldName } from '../users/folded-name'
import type { DirectoryConnection } from './directory-connection'
import type { Entry } from './entry'
import { and, anything, equal, formatFilter, mapAssertions, present, type Filter } from './filter'
import { parseFilter } from './filter-parser'
import { uuidAttributes } from './person-mapping'
import { isControl } from './printable'

/** Where a filter of one's own wants the user name; the second form is Vikunja's. */
const placeholder = /\{username\}|%\[1\]s|%s/g

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

/** Finds everybody; where the settings' filter places the user name, any name will do. */
export function everybodyFilter(settings: LdapSettings): Filter {
  const byClass = classFilter(settings.userObjectClass)
  if (settings.userFilter === null) return and(byClass, present(settings.loginAttribute))
  return and(byClass, withoutName(parseFilter(settings.userFilter)))
}

function hasPlaceholder(text: string): boolean {
  return new RegExp(placeholder.source).test(text)
}

/** What an entry satisfies that the filter would find under one name or another. */
function withoutName(filter: Filter): Filter {
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
      ...['userAccountControl', 'accountExpires', 'nsAccountLock', 'pwdAccountLockedTime'],
    ]),
  ]
}

/** The one entry of a person; none is `LDAP_USER_NOT_FOUND`, more than one `LDAP_USER_AMBIGUOUS`. */
export async function findPerson(
  connection: DirectoryConnection,
  what: { readonly settings: LdapSettings; readonly name: string },
  signal: AbortSignal,
): Promise<Entry> {
  const { settings } = what
  for (const name of nameVariants(what.name)) {
    const answer = await connection.search(
      {
        base: settings.userBase,
        scope: 'sub',
        filter: personFilter(settings, name),
        attributes: personAttributes(settings),
        sizeLimit: 2,
        page: null,
      },
      signal,
    )
    const [first, second] = answer.entries
    if (second || (first && answer.extent !== 'complete')) {
      const dns = answer.entries.map((entry) => entry.dn)
      throw new AppError('LDAP_USER_AMBIGUOUS', { details: { username: name, dns } })
    }
    if (first) return first
  }
  throw new AppError('LDAP_USER_NOT_FOUND', { details: { base: settings.userBase } })
}
