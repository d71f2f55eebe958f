import type { Code } from '../../../contract/errors'
import type { ClaimUse, MissingClaim } from '../../../contract/oidc-login'
import type { OidcSettings } from '../../app/ports'
import type { Texts } from '../../app/texts'
import { claimOf, factsOf, type ClaimSources } from '../oidc-claims'
import { productAdvice } from '../rule-book/advice'
import { scopeOfClaim } from '../rule-book/claim-scopes'
import type { Product } from '../rule-book/products'

interface Came {
  readonly sources: ClaimSources
  readonly provider: OidcSettings
  readonly product: Product | null
}

/** Which claims the settings name and nobody sent, and what brings each: a scope, or a setting at the provider. */
export function missingClaims(t: Texts, came: Came): MissingClaim[] {
  return expected(came)
    .filter(({ name }) => claimOf(came.sources, name) === undefined)
    .map(({ name, use, code }) => {
      const scope = unasked(came, name)
      return { name, use, code, scope, next: nextOf(t, came, { name, code, scope }) }
    })
}

interface Expected {
  readonly name: string
  readonly use: ClaimUse
  readonly code: Code | null
}

function expected({ sources, provider }: Came): Expected[] {
  const { groupsClaim, emailClaim } = provider
  const facts = factsOf(sources, provider)
  return [
    { name: provider.usernameClaim, use: 'username', code: null },
    { name: provider.fullNameClaim, use: 'fullName', code: null },
    { name: emailClaim, use: 'email', code: 'OIDC_NO_EMAIL' },
    // It vouches for the standard address only; without one there is nothing to vouch for.
    ...(facts.email === null
      ? []
      : [{ name: 'email_verified', use: 'emailVerified', code: 'OIDC_EMAIL_UNVERIFIED' } as const]),
    ...(groupsClaim === null || !needsGroups(provider)
      ? []
      : [
          {
            name: groupsClaim,
            use: 'groups',
            code: facts.groupsOverage ? 'OIDC_GROUPS_OVERAGE' : 'OIDC_NOT_ALLOWED_GROUP',
          } as const,
        ]),
  ]
}

const needsGroups = ({ allowedGroups, adminGroup, roleGroupMap }: OidcSettings) =>
  allowedGroups.length > 0 || adminGroup !== null || Object.keys(roleGroupMap).length > 0

/** The scope that brings a claim here, if it is not asked for. */
function unasked({ provider, product }: Came, name: string): string | null {
  const scope = scopeOfClaim(name, product)
  return scope === null || provider.scopes.includes(scope) ? null : scope
}

function nextOf(
  t: Texts,
  { product, provider }: Came,
  { name, code, scope }: Pick<MissingClaim, 'name' | 'code' | 'scope'>,
): string {
  const advice = code === null ? null : productAdvice(t, product, code)
  if (scope !== null)
    return [t('oidcLogin.claims.addScope', { scope, name }), advice].filter(Boolean).join(' ')
  return advice ?? t('oidcLogin.claims.addMapping', { name, scopes: provider.scopes.join(' ') })
}
