import { createServer, connect, type Socket } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openChannel } from '../../../src-main/core/ldap/connect'
import { createDirectory } from '../../../src-main/core/ldap/directory'
import { createTlsTrustLoader } from '../../../src-main/core/ldap/tls-channel'
import { agree, startFakeDirectory } from '../../support/ldap-fake'
import { climb } from '../../support/ldap-run'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'
import { createPki, type Pki } from '../../support/pki'

let pki: Pki
beforeAll(() => {
  pki = createPki()
})
afterAll(() => pki.remove())
beforeEach(() => void vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0'))
afterEach(() => void vi.unstubAllEnvs())

/** Node's own switch turned the verification off for every connection that did not say otherwise. */
test.each(['ldaps', 'starttls'] as const)(
  'no switch of the environment sends a password to an unverified server over %s',
  async (encryption) => {
    const files = pki.server('wrong-name')
    const fake = await startFakeDirectory({
      reply: agree,
      ...(encryption === 'ldaps' ? { tls: files } : { startTls: files }),
    })
    try {
      const servers = [{ host: '127.0.0.1', port: fake.port, encryption }]
      const settings = ldapSettings({ servers, caFile: pki.caFile })
      const directory = createDirectory({ logger: quietLogger, clock: { now: () => new Date() } })
      const { signal } = new AbortController()
      await expect(
        directory(settings).signIn({ username: 'ada', password: 'secret-of-ada' }, signal),
      ).rejects.toMatchObject({ code: 'LDAP_UNAVAILABLE', details: { code: 'LDAP_TLS_HOSTNAME' } })
      expect((await climb(settings)).stage('tls').code).toBe('LDAP_TLS_HOSTNAME')
      expect(fake.requests.filter(({ kind }) => kind === 'bind')).toEqual([])
    } finally {
      await fake.stop()
    }
  },
)

test('a connection whose caller gave up while the trust was loaded is closed', async () => {
  const accepted: Socket[] = []
  const server = createServer((socket) => void accepted.push(socket.on('error', () => undefined)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const plain = connect(port, '127.0.0.1')
  await once(plain, 'connect')
  const giveUp = new AbortController()
  const load = createTlsTrustLoader()
  const deps = {
    logger: quietLogger,
    resolve: () => Promise.resolve(['127.0.0.1']),
    loadTrust: (file: string | null) => {
      giveUp.abort()
      return load(file)
    },
  }
  const endpoint = { host: '127.0.0.1', port, encryption: 'ldaps', address: '127.0.0.1' } as const
  const opened = openChannel(endpoint, { settings: ldapSettings({}), deps, plain }, giveUp.signal)
  await expect(opened).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(plain.destroyed).toBe(true)
  for (const socket of accepted) socket.destroy()
  await new Promise((done) => server.close(done))
})

test('a plain connection is closed when its test is broken off while StartTLS is asked about', async () => {
  const open = new Set<Socket>()
  const giveUp = new AbortController()
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined).on('close', () => open.delete(socket)))
    socket.once('data', () => giveUp.abort())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const servers = [{ host: 'plain.example.test', port, encryption: 'none' }] as const
  // An address that reaches this computer and is not known as its own.
  const resolve = () => Promise.resolve(['0.0.0.0'])
  const broken = climb(ldapSettings({ servers, allowPlaintext: true }), { resolve, signal: giveUp.signal })
  await expect(broken).rejects.toMatchObject({ code: 'CANCELLED' })
  await vi.waitFor(() => expect(open.size).toBeLessThan(2), { timeout: 1000 })
  const [probe] = open
  probe?.destroy()
  await new Promise((done) => server.close(done))
})
