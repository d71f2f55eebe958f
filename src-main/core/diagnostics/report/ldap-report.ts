import { isIP } from 'node:net'
import type { Ladder } from '../../../contract/ldap'
import type { ReportSubject } from '../../../contract/reports'
import type { Settings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import { settingOf } from '../../settings/settings-schema'
import { ldapLines, type LdapPurpose, type Line } from './ldap-commands'
import { scrubFor, subjectOf } from './subject'

export interface LdapReported {
  readonly settings: Settings
  readonly ladder: Ladder
  readonly user: string | null
  /** The person's password, which must not show up anywhere. */
  readonly password: string | null
  readonly probe: 'empty-password' | null
  /** The name of the file that took the server's place. */
  readonly against: string | null
  /** Of settings that nobody has saved: the changed ones. */
  readonly changed: readonly string[] | null
}

/** A test of the directory as a report tells it. */
export function ldapSubject(run: LdapReported, texts: Texts): ReportSubject {
  const { settings, ladder, user, probe } = run
  const scrub = scrubFor(settings, [run.password])
  const lines = ldapLines({ settings: settings.ldap, ladder, user, probe, scrub })
  const { ok, summary, stages } = ladder
  return subjectOf<LdapPurpose>(
    {
      ...{ ok, summary, stages, lines },
      name: serverOf(ladder) ?? run.against ?? texts('report.title.ldap'),
      facts: factsOf(run, texts),
      settings: settings.views.filter(({ name }) => isOfLdap(name)),
      notes: notesOf(run, lines, texts),
    },
    { texts, scrub, purpose: (of) => texts(`report.purpose.${of}`) },
  )
}

const isOfLdap = (name: string) =>
  name === 'AUTH_METHOD' || settingOf(name)?.group.startsWith('ldap-') === true

function serverOf({ target: { host, port } }: Ladder): string | null {
  if (host === null) return null
  const name = isIP(host) === 6 ? `[${host}]` : host
  return port === null ? name : `${name}:${port}`
}

function factsOf(run: LdapReported, texts: Texts): (readonly [string, string | null])[] {
  const { ladder, changed } = run
  const { directory, target } = ladder
  const kind = directory && (directory.product ?? texts(`ldap.kind.${directory.kind}`))
  return [
    [texts('report.facts.server'), serverOf(ladder)],
    [texts('report.facts.encryption'), texts(`report.encryption.${target.encryption}`)],
    [texts('report.facts.against'), run.against],
    [texts('report.facts.directory'), kind ?? null],
    [texts('report.facts.person'), ladder.user?.dn ?? run.user],
    [texts('report.facts.draft'), changed && texts('report.unsaved', { names: changed.join(', ') || '–' })],
  ]
}

function notesOf(run: LdapReported, lines: readonly Line<LdapPurpose>[], texts: Texts): string[] {
  const { target } = run.ladder
  const { servers, tlsServerName } = run.settings.ldap
  if (target.encryption === 'file') return [texts('report.notes.file')]
  const otherName = tlsServerName !== null && tlsServerName !== target.host && target.encryption !== 'none'
  const bare = run.probe === null && target.encryption === 'none' && !lines.some(([of]) => of === 'bind')
  return [
    ...(servers.length > 1 ? [texts('report.notes.several')] : []),
    ...(otherName ? [texts('report.notes.serverName')] : []),
    ...(target.encryption !== 'none' && target.host?.toLowerCase() === 'localhost'
      ? [texts('report.notes.localhost')]
      : []),
    ...(bare ? [texts('report.notes.plaintext')] : []),
  ]
}
