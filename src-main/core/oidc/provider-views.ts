import type { SettingView } from '../../contract/ldap'
import type { OidcSettings } from '../app/ports'

const numbered = /^OIDC_PROVIDER_(\d+)_/

/** The settings that make up one provider: its own numbered ones and those that all providers share. */
export function viewsOf(provider: OidcSettings, views: readonly SettingView[]): SettingView[] {
  const own = numberOf(provider, views)
  if (own === null) return views.filter(({ name }) => isShared(name))
  const prefix = `OIDC_PROVIDER_${own}_`
  const named = views.filter(({ name }) => name.startsWith(prefix))
  const replaced = new Set(named.map(({ name }) => singleName(name.slice(prefix.length))))
  return [...named, ...views.filter(({ name }) => isShared(name) && !replaced.has(name) && !isOfOne(name))]
}

function isShared(name: string): boolean {
  return name === 'BASE_URL' || (name.startsWith('OIDC_') && !numbered.test(name))
}

/** What belongs to the single form only and is inherited by no numbered provider. */
function isOfOne(name: string): boolean {
  return (
    /^OIDC_PROVIDER_(NAME|SLUG)$/.test(name) ||
    /^OIDC_(ISSUER|CLIENT_ID|CLIENT_SECRET|ADMIN_GROUP|ADMIN_EMAILS|ADMIN_EMAIL_DOMAINS|ROLE_GROUP_MAP)$/.test(
      name,
    )
  )
}

function singleName(field: string): string {
  if (field === 'NAME' || field === 'SLUG') return `OIDC_PROVIDER_${field}`
  return field === 'SCOPE' ? 'OIDC_SCOPES' : `OIDC_${field}`
}

/** The provider's number, by its slug, or by issuer and client where the slug was made from the name. */
function numberOf(provider: OidcSettings, views: readonly SettingView[]): string | null {
  const valueOf = (name: string): string | null => views.find((view) => view.name === name)?.value ?? null
  const numbers = [
    ...new Set(views.map(({ name }) => numbered.exec(name)?.[1]).filter((found) => found !== undefined)),
  ]
  const bySlug = numbers.find((number) => valueOf(`OIDC_PROVIDER_${number}_SLUG`) === provider.slug)
  const byClient = numbers.find(
    (number) =>
      valueOf(`OIDC_PROVIDER_${number}_ISSUER`) === provider.issuer &&
      valueOf(`OIDC_PROVIDER_${number}_CLIENT_ID`) === provider.clientId,
  )
  return bySlug ?? byClient ?? null
}
