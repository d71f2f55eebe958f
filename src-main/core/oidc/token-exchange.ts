import {
  authorizationCodeGrant,
  fetchUserInfo,
  getJwksCache,
  setJwksCache,
  type Configuration,
} from 'openid-client'
import { AppError } from '../../contract/errors'
import type { Clock, Logger, OidcSettings } from '../app/ports'
import { hasGaps, type Claims, type ClaimSources } from './oidc-claims'
import { checkExtraClaims } from './id-token'
import { authMethods, createClient } from './oidc-client'
import { translateOidcError } from './oidc-errors'
import type { OidcChannel } from './oidc-fetch'
import type { KnownProvider } from './provider-cache'

/** The one-time values of one sign-in. */
export interface Secrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface Exchange {
  readonly provider: OidcSettings
  readonly known: KnownProvider
  readonly channel: OidcChannel
  readonly clock: Clock
  readonly logger: Logger
}

interface Tokens {
  readonly config: Configuration
  readonly accessToken: string
  readonly claims: Claims
}

/** Code → tokens → checked ID token → claims; userinfo only fills gaps. The tokens end here. */
export async function exchange(run: Exchange, callback: URL, secrets: Secrets): Promise<ClaimSources> {
  const { config, accessToken, claims } = await redeem(run, callback, secrets)
  checkExtraClaims(claims, run.provider.clientId, run.clock.now())
  const sources = { idToken: claims, userinfo: null }
  if (run.known.metadata.userinfo_endpoint === undefined || !hasGaps(claims, run.provider)) return sources
  return { ...sources, userinfo: await userinfo(run, config, { accessToken, claims }) }
}

/** One try for each way to prove the client's identity, until one isn't refused as such. */
async function redeem(run: Exchange, callback: URL, secrets: Secrets): Promise<Tokens> {
  const { provider, known } = run
  const methods = known.method === null ? authMethods(provider, known.metadata) : [known.method]
  let refusal: AppError | null = null
  for (const method of methods) {
    const config = createClient({ ...run, metadata: known.metadata, method })
    if (known.jwks !== null) setJwksCache(config, known.jwks)
    try {
      const tokens = await redeemOnce(config, callback, secrets)
      known.method = method
      known.jwks = getJwksCache(config) ?? null
      return tokens
    } catch (error) {
      refusal = translateOidcError(error, 'token')
      run.logger.debug({ provider: provider.slug, method, code: refusal.code }, 'oidc token request refused')
      if (refusal.code !== 'OIDC_CLIENT_REJECTED') throw refusal
    }
  }
  throw refusal ?? new AppError('OIDC_CLIENT_REJECTED')
}

async function redeemOnce(config: Configuration, callback: URL, secrets: Secrets): Promise<Tokens> {
  const tokens = await authorizationCodeGrant(config, callback, {
    expectedState: secrets.state,
    expectedNonce: secrets.nonce,
    pkceCodeVerifier: secrets.verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (claims === undefined) throw new AppError('OIDC_ID_TOKEN_MALFORMED')
  return { config, accessToken: tokens.access_token, claims }
}

/** A failure is only remembered: whether the ID token alone is enough is decided by what is still missing. */
async function userinfo(
  run: Exchange,
  config: Configuration,
  tokens: { accessToken: string; claims: Claims },
): Promise<Claims | null> {
  try {
    return await fetchUserInfo(config, tokens.accessToken, String(tokens.claims['sub']))
  } catch (error) {
    const failure = translateOidcError(error, 'userinfo')
    if (failure.code === 'OIDC_SUBJECT_MISMATCH' || failure.code === 'OIDC_CANCELLED') throw failure
    run.logger.warn({ provider: run.provider.slug, code: failure.code }, 'oidc userinfo failed')
    if (isNeeded(run.provider, tokens.claims)) throw new AppError('OIDC_USERINFO', { cause: failure })
    return null
  }
}

function isNeeded(provider: OidcSettings, claims: Claims): boolean {
  const noGroups = provider.groupsClaim !== null && claims[provider.groupsClaim] === undefined
  return claims[provider.emailClaim] === undefined || (noGroups && provider.allowedGroups.length > 0)
}
