import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import tls from 'node:tls'
import { AppError } from '../../contract/errors'

export type TrustSource = 'bundled' | 'system' | 'file'

export interface Trust {
  /** Every root as PEM, each once: the bundled ones, the operating system's, the file's. */
  readonly ca: string[]
  /** Which store knows a certificate (colon-separated SHA-256); the file is named only where no other does. */
  readonly describe: (fingerprint256: string) => TrustSource | null
}

/** Where Linux distributions and BSDs keep the operating system's roots in one file. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/etc/ssl/cert.pem',
]
const pemBlock = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g

/**
 * Bundled and operating-system roots plus a private CA file. A file that can't be used is an `AppError` with the
 * caller's code: silently going on without it would look like an untrusted server.
 */
export async function loadTrust(
  caFile: string | null,
  fileCode: 'LDAP_CA_FILE' | 'OIDC_CA_FILE',
): Promise<Trust> {
  const file = caFile === null ? [] : await certificatesOfFile(caFile, fileCode)
  const system = await systemCertificates()
  const stores: [TrustSource, readonly string[]][] = [
    ['bundled', tls.rootCertificates],
    ['system', system],
    ['file', file],
  ]
  let known: ReadonlyMap<string, TrustSource> | null = null
  return {
    ca: [...new Set(stores.flatMap(([, pems]) => pems.map((pem) => pem.trim())))],
    describe: (fingerprint256) => (known ??= fingerprints(stores)).get(fingerprint256.toUpperCase()) ?? null,
  }
}

async function certificatesOfFile(path: string, code: 'LDAP_CA_FILE' | 'OIDC_CA_FILE'): Promise<string[]> {
  try {
    const pems = pemBlocks(await readFile(path, 'utf8'))
    if (pems.length === 0) throw new Error('The file holds no PEM certificate.')
    for (const pem of pems) new X509Certificate(pem)
    return pems
  } catch (cause) {
    const reason =
      cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : 'unknown'
    throw new AppError(code, { details: { file: path, reason }, cause })
  }
}

async function systemCertificates(): Promise<string[]> {
  const extra = process.env['NODE_EXTRA_CA_CERTS']
  const paths = extra === undefined || extra === '' ? systemBundles : [...systemBundles, extra]
  const bundles = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')))
  return [...fromRuntime(), ...bundles.flatMap(pemBlocks)]
}

/** Node 22.15 and later read the key chain of macOS and the store of Windows; Node 20 has no such function. */
function fromRuntime(): string[] {
  const runtime: { getCACertificates?: (type: 'system') => string[] } = tls
  if (process.platform === 'linux' || runtime.getCACertificates === undefined) return []
  return runtime.getCACertificates('system')
}

function pemBlocks(text: string): string[] {
  return [...text.matchAll(pemBlock)].map(([pem]) => pem.replace(/\r\n/g, '\n'))
}

function fingerprints(stores: readonly [TrustSource, readonly string[]][]): ReadonlyMap<string, TrustSource> {
  const known = new Map<string, TrustSource>()
  for (const [source, pems] of stores) {
    for (const pem of pems) {
      const fingerprint = fingerprintOf(pem)
      if (fingerprint !== null && !known.has(fingerprint)) known.set(fingerprint, source)
    }
  }
  return known
}

/** A root that this runtime can't parse (an odd one in the system's bundle) is only unknown, not an error. */
function fingerprintOf(pem: string): string | null {
  try {
    return new X509Certificate(pem).fingerprint256
  } catch {
    return null
  }
}
