import type { Found, Place } from './findings'
import type { SettingsFile } from './settings-file'
import { takeApart } from './vikunja-filter'
import { vikunjaLdapDefaults, vikunjaNames, vikunjaProviderNames } from './vikunja-names'
import { yamlLeaves, type Leaf } from './yaml-leaves'

/** What is gathered from the file. */
interface Gathered {
  readonly values: Record<string, string>
  readonly places: Record<string, Place>
  readonly found: Found[]
}

const pathOf = ({ path }: Leaf) => path.join('.')
const providers = 'auth.openid.providers'

function put(
  { values, places }: Gathered,
  name: string,
  { text, place }: { text: string; place: Place },
): void {
  values[name] = text
  places[name] = place
}

const at = (leaf: Leaf) => ({ text: leaf.text, place: { written: pathOf(leaf), line: leaf.line } })
/** What the application does although nobody wrote it. */
const byDefault = (text: string, written: string) => ({ text, place: { written, line: null } })

/** Providers were a list first, whose key is the name in lower case without anything but letters and digits. */
function keyOf(leaves: readonly Leaf[], key: string): string {
  const name = leaves.find(({ path }) => path[4] === 'name')?.text ?? ''
  return /^\d+$/.test(key) ? name.toLowerCase().replace(/[^a-z0-9]/g, '') : key
}

/** Where the provider sends people back to: the key follows `redirecturl`, or a path below the application's address. */
function redirect(leaves: readonly Leaf[], key: string) {
  const of = (path: string) => leaves.find((leaf) => pathOf(leaf) === path && leaf.text !== '')
  const own = of('auth.openid.redirecturl')
  const address = of('service.publicurl')
  if (own) return { text: own.text + key, place: at(own).place }
  return (
    address && { text: `${address.text.replace(/\/*$/, '/')}auth/openid/${key}`, place: at(address).place }
  )
}

function putProviders(leaves: readonly Leaf[], into: Gathered): void {
  const described = leaves.filter(
    (leaf) => leaf.path.length === 5 && pathOf(leaf).startsWith(`${providers}.`),
  )
  const keys = [...new Set(described.map(({ path }) => path[3] ?? ''))]
  keys.forEach((written, index) => {
    const own = described.filter(({ path }) => path[3] === written)
    const prefix = `OIDC_PROVIDER_${index + 1}_`
    const key = keyOf(own, written)
    for (const leaf of own) {
      const field = vikunjaProviderNames[leaf.path[4] ?? '']
      put(into, field === undefined ? pathOf(leaf) : prefix + field, at(leaf))
    }
    put(into, `${prefix}SLUG`, byDefault(key, `${providers}.${written}`))
    const address = redirect(leaves, key)
    if (address) put(into, `${prefix}REDIRECT_URI`, address)
  })
  // Vikunja makes accounts at the first sign-in whatever enableregistration says.
  if (keys.length > 0) put(into, 'OIDC_AUTO_PROVISION', byDefault('true', providers))
}

const isProviders = (path: string) => path === providers || path.startsWith(`${providers}.`)
const isAddress = (path: string) => path === 'auth.openid.redirecturl' || path === 'service.publicurl'

function putFilter(into: Gathered): void {
  const text = into.values['LDAP_USER_FILTER'] ?? ''
  const place = into.places['LDAP_USER_FILTER']
  if (text === '' || !place) return
  const parts = takeApart(text)
  const setting = 'LDAP_USER_FILTER'
  if (parts === null) {
    into.found.push({
      code: 'CONFIG_INVALID',
      severity: 'error',
      setting,
      text: 'userFilter',
      with: { value: text },
    })
    into.values[setting] = ''
    return
  }
  const names = parts.loginAttributes
  const wanted = (into.values['LDAP_USER_LOGIN_ATTR'] ?? 'uid').toLowerCase()
  const value = names.find((name) => name.toLowerCase() === wanted) ?? names[0] ?? wanted
  if (names.length > 1 || value.toLowerCase() !== wanted) {
    const all = [...new Set([...names, wanted])].join(', ')
    const found = { names: all, value }
    into.found.push({
      code: 'CONFIG_NO_EFFECT',
      severity: 'warning',
      setting: 'LDAP_USER_LOGIN_ATTR',
      text: 'loginAttributes',
      with: found,
    })
  }
  if (value !== into.values['LDAP_USER_LOGIN_ATTR']) put(into, 'LDAP_USER_LOGIN_ATTR', { text: value, place })
  put(into, setting, { text: parts.rest ?? '', place })
  if (parts.objectClass !== null) put(into, 'LDAP_USER_OBJECT_CLASS', { text: parts.objectClass, place })
}

function putLdapDefaults(into: Gathered): void {
  for (const [name, text] of Object.entries(vikunjaLdapDefaults)) {
    if (into.values[name] === undefined) put(into, name, byDefault(text, 'auth.ldap'))
  }
  if (!into.values['LDAP_BIND_DN'] || !into.values['LDAP_BIND_PASSWORD'])
    put(into, 'LDAP_ALLOW_ANONYMOUS', byDefault('true', 'auth.ldap'))
}

/** An address is understood as part of each provider's redirect URI; without a provider it has no effect. */
function withoutAddresses({ values, places }: Gathered): Record<string, string> {
  const redirects = Object.keys(values).filter((name) => name.endsWith('_REDIRECT_URI'))
  const used = new Set(redirects.map((name) => places[name]?.written))
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isAddress(name) || !used.has(name)))
}

/** Reads Vikunja's `config.yml` into the settings of this desk; a key that is none stays under its own path. */
export function parseVikunjaFile(text: string): SettingsFile {
  const { leaves, found } = yamlLeaves(text)
  const into: Gathered = { values: {}, places: {}, found: [...found] }
  for (const leaf of leaves) {
    const path = pathOf(leaf)
    if (isProviders(path) && leaf.path.length === 5) continue
    put(into, vikunjaNames[path] ?? path, at(leaf))
  }
  putProviders(leaves, into)
  if (leaves.some((leaf) => pathOf(leaf).startsWith('auth.ldap.'))) {
    putFilter(into)
    putLdapDefaults(into)
  }
  return { ...into, values: withoutAddresses(into) }
}
