import {
  authorizationCodeGrant,
  fetchUserInfo,
  refreshTokenGrant,
  getJwksCache,
  setJwksCache,
  type Configuration,
} from 'openid-client'
import { AppError } from '../../contract/errors'
import type { Clock, Logger, OidcGrant, OidcSettings } from '../app/ports'
import { hasGaps, type Claims, type ClaimSources } from './oidc-claims'
import { checkExtraClaims } from './id-token'
import { authMethods, createClient, type ClientOptions } from './oidc-client'
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
  /** Is given each answer that is no success, whole. */
  readonly onRefusal?: ClientOptions['onRefusal']
}

/** What a code was redeemed for; the ID token is checked. */
export interface Tokens {
  readonly config: Configuration
  readonly accessToken: string
  readonly claims: Claims
  readonly grant: OidcGrant | null
  /** The ID token as it came. */
  readonly hint: string
}

/** The claims, the refresh token where one came, and the ID token as hint for a sign-out; other tokens end here. */
export interface Exchanged extends ClaimSources {
  readonly grant: OidcGrant | null
  readonly hint: string
}

/** Code → tokens → checked ID token → claims; userinfo only fills gaps. */
export async function exchange(run: Exchange, callback: URL, secrets: Secrets): Promise<Exchanged> {
  const tokens = await redeemCode(run, callback, secrets)
  const { claims: idToken, grant, hint } = tokens
  return { idToken, userinfo: await fillGaps(run, tokens), grant, hint }
}

/** Code → tokens → checked ID token. */
export async function redeemCode(run: Exchange, callback: URL, secrets: Secrets): Promise<Tokens> {
  const tokens = await inTurn(run, (each) => redeem(each, callback, secrets))
  checkExtraClaims(tokens.claims, run.provider.clientId, run.clock.now())
  // What nobody asked for is not kept.
  return run.provider.scopes.includes('offline_access') ? tokens : { ...tokens, grant: null }
}

/** Userinfo, where it is offered and something is missing in the ID token. */
export async function fillGaps(run: Exchange, tokens: Tokens): Promise<Claims | null> {
  const { claims, config } = tokens
  if (run.known.metadata.userinfo_endpoint === undefined || !hasGaps(claims, run.provider)) return null
  return userinfo(run, config, tokens)
}

/** One try for each way to prove the client's identity, until one isn't refused as such. */
async function inTurn<T>(
  run: Exchange & Pick<ClientOptions, 'idToken'>,
  ask: (config: Configuration) => Promise<T>,
): Promise<T> {
  const { provider, known } = run
  const methods = known.method === null ? authMethods(provider, known.metadata) : [known.method]
  let refusal: AppError | null = null
  for (const method of methods) {
    const config = createClient({ ...run, metadata: known.metadata, method })
    if (known.jwks !== null) setJwksCache(config, known.jwks)
    try {
      const tokens = await ask(config)
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

async function redeem(config: Configuration, callback: URL, secrets: Secrets): Promise<Tokens> {
  const tokens = await authorizationCodeGrant(config, callback, {
    expectedState: secrets.state,
    expectedNonce: secrets.nonce,
    pkceCodeVerifier: secrets.verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  const { id_token: hint } = tokens
  if (claims === undefined || hint === undefined) throw new AppError('OIDC_ID_TOKEN_MALFORMED')
  const grant = grantOf(tokens, { subject: claims.sub, refreshToken: null })
  return { config, accessToken: tokens.access_token, claims, grant, hint }
}

/** Where a provider says nothing of an access token's life, in seconds. */
const unknownLife = 600

function grantOf(
  tokens: { refresh_token?: string; expires_in?: number },
  before: { subject: string; refreshToken: string | null },
): OidcGrant | null {
  const refreshToken = tokens.refresh_token ?? before.refreshToken
  const { subject } = before
  return refreshToken === null ? null : { refreshToken, subject, expiresIn: tokens.expires_in ?? unknownLife }
}

/**
 * OpenID Connect Core §12: a new grant, with the old refresh token where the provider sends no new one. An ID token in
 * the answer must be about the same person. The provider's no is `OIDC_SESSION_REVOKED`.
 */
export async function refresh(
  run: Exchange,
  { refreshToken, subject }: Pick<OidcGrant, 'refreshToken' | 'subject'>,
): Promise<OidcGrant> {
  const ask = (config: Configuration) => refreshTokenGrant(config, refreshToken)
  const tokens = await inTurn({ ...run, idToken: 'optional' }, ask).catch((error: unknown) => {
    throw asRevoked(translateOidcError(error, 'token'))
  })
  const claims = tokens.claims()
  if (claims !== undefined && claims.sub !== subject) throw new AppError('OIDC_SUBJECT_MISMATCH')
  const grant = grantOf(tokens, { subject, refreshToken })
  if (grant === null) throw new AppError('OIDC_TOKEN_EXCHANGE')
  return grant
}

/** RFC 6749 §5.2: `invalid_grant` is the provider's no to this token; every other error says nothing about it. */
function asRevoked(failure: AppError): AppError {
  const isNo = failure.details['error'] === 'invalid_grant'
  return isNo ? new AppError('OIDC_SESSION_REVOKED', { details: failure.details }) : failure
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
