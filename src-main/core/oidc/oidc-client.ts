import * as openid from 'openid-client'
import {
  ClientSecretBasic,
  ClientSecretPost,
  clockSkew,
  clockTolerance as tolerance,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
  None,
  type ClientAuth,
  type ServerMetadata,
} from 'openid-client'
import type { RequestInit } from 'undici'
import type { Clock, OidcSettings } from '../app/ports'
import { isLoopbackIssuer } from './addresses'
import { clockTolerance, inspectTokenAnswer } from './id-token'
import { parseJwks } from './jwks'
import type { OidcMetadata } from './oidc-discovery'
import type { OidcChannel } from './oidc-fetch'

export type AuthMethod = 'client_secret_basic' | 'client_secret_post' | 'none'

/**
 * In which ways the client may prove itself, the likeliest first. RFC 6749 has Basic as the default; some providers
 * don't decode its credentials as they must, so the form is the second try where the provider announces it.
 */
export function authMethods(provider: OidcSettings, metadata: OidcMetadata): readonly AuthMethod[] {
  if (provider.clientSecret === null) return ['none']
  const announced = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const usable = (['client_secret_basic', 'client_secret_post'] as const).filter((method) =>
    announced.includes(method),
  )
  return usable.length > 0 ? usable : ['client_secret_basic']
}

export interface ClientOptions {
  readonly provider: OidcSettings
  readonly metadata: OidcMetadata
  readonly channel: OidcChannel
  readonly clock: Clock
  readonly method: AuthMethod
  /** Whether a token answer must hold an ID token; one to a refresh need not (OpenID Connect Core §12.2). */
  readonly idToken?: 'optional'
  readonly onRefusal?: ((answer: Answer) => void) | undefined
}

/** What a provider answered, as it came. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** openid-client's configuration with our transport; every ID token's signature is checked against the issuer's keys. */
export function createClient(options: ClientOptions): Configuration {
  const { provider, metadata, clock, method } = options
  const skew = Math.round((clock.now().getTime() - Date.now()) / 1000)
  const client = { [tolerance]: clockTolerance, [clockSkew]: skew }
  const server = metadata as unknown as ServerMetadata
  const config = new Configuration(
    server,
    provider.clientId,
    client,
    authentication(method, provider.clientSecret),
  )
  config.timeout = provider.timeout
  config[customFetch] = (url, init) => guarded(options, { url, init: init as unknown as RequestInit })
  enableNonRepudiationChecks(config)
  if (isLoopbackIssuer(provider.issuer)) permitHttpOnLoopback(config)
  return config
}

/**
 * openid-client marks this function as deprecated so that nobody uses it in passing. Here it is right: the channel
 * itself refuses http for anything but an issuer and an address on this computer.
 */
function permitHttpOnLoopback(config: Configuration): void {
  Reflect.get(openid, 'allowInsecureRequests')(config)
}

function authentication(method: AuthMethod, secret: string | null): ClientAuth {
  if (secret === null || method === 'none') return None()
  return method === 'client_secret_basic' ? ClientSecretBasic(secret) : ClientSecretPost(secret)
}

/** Token and key answers are looked at before the library sees them, so that each fault gets its own code. */
async function guarded(
  {
    channel,
    metadata,
    idToken = 'required',
    onRefusal,
  }: Pick<ClientOptions, 'channel' | 'metadata' | 'onRefusal'> & {
    idToken?: 'optional' | 'required'
  },
  request: { url: string; init: RequestInit },
): Promise<Response> {
  const response = await channel.fetch(request.url, request.init)
  const { status } = response
  const body = await response.text()
  if (status >= 400) onRefusal?.({ status, body })
  const headers = new Headers([...response.headers])
  if (request.url === metadata.jwks_uri) {
    parseJwks(status, body)
    headers.set('content-type', 'application/json')
  } else if (request.url === metadata.token_endpoint && status === 200) {
    inspectTokenAnswer(body, idToken)
  }
  return new Response(body === '' ? null : body, { status, headers })
}
