import { AppError } from '../../contract/errors'
import type { ApplicationKind } from '../../contract/profiles'
import type { OidcSettings, Settings } from '../app/ports'
import { and, equal, formatFilter } from '../ldap/filter'
import { parseFilter } from '../ldap/filter-parser'
import { loadSettings } from '../settings/load-settings'
import { isOn } from '../methods/method-policy'
import { settingOf } from '../settings/settings-schema'
import type { SettingsSources } from '../settings/sources'
import { applicationNames, type ApplicationNames, type ProviderField } from './application-names'
import { alone, secretOf } from './profile-views'

/** One line of an export. A path with dots is Vikunja's. */
export interface ExportEntry {
  readonly name: string
  readonly value: string
  readonly secret: boolean
}

export interface ExportContent {
  readonly entries: readonly ExportEntry[]
  /** Names of this desk's settings that the application has no name for. */
  readonly leftOut: readonly string[]
}

interface Profile {
  readonly sources: SettingsSources
  readonly settings: Settings
  readonly given: readonly string[]
}

const plain = (name: string, value: string): ExportEntry => ({ name, value, secret: false })
const modeNames = ['AUTH_METHOD', 'OIDC_ENABLED', 'LDAP_ENABLED', 'PASSWORD_AUTH_ENABLED']
/** Said by another entry, or by none since it is this desk's own affair. */
const silent = new Set([...modeNames, 'AUTHDESK_APPLICATION'])

