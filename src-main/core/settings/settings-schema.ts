import { applicationSchema } from './schema-application'
import { generalSchema } from './schema-general'
import { ldapSchema } from './schema-ldap'
import { numberedSchema, oidcSchema } from './schema-oidc'
import { syncSchema } from './schema-sync'
import type { Setting, ValuesOf } from './setting'

/** Every setting there is, by name; the numbered providers' fields are in `numberedSchema`. */
export const settingsSchema = {
  ...generalSchema,
  ...applicationSchema,
  ...ldapSchema,
  ...syncSchema,
  ...oidcSchema,
}
export type SettingName = keyof typeof settingsSchema
export type SettingValues = ValuesOf<typeof settingsSchema>
export type NumberedField = keyof typeof numberedSchema
export type NumberedValues = ValuesOf<typeof numberedSchema>

export const settingEntries: readonly (readonly [string, Setting])[] = Object.entries(settingsSchema)
export const numberedEntries: readonly (readonly [string, Setting])[] = Object.entries(numberedSchema)

const numbered = /^OIDC_PROVIDER_([1-9]\d{0,4})_([A-Z_]+)$/

/** `OIDC_PROVIDER_2_ISSUER` → provider 2, field ISSUER; null for every other name. */
export function parseNumbered(name: string): { n: number; field: string } | null {
  const [, n, written] = numbered.exec(name) ?? []
  if (n === undefined || written === undefined) return null
  const found = numberedEntries.find(
    ([field, setting]) => field === written || setting.aliases?.includes(written) === true,
  )
  return found ? { n: Number(n), field: found[0] } : null
}

const canonical = new Map(
  settingEntries.flatMap(([name, setting]) =>
    [name, ...(setting.aliases ?? [])].map((alias) => [alias, name]),
  ),
)

/** The name under which a setting is shown, for each of its names; null where nobody knows it. */
export function canonicalName(name: string): string | null {
  const parsed = parseNumbered(name)
  if (parsed) return `OIDC_PROVIDER_${parsed.n}_${parsed.field}`
  return canonical.get(name) ?? null
}

/** The setting behind a name as it is shown. */
export function settingOf(name: string): Setting | null {
  const parsed = parseNumbered(name)
  if (parsed) return numberedEntries.find(([field]) => field === parsed.field)?.[1] ?? null
  return settingEntries.find(([known]) => known === name)?.[1] ?? null
}

export const isSecret = (setting: Setting) => setting.kind.name === 'secret'
export const knownNames: readonly string[] = [...canonical.keys()]
