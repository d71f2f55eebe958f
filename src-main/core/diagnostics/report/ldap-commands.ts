import { isIP } from 'node:net'
import type { Code } from '../../../contract/errors'
import type { Ladder } from '../../../contract/ldap'
import type { LdapSettings } from '../../app/ports'
import { formatFilter, type Filter } from '../../ldap/filter'
import { everybodyFilter, personAttributes, personFilters } from '../../ldap/person-search'
import { isLoopback } from '../../settings/loopback'
import type { Scrub } from './scrub'
import type { ShellPart, ShellValue } from './shell-line'

export interface LdapLinesOf {
  readonly settings: LdapSettings
  readonly ladder: Ladder
  /** Who was looked up; null: nobody. */
  readonly user: string | null
  /** The test asked only whether a name without a password is accepted. */
  readonly probe: 'empty-password' | null
  readonly scrub: Scrub
}

export type LdapPurpose = 'certificates' | 'rootDse' | 'bind' | 'users' | 'user' | 'userbind'
export type Line<P> = readonly [purpose: P, parts: readonly ShellPart[]]

interface Server {
  readonly host: string
  readonly port: number
}

/** The lines of OpenSSL's and OpenLDAP's tools that ask the server what the test asked; none where a file was asked. */
export function ldapLines(run: LdapLinesOf): readonly Line<LdapPurpose>[] {
  const { host, port, encryption } = run.ladder.target
  if (host === null || port === null) return []
  const server = { host, port }
  const ldapsearch = toolOf(run, server, 'ldapsearch')
  const certificates: Line<LdapPurpose>[] =
    encryption === 'none' ? [] : [['certificates', openssl(run, server)]]
  const open = [...certificates, ['rootDse', [...ldapsearch, "-LLL -s base -b '' '*' '+'"]]] as const
  if (run.probe !== null || !mayBind(run, server)) return open
  const whoami = toolOf(run, server, 'ldapwhoami')
  return [
    ...open,
    ['bind', [...whoami, ...asService(run)]],
    ...searches(run, [...ldapsearch, ...asService(run)]),
    ...ownBind(run, whoami),
  ]
}

const safe = ({ scrub }: LdapLinesOf, text: string): ShellValue => ({ value: scrub(text) })

/** As in the test: a password goes over an encrypted connection, within this computer, or where the settings allow it. */
function mayBind({ settings, ladder }: LdapLinesOf, { host }: Server): boolean {
  if (settings.bindDn === null && !settings.allowAnonymous) return false
  return ladder.target.encryption !== 'none' || isLoopback(host) || settings.allowPlaintext
}

/** `-W` has the tool ask for the password. */
function asService(run: LdapLinesOf): ShellPart[] {
  const { bindDn } = run.settings
  return bindDn === null ? [] : ['-D', safe(run, bindDn), '-W']
}

const bracketed = (host: string) => (isIP(host) === 6 ? `[${host}]` : host)

/** Whatever a person's ldap.conf says: what is not trusted, or does not encrypt, is asked nothing. */
function toolOf(run: LdapLinesOf, { host, port }: Server, tool: string): ShellPart[] {
  const { caFile } = run.settings
  const { encryption } = run.ladder.target
  const authorities = caFile === null ? [] : [{ ...safe(run, caFile), variable: 'LDAPTLS_CACERT' }]
  const scheme = encryption === 'ldaps' ? 'ldaps' : 'ldap'
  return [
    ...(encryption === 'none' ? [] : ['LDAPTLS_REQCERT=demand', ...authorities]),
    ...[tool, '-x -H', safe(run, `${scheme}://${bracketed(host)}:${port}`)],
    ...(encryption === 'starttls' ? ['-ZZ'] : []),
  ]
}

function openssl(run: LdapLinesOf, { host, port }: Server): ShellPart[] {
  const { tlsServerName, caFile } = run.settings
  const name = tlsServerName ?? host
  const expected: ShellPart[] =
    isIP(name) === 0
      ? ['-servername', safe(run, name), '-verify_hostname', safe(run, name)]
      : ['-noservername -verify_ip', safe(run, name)]
  return [
    ...['openssl s_client -connect', safe(run, `${bracketed(host)}:${port}`)],
    ...(run.ladder.target.encryption === 'starttls' ? ['-starttls ldap'] : []),
    ...expected,
    ...(caFile === null ? [] : ['-CAfile', safe(run, caFile)]),
    '-verify_return_error -showcerts < /dev/null',
  ]
}

const pageRefusals: readonly (Code | null)[] = [
  'LDAP_ADMIN_LIMIT',
  'LDAP_PAGING_UNSUPPORTED',
  'LDAP_SIZE_LIMIT',
]

function searches(run: LdapLinesOf, ldapsearch: readonly ShellPart[]): Line<LdapPurpose>[] {
  const { settings, ladder, user } = run
  // A filter that is none is what the stage `config` reports.
  if (ladder.stages.some(({ id, status }) => id === 'config' && status === 'failed')) return []
  const refused = pageRefusals.includes(ladder.stages.find(({ id }) => id === 'users')?.code ?? null)
  const size = refused ? `-z ${settings.pageSize}` : `-E pr=${settings.pageSize}/noprompt`
  const within = [...ldapsearch, '-LLL -o ldif-wrap=no', '-b', safe(run, settings.userBase), '-s sub']
  const asked = (filter: Filter) => safe(run, formatFilter(filter))
  const attributes = personAttributes(settings).map((attribute) => safe(run, attribute))
  const person = user === null ? [] : personFilters(settings, user, ladder.directory?.kind)
  return [
    ['users', [...within, size, asked(everybodyFilter(settings)), '1.1']],
    ...person.map((filter): Line<LdapPurpose> => ['user', [...within, '-z 2', asked(filter), ...attributes]]),
  ]
}

function ownBind(run: LdapLinesOf, whoami: readonly ShellPart[]): Line<LdapPurpose>[] {
  const { user } = run.ladder
  return user === undefined ? [] : [['userbind', [...whoami, '-D', safe(run, user.dn), '-W']]]
}
