import { readEntry, type DirectoryConnection } from './directory-connection'
import { isWithin, normaliseDn } from './dn'
import { textOf, textsOf, type Entry } from './entry'
import { anything } from './filter'

/** What a directory says about itself (RFC 4512 section 5.1). */
export interface RootDse {
  readonly namingContexts: readonly string[]
  readonly product: string | null
  readonly paging: 'supported' | 'unsupported'
}

const pagedResults = '1.2.840.113556.1.4.319'
const activeDirectory = '1.2.840.113556.1.4.800'
const attributes = [
  ...['namingContexts', 'supportedControl', 'supportedCapabilities', 'vendorName', 'vendorVersion'],
  ...['objectClass', 'structuralObjectClass'],
]

export async function readRootDse(
  connection: DirectoryConnection,
  signal: AbortSignal,
): Promise<RootDse | null> {
  const entry = await readEntry(connection, { dn: '', filter: anything, attributes }, signal)
  if (!entry) return null
  return {
    namingContexts: textsOf(entry, 'namingContexts'),
    product: productOf(entry),
    paging: textsOf(entry, 'supportedControl').includes(pagedResults) ? 'supported' : 'unsupported',
  }
}

function productOf(entry: Entry): string | null {
  if (textsOf(entry, 'supportedCapabilities').includes(activeDirectory)) return 'Active Directory'
  const classes = [...textsOf(entry, 'objectClass'), ...textsOf(entry, 'structuralObjectClass')]
  if (classes.some((name) => name.toLowerCase() === 'openldaprootdse')) return 'OpenLDAP'
  const vendor = [textOf(entry, 'vendorName'), textOf(entry, 'vendorVersion')]
  return vendor.filter((part) => part !== null).join(' ') || null
}

/**
 * The directory's identity: the naming context that holds the base, normalised; the longest where several do. Without
 * one it is the base itself.
 */
export function directoryName(rootDse: RootDse | null, baseDn: string): string {
  const holding = (rootDse?.namingContexts ?? [])
    .filter((context) => context !== '' && isWithin(baseDn, context))
    .map(normaliseDn)
    .sort((one, other) => other.length - one.length)
  return holding[0] ?? normaliseDn(baseDn)
}
