import type { TFunction } from 'i18next'

const known = ['local', 'ldap', 'break-glass', 'unverified'] as const

/** How a session came to be, in words; a provider's session carries its slug. */
export function viaText(t: TFunction, via: string): string {
  const way = known.find((one) => one === via)
  if (way !== undefined) return t(`via.${way}`)
  return via.startsWith('oidc:') ? t('via.oidc', { slug: via.slice(5) }) : via
}

/** Where a grant or a disablement came from; a setting that did it is named as it is. */
export function sourceText(t: TFunction, source: string): string {
  return source === 'manual' ? t('via.manual') : source
}
