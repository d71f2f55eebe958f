import { AppError } from '../../contract/errors'
import type { LdapSettings, Logger } from '../app/ports'
import { encrypt, type Channel } from './channel'
import { reasonOf, withDeadline } from './deadline'
import { requireReadable } from './invalid-settings'
import { toSocketError } from './ldap-errors'
import { createNetworkConnection, type NetworkConnection } from './network-connection'
import type { PolicyAnswer } from './policy-control'
import { codeOfResult } from './result-codes'
import { isLoopback, openSocket, type Endpoint, type Resolve } from './tcp'
import type { LoadTlsTrust } from './tls-channel'

/** What every way to a server needs. */
export interface ConnectDeps {
  readonly logger: Logger
  readonly resolve: Resolve
  readonly loadTrust: LoadTlsTrust
}

export type Server = LdapSettings['servers'][number]

export function targetOf(server: { readonly host: string; readonly port: number }): string {
  return server.host.includes(':') ? `[${server.host}]:${server.port}` : `${server.host}:${server.port}`
}

/** The addresses of a server, in the order in which the operating system prefers them. */
export async function resolveServer(server: Server, resolve: Resolve): Promise<readonly Endpoint[]> {
  const addresses = await resolve(server.host).catch((error: unknown) => {
    throw error instanceof Error ? withHost(toSocketError(error), server.host) : error
  })
  if (addresses.length === 0) throw new AppError('LDAP_DNS_NOT_FOUND', { details: { host: server.host } })
  return addresses.map((address) => ({ ...server, address }))
}

function withHost(error: AppError, host: string): AppError {
  const code = error.code === 'LDAP_DROPPED' ? 'LDAP_DNS_NOT_FOUND' : error.code
  return new AppError(code, { details: { ...error.details, host }, cause: error })
}

export async function openChannel(
  endpoint: Endpoint,
  what: { readonly settings: LdapSettings; readonly deps: ConnectDeps; readonly plain: Channel['socket'] },
  signal: AbortSignal,
): Promise<Channel> {
  if (endpoint.encryption === 'none') return { socket: what.plain, evidence: {} }
  const name = what.settings.tlsServerName ?? endpoint.host
  const trust = await what.deps.loadTrust(what.settings.caFile).catch((error: unknown) => {
    what.plain.destroy()
    throw error
  })
  // Whoever asked may have given up while the trust was loaded; a handshake from here on would be nobody's.
  if (signal.aborted) {
    what.plain.destroy()
    throw reasonOf(signal)
  }
  return encrypt(what.plain, { endpoint, name, trust }, signal)
}

export function connectionOver(channel: Channel, settings: LdapSettings, logger: Logger): NetworkConnection {
  return createNetworkConnection(channel.socket, { timeout: settings.timeout * 1000, logger })
}

/** Whether a password may travel to the endpoint: encrypted, on this computer, or by the settings' explicit wish. */
export function mayCarryPassword(endpoint: Endpoint, settings: LdapSettings): boolean {
  return endpoint.encryption !== 'none' || isLoopback(endpoint.address) || settings.allowPlaintext
}

/** Signs in as the service account, or anonymously where the settings have none and allow that. */
export async function bindService(
  connection: NetworkConnection,
  what: { readonly endpoint: Endpoint; readonly settings: LdapSettings },
  signal: AbortSignal,
): Promise<PolicyAnswer> {
  const { settings, endpoint } = what
  if (settings.bindDn === null) {
    if (!settings.allowAnonymous)
      throw new AppError('LDAP_CONFIG_INVALID', { details: { setting: 'LDAP_BIND_DN' } })
    return connection.bind({ dn: null, password: '', as: 'service' }, signal)
  }
  if (settings.bindPasswordWithheld === true) throw new AppError('SECRET_REQUIRED')
  if (settings.bindPassword === null || settings.bindPassword === '') {
    throw new AppError('LDAP_CONFIG_INVALID', { details: { setting: 'LDAP_BIND_PASSWORD' } })
  }
  if (!mayCarryPassword(endpoint, settings)) throw new AppError('LDAP_PLAINTEXT_FORBIDDEN')
  const request = { dn: settings.bindDn, password: settings.bindPassword, as: 'service' } as const
  return accepted(await connection.bind(request, signal), 'bind')
}

