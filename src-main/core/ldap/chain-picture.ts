import { createSecureContext } from 'node:tls'
import { isIP } from 'node:net'
import type { X509Certificate } from 'node:crypto'
import type { ChainPicture, PicturedCertificate } from '../../contract/chain'
import type { LdapCode } from '../../contract/errors'
import type { LdapSettings } from '../app/ports'
import { nameInOneLine } from '../diagnostics/name-in-one-line'
import { chainPresented, isSelfIssued } from '../diagnostics/presented-chain'
import type { Trust } from '../diagnostics/trust-store'
import { withDeadline } from './deadline'
import { requestStartTls } from './start-tls'
import { openSocket, type Endpoint } from './tcp'
import type { LoadTlsTrust } from './tls-channel'
import { codeOfTls } from './tls-codes'

/** What was sent, what was built from it, and what the verification says of it. */
export interface SeenChain {
  readonly built: readonly X509Certificate[]
  /** Fingerprints of what the server itself sent. */
  readonly sent: ReadonlySet<string>
  readonly verdict: string | null
}

export interface PictureOptions {
  readonly expectedName: string
  readonly now: Date
  readonly trust: Pick<Trust, 'describe'>
  readonly code: LdapCode | null
}

const namesOf = (certificate: X509Certificate): string[] =>
  (certificate.subjectAltName ?? '').split(', ').filter((name) => name !== '')

function fitsName(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined
}

function faultsOf(
  certificate: X509Certificate,
  at: number,
  { now, expectedName }: PictureOptions,
): LdapCode[] {
  const faults: LdapCode[] = []
  if (now < new Date(certificate.validFrom)) faults.push('LDAP_TLS_NOT_YET_VALID')
  if (now > new Date(certificate.validTo)) faults.push('LDAP_TLS_EXPIRED')
  if (at === 0 && !fitsName(certificate, expectedName)) faults.push('LDAP_TLS_HOSTNAME')
  return faults
}

/** The topmost certificate carries what is wrong with the trust: nobody vouches for it. */
function trustFault(options: PictureOptions): LdapCode[] {
  const { code } = options
  return code === 'LDAP_TLS_SELF_SIGNED' || code === 'LDAP_TLS_UNTRUSTED_CA' ? [code] : []
}

function pictured(seen: SeenChain, at: number, options: PictureOptions): PicturedCertificate[] {
  const certificate = seen.built[at]
  if (!certificate) return []
  const isTop = at === seen.built.length - 1
  const role = at === 0 ? 'server' : isTop && isSelfIssued(certificate) ? 'root' : 'intermediate'
  const trusted = options.trust.describe(certificate.fingerprint256)
  const one: PicturedCertificate = {
    ...{ role, trusted, sent: seen.sent.has(certificate.fingerprint256) },
    subject: nameInOneLine(certificate.subject),
    issuer: nameInOneLine(certificate.issuer),
    names: namesOf(certificate),
    validFrom: new Date(certificate.validFrom).toISOString(),
    validTo: new Date(certificate.validTo).toISOString(),
    fingerprint: certificate.fingerprint256,
    faults: [...faultsOf(certificate, at, options), ...(isTop ? trustFault(options) : [])],
  }
  return [one]
}

/** The issuer that the verification looked for and did not find, and where the certificate says it can be had. */
function missingOf({ built }: SeenChain, { trust }: PictureOptions): ChainPicture['missing'] {
  const top = built.at(-1)
  if (!top || isSelfIssued(top) || trust.describe(top.fingerprint256) !== null) return null
  const address = /CA Issuers - URI:(\S+)/.exec(top.infoAccess ?? '')?.[1] ?? null
  return { subject: nameInOneLine(top.issuer), address }
}

/** The picture of a chain, the server's own certificate first. */
export function pictureOf(seen: SeenChain, options: PictureOptions): ChainPicture {
  return {
    expectedName: options.expectedName,
    verdict: seen.verdict,
    certificates: seen.built.flatMap((_, at) => pictured(seen, at, options)),
    missing: missingOf(seen, options),
  }
}

/** A picture is worth a short wait only. */
const mostMs = 3000

export interface PictureRun {
  readonly settings: LdapSettings
  readonly loadTrust: LoadTlsTrust
  readonly signal: AbortSignal
  readonly now: Date
}

/** Knows no root, so that nothing is added to what the server sent. */
const trustsNobody = () => createSecureContext({ ca: [] })

/**
 * Two handshakes of their own that carry nothing, one that trusts what the test trusts and one that trusts nobody: the
 * runtime adds trusted roots to what a server sent and does not say which. Null where the server does not show its
 * certificates again.
 */
export async function seeChain(endpoint: Endpoint, run: PictureRun): Promise<ChainPicture | null> {
  const { settings, signal, now } = run
  const name = settings.tlsServerName ?? endpoint.host
  try {
    const { trust, context } = await run.loadTrust(settings.caFile)
    const look = async (secureContext: typeof context) =>
      withDeadline({ signal, ms: Math.min(mostMs, settings.timeout * 1000) }, async (inner) => {
        const socket = await openSocket(endpoint, inner)
        inner.addEventListener('abort', () => socket.destroy(), { once: true })
        try {
          if (endpoint.encryption === 'starttls') await requestStartTls(socket, inner)
          return await chainPresented(socket, { name, secureContext })
        } finally {
          socket.destroy()
        }
      })
    const [built, sent] = await Promise.all([look(context), look(trustsNobody())])
    const seen = {
      ...{ built: built.chain, verdict: built.verdict },
      sent: new Set(sent.chain.map(({ fingerprint256 }) => fingerprint256)),
    }
    const code = built.verdict === null ? null : codeOfTls(built.verdict)
    return pictureOf(seen, { expectedName: name, now, trust, code })
  } catch (error) {
    if (signal.aborted) throw error
    // What cannot be shown is no answer: the stage itself has said what is wrong.
    return null
  }
}
