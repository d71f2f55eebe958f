import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { AppError, type Code } from '../../contract/errors'
import type { OidcSettings } from '../app/ports'
import { discoveryAddress, isAllowedAddress } from './addresses'
import { translateOidcError } from './oidc-errors'
import type { OidcChannel } from './oidc-fetch'

const list = z.array(z.string()).optional().catch(undefined)

/** The parts of a discovery document that the desk reads (OpenID Connect Discovery §3); the rest stays as it is. */
export const metadataSchema = z.looseObject({
  issuer: z.string().min(1),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
  jwks_uri: z.string().optional(),
  userinfo_endpoint: z.string().optional().catch(undefined),
  end_session_endpoint: z.string().optional().catch(undefined),
  scopes_supported: list,
  code_challenge_methods_supported: list,
  token_endpoint_auth_methods_supported: list,
  id_token_signing_alg_values_supported: list,
  authorization_response_iss_parameter_supported: z.boolean().optional().catch(undefined),
})
export type OidcMetadata = z.infer<typeof metadataSchema>

export interface Discovery {
  readonly address: string
  readonly metadata: OidcMetadata
  /** The provider's clock, from its `Date` header. */
  readonly date: Date | null
}

/** One try, nothing cached and nothing compared. */
export async function discover(channel: Pick<OidcChannel, 'fetch'>, issuer: string): Promise<Discovery> {
  const address = discoveryAddress(issuer)
  try {
    const response = await channel.fetch(address, { headers: { accept: 'application/json' } })
    const text = await response.text()
    if (response.status === 404) throw new AppError('OIDC_DISCOVERY_NOT_FOUND', { details: { address } })
    if (response.status !== 200) {
      const location = response.headers.get('location')
      const details = { address, status: response.status, ...(location === null ? {} : { location }) }
      throw new AppError('OIDC_HTTP_STATUS', { details })
    }
    const date = Date.parse(response.headers.get('date') ?? '')
    return {
      address,
      metadata: parseMetadata(text, address),
      date: Number.isNaN(date) ? null : new Date(date),
    }
  } catch (error) {
    throw translateOidcError(error, 'discovery')
  }
}

function parseMetadata(text: string, address: string): OidcMetadata {
  const details = { address, begins: text.trim().slice(0, 60) }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new AppError('OIDC_DISCOVERY_INVALID', { details })
  }
  const parsed = metadataSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'document')
  throw new AppError('OIDC_DISCOVERY_INVALID', { details: { address, fields } })
}

/** Faults of the moment; a certificate, a wrong address or a wrong document does not get better by asking again. */
const passing: ReadonlySet<Code> = new Set<Code>([
  'OIDC_DNS_NOT_FOUND',
  'OIDC_CONNECT_REFUSED',
  'OIDC_UNREACHABLE',
  'OIDC_TIMEOUT',
])

function isPassing(error: unknown): boolean {
  if (!(error instanceof AppError)) return false
  const { status } = error.details
  return passing.has(error.code) || (typeof status === 'number' && (status === 429 || status >= 500))
}

/** Discovery for a sign-in: tried again as the settings say, the pause doubling. */
export async function discoverWithRetry(
  channel: OidcChannel,
  provider: OidcSettings,
  signal: AbortSignal,
): Promise<Discovery> {
  for (let tries = 1; ; tries++) {
    try {
      return await discover(channel, provider.issuer)
    } catch (error) {
      if (signal.aborted || tries >= provider.retries || !isPassing(error)) throw error
      await wait(provider.retryDelay * 1000 * 2 ** (tries - 1), undefined, { signal })
    }
  }
}

/** Exactly the same, character for character (OpenID Connect Discovery §4.3). */
export function requireSameIssuer(configured: string, metadata: OidcMetadata): void {
  if (metadata.issuer === configured) return
  const code = metadata.issuer.includes('{') ? 'OIDC_ISSUER_TEMPLATE' : 'OIDC_ISSUER_MISMATCH'
  throw new AppError(code, { details: { configured, stated: metadata.issuer } })
}

export const requiredEndpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const

/** Which required addresses are missing or may not be used. */
export function endpointFaults(metadata: OidcMetadata, issuer: string): (typeof requiredEndpoints)[number][] {
  return requiredEndpoints.filter((name) => {
    const address = metadata[name]
    return address === undefined || !isAllowedAddress(address, issuer)
  })
}

export function requireEndpoints(metadata: OidcMetadata, issuer: string): void {
  const endpoints = endpointFaults(metadata, issuer)
  if (endpoints.length > 0) throw new AppError('OIDC_ENDPOINT_MISSING', { details: { endpoints } })
}