/** Signs in as a person on the same connection, so that the password travels as safely as the service account's. */
export async function bindPerson(
  connection: NetworkConnection,
  what: {
    readonly endpoint: Endpoint
    readonly settings: LdapSettings
    readonly dn: string
    readonly password: string
  },
  signal: AbortSignal,
): Promise<PolicyAnswer> {
  if (isBlank(what.password)) throw new AppError('LDAP_USER_PASSWORD', { details: { reason: 'blank' } })
  if (!mayCarryPassword(what.endpoint, what.settings)) throw new AppError('LDAP_PLAINTEXT_FORBIDDEN')
  return accepted(
    await connection.bind({ dn: what.dn, password: what.password, as: 'person' }, signal),
    'user-bind',
  )
}

/** A directory takes a name without a password as an anonymous visitor and says yes (RFC 4513 section 5.1.2). */
export function isBlank(password: string): boolean {
  return password.trim() === ''
}

/** A bind that succeeds only so that the password can be changed counts as refused, as Active Directory does it. */
function accepted(answer: PolicyAnswer, phase: 'bind' | 'user-bind'): PolicyAnswer {
  if (answer.error === null) return answer
  throw new AppError(codeOfResult({ code: 49, message: '', policy: answer.error }, phase))
}

/** Refusals of the service account count everywhere: asking the next server would only count towards a lockout. */
export function isFinal(error: AppError): boolean {
  const finals: readonly string[] = [
    ...['CANCELLED', 'LDAP_CONFIG_INVALID', 'LDAP_CA_FILE', 'LDAP_PLAINTEXT_FORBIDDEN'],
    ...[
      'LDAP_EMPTY_PASSWORD_ACCEPTED',
      'LDAP_BIND_CREDENTIALS',
      'LDAP_BIND_DN_SYNTAX',
      'LDAP_ANONYMOUS_FORBIDDEN',
    ],
  ]
  return finals.includes(error.code) || error.code.startsWith('LDAP_USER_')
}

export interface Bound {
  readonly connection: NetworkConnection
  readonly endpoint: Endpoint
}

/** A connection to the first server and address that accepts the service account; the caller closes it. */
export async function openBound(
  settings: LdapSettings,
  deps: ConnectDeps,
  signal: AbortSignal,
): Promise<Bound> {
  requireReadable(settings)
  let failure = new AppError('LDAP_CONFIG_INVALID', { details: { setting: 'LDAP_HOST' } })
  for (const server of settings.servers) {
    const limits = { signal, ms: settings.timeout * 1000 }
    try {
      const endpoints = await withDeadline(limits, () => resolveServer(server, deps.resolve))
      for (const endpoint of endpoints) {
        try {
          return await openOne(endpoint, { settings, deps }, signal)
        } catch (error) {
          failure = keepGoing(error)
        }
      }
    } catch (error) {
      failure = keepGoing(error)
    }
  }
  throw failure
}

function keepGoing(error: unknown): AppError {
  if (error instanceof AppError && !isFinal(error)) return error
  throw error
}

async function openOne(
  endpoint: Endpoint,
  what: { readonly settings: LdapSettings; readonly deps: ConnectDeps },
  signal: AbortSignal,
): Promise<Bound> {
  const { settings, deps } = what
  const limits = { signal, ms: settings.timeout * 1000 }
  const plain = await withDeadline(limits, (inner) => openSocket(endpoint, inner))
  const channel = await withDeadline(limits, (inner) => openChannel(endpoint, { ...what, plain }, inner))
  const connection = connectionOver(channel, settings, deps.logger)
  try {
    await withDeadline(limits, (inner) => bindService(connection, { endpoint, settings }, inner))
    return { connection, endpoint }
  } catch (error) {
    connection.close()
    throw error
  }
}
