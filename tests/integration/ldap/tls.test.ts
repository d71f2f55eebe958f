import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join, dirname } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ladder } from '../../../src-main/contract/ldap'
import type { Encryption } from '../../../src-main/core/app/ports'
import { createDirectory } from '../../../src-main/core/ldap/directory'
import { agree, startFakeDirectory, type FakeOptions } from '../../support/ldap-fake'
import { climb } from '../../support/ldap-run'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'
import { createPki, type Pki, type ServerCertificate } from '../../support/pki'
import { freePorts, startSlapd } from '../../support/slapd'

let pki: Pki
beforeAll(() => {
  pki = createPki()
})
afterAll(() => pki.remove())

const server = (port: number, encryption: Encryption, host = '127.0.0.1') => [{ host, port, encryption }]

/** The test's connection and the two that draw its picture, and the sign-in's. */
const startTlsRequests = ['extended', 'extended', 'extended', 'extended']

/** Stands between a client and a server and keeps what each connection's client sent. */
async function startWire(to: number) {
  const sent: Buffer[][] = []
  const wire = createServer((client) => {
    const chunks: Buffer[] = []
    sent.push(chunks)
    const upstream = connect(to, '127.0.0.1')
    client.on('data', (bytes: Buffer) => chunks.push(bytes))
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  const { port } = wire.address() as AddressInfo
  return { port, sent, stop: () => new Promise((resolve) => wire.close(resolve)) }
}

/** Every fault of a certificate with a real server, over both ways to encrypt. */
const faults: readonly (readonly [ServerCertificate, string])[] = [
  ['wrong-ca', 'LDAP_TLS_UNTRUSTED_CA'],
  ['wrong-name', 'LDAP_TLS_HOSTNAME'],
  ['expired', 'LDAP_TLS_EXPIRED'],
  ['not-yet-valid', 'LDAP_TLS_NOT_YET_VALID'],
  ['self-signed', 'LDAP_TLS_SELF_SIGNED'],
  ['missing-intermediate', 'LDAP_TLS_MISSING_INTERMEDIATE'],
]

type Shown = NonNullable<Ladder['stages'][number]['chain']>

/** A server's own certificate that was sent, and the root that is trusted here and was not. */
const signed = [
  ['server', true],
  ['root', false],
]
const alone = [['server', true]]
const shapes: Partial<Record<ServerCertificate, unknown>> = {
  'wrong-ca': alone,
  'self-signed': alone,
  'missing-intermediate': alone,
}
const faultsShown: Partial<Record<ServerCertificate, readonly string[]>> = {
  'missing-intermediate': ['LDAP_TLS_UNTRUSTED_CA'],
}
const missing: Partial<Record<ServerCertificate, Shown['missing']>> = {
  'wrong-ca': { subject: 'CN=Other Test Root, O=Somebody Else', address: null },
  'missing-intermediate': {
    subject: 'CN=Authdesk Test Intermediate, O=Authdesk Tests',
    address: null,
  },
}

describe.each(faults)('a server whose certificate is %s', (tls, code) => {
  test('is refused over LDAPS and StartTLS, and its certificate is shown', async () => {
    const slapd = await startSlapd({ pki, tls })
    try {
      for (const encryption of ['ldaps', 'starttls'] as const) {
        const port = encryption === 'ldaps' ? slapd.ldapsPort : slapd.ldapPort
        const ladder = await climb(ldapSettings({ servers: server(port, encryption), caFile: pki.caFile }))
        expect(ladder.stage('tls')).toMatchObject({ status: 'failed', code })
        expect(ladder.stage('bind')).toMatchObject({ status: 'skipped', because: 'tls' })
        const labels = ladder.stage('tls').detail.map(({ label }) => label)
        expect(labels).toEqual(
          expect.arrayContaining(['Certificate for', 'Issued by', 'Valid until', 'Verdict']),
        )
        expect(ladder.summary).toBe('There is no safe connection to the directory')
        const { chain } = ladder.stage('tls')
        expect(chain?.certificates.flatMap(({ faults }) => faults)).toEqual(faultsShown[tls] ?? [code])
        expect(chain?.certificates.map(({ role, sent }) => [role, sent])).toEqual(shapes[tls] ?? signed)
        expect(chain?.missing).toEqual(missing[tls] ?? null)
        expect(chain?.verdict).not.toBeNull()
      }
    } finally {
      await slapd.stop()
    }
  })
})

describe('trust', () => {
  test('a whole chain, and a name that is set for the certificate, are accepted', async () => {
    const slapd = await startSlapd({ pki, tls: 'full-chain' })
    const named = await startSlapd({ pki, tls: 'wrong-name' })
    try {
      const chain = await climb(
        ldapSettings({ servers: server(slapd.ldapsPort, 'ldaps', 'localhost'), caFile: pki.caFile }),
      )
      expect(chain.ok).toBe(true)
      expect(chain.stage('tls').detail).toContainEqual({ label: 'Certificates in the chain', value: '3' })
      expect(chain.stage('tls').chain).toMatchObject({
        ...{ expectedName: 'localhost', verdict: null, missing: null },
        certificates: [
          { role: 'server', sent: true, trusted: null, faults: [] },
          { role: 'intermediate', sent: true, trusted: null, faults: [] },
          { role: 'root', sent: false, trusted: 'file', faults: [] },
        ],
      })
      const tlsServerName = 'ldap.example.net'
      const other = await climb(
        ldapSettings({ servers: server(named.ldapsPort, 'ldaps'), caFile: pki.caFile, tlsServerName }),
      )
      expect(other.ok).toBe(true)
    } finally {
      await slapd.stop()
      await named.stop()
    }
  })

  test('without the CA file the server is not trusted', async () => {
    const slapd = await startSlapd({ pki })
    try {
      const ladder = await climb(ldapSettings({ servers: server(slapd.ldapsPort, 'ldaps') }))
      expect(ladder.code).toBe('LDAP_TLS_UNTRUSTED_CA')
    } finally {
      await slapd.stop()
    }
  })

  test('a CA file that is missing or holds no certificate is named', async () => {
    const slapd = await startSlapd({ pki })
    const empty = join(dirname(pki.caFile), 'empty.pem')
    const broken = join(dirname(pki.caFile), 'broken.pem')
    writeFileSync(empty, 'nothing here\n')
    writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
    try {
      for (const caFile of ['/nonexistent/ca.pem', empty, broken]) {
        const ladder = await climb(ldapSettings({ servers: server(slapd.ldapsPort, 'ldaps'), caFile }))
        expect(ladder.stage('tls')).toMatchObject({ status: 'failed', code: 'LDAP_CA_FILE' })
        expect(ladder.stage('tls').detail).toContainEqual({ label: 'File', value: caFile })
      }
    } finally {
      await slapd.stop()
    }
  })
})

describe('the wrong port', () => {
  test('LDAPS on a plain port, plain LDAP and StartTLS on an LDAPS port', async () => {
    const slapd = await startSlapd({ pki })
    const on = (port: number, encryption: Encryption) =>
      climb(ldapSettings({ servers: server(port, encryption), caFile: pki.caFile }))
    try {
      const ldaps = await on(slapd.ldapPort, 'ldaps')
      expect(ldaps.stage('tls').code).toBe('LDAP_TLS_ON_PLAIN_PORT')
      const startTls = await on(slapd.ldapsPort, 'starttls')
      expect(startTls.stage('tls').code).toBe('LDAP_PLAIN_ON_TLS_PORT')
      const plain = await on(slapd.ldapsPort, 'none')
      expect(plain.stage('rootdse')).toMatchObject({ status: 'warning', code: 'LDAP_PLAIN_ON_TLS_PORT' })
      expect(plain.stage('bind')).toMatchObject({ status: 'failed', code: 'LDAP_PLAIN_ON_TLS_PORT' })
    } finally {
      await slapd.stop()
    }
  })

  test('a server without a certificate refuses StartTLS', async () => {
    const slapd = await startSlapd({ pki, tls: 'none' })
    try {
      const ladder = await climb(ldapSettings({ servers: server(slapd.ldapPort, 'starttls') }))
      expect(ladder.stage('tls')).toMatchObject({ status: 'failed', code: 'LDAP_STARTTLS_REFUSED' })
    } finally {
      await slapd.stop()
    }
  })

  test('a server that demands a client certificate is named', async () => {
    const { cert, key } = pki.server('good')
    const [port = 0] = await freePorts(1)
    const args = ['s_server', '-accept', `127.0.0.1:${port}`, '-cert', cert, '-key', key, '-Verify', '1']
    const child = spawn('openssl', args, { stdio: ['pipe', 'pipe', 'ignore'] })
    const closed = once(child, 'close')
    try {
      for await (const text of child.stdout) if (String(text).includes('ACCEPT')) break
      const ladder = await climb(ldapSettings({ servers: server(port, 'ldaps'), caFile: pki.caFile }))
      expect(ladder.code).toBe('LDAP_TLS_CLIENT_CERTIFICATE')
    } finally {
      child.kill()
      await closed
    }
  })

  test('a server that offers only outdated versions is named', async () => {
    const { cert, key } = pki.server('good')
    const old = createTlsServer({
      cert: readFileSync(cert),
      key: readFileSync(key),
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    old.on('tlsClientError', () => undefined)
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = old.address() as AddressInfo
      const ladder = await climb(ldapSettings({ servers: server(port, 'ldaps'), caFile: pki.caFile }))
      expect(ladder.stage('tls').code).toBe('LDAP_TLS_VERSION')
    } finally {
      await new Promise((resolve) => old.close(resolve))
    }
  })
})

describe('on the wire', () => {
  const secret = 'reader-secret-4711'

  async function tried(options: Omit<FakeOptions, 'reply'>, encryption: Encryption, code: string) {
    const fake = await startFakeDirectory({ reply: agree, ...options })
    const settings = ldapSettings({ servers: server(fake.port, encryption), caFile: pki.caFile, timeout: 2 })
    try {
      const ladder = await climb(settings, { user: 'ada', password: 'ada-engine-1843' })
      expect(ladder.code).toBe(code)
      const directory = createDirectory({ logger: quietLogger, clock: { now: () => new Date() } })(settings)
      const who = { username: 'ada', password: 'ada-engine-1843' }
      await expect(directory.signIn(who, new AbortController().signal)).rejects.toMatchObject({
        code: 'LDAP_UNAVAILABLE',
        details: { code },
      })
      return fake
    } finally {
      await fake.stop()
    }
  }

  test.each(faults)(
    'nothing at all is sent to an LDAPS server whose certificate is %s',
    async (kind, code) => {
      const fake = await tried({ tls: pki.server(kind) }, 'ldaps', code)
      expect(fake.connections()).toBeGreaterThan(1)
      expect(fake.decrypted().length).toBe(0)
      expect(fake.requests).toEqual([])
    },
  )

  test.each(faults)('after StartTLS nothing more is sent where the certificate is %s', async (kind, code) => {
    const fake = await tried({ startTls: pki.server(kind) }, 'starttls', code)
    expect(fake.decrypted().length).toBe(0)
    expect(fake.requests.map(({ kind: asked }) => asked)).toEqual(startTlsRequests)
    expect(fake.plain().includes(secret)).toBe(false)
    expect(fake.plain().length).toBe(startTlsRequests.length * 31)
  })

  test('with StartTLS both binds travel encrypted, the service account’s and the person’s, on every connection', async () => {
    const slapd = await startSlapd({ pki })
    const wire = await startWire(slapd.ldapPort)
    const settings = ldapSettings({ servers: server(wire.port, 'starttls'), caFile: pki.caFile })
    const who = { username: 'ada', password: slapd.passwords['ada'] ?? '' }
    try {
      const directory = createDirectory({ logger: quietLogger, clock: { now: () => new Date() } })(settings)
      for (const turn of [1, 2]) {
        const person = await directory.signIn(who, new AbortController().signal)
        expect(person.username).toBe('ada')
        expect(wire.sent).toHaveLength(turn)
      }
      expect((await climb(settings, { user: who.username, password: who.password })).ok).toBe(true)
      for (const bytes of wire.sent.map((chunks) => Buffer.concat(chunks))) {
        // One request for StartTLS, and from there on nothing but TLS records.
        expect(bytes.subarray(0, 31).includes('1.3.6.1.4.1.1466.20037')).toBe(true)
        expect(bytes[31]).toBe(0x16)
        for (const word of [secret, who.password, 'uid=ada']) expect(bytes.includes(word)).toBe(false)
      }
    } finally {
      await wire.stop()
      await slapd.stop()
    }
  })

  test('bytes that were slipped in behind the consent to StartTLS end the attempt', async () => {
    const injected = Buffer.from('300c02010261070a010004000400', 'hex')
    await tried({ startTls: pki.server('good'), injected }, 'starttls', 'LDAP_PROTOCOL')
  })

  test('a password is not sent in clear text beyond this computer', async () => {
    const fake = await startFakeDirectory({ reply: agree })
    const settings = ldapSettings({ servers: server(fake.port, 'none', 'ldap.example.test') })
    try {
      const run = (change: object) =>
        climb({ ...settings, ...change }, { resolve: () => Promise.resolve([address]) })
      const address = '0.0.0.0'
      const refused = await run({})
      expect(refused.outline.slice(2, 6)).toEqual([
        'tcp: passed',
        'tls: warning LDAP_PLAINTEXT_FORBIDDEN',
        'rootdse: passed',
        'bind: failed LDAP_PLAINTEXT_FORBIDDEN',
      ])
      expect(fake.requests.some(({ kind }) => kind === 'bind')).toBe(false)
      expect(fake.plain().includes(secret)).toBe(false)
      const allowed = await run({ allowPlaintext: true })
      expect(allowed.stage('tls')).toMatchObject({ status: 'warning', code: 'CONFIG_INSECURE' })
      expect(allowed.stage('bind').status).toBe('passed')
      expect(fake.plain().includes(secret)).toBe(true)
    } finally {
      await fake.stop()
    }
  })
})
