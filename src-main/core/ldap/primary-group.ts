import type { LdapSettings } from '../app/ports'
import type { DirectoryConnection } from './directory-connection'
import { textOf, valuesOf, type Entry } from './entry'
import { and, equal, type Filter } from './filter'
import { contextOf, type RootDse } from './root-dse'
import { sibling } from './sid'

/**
 * How to find a person's primary group, which lists nobody in its member attribute: Active Directory names it by
 * the last part of its SID, POSIX accounts (RFC 2307) by a number. Null where the entry names none.
 */
export function primaryGroup(settings: LdapSettings, person: Entry): Filter | null {
  const relativeId = textOf(person, 'primaryGroupID')
  const [sid] = valuesOf(person, 'objectSid')
  if (relativeId !== null && /^\d{1,9}$/.test(relativeId) && sid) {
    const group = sibling(sid, Number(relativeId))
    return group && equal('objectSid', group)
  }
  const number = textOf(person, 'gidNumber')
  if (settings.groupMemberAttribute.toLowerCase() !== 'memberuid' || number === null) return null
  return and(equal('objectClass', 'posixGroup'), equal('gidNumber', number))
}

/**
 * The entries that are the person's primary group: one, or none where the entry names none. Domain Users and its like
 * lie beside the people, so the whole naming context is searched where it is known.
 */
export async function primaryGroups(
  connection: DirectoryConnection,
  what: { readonly settings: LdapSettings; readonly person: Entry; readonly rootDse?: RootDse | null },
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const filter = primaryGroup(what.settings, what.person)
  if (!filter) return []
  const base = contextOf(what.rootDse ?? null, what.person.dn) ?? what.settings.baseDn
  const request = { base, scope: 'sub', filter, attributes: ['cn'] } as const
  return (await connection.search({ ...request, sizeLimit: 2, page: null }, signal)).entries
}