/** `OIDC_PROVIDER_2_SCOPE` and `OIDC_SCOPES` → SCOPE; null where it is no provider's. */
function fieldOf(name: string): string | null {
  const [, numbered] = /^OIDC_PROVIDER_\d+_(\w+)$/.exec(name) ?? []
  if (numbered !== undefined) return numbered
  const single = name.replace(/^OIDC_(?:PROVIDER_)?/, '').replace(/^SCOPES$/, 'SCOPE')
  return name.startsWith('OIDC_') && providerFields.has(single) ? single : null
}
const providerFields: ReadonlySet<string> = new Set<ProviderField>([
  ...(['NAME', 'SLUG', 'ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'SCOPE', 'AUTO_PROVISION'] as const),
  ...(['ADMIN_EMAIL_DOMAINS', 'ADMIN_GROUP', 'ADMIN_EMAILS', 'ROLE_GROUP_MAP', 'REDIRECT_URI'] as const),
])

/** Applications read `true` and `a,b`, whatever was written for it here. */
function normal(name: string, raw: string): string {
  const setting = settingOf(name)
  const parsed = setting?.kind.schema.safeParse(raw)
  if (!parsed?.success) return raw
  if (typeof parsed.data === 'boolean') return String(parsed.data)
  return Array.isArray(parsed.data) ? parsed.data.join(name === 'OIDC_SCOPES' ? ' ' : ',') : raw
}

function modeEntries(names: ApplicationNames, { method, oidcEnabled }: Settings): ExportEntry[] {
  const { mode } = names
  return [
    ...(mode.method ? [plain(mode.method, method ?? '')] : []),
    ...(mode.oidc ? [plain(mode.oidc, String(oidcEnabled))] : []),
    ...(mode.ldap ? [plain(mode.ldap, String(isOn('ldap', method)))] : []),
    ...(mode.passwords ? [plain(mode.passwords, String(isOn('local', method)))] : []),
  ]
}

function roleMap(map: OidcSettings['roleGroupMap'], kind: ApplicationKind): string {
  const pairs = Object.entries(map)
  if (pairs.length === 0) return ''
  return kind === 'pulse' ? pairs.map((pair) => pair.join('=')).join(',') : JSON.stringify(map)
}

function providerValues(
  provider: OidcSettings,
  kind: ApplicationKind,
): Readonly<Record<ProviderField, string>> {
  return {
    NAME: provider.name,
    SLUG: provider.slug,
    ISSUER: provider.issuer,
    CLIENT_ID: provider.clientId,
    CLIENT_SECRET: provider.clientSecret ?? '',
    SCOPE: provider.scopes.join(' '),
    AUTO_PROVISION: String(provider.autoProvision),
    ADMIN_EMAIL_DOMAINS: provider.adminEmailDomains.join(','),
    ADMIN_GROUP: provider.adminGroup ?? '',
    ADMIN_EMAILS: provider.adminEmails.join(','),
    ROLE_GROUP_MAP: roleMap(provider.roleGroupMap, kind),
    REDIRECT_URI: provider.redirectUri ?? '',
  }
}

function nameOfField(
  names: ApplicationNames,
  at: { kind: ApplicationKind; n: number; many: boolean; slug: string },
  field: ProviderField,
): string | null {
  const own = names.provider[field]
  if (own === undefined) return null
  if (at.kind === 'vikunja') return `auth.openid.providers.${at.slug}.${own}`
  return at.many && names.numbered ? names.numbered(at.n, field) : own
}

function providerEntries(
  names: ApplicationNames,
  kind: ApplicationKind,
  { settings }: Profile,
): ExportEntry[] {
  const many = settings.oidc.length > 1
  const possible = names.numbered || kind === 'vikunja' ? settings.oidc : settings.oidc.slice(0, 1)
  return possible.flatMap((provider, index) => {
    const values = Object.entries(providerValues(provider, kind)) as [ProviderField, string][]
    return values.flatMap(([field, value]) => {
      const name = nameOfField(names, { kind, n: index + 1, many, slug: provider.slug }, field)
      const secret = field === 'CLIENT_SECRET'
      // Only Pulse and this desk can do without a client secret; the others are told where theirs belongs.
      if (name === null || (value === '' && !(secret && kind !== 'pulse'))) return []
      return [{ name, value, secret }]
    })
  })
}

/** Vikunja puts one path before every provider's key. */
function vikunjaRedirect({ settings }: Profile): ExportEntry[] {
  const [provider] = settings.oidc
  const { redirectUri = null, slug = '' } = provider ?? {}
  if (redirectUri === null || !redirectUri.endsWith(`/${slug}`)) return []
  return [plain('auth.openid.redirecturl', redirectUri.slice(0, -slug.length))]
}

/** The first server, as these applications know only one. */
function serverValues({ settings }: Profile): Readonly<Record<string, string>> {
  const [server] = settings.ldap.servers
  if (!server) return {}
  return {
    LDAP_HOST: server.host,
    LDAP_PORT: String(server.port),
    LDAP_USE_SSL: String(server.encryption === 'ldaps'),
    LDAP_USE_TLS: String(server.encryption === 'starttls'),
  }
}

/** Object class, login name and further filter in one, below where people are. */
function vikunjaValues({ settings: { ldap } }: Profile): Readonly<Record<string, string>> {
  const own = ldap.userFilter === null ? [] : [parseFilter(ldap.userFilter)]
  const filter = and(equal('objectClass', ldap.userObjectClass), equal(ldap.loginAttribute, '%[1]s'), ...own)
  return {
    LDAP_BASE_DN: ldap.userBase,
    LDAP_USER_FILTER: formatFilter(filter),
    LDAP_USER_LOGIN_ATTR: ldap.loginAttribute,
  }
}
const inVikunjaFilter = ['LDAP_USER_DN', 'LDAP_USER_OBJECT_CLASS']

function sharedEntries(names: ApplicationNames, kind: ApplicationKind, profile: Profile): ExportEntry[] {
  const { given, sources, settings } = profile
  const describesLdap = given.includes('LDAP_HOST')
  const derived = describesLdap
    ? { ...serverValues(profile), ...(kind === 'vikunja' ? vikunjaValues(profile) : {}) }
    : {}
  const values = new Map(
    given.map((name) => [name, settings.views.find((view) => view.name === name)?.value ?? '']),
  )
  for (const [name, value] of Object.entries(derived)) values.set(name, value)
  return [...values].flatMap(([name, value]) => {
    const known = names.shared[name]
    if (known === undefined) return []
    const secret = settingOf(name)?.kind.name === 'secret'
    if (secret) return [{ name: known, value: secretOf(sources, name) ?? '', secret: true }]
    return [plain(known, derived[name] ?? normal(name, value))]
  })
}

/** What Vikunja's file says in another way, or what Vikunja does whatever its file says. */
function vikunjaSays(name: string, profile: Profile): boolean {
  const { ldap, oidc } = profile.settings
  if (name === 'LDAP_GROUP_DN') return ldap.groupBase === ldap.baseDn
  if (name === 'LDAP_ALLOW_ANONYMOUS') return ldap.allowAnonymous === (ldap.bindDn === null)
  if (name.endsWith('AUTO_PROVISION')) return oidc.every(({ autoProvision }) => autoProvision)
  if (fieldOf(name) === 'REDIRECT_URI') {
    const before = vikunjaRedirect(profile)[0]?.value
    return oidc.every(({ redirectUri, slug }) => redirectUri === null || redirectUri === `${before}${slug}`)
  }
  return inVikunjaFilter.includes(name) || name.endsWith('_SLUG')
}

function leftOut(names: ApplicationNames, kind: ApplicationKind, profile: Profile): string[] {
  const { given, settings } = profile
  const taken = (name: string) => {
    if (silent.has(name) || name in names.shared) return true
    if (kind === 'vikunja' && vikunjaSays(name, profile)) return true
    const field = fieldOf(name)
    return field !== null && field in names.provider
  }
  const single = names.numbered === null && kind !== 'vikunja'
  const providers = single ? settings.oidc.slice(1).map(({ slug }) => `OIDC ${slug}`) : []
  const servers = settings.ldap.servers.slice(1).map(({ host }) => `LDAP_HOST ${host}`)
  return [...given.filter((name) => !taken(name)), ...providers, ...servers]
}

/** As this desk calls them: what the profile says, letter by letter. */
function ownEntries({ given, sources, settings }: Profile): ExportEntry[] {
  return given.map((name) => {
    const secret = settingOf(name)?.kind.name === 'secret'
    const value = settings.views.find((view) => view.name === name)?.value ?? ''
    return { name, secret, value: secret ? (secretOf(sources, name) ?? '') : value }
  })
}

/** A secret that is kept elsewhere, or nowhere, is no reason not to export: a placeholder stands for it anyway. */
function withMissingSecrets(sources: SettingsSources): Settings {
  const settings = loadSettings(sources)
  const missing = settings.findings.flatMap(({ code, setting }) =>
    code === 'CONFIG_MISSING' && setting !== null && settingOf(setting)?.kind.name === 'secret'
      ? [setting]
      : [],
  )
  if (settings.method !== null || missing.length === 0) return settings
  const stands = Object.fromEntries(missing.map((name) => [name, 'missing']))
  return loadSettings({ ...sources, secrets: { ...sources.secrets, ...stands } })
}

/** A profile in the names of an application. What the process environment adds is no part of it. */
export function exportEntries(from: SettingsSources, kind: ApplicationKind): ExportContent {
  const sources = alone(from)
  const settings = withMissingSecrets(sources)
  if (settings.method === null) {
    const [first] = settings.findings
    const details = { name: settings.profile.name, problem: first?.message ?? '' }
    throw new AppError('CONFIG_INVALID', { text: 'profileNotValid', details })
  }
  const given = settings.views.filter(({ set }) => set).map(({ name }) => name)
  const profile = { sources, settings, given }
  if (kind === 'authdesk') return { entries: ownEntries(profile), leftOut: [] }
  const names = applicationNames[kind]
  return {
    entries: [
      ...modeEntries(names, settings),
      ...sharedEntries(names, kind, profile),
      ...(kind === 'vikunja' ? vikunjaRedirect(profile) : []),
      ...providerEntries(names, kind, profile),
    ],
    leftOut: leftOut(names, kind, profile),
  }
}
