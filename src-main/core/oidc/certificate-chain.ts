import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls'

/** What Node types as always there is absent at the end of an incomplete chain and for a server without one. */
type Link = Partial<DetailedPeerCertificate> | undefined

/** The server's certificate first, as far up as Node could build. */
export function chainOf(leaf: Link): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  const seen = new Set<string>()
  for (let link = leaf; link?.fingerprint256 !== undefined && !seen.has(link.fingerprint256);) {
    seen.add(link.fingerprint256)
    chain.push(link as DetailedPeerCertificate)
    link = link.issuerCertificate
  }
  return chain
}

/** RSA under 2048 bits, elliptic curves under 224: what OpenSSL's security level 2 refuses. */
export function isWeak(certificate: DetailedPeerCertificate): boolean {
  return certificate.bits !== undefined && certificate.bits < (certificate.modulus === undefined ? 224 : 2048)
}

export function isWeakChain(leaf: PeerCertificate): boolean {
  return chainOf(leaf).some(isWeak)
}
