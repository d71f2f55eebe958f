import type { ExportedJWKSCache } from 'openid-client'
import type { Clock, OidcSettings } from '../app/ports'
import type { AuthMethod } from './oidc-client'
import { discoverWithRetry, requireEndpoints, requireSameIssuer, type OidcMetadata } from './oidc-discovery'
import type { OidcChannel } from './oidc-fetch'

const lifetime = 60 * 60 * 1000

/** What is known of one provider: its checked description, its keys, and how the client proved itself last. */
export interface KnownProvider {
  readonly metadata: OidcMetadata
  jwks: ExportedJWKSCache | null
  method: AuthMethod | null
}

export interface ProviderCache {
  readonly know: (provider: OidcSettings, channel: OidcChannel, signal: AbortSignal) => Promise<KnownProvider>
  /** After a failure that old knowledge may explain: the next sign-in asks anew. */
  readonly forget: (provider: OidcSettings) => void
}

/** Kept for an hour per issuer, trust file and client; a description that fails a check is never kept. */
export function createProviderCache(clock: Clock): ProviderCache {
  const known = new Map<string, { readonly until: number; readonly provider: KnownProvider }>()
  const keyOf = (provider: OidcSettings): string =>
    JSON.stringify([provider.issuer, provider.caFile, provider.clientId, provider.clientSecret === null])

  return {
    know: async (provider, channel, signal) => {
      const key = keyOf(provider)
      const now = clock.now().getTime()
      const found = known.get(key)
      if (found !== undefined && now < found.until) return found.provider
      const { metadata } = await discoverWithRetry(channel, provider, signal)
      requireSameIssuer(provider.issuer, metadata)
      requireEndpoints(metadata, provider.issuer)
      const fresh: KnownProvider = { metadata, jwks: null, method: null }
      known.set(key, { until: now + lifetime, provider: fresh })
      return fresh
    },
    forget: (provider) => void known.delete(keyOf(provider)),
  }
}
