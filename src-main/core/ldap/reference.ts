import { parseRdns } from './dn-parser'

/** Active Directory's partitions of name service and configuration: every search from the domain's top names them. */
const partitions = /^(?:DomainDnsZones|ForestDnsZones|Configuration|Schema)$/i

/** Whether groups of people may stand where a search continuation (an LDAP URL, RFC 4516) leads. */
export function mayHoldGroups(reference: string): boolean {
  const path = /^ldaps?:\/\/[^/]*\/([^?]*)/i.exec(reference)?.[1] ?? ''
  const parsed = parseRdns(decoded(path))
  const first = parsed.ok ? parsed.dn[0]?.[0]?.value : undefined
  return first === undefined || !partitions.test(first)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
