import type { Authority, Pinned } from '../../contract/authority'
import type { Adoption, Difference, Exported, ProfileImpact, ProfileView } from '../../contract/profiles'
import { columns, plain, type Style } from './output'

export function authorityText({ server, kind, subject, validFrom, validTo, setting }: Authority): string {
  const rows = [
    ['Server', plain(server)],
    [kind === 'authority' ? 'Authority' : 'Self-signed', plain(subject)],
    ['Valid', `${validFrom} to ${validTo}`],
    ['Setting', setting],
  ]
  return `${columns(rows)}

Get its SHA-256 fingerprint from the owner of the server, never over this connection, and give it with --fingerprint.
The owner’s file shows it with: openssl x509 -noout -fingerprint -sha256 -in ca.pem`
}

export function pinnedText({ subject, setting, value, secretsForgotten }: Pinned): string {
  const again = secretsForgotten.length === 0 ? [] : [`Type again: ${secretsForgotten.join(', ')}`]
  return [`Trusted: ${plain(subject)}`, `${setting}=${value}`, ...again].join('\n')
}

export function listText(profiles: readonly ProfileView[], style: Style): string {
  const rows = columns([
    ['', 'NAME', 'APPLICATION', 'MODE', 'FILE'],
    ...profiles.map(({ governs, name, kind, method, file, production }) => [
      governs ? '*' : '',
      name,
      kind,
      `${method ?? 'not valid'}${production ? ', production' : ''}`,
      file ?? 'no file, only defaults',
    ]),
  ])
  const [head = '', ...lines] = rows.split('\n')
  return [style.bold(head), ...lines].join('\n')
}

/** Where the secrets went: the command line has no key store to put them into. */
function secretsText({ secrets, secretsKept }: Adoption, style: Style): string[] {
  if (secrets.length === 0) return []
  const names = plain(secrets.join(', '))
  if (secretsKept === 'encrypted') return [`Secrets in the key store: ${names}`]
  return [
    style.yellow(`Secrets that are not kept: ${names}`),
    '  There is no key store here. Give them in the environment, or add the file on the desktop.',
  ]
}

export function adoptionText(adoption: Adoption, style: Style): string {
  const { profile, taken, leftOut, findings } = adoption
  const left = leftOut.map(({ name, why }) => [`  ${name}`, why])
  const told = findings.filter(({ severity }) => severity !== 'info')
  return [
    listText([profile], style),
    '',
    `${taken.length} settings are taken.`,
    ...secretsText(adoption, style),
    ...(left.length > 0 ? [`${left.length} names are left out:`, style.dim(columns(left))] : []),
    ...told.map(({ severity, code, message }) =>
      severity === 'error'
        ? style.red(`✗ ${code}  ${plain(message)}`)
        : style.yellow(`! ${code}  ${plain(message)}`),
    ),
  ].join('\n')
}

function sideText({ value, set }: Difference['sides'][number], secret: boolean): string {
  if (secret) return set ? 'set' : 'not set'
  return `${value ?? 'not set'}${set ? '' : ' (default)'}`
}

export function differenceText(
  names: readonly string[],
  settings: readonly Difference[],
  style: Style,
): string {
  if (settings.length === 0) return 'The profiles do not differ.'
  const rows = settings.map(({ name, secret, differs, sides }) => [
    differs ? '≠' : '=',
    name,
    ...sides.map((side) => sideText(side, secret)),
  ])
  const [head = '', ...lines] = columns([
    ['', 'SETTING', ...names.map((name) => name.toUpperCase())],
    ...rows,
  ]).split('\n')
  return [style.bold(head), ...lines].join('\n')
}

export function exportedText({ file, names, secrets, leftOut }: Exported, style: Style): string {
  const words = {
    none: 'no secret among them',
    placeholders: 'secrets as placeholders',
    revealed: style.yellow('secrets in clear text'),
  }
  const left = leftOut.length === 0 ? [] : [`Not known to the application: ${plain(leftOut.join(', '))}`]
  return [`${names.length} settings in ${plain(file)}, ${words[secrets]}.`, ...left].join('\n')
}

export function impactText(impact: ProfileImpact, style: Style): string {
  const { governing, name, methods, ways, openSessions, obstacles } = impact
  const modes = methods.map((method) => method ?? 'not valid')
  const on = (is: boolean | undefined) => (is ? 'on' : 'off')
  const rows = ways.map((way) => [
    `  ${way.provider}`,
    `${way.accounts} accounts`,
    `${on(way.on[0])} → ${on(way.on[1])}`,
  ])
  return [
    `${governing} governs now; then ${name} would.`,
    columns([['  AUTH_METHOD', '', modes.join(' → ')], ...rows]),
    `Accounts with a way in: ${impact.wayIn.join(' → ')}`,
    `All ${openSessions} open sessions would end.`,
    ...obstacles.map(({ code, message }) => style.red(`✗ ${code}  ${plain(message)}`)),
    style.dim(
      obstacles.length > 0
        ? 'It cannot govern until that is mended.'
        : 'Nothing is changed. Do it with --apply.',
    ),
  ].join('\n')
}

export function governedText(
  governed: { profile: ProfileView; sessionsEnded: number },
  style: Style,
): string {
  const { profile, sessionsEnded } = governed
  return `${style.green(`${profile.name} governs.`)} ${sessionsEnded} sessions ended.`
}
