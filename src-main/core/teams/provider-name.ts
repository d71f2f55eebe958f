import type { OidcSettings } from '../app/ports'

/** What the settings call the provider that keeps a team; one that is not configured any more has its slug left. */
export function providerNameOf(
  providers: readonly Pick<OidcSettings, 'issuer' | 'slug' | 'name'>[],
  { issuer, slug }: { readonly issuer: string | null; readonly slug: string | null },
): string | null {
  if (issuer === null) return null
  const found =
    providers.find((each) => each.issuer === issuer) ?? providers.find((each) => each.slug === slug)
  return found?.name ?? slug ?? issuer
}
