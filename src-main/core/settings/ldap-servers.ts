import { isIPv6 } from 'node:net'
import type { Encryption, LdapSettings } from '../app/ports'
import type { Report } from './findings'
import { isLoopback } from './loopback'

export type LdapServer = LdapSettings['servers'][number]

export interface ServerHints {
  readonly hosts: readonly string[]
  readonly port: number | null
  readonly ssl: boolean | null
  readonly startTls: boolean
}

interface Address {
  readonly scheme: 'ldap' | 'ldaps' | null
  readonly host: string
  readonly port: number | null
}

const hostName = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}.])?$/u
const address = /^(?:(ldaps?):\/\/)?(?:\[([0-9A-Fa-f:.]+)\]|([^\s/:@[\]?#]+))(?::(\d{1,5}))?\/?$/i

/** `host`, `host:port`, `[v6]:port`, a bare IPv6 address, or any of them after `ldap://` or `ldaps://`. */
export function parseAddress(entry: string): Address | null {
  if (isIPv6(entry)) return { scheme: null, host: entry, port: null }
  const [matched, scheme, v6, name, port] = address.exec(entry) ?? []
  const host = v6 ?? name
  if (matched === undefined || host === undefined) return null
  if (v6 === undefined ? !hostName.test(host) : !isIPv6(v6)) return null
  const number = port === undefined ? null : Number(port)
  if (number !== null && (number < 1 || number > 65_535)) return null
  return {
    scheme: scheme === undefined ? null : scheme.toLowerCase() === 'ldaps' ? 'ldaps' : 'ldap',
    host,
    port: number,
  }
}

function encryptionOf(scheme: Address['scheme'], hints: ServerHints): Encryption {
  if (scheme === 'ldaps' || (scheme === null && hints.ssl === true)) return 'ldaps'
  return hints.startTls ? 'starttls' : 'none'
}

function invalidHost(
  report: Report,
  text: 'hostForm' | 'hostConflict',
  values: Record<string, string>,
): null {
  report({ code: 'LDAP_CONFIG_INVALID', severity: 'error', setting: 'LDAP_HOST', text, with: values })
  return null
}

function toServer(entry: string, hints: ServerHints, report: Report): LdapServer | null {
  const parsed = parseAddress(entry)
  if (!parsed) return invalidHost(report, 'hostForm', { value: entry })
  if (parsed.scheme !== null && hints.ssl !== null && hints.ssl !== (parsed.scheme === 'ldaps')) {
    return invalidHost(report, 'hostConflict', { value: entry, ssl: String(hints.ssl) })
  }
  const encryption = encryptionOf(parsed.scheme, hints)
  const port = parsed.port ?? hints.port ?? (encryption === 'ldaps' ? 636 : 389)
  return { host: parsed.host, port, encryption }
}

/** The servers in the order in which they are tried. */
export function ldapServers(hints: ServerHints, report: Report): LdapServer[] {
  const servers = hints.hosts.flatMap((entry) => toServer(entry, hints, report) ?? [])
  const warn = (setting: string, text: 'sslAndTls' | 'portOfPlain' | 'portOfSsl') =>
    report({ code: 'CONFIG_CONTRADICTION', severity: 'warning', setting, text })
  if (hints.startTls && servers.some((server) => server.encryption === 'ldaps'))
    warn('LDAP_USE_TLS', 'sslAndTls')
  if (servers.some((server) => server.encryption === 'ldaps' && server.port === 389))
    warn('LDAP_PORT', 'portOfPlain')
  if (servers.some((server) => server.encryption !== 'ldaps' && server.port === 636))
    warn('LDAP_PORT', 'portOfSsl')
  return servers
}

/** Passwords over an unencrypted connection to another machine are refused, or a risk that was chosen. */
export function checkPlaintext(servers: readonly LdapServer[], allowed: boolean, report: Report): void {
  const open = servers.find((server) => server.encryption === 'none' && !isLoopback(server.host))
  if (!open) return
  report({
    code: 'CONFIG_INSECURE',
    severity: 'warning',
    setting: allowed ? 'LDAP_ALLOW_PLAINTEXT' : 'LDAP_USE_TLS',
    text: allowed ? 'plaintextAllowed' : 'plaintext',
    with: { host: open.host },
  })
}
