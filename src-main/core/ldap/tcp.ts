import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import type { Encryption } from '../app/ports'
import { AppError } from '../../contract/errors'
import { reasonOf } from './deadline'
import { toSocketError } from './ldap-errors'

/** One address of one server. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly encryption: Encryption
  readonly address: string
}

/** The addresses of a host as the operating system resolves them; replaced in tests. */
export type Resolve = (host: string) => Promise<readonly string[]>

export const systemResolve: Resolve = async (host) => {
  if (isIP(host) !== 0) return [host]
  const found = await lookup(host, { all: true, order: 'verbatim' })
  return [...new Set(found.map(({ address }) => address))]
}

export function isLoopback(address: string): boolean {
  return /^(?:127\.|::1$|::ffff:127\.)/i.test(address)
}

/** An open connection to one address; it is destroyed when the signal fires before it stands. */
export function openSocket(endpoint: Endpoint, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: endpoint.address, port: endpoint.port })
    const onAbort = (): void => {
      socket.destroy()
      reject(reasonOf(signal))
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const settle = (): void => signal.removeEventListener('abort', onAbort)
    socket.once('connect', () => {
      settle()
      socket.setNoDelay(true)
      resolve(socket)
    })
    socket.on('error', (error) => {
      settle()
      reject(toSocketError(error))
    })
  })
}

export interface Exchange {
  readonly send: Buffer
  /** Called with everything that came so far; a result ends the exchange. */
  readonly read: (chunk: Buffer) => 'more' | 'done'
}

/** Sends bytes and reads until the answer is whole; a connection that ends before is `LDAP_DROPPED`. */
export function exchange(socket: Socket, what: Exchange, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: AppError | null): void => {
      signal.removeEventListener('abort', onAbort)
      socket.off('data', onData)
      socket.off('close', onClose)
      socket.off('error', onError)
      socket.pause()
      if (outcome) socket.destroy()
      if (outcome) reject(outcome)
      else resolve()
    }
    const onAbort = (): void => settle(reasonOf(signal))
    const onClose = (): void => settle(new AppError('LDAP_DROPPED'))
    const onError = (error: Error): void => settle(toSocketError(error))
    const onData = (chunk: Buffer): void => {
      try {
        if (what.read(chunk) === 'done') settle(null)
      } catch (error) {
        settle(error instanceof AppError ? error : new AppError('LDAP_PROTOCOL', { cause: error }))
      }
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('data', onData)
    socket.once('end', onClose)
    socket.once('close', onClose)
    socket.once('error', onError)
    socket.write(what.send)
  })
}
