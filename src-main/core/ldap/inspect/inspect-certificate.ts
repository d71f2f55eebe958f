import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { InspectFinding } from '../../../contract/inspection'
import { nameInOneLine } from '../../diagnostics/name-in-one-line'
import { isSelfIssued } from '../../diagnostics/presented-chain'
import { coded, passed, type Bench, type Looked } from './inspection'

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g
const dayMs = 86_400_000
/** A certificate that ends so soon is worth a word. */
const soonDays = 14

/** Certificates in PEM, or one in DER as base64; null where the text is none. */
export function inspectCertificate(bench: Bench, text: string): Looked | null {
  const blocks = [...text.matchAll(pemBlock)]
  if (blocks.some(([, label = '']) => label.includes('PRIVATE KEY'))) return privateKey(bench)
  const pems = blocks.filter(([, label]) => label?.endsWith('CERTIFICATE')).map(([block]) => block)
  if (pems.length === 0 && !/^MI[A-Za-z0-9+/=\s]{200,}$/.test(text)) return null
  const certificates = pems.length > 0 ? pems.map(parsed) : [parsed(Buffer.from(text, 'base64'))]
  const readable = certificates.filter((each) => each !== null)
  if (readable.length < certificates.length || readable.length === 0)
    return {
      kind: 'certificate',
      findings: [coded(bench, 'LDAP_CA_FILE', { message: bench.t('ldapInspect.certificate.broken') })],
    }
  return {
    kind: 'certificate',
    findings: [...readable.flatMap((each) => about(bench, each)), ...chain(bench, readable)],
  }
}

function privateKey(bench: Bench): Looked {
  const next = bench.t('ldapInspect.certificate.keyNext')
  return {
    kind: 'key',
    findings: [coded(bench, 'LDAP_CA_FILE', { message: bench.t('ldapInspect.certificate.key'), next })],
  }
}

function parsed(certificate: string | Buffer): X509Certificate | null {
  try {
    return new X509Certificate(certificate)
  } catch {
    return null
  }
}

/** `openssl req -x509` makes an authority of every certificate; one with names is a server's all the same. */
const isServers = ({ ca, subjectAltName }: X509Certificate) => !ca || subjectAltName !== undefined

function about(bench: Bench, certificate: X509Certificate): InspectFinding[] {
  return [
    described(bench, certificate),
    validity(bench, certificate),
    ...strength(bench, certificate),
    ...(isServers(certificate) ? [...ownSignature(bench, certificate), ...names(bench, certificate)] : []),
  ]
}

function described({ t }: Bench, certificate: X509Certificate): InspectFinding {
  const { subject, issuer, validFrom, validTo, fingerprint256, serialNumber, subjectAltName } = certificate
  const rows = [
    ['subject', nameInOneLine(subject)],
    ['issuer', nameInOneLine(issuer)],
    ['names', subjectAltName ?? ''],
    ['validFrom', new Date(validFrom).toISOString()],
    ['validUntil', new Date(validTo).toISOString()],
    ['fingerprint', fingerprint256],
    ['serial', serialNumber],
  ] as const
  const detail = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ label: t(`ldapInspect.label.${name}`), value }))
  return passed(
    t(isServers(certificate) ? 'ldapInspect.certificate.server' : 'ldapInspect.certificate.authority', {
      name: nameInOneLine(subject),
    }),
    detail,
  )
}

function validity(bench: Bench, { validFrom, validTo }: X509Certificate): InspectFinding {
  const { t, now } = bench
  const [from, until] = [new Date(validFrom), new Date(validTo)]
  if (until < now) return coded(bench, 'LDAP_TLS_EXPIRED')
  if (from > now) return coded(bench, 'LDAP_TLS_NOT_YET_VALID')
  const days = Math.floor((until.getTime() - now.getTime()) / dayMs)
  const message = t('ldapInspect.certificate.days', { count: days })
  return days < soonDays ? coded(bench, 'LDAP_TLS_EXPIRED', { status: 'warning', message }) : passed(message)
}

/** As OpenSSL's security level 2 wants it: RSA from 2048 bits, elliptic curves from 224. */
function strength(bench: Bench, { publicKey }: X509Certificate): InspectFinding[] {
  const bits = publicKey.asymmetricKeyDetails?.modulusLength
  if (bits === undefined || bits >= 2048) return []
  return [coded(bench, 'LDAP_TLS_WEAK', { message: bench.t('ldapInspect.certificate.bits', { bits }) })]
}

function ownSignature(bench: Bench, certificate: X509Certificate): InspectFinding[] {
  return isSelfIssued(certificate) ? [coded(bench, 'LDAP_TLS_SELF_SIGNED', { status: 'warning' })] : []
}

/** Next to the hosts of the settings: a name that is looked for, or an address. */
function names(bench: Bench, certificate: X509Certificate): InspectFinding[] {
  const { t, ldap } = bench
  const hosts = ldap.tlsServerName === null ? ldap.servers.map(({ host }) => host) : [ldap.tlsServerName]
  return [...new Set(hosts)].map((host) => {
    // Older Nodes, Electron's too, throw at a name where they want an address.
    const fits = (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined
    if (fits) return passed(t('ldapInspect.certificate.fits', { host }))
    return coded(bench, 'LDAP_TLS_HOSTNAME', {
      status: 'warning',
      message: t('ldapInspect.certificate.misfits', { host }),
    })
  })
}

/** Several certificates are a chain as a server sends it: each is issued by the next. */
function chain(bench: Bench, certificates: readonly X509Certificate[]): InspectFinding[] {
  const { t } = bench
  const breaks = certificates
    .slice(1)
    .findIndex((issuer, at) => certificates[at]?.checkIssued(issuer) !== true)
  if (breaks >= 0) {
    const [one, other] = [certificates[breaks], certificates[breaks + 1]].map((each) =>
      nameInOneLine(each?.subject ?? ''),
    )
    const message = t('ldapInspect.certificate.gap', { one, other })
    return [coded(bench, 'LDAP_TLS_MISSING_INTERMEDIATE', { status: 'warning', message })]
  }
  const last = certificates.at(-1)
  if (last === undefined || isSelfIssued(last)) return []
  return [passed(t('ldapInspect.certificate.issuerNeeded', { issuer: nameInOneLine(last.issuer) }))]
}
