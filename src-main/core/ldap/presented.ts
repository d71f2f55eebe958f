import { AppError } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { chainPresented, type Presented } from '../diagnostics/presented-chain'
import { resolveServer, targetOf, type Server } from './connect'
import { withDeadline } from './deadline'
import { toSocketError } from './ldap-errors'
import { requestStartTls } from './start-tls'
import { openSocket, systemResolve, type Endpoint } from './tcp'
import { createTlsTrustLoader } from './tls-channel'

/** An unusable file of authorities must not keep another one from being pinned in its place. */
async function contextOf({ caFile }: LdapSettings) {
  const load = createTlsTrustLoader()
  return (await load(caFile).catch(() => load(null))).context
}

async function presentedAt(endpoint: Endpoint, settings: LdapSettings, signal: AbortSignal) {
  const secureContext = await contextOf(settings)
  const socket = await openSocket(endpoint, signal)
  signal.addEventListener('abort', () => socket.destroy(), { once: true })
  try {
    if (endpoint.encryption === 'starttls') await requestStartTls(socket, signal)
    const name = settings.tlsServerName ?? endpoint.host
    return await chainPresented(socket, { name, secureContext }).catch((error: unknown) => {
      throw error instanceof Error ? toSocketError(error) : error
    })
  } finally {
    socket.destroy()
  }
}

async function presentedOf(server: Server, settings: LdapSettings, signal: AbortSignal): Promise<Presented> {
  const limits = { signal, ms: settings.timeout * 1000 }
  const endpoints = await withDeadline(limits, () => resolveServer(server, systemResolve))
  let failure: unknown = new AppError('LDAP_UNREACHABLE')
  for (const endpoint of endpoints) {
    try {
      const shown = await withDeadline(limits, (inner) => presentedAt(endpoint, settings, inner))
      return { server: targetOf(server), ...shown }
    } catch (error) {
      if (signal.aborted) throw error
      failure = error
    }
  }
  throw failure
}

/** The certificates of the first directory server that shows some; no bind, no name and no password is sent. */
export async function presentedByDirectory(settings: LdapSettings, signal: AbortSignal): Promise<Presented> {
  const encrypted = settings.servers.filter(({ encryption }) => encryption !== 'none')
  let failure: unknown = new AppError('LDAP_CONFIG_INVALID', { text: 'noEncryption' })
  for (const server of encrypted) {
    try {
      return await presentedOf(server, settings, signal)
    } catch (error) {
      if (signal.aborted) throw error
      failure = error
    }
  }
  throw failure
}
