import { AppError } from '../../contract/errors'
import type { Logger, OidcSettings } from '../app/ports'
import { chainPresented, type Presented } from '../diagnostics/presented-chain'
import { configFaults } from './addresses'
import { openChannel } from './oidc-fetch'
import { translateOidcError } from './oidc-errors'
import { openSocket, openTunnel } from './tls-examination'

/** An unusable bundle must not keep another authority from being pinned in its place. */
async function channelOf(provider: OidcSettings, logger: Logger, signal: AbortSignal) {
  return openChannel({ provider, logger, signal }).catch(() =>
    openChannel({ provider: { ...provider, caFile: null }, logger, signal }),
  )
}

/** The certificates that the issuer's server shows; no request is sent to it. */
export async function presentedByProvider(
  provider: OidcSettings,
  logger: Logger,
  outer: AbortSignal,
): Promise<Presented> {
  const [setting] = configFaults(provider)
  if (setting !== undefined) throw new AppError('OIDC_CONFIG_INVALID', { details: { setting } })
  const { hostname, port, protocol } = new URL(provider.issuer)
  if (protocol !== 'https:') throw new AppError('OIDC_CONFIG_INVALID', { text: 'noEncryption' })
  const host = hostname.replace(/^\[|\]$/g, '')
  const target = { host, port: Number(port || 443) }
  const signal = AbortSignal.any([outer, AbortSignal.timeout(provider.timeout * 1000)])
  const channel = await channelOf(provider, logger, signal)
  try {
    const proxy = channel.proxyFor(provider.issuer)
    const socket = await (proxy === null ? openSocket(target, signal) : openTunnel(proxy, target, signal))
    signal.addEventListener('abort', () => socket.destroy(), { once: true })
    const { secureContext } = channel
    const shown = await chainPresented(socket, { name: host, secureContext }).finally(() => socket.destroy())
    return { server: `${hostname}:${target.port}`, ...shown }
  } catch (error) {
    throw error instanceof AppError ? error : translateOidcError(error, 'discovery')
  } finally {
    await channel.close()
  }
}
