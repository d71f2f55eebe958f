import type { Socket } from 'node:net'
import { AppError, type Details } from '../../contract/errors'
import { withDeadline } from './deadline'
import { probePlainLdap, requestStartTls } from './start-tls'
import { openSocket, type Endpoint } from './tcp'
import { secureSocket, type TlsTrust } from './tls-channel'

/** A connection over which a password may travel, or a plain one where the settings ask for that. */
export interface Channel {
  readonly socket: Socket
  readonly evidence: Details
}

/** How long a wrong port is examined after the real attempt has failed. */
const probeMs = 1500

/** Encrypts the connection as the settings ask: at once, or after StartTLS. */
export async function encrypt(
  plain: Socket,
  peer: { readonly endpoint: Endpoint; readonly name: string; readonly trust: TlsTrust },
  signal: AbortSignal,
): Promise<Channel> {
  const { endpoint } = peer
  try {
    if (endpoint.encryption === 'starttls') await requestStartTls(plain, signal)
    return await secureSocket(plain, peer, signal)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'LDAP_DROPPED') throw error
    const other = endpoint.encryption === 'ldaps' ? plainLdapOn(endpoint) : tlsOn(endpoint, peer)
    const code = await other.catch(() => null)
    throw code === null ? error : new AppError(code, { details: error.details, cause: error })
  }
}

/** What a port is that does not complete a TLS handshake: plain LDAP, something else, or nothing recognisable. */
async function plainLdapOn(endpoint: Endpoint): Promise<'LDAP_TLS_ON_PLAIN_PORT' | 'LDAP_NOT_LDAP' | null> {
  try {
    await onNewSocket(endpoint, async (socket, signal) => {
      await probePlainLdap(socket, signal)
      return socket
    })
    return 'LDAP_TLS_ON_PLAIN_PORT'
  } catch (error) {
    return error instanceof AppError && error.code === 'LDAP_NOT_LDAP' ? 'LDAP_NOT_LDAP' : null
  }
}

/** Whether a port that drops plain LDAP completes a TLS handshake; any verdict on a certificate proves it. */
export async function tlsOn(
  endpoint: Endpoint,
  peer: { readonly name: string; readonly trust: TlsTrust },
): Promise<'LDAP_PLAIN_ON_TLS_PORT' | null> {
  try {
    await onNewSocket(endpoint, async (socket, signal) => (await secureSocket(socket, peer, signal)).socket)
    return 'LDAP_PLAIN_ON_TLS_PORT'
  } catch (error) {
    return error instanceof AppError && error.code.startsWith('LDAP_TLS_') ? 'LDAP_PLAIN_ON_TLS_PORT' : null
  }
}

/** Whether the server would encrypt if it were asked to; the probe's own connection is thrown away. */
export async function offersStartTls(endpoint: Endpoint): Promise<'offered' | 'refused' | 'unknown'> {
  try {
    await onNewSocket(endpoint, async (socket, signal) => {
      await requestStartTls(socket, signal)
      return socket
    })
    return 'offered'
  } catch (error) {
    return error instanceof AppError && error.code === 'LDAP_STARTTLS_REFUSED' ? 'refused' : 'unknown'
  }
}

/** Opens a connection for a probe; what the probe hands back is what has to be destroyed. A failed one did that. */
async function onNewSocket(
  endpoint: Endpoint,
  work: (socket: Socket, signal: AbortSignal) => Promise<Socket>,
): Promise<void> {
  const limits = { signal: new AbortController().signal, ms: probeMs }
  const used = await withDeadline(limits, async (signal) => work(await openSocket(endpoint, signal), signal))
  used.destroy()
}
