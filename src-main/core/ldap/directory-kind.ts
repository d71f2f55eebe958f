import type { DirectoryKind } from '../../contract/ldap'
import { textOf, textsOf, type Entry } from './entry'

/** Which directory this is, and what it calls itself. */
export interface DirectoryIdentity {
  readonly kind: DirectoryKind
  readonly product: string | null
}

/** LDAP_CAP_ACTIVE_DIRECTORY_OID (MS-ADTS section 3.1.1.3.4.3.1); Samba's domain controllers announce it too. */
const activeDirectory = '1.2.840.113556.1.4.800'
/** FreeIPA's own extended operations. */
const ipaOperations = '2.16.840.1.113730.3.8.10.'

/** What a root DSE must be asked for so that its kind can be told. */
export const identifyingAttributes = [
  ...['objectClass', 'structuralObjectClass', 'vendorName', 'vendorVersion', 'namingContexts'],
  ...['supportedCapabilities', 'supportedExtension', 'rootDomainNamingContext', 'domainFunctionality'],
  ...['ipaTopologyPluginVersion', 'ipaDomainLevel'],
] as const

const recognised: readonly (readonly [DirectoryKind, (rootDse: Entry) => boolean])[] = [
  ['activeDirectory', isActiveDirectory],
  ['freeipa', isFreeIpa],
  ['389ds', (rootDse) => /\b389\b|\b(?:fedora|red hat)[ -]directory/i.test(vendorOf(rootDse))],
  ['lldap', (rootDse) => /\blldap(?:\b|_)/i.test(vendorOf(rootDse))],
  ['openldap', isOpenLdap],
]

const names: Readonly<Record<DirectoryKind, string | null>> = {
  activeDirectory: 'Active Directory',
  openldap: 'OpenLDAP',
  '389ds': '389 Directory Server',
  freeipa: 'FreeIPA',
  lldap: 'lldap',
  other: null,
}

/** Recognises the directory from what its root DSE (RFC 4512 section 5.1) announces. */
export function identify(rootDse: Entry): DirectoryIdentity {
  const kind = recognised.find(([, fits]) => fits(rootDse))?.[0] ?? 'other'
  const vendor = vendorOf(rootDse)
  return { kind, product: productOf(names[kind], vendor) }
}

function productOf(name: string | null, vendor: string): string | null {
  if (name === null) return vendor === '' ? null : vendor
  return vendor === '' || vendor.toLowerCase() === name.toLowerCase() ? name : `${name} (${vendor})`
}

function vendorOf(rootDse: Entry): string {
  return ['vendorName', 'vendorVersion']
    .map((attribute) => textOf(rootDse, attribute))
    .filter((part) => part !== null)
    .join(' ')
}

/** A domain controller also where it keeps its capabilities to itself. */
function isActiveDirectory(rootDse: Entry): boolean {
  if (textsOf(rootDse, 'supportedCapabilities').includes(activeDirectory)) return true
  const domain = ['rootDomainNamingContext', 'domainFunctionality']
  return domain.every((attribute) => textOf(rootDse, attribute) !== null)
}

/** FreeIPA is a 389 Directory Server with plug-ins of its own. */
function isFreeIpa(rootDse: Entry): boolean {
  const own = ['ipaTopologyPluginVersion', 'ipaDomainLevel']
  return (
    own.some((attribute) => textOf(rootDse, attribute) !== null) ||
    textsOf(rootDse, 'supportedExtension').some((oid) => oid.startsWith(ipaOperations)) ||
    textsOf(rootDse, 'namingContexts').some((context) => context.toLowerCase() === 'o=ipaca')
  )
}

function isOpenLdap(rootDse: Entry): boolean {
  const classes = [...textsOf(rootDse, 'objectClass'), ...textsOf(rootDse, 'structuralObjectClass')]
  return (
    classes.some((name) => name.toLowerCase() === 'openldaprootdse') || /openldap/i.test(vendorOf(rootDse))
  )
}
