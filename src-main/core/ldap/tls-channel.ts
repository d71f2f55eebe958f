import { createHash, X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import tls, { type DetailedPeerCertificate, type SecureContext, type TLSSocket } from 'node:tls'
import { AppError, type Details } from '../../contract/errors'
import { loadTrust, type Trust } from '../diagnostics/trust-store'
import { reasonOf } from './deadline'
import { codeText, toSocketError } from './ldap-errors'
import { missesIntermediate } from './tls-codes'

/** The certificates to trust, parsed once: a context of some 300 roots takes tens of milliseconds. */
export interface TlsTrust {
  readonly trust: Trust
  readonly context: SecureContext
}
export type LoadTlsTrust = (caFile: string | null) => Promise<TlsTrust>

export function createTlsTrustLoader(): LoadTlsTrust {
  let cached: { readonly key: string; readonly value: TlsTrust } | null = null
  return async (caFile) => {
    const trust = await loadTrust(caFile, 'LDAP_CA_FILE')
    const key = createHash('sha256').update(trust.ca.join('\n')).digest('hex')
    if (cached?.key !== key) cached = { key, value: { trust, context: contextOf(trust, caFile) } }
    return cached.value
  }
}

function contextOf(trust: Trust, caFile: string | null): SecureContext {
  try {
    return tls.createSecureContext({ ca: trust.ca })
  } catch (cause) {
    throw new AppError('LDAP_CA_FILE', { details: { file: caFile, reason: codeText(cause) }, cause })
  }
}

export interface TlsChannel {
  readonly socket: TLSSocket
  readonly evidence: Details
}

/**
 * Encrypts an open connection and verifies the other side against the trusted roots and the name. There is no way
 * around the verification. The evidence is gathered before the verdict, so that a refused certificate can be shown.
 * From here on only the encrypted socket may be destroyed; it takes the plain one along. The other order crashes Node.
 */
export function secureSocket(
  plain: Socket,
  peer: { readonly name: string; readonly trust: TlsTrust },
  signal: AbortSignal,
): Promise<TlsChannel> {
  return new Promise((resolve, reject) => {
    let evidence: Details = {}
    let chain: readonly DetailedPeerCertificate[] = []
    const socket = tls.connect({
      socket: plain,
      secureContext: peer.trust.context,
      host: peer.name,
      // Said aloud: NODE_TLS_REJECT_UNAUTHORIZED=0 would otherwise switch the verification off.
      rejectUnauthorized: true,
      ...(isIP(peer.name) === 0 ? { servername: peer.name } : {}),
    })
    const settle = (error: AppError | null): void => {
      signal.removeEventListener('abort', onAbort)
      if (error) {
        socket.destroy()
        reject(error)
      } else resolve({ socket, evidence })
    }
    const onAbort = (): void => settle(reasonOf(signal))
    signal.addEventListener('abort', onAbort, { once: true })
    socket.prependOnceListener('secure', () => {
      chain = chainOf(socket)
      evidence = { ...describe(socket, chain), ...describeRoot(chain, peer.trust.trust) }
    })
    socket.once('secureConnect', () => settle(null))
    socket.once('error', (error: Error) =>
      settle(refusal(error, { evidence, chain, trust: peer.trust.trust })),
    )
    socket.on('error', () => undefined)
    socket.once('close', () => settle(new AppError('LDAP_DROPPED')))
  })
}

/** The server's certificate first, each followed by its issuer as far as they were sent or are trusted. */
function chainOf(socket: TLSSocket): readonly DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  const known = new Set<string>()
  let next: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true)
  while (isCertificate(next) && !known.has(next.fingerprint256)) {
    known.add(next.fingerprint256)
    chain.push(next)
    next = next.issuerCertificate
  }
  return chain
}

/** Node answers with an empty object where there is no certificate. */
function isCertificate(
  value: Partial<DetailedPeerCertificate> | undefined,
): value is DetailedPeerCertificate {
  return value?.fingerprint256 !== undefined
}

function describe(socket: TLSSocket, chain: readonly DetailedPeerCertificate[]): Details {
  const [leaf] = chain
  const protocol = socket.getProtocol() ?? ''
  const cipher = socket.getCipher().name
  if (!leaf) return { protocol, cipher }
  return {
    protocol,
    cipher,
    subject: distinguished(leaf.subject),
    issuer: distinguished(leaf.issuer),
    names: leaf.subjectaltname ?? '',
    validFrom: leaf.valid_from,
    validTo: leaf.valid_to,
    fingerprint: leaf.fingerprint256,
    chainLength: chain.length,
  }
}

function distinguished(name: object): string {
  return Object.entries(name as Record<string, string | string[]>)
    .map(([type, value]) => `${type}=${Array.isArray(value) ? value.join('+') : value}`)
    .reverse()
    .join(', ')
}

function describeRoot(chain: readonly DetailedPeerCertificate[], trust: Trust): Details {
  const root = chain.at(-1)
  const source = root ? trust.describe(root.fingerprint256) : null
  return root && source ? { trustSource: source, root: distinguished(root.subject) } : {}
}

interface Refused {
  readonly evidence: Details
  readonly chain: readonly DetailedPeerCertificate[]
  readonly trust: Trust
}

function refusal(error: Error, what: Refused): AppError {
  const translated = toSocketError(error)
  const verdict = codeText(error)
  const [leaf] = what.chain
  const missing =
    leaf !== undefined &&
    missesIntermediate({
      verdict,
      sentCertificates: what.chain.length,
      issuer: { name: oneText(leaf.issuer.CN), organisation: oneText(leaf.issuer.O) },
      issuerAddress: leaf.infoAccess?.['CA Issuers - URI'] ? 'named' : 'absent',
      trustedOrganisations: organisationsOfFile(what.trust),
    })
  return new AppError(missing ? 'LDAP_TLS_MISSING_INTERMEDIATE' : translated.code, {
    details: { ...what.evidence, verdict },
    cause: error,
  })
}

/** A name part may be absent or come several times, whatever its type declares. */
function oneText(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}

function organisationsOfFile(trust: Trust): readonly string[] {
  return trust.ca
    .flatMap((pem) => parsed(pem))
    .filter((certificate) => trust.describe(certificate.fingerprint256) === 'file')
    .flatMap(({ subject }) => /^O=(.+)$/m.exec(subject)?.[1] ?? [])
}

/** The system's bundle may hold an odd certificate that this runtime cannot parse; it tells us nothing. */
function parsed(pem: string): readonly X509Certificate[] {
  try {
    return [new X509Certificate(pem)]
  } catch {
    return []
  }
}
