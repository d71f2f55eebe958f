import { readEntry, type DirectoryConnection } from './directory-connection'
import { identify, identifyingAttributes, type DirectoryIdentity } from './directory-kind'
import { isWithin, normaliseDn } from './dn'
import { textOf, textsOf, type Entry } from './entry'
import { anything } from './filter'

/** What a directory says about itself (RFC 4512 section 5.1). */
export interface RootDse extends DirectoryIdentity {
  readonly namingContexts: readonly string[]
  /** Where Active Directory and 389 Directory Server keep people; null where none is named. */
  readonly defaultNamingContext: string | null
  readonly paging: 'supported' | 'unsupported'
  readonly announced?: Announced
}

/** What it says that it can do, as it says it. */
export interface Announced {
  readonly controls: readonly string[]
  readonly extensions: readonly string[]
  readonly mechanisms: readonly string[]
  readonly versions: readonly string[]
  /** Its clock ([MS-ADTS] §3.1.1.3.2.3), which few directories tell. */
  readonly currentTime: string | null
}

const pagedResults = '1.2.840.113556.1.4.319'
const attributes = [
  ...[...identifyingAttributes, 'defaultNamingContext', 'supportedControl'],
  ...['supportedSASLMechanisms', 'supportedLDAPVersion', 'currentTime'],
]

export async function readRootDse(
  connection: DirectoryConnection,
  signal: AbortSignal,
): Promise<RootDse | null> {
  const entry = await readEntry(connection, { dn: '', filter: anything, attributes }, signal)
  return entry && rootDseOf(entry)
}

export function rootDseOf(entry: Entry): RootDse {
  return {
    ...identify(entry),
    namingContexts: textsOf(entry, 'namingContexts'),
    defaultNamingContext: textOf(entry, 'defaultNamingContext'),
    paging: textsOf(entry, 'supportedControl').includes(pagedResults) ? 'supported' : 'unsupported',
    announced: announcedBy(entry),
  }
}

function announcedBy(entry: Entry): Announced {
  return {
    controls: textsOf(entry, 'supportedControl'),
    extensions: textsOf(entry, 'supportedExtension'),
    mechanisms: textsOf(entry, 'supportedSASLMechanisms'),
    versions: textsOf(entry, 'supportedLDAPVersion'),
    currentTime: textOf(entry, 'currentTime'),
  }
}

/** The naming context that holds a name; the longest where several do, null where none does. */
export function contextOf(rootDse: RootDse | null, dn: string): string | null {
  const holding = (rootDse?.namingContexts ?? [])
    .filter((context) => context !== '' && isWithin(dn, context))
    .sort((one, other) => normaliseDn(other).length - normaliseDn(one).length)
  return holding[0] ?? null
}

/**
 * The directory's identity: the naming context that holds the base, normalised. Without one it is the base itself.
 */
export function directoryName(rootDse: RootDse | null, baseDn: string): string {
  return normaliseDn(contextOf(rootDse, baseDn) ?? baseDn)
}
