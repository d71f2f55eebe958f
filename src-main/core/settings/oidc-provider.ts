import { roles, type Role } from '../../contract/permissions'
import type { OidcSettings } from '../app/ports'
import type { Report } from './findings'
import type { NumberedProvider } from './oidc-numbered'
import { loopbackOf, postLogoutOf, redirectOf, type Redirect } from './oidc-redirect'
import type { SettingValues } from './settings-schema'

export interface OidcContext {
  /** `OIDC_AUTO_PROVISION`, else an explicit `ALLOW_SELF_REGISTER`, else true. */
  readonly autoProvision: boolean
  readonly invalid: ReadonlySet<string>
  readonly pathOf: (name: string, path: string | null) => string | null
}

const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase())
/** A leading @ is how some people write a domain. */
const domains = (texts: readonly string[]) => lower(texts).map((text) => text.replace(/^@/, ''))
const orNull = (text: string | null) => (text === null || text === '' ? null : text)
const withOpenid = (scopes: readonly string[]) => (scopes.includes('openid') ? scopes : ['openid', ...scopes])

/** The application's own roles may stand in the map; they are left out aloud. */
function roleMap(name: string, map: Readonly<Record<string, string>>, report: Report): Record<string, Role> {
  const entries = Object.entries(map).flatMap(([group, written]) => {
    const role = roles.find((each) => each === written.toLowerCase())
    if (role) return [[group, role] as const]
    report({
      code: 'CONFIG_NO_EFFECT',
      severity: 'warning',
      setting: name,
      text: 'roleUnknown',
      with: { group, role: written },
    })
    return []
  })
  return Object.fromEntries(entries)
}

/** What every provider takes from the settings without a number: how to read claims, whom to refuse, the network. */
function shared(values: SettingValues) {
  return {
    usernameClaim: values.OIDC_USERNAME_CLAIM,
    fullNameClaim: values.OIDC_FULL_NAME_CLAIM,
    emailClaim: values.OIDC_EMAIL_CLAIM,
    groupsClaim: orNull(values.OIDC_GROUPS_CLAIM),
    teamsClaim: orNull(values.OIDC_TEAMS_CLAIM),
    roleSyncMode: values.OIDC_ROLE_SYNC_MODE,
    allowedEmails: lower(values.OIDC_ALLOWED_EMAILS),
    allowedDomains: domains(values.OIDC_ALLOWED_DOMAINS),
    allowedGroups: values.OIDC_ALLOWED_GROUPS,
    postLogout: postLogoutOf(values),
    timeout: values.OIDC_METADATA_FETCH_TIMEOUT,
    retries: values.OIDC_METADATA_RETRY_ATTEMPTS,
    retryDelay: values.OIDC_METADATA_RETRY_DELAY,
  }
}

function missingOf(
  names: { issuer: string; clientId: string },
  given: { issuer: unknown; clientId: unknown },
): string[] {
  return [
    ...(given.issuer === null ? [names.issuer] : []),
    ...(given.clientId === null ? [names.clientId] : []),
  ]
}

export function singleProvider(values: SettingValues, context: OidcContext, report: Report): OidcSettings {
  const slug = values.OIDC_PROVIDER_SLUG
  const redirect = redirectOf(values, slug)
  const given = { issuer: values.OIDC_ISSUER, clientId: values.OIDC_CLIENT_ID }
  return {
    ...shared(values),
    slug,
    name: values.OIDC_PROVIDER_NAME,
    issuer: values.OIDC_ISSUER ?? '',
    clientId: values.OIDC_CLIENT_ID ?? '',
    clientSecret: orNull(values.OIDC_CLIENT_SECRET),
    scopes: withOpenid(values.OIDC_SCOPES),
    adminGroup: orNull(values.OIDC_ADMIN_GROUP),
    adminEmails: lower(values.OIDC_ADMIN_EMAILS),
    adminEmailDomains: domains(values.OIDC_ADMIN_EMAIL_DOMAINS),
    roleGroupMap: roleMap('OIDC_ROLE_GROUP_MAP', values.OIDC_ROLE_GROUP_MAP, report),
    autoProvision: context.autoProvision,
    redirectUri: redirect?.uri ?? null,
    loopback: loopbackOf(redirect, values, report),
    caFile: context.pathOf('OIDC_CA_BUNDLE', orNull(values.OIDC_CA_BUNDLE)),
    caSetting: 'OIDC_CA_BUNDLE',
    missing: missingOf({ issuer: 'OIDC_ISSUER', clientId: 'OIDC_CLIENT_ID' }, given),
  }
}

/** `Our Keycloak!` → `our-keycloak`. */
function slugFrom(name: string | null, n: number): string {
  const slug = (name ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
  return slug === '' ? `provider-${n}` : slug
}

interface NumberedContext extends OidcContext {
  readonly values: SettingValues
}

function numberedRedirect(own: NumberedProvider, values: SettingValues, slug: string): Redirect | null {
  const name = `OIDC_PROVIDER_${own.n}_REDIRECT_URI`
  return own.values.REDIRECT_URI === null ? redirectOf(values, slug) : { name, uri: own.values.REDIRECT_URI }
}

function numberedCa(own: NumberedProvider, context: NumberedContext): string | null {
  const path = orNull(own.values.CA_BUNDLE)
  if (path !== null) return context.pathOf(`OIDC_PROVIDER_${own.n}_CA_BUNDLE`, path)
  return context.pathOf('OIDC_CA_BUNDLE', orNull(context.values.OIDC_CA_BUNDLE))
}

/** What restricts is inherited from the settings without a number; what grants (roles) is not. */
export function numberedProvider(
  own: NumberedProvider,
  context: NumberedContext,
  report: Report,
): OidcSettings {
  const prefix = `OIDC_PROVIDER_${own.n}_`
  const slug = orNull(own.values.SLUG) ?? slugFrom(own.values.NAME, own.n)
  const redirect = numberedRedirect(own, context.values, slug)
  const given = { issuer: own.values.ISSUER, clientId: own.values.CLIENT_ID }
  return {
    ...shared(context.values),
    slug,
    name: orNull(own.values.NAME) ?? slug,
    issuer: own.values.ISSUER ?? '',
    clientId: own.values.CLIENT_ID ?? '',
    clientSecret: orNull(own.values.CLIENT_SECRET),
    scopes: withOpenid(own.values.SCOPE ?? context.values.OIDC_SCOPES),
    adminGroup: orNull(own.values.ADMIN_GROUP),
    adminEmails: lower(own.values.ADMIN_EMAILS),
    adminEmailDomains: domains(own.values.ADMIN_EMAIL_DOMAINS),
    roleGroupMap: roleMap(`${prefix}ROLE_GROUP_MAP`, own.values.ROLE_GROUP_MAP, report),
    autoProvision: own.values.AUTO_PROVISION ?? context.autoProvision,
    redirectUri: redirect?.uri ?? null,
    loopback: loopbackOf(redirect, context.values, report),
    caFile: numberedCa(own, context),
    caSetting: `${prefix}CA_BUNDLE`,
    missing: missingOf({ issuer: `${prefix}ISSUER`, clientId: `${prefix}CLIENT_ID` }, given),
  }
}
