import { foreignFamilies, foreignNames, foreignVikunjaKeys, foreignVikunjaSections } from './foreign-names'
import { numberedEntries, settingEntries, isSecret } from './settings-schema'
import type { Setting, SettingGroup } from './setting'
import { vikunjaNames, vikunjaProviderNames } from './vikunja-names'

type Entry = readonly [name: string, setting: Setting]

export const groupTitles: Readonly<Record<SettingGroup, string>> = {
  general: 'Sign-in mode',
  passwords: 'Local accounts and sessions',
  application: 'The application’s own database',
  'ldap-server': 'LDAP: server',
  'ldap-bind': 'LDAP: service account',
  'ldap-people': 'LDAP: people',
  'ldap-groups': 'LDAP: groups',
  'ldap-trust': 'LDAP: trust',
  'ldap-sync': 'LDAP: synchronisation',
  'oidc-provider': 'OpenID Connect: provider',
  'oidc-claims': 'OpenID Connect: claims',
  'oidc-roles': 'OpenID Connect: roles',
  'oidc-access': 'OpenID Connect: who may sign in',
  'oidc-redirect': 'OpenID Connect: redirect',
  'oidc-network': 'OpenID Connect: network',
}

const cell = (text: string) => text.replaceAll('|', '\\|')
const code = (text: string) => `\`${cell(text)}\``

function nameCell([name, setting]: Entry): string {
  const aliases = (setting.aliases ?? []).map((alias) => `<br>also ${code(alias)}`).join('')
  return code(name) + aliases
}

function defaultCell(setting: Setting): string {
  if (setting.default === undefined) return '–'
  return setting.default === '' ? 'empty' : code(setting.default)
}

function meaning(setting: Setting): string {
  const notes = [
    ...(isSecret(setting) ? ['**Secret.**'] : []),
    ...(setting.effect ? ['*Read and checked; this version does not act on it yet.*'] : []),
  ]
  return [cell(setting.description), ...notes].join(' ')
}

function table(entries: readonly Entry[]): string {
  const rows = entries.map((entry) => {
    const [, setting] = entry
    return `| ${[nameCell(entry), cell(setting.kind.expected), defaultCell(setting), meaning(setting)].join(' | ')} |`
  })
  return ['| Name | Value | Default | Meaning |', '|---|---|---|---|', ...rows].join('\n')
}

const introduction = `# Settings

<!-- Made from the settings' schema by UPDATE_DOCS=1 and the unit tests; do not edit by hand. -->

A profile's settings are one file of \`NAME=value\` lines: \`profiles/default.env\` in the home, or the file that
\`--env-file\` names. Several applications are several [profiles](PROFILES.md); one of them governs. The names are those of
the applications, so that their own \`.env\` file can be used as it is; [env.example](env.example) has them all with their
defaults.

**Which value counts.** Defaults, then the profile file, then the process environment; the later one wins. The
environment is read for the governing profile only. An empty value counts as not set, except where the table says what
empty means. Variables inside values (\`\${NAME}\`) are not expanded. A value with a \`#\` needs quotes.

**What is checked.** \`authdesk config check\` names every fault with its code, without asking the network. An error
leaves the console without a sign-in mode until it is mended; a warning does not.

**Secrets** work from the file or the environment. In the file they are a finding, since anybody who gets the file has
them; on the desktop they belong into the system's key store. A stored secret is used for the profile it was saved for,
never for a file given with \`--env-file\`.

**Without \`AUTH_METHOD\`** the mode follows from the other systems' settings: OpenID on and passwords on is \`both\`,
OpenID on and passwords off is \`oidc\`, OpenID off is \`local\`; with \`LDAP_ENABLED=true\` it is \`ldap\`, or \`all\` where
OpenID is on or \`PASSWORD_AUTH_ENABLED=true\` says so.`

const numberedText = `## Several OpenID providers

\`OIDC_PROVIDER_<n>_…\` describes provider n, counted from 1 without a gap. With one numbered provider the settings
\`OIDC_ISSUER\`, \`OIDC_CLIENT_ID\` and \`OIDC_CLIENT_SECRET\` do not count. Claims, who may sign in and the network are
taken from the settings without a number; what gives rights (admin, roles) is not.`

const rowsOf = (rows: readonly (readonly string[])[], head: readonly string[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const vikunjaText = `## Vikunja’s config.yml

A file that ends in \`.yml\` or \`.yaml\` is read as Vikunja’s. Providers may be a map or the older list; they become the
numbered providers in their order, with their key as short name. What Vikunja does where the file says nothing holds
here too: LDAPS, the whole base, and a search without a service account if none is given. \`userfilter\` is taken apart
into the login attribute (where \`%[1]s\` stands), the object class and LDAP_USER_FILTER. Tags have no meaning, and
what aliases unfold to is bounded.`

function vikunjaTable(): string {
  const of = (names: Readonly<Record<string, string>>, key: string, name: string) =>
    Object.entries(names).map(([each, setting]) => [code(key + each), code(name + setting)])
  const provider = of(vikunjaProviderNames, 'auth.openid.providers.<key>.', 'OIDC_PROVIDER_<n>_')
  const redirect = [
    code('auth.openid.redirecturl'),
    `${code('OIDC_PROVIDER_<n>_REDIRECT_URI')}, with the key behind it`,
  ]
  const address = [code('service.publicurl'), `the same, with ${code('auth/openid/<key>')} behind it`]
  return rowsOf([...of(vikunjaNames, '', ''), ...provider, redirect, address], ['Key', 'Setting'])
}

const foreignText = `## Names without effect

Applications' files hold names that do nothing on a desk. They are reported as information (\`CONFIG_NO_EFFECT\`), not as
unknown.`

function foreignTable(): string {
  const families = foreignFamilies.map(([begins, why]): [string, string] => [
    begins.map((each) => code(`${each}…`)).join(', '),
    why,
  ])
  const sections = foreignVikunjaSections.map((section) => code(`${section}.…`)).join(', ')
  const single = [foreignNames, foreignVikunjaKeys].flatMap((names) =>
    Object.entries(names).map(([name, why]): [string, string] => [code(name), why]),
  )
  const whole: [string, string] = [sections, 'they have nothing to do with signing in']
  return rowsOf(
    [...single, ...families, whole].map(([names, why]) => [names, cell(why)]),
    ['Name', 'Why'],
  )
}

function numberedEntriesForDocs(): Entry[] {
  return numberedEntries.map(([field, setting]) => {
    const aliases = (setting.aliases ?? []).map((alias) => `OIDC_PROVIDER_<n>_${alias}`)
    return [`OIDC_PROVIDER_<n>_${field}`, { ...setting, aliases }]
  })
}

/** The text of docs/admin/configuration/SETTINGS.md. */
export function settingsReference(): string {
  const groups = Object.keys(groupTitles) as SettingGroup[]
  const sections = groups.map((group) => {
    const entries = settingEntries.filter(([, setting]) => setting.group === group)
    return `## ${groupTitles[group]}\n\n${table(entries)}`
  })
  const numbered = `${numberedText}\n\n${table(numberedEntriesForDocs())}`
  const vikunja = `${vikunjaText}\n\n${vikunjaTable()}`
  return (
    [introduction, ...sections, numbered, vikunja, `${foreignText}\n\n${foreignTable()}`].join('\n\n') + '\n'
  )
}
