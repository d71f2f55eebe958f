import { isIP } from 'node:net'
import type { LdapSettings } from '../app/ports'
import type { Texts } from '../app/texts'
import { formatFilter } from './filter'
import { everybodyFilter, personFilters } from './person-search'

/** One word of a POSIX shell, whatever is in it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

const bracketed = (host: string) => (isIP(host) === 6 ? `[${host}]` : host)

type Server = LdapSettings['servers'][number]

/** The part that every tool of OpenLDAP shares; `-W` asks for the password. */
function toolArguments(settings: LdapSettings, server: Server, dn: string | null): string[] {
  const scheme = server.encryption === 'ldaps' ? 'ldaps' : 'ldap'
  const address = `${scheme}://${bracketed(server.host)}:${server.port}`
  return [
    ...['-x', '-H', address],
    ...(server.encryption === 'starttls' ? ['-ZZ'] : []),
    ...(dn === null ? [] : ['-D', dn, '-W']),
  ]
}

function toolLine(settings: LdapSettings, server: Server, words: readonly string[]): string {
  const trust =
    settings.caFile === null || server.encryption === 'none'
      ? ''
      : `LDAPTLS_CACERT=${shellWord(settings.caFile)} `
  return trust + words.map(shellWord).join(' ')
}

function certificateLine(settings: LdapSettings, { host, port, encryption }: Server): string {
  const name = settings.tlsServerName ?? host
  const isAddress = isIP(name) !== 0
  const words = [
    ...['openssl', 's_client', '-connect', `${bracketed(host)}:${port}`],
    ...(encryption === 'starttls' ? ['-starttls', 'ldap'] : []),
    ...(isAddress ? ['-noservername', '-verify_ip', name] : ['-servername', name, '-verify_hostname', name]),
    ...(settings.caFile === null ? [] : ['-CAfile', settings.caFile]),
    ...['-showcerts', '-verify_return_error'],
  ]
  return `${words.map(shellWord).join(' ')} </dev/null`
}

export interface ToolLine {
  readonly purpose: string
  readonly line: string
}

/** What asks the same as the test with the tools of OpenLDAP and OpenSSL; every password is prompted for. */
export function toolLines(
  t: Texts,
  settings: LdapSettings,
  asked: { readonly user: string | null; readonly dn: string | null },
): ToolLine[] {
  return settings.servers.flatMap((server) => {
    const tool = (name: string, dn: string | null, more: readonly string[] = []) =>
      toolLine(settings, server, [name, ...toolArguments(settings, server, dn), ...more])
    const search = (more: readonly string[]) => tool('ldapsearch', settings.bindDn, ['-LLL', ...more])
    const below = ['-b', settings.userBase, '-s', 'sub']
    const [byName] = asked.user === null ? [] : personFilters(settings, asked.user)
    const about = [settings.loginAttribute, settings.emailAttribute, 'memberOf']
    const page = ['-E', `pr=${settings.pageSize}/noprompt`]
    const lines = [
      ...(server.encryption === 'none' ? [] : [['certificates', certificateLine(settings, server)] as const]),
      [
        'rootdse',
        tool('ldapsearch', null, ['-LLL', '-s', 'base', '-b', '', '(objectClass=*)', '+']),
      ] as const,
      ['bind', tool('ldapwhoami', settings.bindDn)] as const,
      ['users', search([...page, ...below, formatFilter(everybodyFilter(settings)), '1.1'])] as const,
      ...(byName ? [['user', search([...below, formatFilter(byName), ...about])] as const] : []),
      ...(asked.dn === null ? [] : [['userbind', tool('ldapwhoami', asked.dn)] as const]),
    ]
    const place = `${bracketed(server.host)}:${server.port}`
    return lines.map(([id, line]) => ({ purpose: t(`report.tool.${id}`, { server: place }), line }))
  })
}
