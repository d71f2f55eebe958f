import type { Role } from '../../contract/permissions'
import type { DirectoryPerson, LdapSettings } from '../app/ports'
import { foldName } from '../users/folded-name'
import { normaliseDn } from './dn'
import { textOf, textsOf, valuesOf, type Entry } from './entry'
import { formatGuid, parseGuid } from './guid'

/** Where directories keep what never changes about an entry: OpenLDAP, Active Directory, 389 DS, FreeIPA. */
export const uuidAttributes = ['entryUUID', 'objectGUID', 'nsUniqueId', 'ipaUniqueID'] as const

export interface MappedPerson {
  readonly directory: string
  readonly roles: readonly Role[] | null
}

/** An entry as a person. `email` is null where the attribute holds no address. */
export function mapPerson(entry: Entry, settings: LdapSettings, known: MappedPerson): DirectoryPerson {
  return { ...mapFields(entry, settings, known), attributes: mappedAttributes(entry, settings) }
}

/** A person without the attributes that they come from. */
export function mapFields(
  entry: Entry,
  settings: LdapSettings,
  known: MappedPerson,
): Omit<DirectoryPerson, 'attributes'> {
  return {
    directory: known.directory,
    entryId: entryId(entry, settings),
    dn: entry.dn,
    username: usernameOf(entry, settings),
    email: emailOf(entry, settings),
    fullName: fullNameOf(entry, settings),
    roles: known.roles,
  }
}

/** The entry's unchanging id; its normalised DN where the directory has none. */
export function entryId(entry: Entry, settings: LdapSettings): string {
  const candidates = settings.uuidAttribute === null ? uuidAttributes : [settings.uuidAttribute]
  for (const attribute of candidates) {
    const [value] = valuesOf(entry, attribute)
    if (!value || value.length === 0) continue
    return attribute.toLowerCase() === 'objectguid' ? guidText(value) : plain(value)
  }
  return normaliseDn(entry.dn)
}

/** Stored bytes, or the text that some exports put in their place: one spelling for one identity. */
function guidText(value: Buffer): string {
  const bytes = value.length === 16 ? value : parseGuid(value.toString('utf8'))
  return bytes ? formatGuid(bytes) : plain(value)
}

function plain(value: Buffer): string {
  return value.toString('utf8').trim().toLowerCase()
}

export function usernameOf(entry: Entry, settings: LdapSettings): string {
  return foldName(textOf(entry, settings.loginAttribute) ?? '')
}

function emailOf(entry: Entry, settings: LdapSettings): string | null {
  const email = textOf(entry, settings.emailAttribute)?.toLowerCase() ?? null
  return email !== null && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null
}

function fullNameOf(entry: Entry, settings: LdapSettings): string | null {
  const parts = [textOf(entry, settings.firstNameAttribute), textOf(entry, settings.lastNameAttribute)]
  const joined = parts.filter((part) => part !== null).join(' ')
  return joined === '' ? (textOf(entry, 'displayName') ?? textOf(entry, 'cn')) : joined
}

function mappedAttributes(entry: Entry, settings: LdapSettings): Record<string, readonly string[]> {
  const names = [
    ...[settings.loginAttribute, settings.emailAttribute],
    ...[settings.firstNameAttribute, settings.lastNameAttribute, 'memberOf'],
  ]
  const present = names.map((name) => [name, textsOf(entry, name)] as const)
  return Object.fromEntries(present.filter(([, values]) => values.length > 0))
}
