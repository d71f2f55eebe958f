import type { SettingField } from '../../../src-main/contract/settings'

/** What stands in the draft, by setting; only what is not empty. */
export type Values = Readonly<Record<string, string>>
export type Changes = Readonly<Record<string, string | null>>

/** Settings of one provider without a number, and their field with one. What all providers share is not among them. */
const fieldByName: Readonly<Record<string, string>> = {
  OIDC_PROVIDER_NAME: 'NAME',
  OIDC_PROVIDER_SLUG: 'SLUG',
  OIDC_ISSUER: 'ISSUER',
  OIDC_CA_BUNDLE: 'CA_BUNDLE',
  OIDC_CLIENT_ID: 'CLIENT_ID',
  OIDC_CLIENT_SECRET: 'CLIENT_SECRET',
  OIDC_SCOPES: 'SCOPE',
  OIDC_ADMIN_GROUP: 'ADMIN_GROUP',
  OIDC_ADMIN_EMAILS: 'ADMIN_EMAILS',
  OIDC_ADMIN_EMAIL_DOMAINS: 'ADMIN_EMAIL_DOMAINS',
  OIDC_ROLE_GROUP_MAP: 'ROLE_GROUP_MAP',
}

/** A numbered provider inherits these, so that they may stay where they are. */
const inherited: ReadonlySet<string> = new Set(['OIDC_CA_BUNDLE', 'OIDC_SCOPES'])
const numbered = /^OIDC_PROVIDER_(\d+)_(\w+)$/

export const parseName = (name: string): { n: number; field: string } | null => {
  const [, n, field] = numbered.exec(name) ?? []
  return n === undefined || field === undefined ? null : { n: Number(n), field }
}

/** Whether the setting belongs to one provider alone; the others are every provider's. */
export const isOwn = (name: string): boolean => Object.hasOwn(fieldByName, name)

/** The setting's name for provider `n`; null: the one without a number. */
export function nameHere(name: string, n: number | null): string {
  const field = fieldByName[name]
  return field === undefined || n === null ? name : `OIDC_PROVIDER_${n}_${field}`
}

/** The numbers of the providers that the draft describes. */
export function numbersIn(values: Values): readonly number[] {
  const numbers = Object.keys(values).flatMap((name) => parseName(name)?.n ?? [])
  return [...new Set(numbers)].toSorted((a, b) => a - b)
}

/** The form's fields with those of provider `n`, which the core may not have named yet. */
export function withProvider(fields: readonly SettingField[], n: number | null): readonly SettingField[] {
  if (n === null || fields.some(({ name }) => parseName(name)?.n === n)) return fields
  const known = fields.flatMap((field) => {
    const parsed = parseName(field.name)
    return parsed === null ? [] : [{ field, parsed }]
  })
  const last = Math.max(...known.map(({ parsed }) => parsed.n))
  const copies = known
    .filter(({ parsed }) => parsed.n === last)
    .map(({ field, parsed }) => ({ ...field, name: `OIDC_PROVIDER_${n}_${parsed.field}` }))
  return [...fields, ...copies]
}

/**
 * Another provider. Beside numbered ones, one without a number no longer counts: it becomes the first. Its secret can't
 * be moved, since nobody but the core knows it.
 */
export function addProvider(values: Values): { readonly n: number; readonly changes: Changes } {
  const taken = numbersIn(values)
  if (taken.length > 0) return { n: Math.max(...taken) + 1, changes: {} }
  if (values['OIDC_ISSUER'] === undefined) return { n: 1, changes: {} }
  const changes: Record<string, string | null> = {}
  for (const name of Object.keys(fieldByName)) {
    const value = values[name]
    if (value === undefined || inherited.has(name)) continue
    changes[nameHere(name, 1)] = value
    changes[name] = null
  }
  return { n: 2, changes }
}

/** One provider less; those behind it move up, so that no number is missing (`CONFIG_NUMBER_GAP`). */
export function removeProvider(values: Values, removed: number): Changes {
  const last = Math.max(...numbersIn(values))
  const changes: Record<string, string | null> = {}
  const own = Object.keys(values).flatMap((name) => {
    const parsed = parseName(name)
    return parsed !== null && parsed.n >= removed ? [parsed] : []
  })
  for (const field of new Set(own.map((each) => each.field)))
    for (let n = removed; n <= last; n += 1)
      changes[`OIDC_PROVIDER_${n}_${field}`] = values[`OIDC_PROVIDER_${n + 1}_${field}`] ?? null
  return changes
}
