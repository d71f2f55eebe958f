import type { Product } from './products'

/** OpenID Connect Core §5.4: the scope that asks for a claim. */
const standard: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['name', 'family_name', 'given_name', 'nickname', 'preferred_username', 'picture', 'upn'].map((name) => [
      name,
      'profile',
    ]),
  ),
  email: 'email',
  email_verified: 'email',
}

/** Where groups come by a scope; the other products send them by a mapping, or not at all. */
const groupScopes: Readonly<Partial<Record<Product, string>>> = {
  okta: 'groups',
  authelia: 'groups',
  pocketid: 'groups',
  authentik: 'profile',
  adfs: 'allatclaims',
  zitadel: 'urn:zitadel:iam:org:projects:roles',
}

/** The scope that brings a claim at this product; null where none does. */
export function scopeOfClaim(name: string, product: Product | null): string | null {
  if (Object.hasOwn(standard, name)) return standard[name] ?? null
  const isGroups = /^(?:groups|roles)$|:roles$/.test(name)
  return isGroups && product !== null ? (groupScopes[product] ?? null) : null
}
