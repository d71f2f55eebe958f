/** Object identifiers and long names of RFC 4519 section 2, RFC 4524 and PKCS #9, by the short name that stands for them. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  cn: ['2.5.4.3', 'commonname'],
  sn: ['2.5.4.4', 'surname'],
  serialnumber: ['2.5.4.5'],
  c: ['2.5.4.6', 'countryname'],
  l: ['2.5.4.7', 'localityname'],
  st: ['2.5.4.8', 'stateorprovincename'],
  street: ['2.5.4.9', 'streetaddress'],
  o: ['2.5.4.10', 'organizationname'],
  ou: ['2.5.4.11', 'organizationalunitname'],
  title: ['2.5.4.12'],
  description: ['2.5.4.13'],
  businesscategory: ['2.5.4.15'],
  postalcode: ['2.5.4.17'],
  telephonenumber: ['2.5.4.20'],
  name: ['2.5.4.41'],
  givenname: ['2.5.4.42', 'gn'],
  initials: ['2.5.4.43'],
  generationqualifier: ['2.5.4.44'],
  dnqualifier: ['2.5.4.46'],
  uid: ['0.9.2342.19200300.100.1.1', 'userid'],
  mail: ['0.9.2342.19200300.100.1.3', 'rfc822mailbox'],
  dc: ['0.9.2342.19200300.100.1.25', 'domaincomponent'],
  email: ['1.2.840.113549.1.9.1', 'emailaddress', 'e'],
  employeenumber: ['2.16.840.1.113730.3.1.3'],
  displayname: ['2.16.840.1.113730.3.1.241'],
  entryuuid: ['1.3.6.1.1.16.4'],
}

const shortNames: ReadonlyMap<string, string> = new Map(
  Object.entries(spellings).flatMap(([short, others]) => others.map((other) => [other, short] as const)),
)

/** The one spelling of an attribute type: `2.5.4.3`, `OID.2.5.4.3`, `commonName` and `CN` are `cn`. */
export function normaliseType(type: string): string {
  const lower = type.toLowerCase().replace(/^oid\./, '')
  return shortNames.get(lower) ?? lower
}
