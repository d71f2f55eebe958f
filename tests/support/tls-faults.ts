import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { createServer, type TlsOptions } from 'node:tls'
import type { LdapCode } from '../../src-main/contract/errors'
import type { Encryption } from '../../src-main/core/app/ports'
import { agree, startFakeDirectory } from './ldap-fake'
import type { Pki, ServerCertificate } from './pki'
import { freePorts } from './slapd'

/** A server with one fault of its encryption, and how a client is told to reach it. */
export interface FaultyServer {
  readonly port: number
  readonly encryption: Encryption
  readonly caFile: string | null
  readonly stop: () => Promise<unknown>
}

/** One fault of the encryption with its code, to be seen in every runtime. */
export interface TlsFault {
  readonly name: string
  readonly code: LdapCode
  /** Where it shows; `bind`, where the handshake itself went well. */
  readonly stage: 'tls' | 'bind'
  readonly start: (pki: Pki) => Promise<FaultyServer>
}

const certificates: readonly (readonly [ServerCertificate, LdapCode])[] = [
  ['wrong-ca', 'LDAP_TLS_UNTRUSTED_CA'],
  ['wrong-name', 'LDAP_TLS_HOSTNAME'],
  ['expired', 'LDAP_TLS_EXPIRED'],
  ['not-yet-valid', 'LDAP_TLS_NOT_YET_VALID'],
  ['self-signed', 'LDAP_TLS_SELF_SIGNED'],
  ['missing-intermediate', 'LDAP_TLS_MISSING_INTERMEDIATE'],
]

type FakeTls = 'tls' | 'startTls'

async function fake(pki: Pki, kind: ServerCertificate, by: FakeTls): Promise<FaultyServer> {
  const server = await startFakeDirectory({ reply: agree, [by]: pki.server(kind) })
  const encryption = by === 'tls' ? 'ldaps' : 'starttls'
  return { port: server.port, encryption, caFile: pki.caFile, stop: server.stop }
}

async function tlsServer(pki: Pki, options: TlsOptions): Promise<FaultyServer> {
  const { cert, key } = pki.server('good')
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key), ...options })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () => new Promise((resolve) => server.close(resolve))
  return { port, encryption: 'ldaps', caFile: pki.caFile, stop }
}

/** A runtime's own server would hang up without a word; this one says what it misses. */
async function demandingServer(pki: Pki): Promise<FaultyServer> {
  const { cert, key } = pki.server('good')
  const [port = 0] = await freePorts(1)
  const args = ['s_server', '-accept', `127.0.0.1:${port}`, '-cert', cert, '-key', key, '-Verify', '1']
  const child = spawn('openssl', args, { stdio: ['pipe', 'pipe', 'ignore'] })
  const closed = once(child, 'close')
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('ACCEPT')) resolve()
    })
  })
  const stop = async () => {
    child.kill()
    await closed
  }
  return { port, encryption: 'ldaps', caFile: pki.caFile, stop }
}

async function plainServer(pki: Pki, encryption: Encryption, caFile: string | null = pki.caFile) {
  const server = await startFakeDirectory({ reply: agree })
  return { port: server.port, encryption, caFile, stop: server.stop }
}

/** A CA file that holds no certificate that could be read. */
function brokenCaFile(pki: Pki): string {
  const file = join(dirname(pki.caFile), 'unreadable.pem')
  writeFileSync(file, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  return file
}

const certificateFaults: readonly TlsFault[] = certificates.flatMap(([kind, code]) => [
  {
    name: `LDAPS with a certificate that is ${kind}`,
    code,
    stage: 'tls',
    start: (pki) => fake(pki, kind, 'tls'),
  },
  {
    name: `StartTLS with a certificate that is ${kind}`,
    ...{ code, stage: 'tls' as const },
    start: (pki) => fake(pki, kind, 'startTls'),
  },
])

export const tlsFaults: readonly TlsFault[] = [
  ...certificateFaults,
  {
    name: 'only TLS 1.1',
    ...{ code: 'LDAP_TLS_VERSION', stage: 'tls' },
    start: (pki) =>
      tlsServer(pki, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  },
  {
    name: 'only ciphers that nobody may use',
    ...{ code: 'LDAP_TLS_WEAK', stage: 'tls' },
    start: (pki) =>
      tlsServer(pki, {
        ...{ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
        ciphers: 'ECDHE-ECDSA-NULL-SHA@SECLEVEL=0',
      }),
  },
  {
    name: 'a client certificate is demanded',
    ...{ code: 'LDAP_TLS_CLIENT_CERTIFICATE', stage: 'bind' },
    start: demandingServer,
  },
  {
    name: 'LDAPS on a port for plain LDAP',
    ...{ code: 'LDAP_TLS_ON_PLAIN_PORT', stage: 'tls' },
    start: async (pki) => {
      // Whatever is no LDAP ends the connection, as a real server does it.
      const server = await startFakeDirectory({ reply: agree, other: 'drop' })
      return { port: server.port, encryption: 'ldaps', caFile: pki.caFile, stop: server.stop }
    },
  },
  {
    name: 'StartTLS on a port for LDAPS',
    ...{ code: 'LDAP_PLAIN_ON_TLS_PORT', stage: 'tls' },
    start: async (pki) => ({ ...(await tlsServer(pki, {})), encryption: 'starttls' }),
  },
  {
    name: 'plain LDAP on a port for LDAPS',
    ...{ code: 'LDAP_PLAIN_ON_TLS_PORT', stage: 'bind' },
    start: async (pki) => ({ ...(await tlsServer(pki, {})), encryption: 'none' }),
  },
  {
    name: 'a server that does not know StartTLS',
    ...{ code: 'LDAP_STARTTLS_REFUSED', stage: 'tls' },
    start: async (pki) => {
      const server = await startFakeDirectory({ reply: agree, refuses: 'extended' })
      return { port: server.port, encryption: 'starttls', caFile: pki.caFile, stop: server.stop }
    },
  },
  {
    name: 'a CA file that is not there',
    ...{ code: 'LDAP_CA_FILE', stage: 'tls' },
    start: (pki) => plainServer(pki, 'ldaps', '/nonexistent/ca.pem'),
  },
  {
    name: 'a CA file that holds no certificate',
    ...{ code: 'LDAP_CA_FILE', stage: 'tls' },
    start: (pki) => plainServer(pki, 'ldaps', brokenCaFile(pki)),
  },
]
