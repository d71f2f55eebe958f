import {
  checkServerIdentity as checkHostName,
  createSecureContext,
  type PeerCertificate,
  type SecureContext,
} from 'node:tls'
import { Agent, EnvHttpProxyAgent, fetch, type Dispatcher, type RequestInit, type Response } from 'undici'
import { AppError } from '../../contract/errors'
import type { Logger, OidcSettings } from '../app/ports'
import { loadTrust, type Trust } from '../diagnostics/trust-store'
import { isWeakChain } from './certificate-chain'
import { isAllowedAddress, isLoopbackHost, parseAddress } from './addresses'
import { networkCode } from './network-errors'

const mebibyte = 1024 * 1024

export interface ChannelOptions {
  readonly provider: OidcSettings
  readonly signal: AbortSignal
  readonly logger: Logger
  /** Which addresses may be asked; without it, the provider’s: https, or http on this computer. */
  readonly allows?: (address: string) => boolean
}

/** One run's way to a provider: its trust, its time-outs, its proxy. Close it when the run ends. */
export interface OidcChannel {
  readonly fetch: (address: string, init?: RequestInit) => Promise<Response>
  readonly trust: Trust
  readonly secureContext: SecureContext
  /** Which proxy of the environment stands before this address; never one before this computer itself. */
  readonly proxyFor: (address: string) => URL | null
  readonly close: () => Promise<void>
}

/** Trust is bundled roots + the operating system's + the provider's file; a file that can't be used ends here. */
export async function openChannel(options: ChannelOptions): Promise<OidcChannel> {
  const { provider } = options
  const trust = await loadTrust(provider.caFile, 'OIDC_CA_FILE')
  const secureContext = createSecureContext({ ca: trust.ca, minVersion: 'TLSv1.2' })
  const agents = createAgents(secureContext, provider.timeout * 1000)
  const channel = { trust, secureContext, proxyFor: proxyOfEnvironment }
  return {
    ...channel,
    fetch: (address, init) => send(options, agents, { address, init: init ?? {} }),
    close: async () => {
      await Promise.all([agents.direct.destroy(), agents.proxied.destroy()])
    },
  }
}

interface Agents {
  readonly direct: Agent
  readonly proxied: EnvHttpProxyAgent
}

function createAgents(secureContext: SecureContext, timeout: number): Agents {
  const limits = { headersTimeout: timeout, bodyTimeout: timeout, maxResponseSize: 2 * mebibyte }
  // Said aloud: NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise switch the verification off.
  const connect = { secureContext, timeout, checkServerIdentity, rejectUnauthorized: true }
  return {
    direct: new Agent({ ...limits, connect }),
    proxied: new EnvHttpProxyAgent({ ...limits, connect, requestTls: connect, proxyTls: connect }),
  }
}

/** The host name, and a strength that not every runtime's TLS insists on by itself. */
function checkServerIdentity(host: string, certificate: PeerCertificate): Error | undefined {
  const weak = isWeakChain(certificate)
    ? Object.assign(new Error('certificate key too small'), { code: 'EE_KEY_TOO_SMALL' })
    : undefined
  return checkHostName(host, certificate) ?? weak
}

async function send(
  {
    provider,
    signal,
    logger,
    allows = (address) => isAllowedAddress(address, provider.issuer),
  }: ChannelOptions,
  agents: Agents,
  request: { address: string; init: RequestInit },
): Promise<Response> {
  const { address, init } = request
  if (!allows(address)) {
    throw new AppError('OIDC_ENDPOINT_MISSING', { details: { address: withoutQuery(address) } })
  }
  const proxy = proxyOfEnvironment(address)
  const dispatcher: Dispatcher = proxy === null ? agents.direct : agents.proxied
  const limits = [signal, AbortSignal.timeout(provider.timeout * 1000), ...(init.signal ? [init.signal] : [])]
  const started = performance.now()
  const trace = { provider: provider.slug, method: init.method ?? 'GET', address: withoutQuery(address) }
  try {
    const response = await fetch(address, {
      redirect: 'manual',
      ...init,
      dispatcher,
      signal: AbortSignal.any(limits),
    })
    logger.debug(
      { ...trace, status: response.status, ms: Math.round(performance.now() - started) },
      'oidc request',
    )
    return response
  } catch (error) {
    logger.debug({ ...trace, ms: Math.round(performance.now() - started) }, 'oidc request failed')
    throw proxy !== null && isConnectFailure(error)
      ? new AppError('OIDC_PROXY', { details: { proxy: proxy.host }, cause: error })
      : error
  }
}

/** The first hop is the proxy: a connection that fails there says nothing about the provider. */
function isConnectFailure(error: unknown): boolean {
  const code = networkCode(error instanceof Error ? (error.cause ?? error) : error)
  return code === 'OIDC_CONNECT_REFUSED' || code === 'OIDC_DNS_NOT_FOUND' || code === 'OIDC_PROXY'
}

/** HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as undici's EnvHttpProxyAgent reads them. */
export function proxyOfEnvironment(address: string): URL | null {
  const url = new URL(address)
  if (isLoopbackHost(url.hostname)) return null
  const value = (name: string): string => process.env[name] ?? process.env[name.toUpperCase()] ?? ''
  const proxy = parseAddress((url.protocol === 'https:' && value('https_proxy')) || value('http_proxy'))
  if (proxy === null) return null
  const exempt = value('no_proxy')
    .split(/[,\s]+/)
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
  return exempt.some((entry) => isExempt(url, entry)) ? null : proxy
}

function isExempt(url: URL, entry: string): boolean {
  if (entry === '*') return true
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? []
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false
  const suffix = name.replace(/^\*?\./, '')
  return url.hostname === suffix || url.hostname.endsWith(`.${suffix}`)
}

/** Queries may hold codes and states; they are in no log and no detail. */
export function withoutQuery(address: string): string {
  const url = parseAddress(address)
  return url === null ? 'not an address' : `${url.origin}${url.pathname}`
}
