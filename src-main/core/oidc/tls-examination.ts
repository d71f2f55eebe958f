import { X509Certificate } from 'node:crypto'
import { request } from 'node:http'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect, type DetailedPeerCertificate, type SecureContext } from 'node:tls'
import type { OidcCode } from '../../contract/errors'
import type { Trust, TrustSource } from '../diagnostics/trust-store'
import { chainOf, isWeak } from './certificate-chain'
import { certificateCode } from './network-errors'

export interface Target {
  readonly host: string
  readonly port: number
}

/** The three things that a thrown verdict mixes up: what was sent, what was built from it, and what came of it. */
export interface TlsExamination {
  readonly protocol: string | null
  readonly cipher: string
  readonly chain: readonly DetailedPeerCertificate[]
  readonly source: TrustSource | null
  /** Null: the certificate is good for this host. */
  readonly verdict: { readonly code: OidcCode; readonly reason: string } | null
}

/** Some runtimes have no word of their own for it, others accept it. */
const tooWeak = 'EE_KEY_TOO_SMALL'

/** One TCP connection, refused or timed out as Node says it. */
export function openSocket(target: Target, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: target.host, port: target.port })
    const abort = (): void => void socket.destroy(signal.reason instanceof Error ? signal.reason : undefined)
    signal.addEventListener('abort', abort, { once: true })
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort)
      resolve(socket)
    })
    socket.on('error', reject)
    socket.once('close', () => reject(new Error('closed')))
  })
}

/** A tunnel through a web proxy (RFC 9110 §9.3.6). */
export function openTunnel(proxy: URL, target: Target, signal: AbortSignal): Promise<Socket> {
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  const authorization = { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
  return new Promise((resolve, reject) => {
    const tunnel = request({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: `${target.host}:${target.port}`,
      headers: { host: `${target.host}:${target.port}`, ...(proxy.username === '' ? {} : authorization) },
      signal,
    })
    tunnel.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) {
        resolve(socket)
        return
      }
      socket.destroy()
      reject(
        Object.assign(new Error(`Proxy response ${response.statusCode ?? 0}`), { code: 'UND_ERR_ABORTED' }),
      )
    })
    tunnel.once('error', reject)
    tunnel.end()
  })
}

/** A handshake that goes on whatever the certificate is worth, so that it can be shown. */
export function examineTls(
  socket: Socket,
  host: string,
  trust: { readonly store: Trust; readonly secureContext: SecureContext },
): Promise<TlsExamination> {
  return new Promise((resolve, reject) => {
    const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host }
    const tls = connect({
      socket,
      host,
      ...servername,
      secureContext: trust.secureContext,
      rejectUnauthorized: false,
    })
    socket.on('error', reject)
    tls.on('error', reject)
    tls.once('close', () =>
      reject(Object.assign(new Error('closed in the handshake'), { code: 'ECONNRESET' })),
    )
    tls.once('secureConnect', () => {
      const chain = chainOf(tls.getPeerCertificate(true))
      const reason = chain.some(isWeak) ? tooWeak : tls.authorized ? null : verdictOf(tls.authorizationError)
      resolve({
        protocol: tls.getProtocol(),
        cipher: tls.getCipher().name,
        chain,
        source: trust.store.describe(chain.at(-1)?.fingerprint256 ?? ''),
        verdict: reason === null ? null : { reason, code: judge(reason, chain, trust.store) },
      })
      tls.destroy()
    })
  })
}

/** Typed as an Error, but Node keeps the error's code here. */
function verdictOf(error: unknown): string {
  if (error instanceof Error) return error.message
  return typeof error === 'string' ? error : 'CERT_UNTRUSTED'
}

/**
 * An unknown issuer of a lone certificate: a forgotten intermediate if the certificate says where its issuer's is
 * found, or if a trusted root belongs to the same organisation; otherwise an authority that nobody knows.
 */
function judge(reason: string, chain: readonly DetailedPeerCertificate[], trust: Trust): OidcCode {
  if (reason === tooWeak) return 'OIDC_TLS_WEAK'
  const code = certificateCode(reason)
  const [leaf, ...others] = chain
  if (code !== 'OIDC_TLS_UNTRUSTED_CA' || leaf === undefined || others.length > 0) return code
  const published = leaf.infoAccess?.['CA Issuers - URI'] !== undefined
  return published || hasTrustedRootOf(leaf.issuer.O, trust) ? 'OIDC_TLS_MISSING_INTERMEDIATE' : code
}

function hasTrustedRootOf(organisation: string | string[] | undefined, trust: Trust): boolean {
  if (typeof organisation !== 'string') return false
  return trust.ca.some((pem) => {
    try {
      return new X509Certificate(pem).subject.split('\n').includes(`O=${organisation}`)
    } catch {
      return false
    }
  })
}
