import { createHash, createHmac } from 'node:crypto'
import type { SettingView } from '../../contract/ldap'
import type { Settings } from '../app/ports'
import type { Facets } from '../diagnostics/facets'
import { viewsOf } from '../oidc/provider-views'
import { settingOf } from '../settings/settings-schema'

/** The settings that a test of this subject depends on, and the secret among them. */
export function settingsOf(
  settings: Settings,
  subject: string,
): { views: SettingView[]; secret: string | null } {
  if (subject === 'ldap') {
    const isOfLdap = ({ name }: SettingView) => settingOf(name)?.group.startsWith('ldap-') === true
    return { views: settings.views.filter(isOfLdap), secret: settings.ldap.bindPassword }
  }
  const provider = settings.oidc.find(({ slug }) => subject === `oidc:${slug}`)
  if (provider === undefined) return { views: [], secret: null }
  return { views: viewsOf(provider, settings.views), secret: provider.clientSecret }
}

/** Names and values; of a secret only whether there is one and, where a key is kept, a mark that no value can be had from. */
export function settingFacets(settings: Settings, subject: string, key: Uint8Array | null): Facets {
  const { views, secret } = settingsOf(settings, subject)
  const facets = views.map((view) => [`settings.${view.name}`, facetOf(view, markOf(secret, key))] as const)
  return Object.fromEntries(facets)
}

function facetOf({ secret, set, value }: SettingView, mark: string | null) {
  return secret ? { set, mark: set ? mark : null } : value
}

/** The key's own name goes first: marks of another key cannot be compared. */
function markOf(secret: string | null, key: Uint8Array | null): string | null {
  if (secret === null || key === null) return null
  const keyName = createHash('sha256').update('history key').update(key).digest('hex').slice(0, 8)
  const mark = createHmac('sha256', key).update(secret).digest('hex').slice(0, 16)
  return `${keyName}:${mark}`
}
