import { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { connect, type DetailedPeerCertificate, type SecureContext } from 'node:tls'

/** What a server shows of itself in a handshake, and what the trust of the moment says to it (`null`: good). */
export interface Presented {
  /** The server as a person knows it: host and port. */
  readonly server: string
  readonly chain: readonly X509Certificate[]
  readonly verdict: string | null
}

/** Why an authority can be pinned: everything about the certificate but who vouches for it may still be wrong. */
const untrusted: readonly string[] = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]

export const isUntrusted = (verdict: string | null): boolean =>
  verdict !== null && untrusted.includes(verdict)

/** Whether it names itself as its issuer; that its signature is its own is not looked at. */
export const isSelfIssued = (certificate: X509Certificate): boolean => certificate.checkIssued(certificate)

/** The topmost certificate, where it vouches for itself: only such a one can be trusted as a root. */
export function rootOf(chain: readonly X509Certificate[]): X509Certificate | null {
  const top = chain.at(-1)
  return top !== undefined && isSelfIssued(top) && top.verify(top.publicKey) ? top : null
}

type Link = Partial<DetailedPeerCertificate> | undefined

function certificatesFrom(leaf: Link): X509Certificate[] {
  const chain: X509Certificate[] = []
  const seen = new Set<string>()
  for (let link = leaf; link?.raw !== undefined && !seen.has(link.fingerprint256 ?? '');) {
    seen.add(link.fingerprint256 ?? '')
    chain.push(new X509Certificate(link.raw))
    link = link.issuerCertificate
  }
  return chain
}

/**
 * A handshake only to see the certificates: the connection is thrown away right after it and carries nothing, so that it
 * may go on whatever the certificates are worth.
 */
export function chainPresented(
  plain: Socket,
  peer: { readonly name: string; readonly secureContext: SecureContext },
): Promise<Omit<Presented, 'server'>> {
  return new Promise((resolve, reject) => {
    const { name, secureContext } = peer
    const servername = isIP(name) === 0 ? { servername: name } : {}
    const socket = connect({
      socket: plain,
      host: name,
      ...servername,
      secureContext,
      rejectUnauthorized: false,
    })
    plain.on('error', reject)
    socket.on('error', reject)
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    socket.once('secureConnect', () => {
      const chain = certificatesFrom(socket.getPeerCertificate(true))
      // Typed as an Error, but Node keeps the error's code here.
      const error: unknown = socket.authorizationError
      resolve({ chain, verdict: socket.authorized ? null : String(error) })
      socket.destroy()
    })
  })
}
