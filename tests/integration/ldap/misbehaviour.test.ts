import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/contract/errors'
import { createDirectory } from '../../../src-main/core/ldap/directory'
import {
  agree,
  entry,
  result,
  startFakeDirectory,
  type FakeReply,
  type FakeRequest,
} from '../../support/ldap-fake'
import { climb } from '../../support/ldap-run'
import { ldapSettings, quietLogger } from '../../support/ldap-settings'

const bindTag = 0x61
const searchTag = 0x65
const base = 'dc=example,dc=test'
const adaDn = `uid=ada,ou=people,${base}`

async function against(reply: (request: FakeRequest) => FakeReply, run: Parameters<typeof climb>[1] = {}) {
  const fake = await startFakeDirectory({ reply })
  try {
    return await climb(ldapSettings({ port: fake.port, timeout: 1 }), run)
  } finally {
    await fake.stop()
  }
}

/** A directory that holds one person; `change` replaces single answers. */
const withAda =
  (change: (request: FakeRequest) => FakeReply | null) =>
  (request: FakeRequest): FakeReply => {
    const changed = change(request)
    if (changed) return changed
    if (request.kind !== 'search' || request.name === '') return agree(request)
    const done = result({ id: request.id, tag: searchTag }, 0)
    const dn = request.name.startsWith('ou=people') ? adaDn : request.name
    const mail = { uid: ['ada'], mail: ['ada@example.test'], objectClass: ['inetOrgPerson'] }
    return Buffer.concat([entry(request.id, dn, mail), done])
  }

const activeDirectory = (data: string) =>
  `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${data}, v4563\u0000`

test('a lock that the entry does not show is stated as a contradiction', async () => {
  const ladder = await against(
    withAda((request) => {
      if (request.kind === 'bind' && request.name === adaDn) {
        return result({ id: request.id, tag: bindTag }, 49, { message: activeDirectory('775') })
      }
      if (request.kind !== 'search' || !request.name.startsWith('ou=people')) return null
      const state = {
        uid: ['ada'],
        mail: ['ada@example.test'],
        lockoutTime: ['0'],
        userAccountControl: ['512'],
      }
      return Buffer.concat([entry(request.id, adaDn, state), result({ id: request.id, tag: searchTag }, 0)])
    }),
    { user: 'ada', password: 'secret-of-ada' },
  )
  const stage = ladder.stage('userbind')
  expect(stage.code).toBe('LDAP_USER_LOCKED')
  const said = stage.detail.find(({ label }) => label === 'Contradiction')?.value
  expect(said).toMatch(/lockoutTime=0 does not say so/)
  expect(stage.detail.find(({ label }) => /reason/.test(label))?.value).toMatch(/^775: the account is locked/)
})

describe('answers to searches', () => {
  const refuse = (code: number, more: Parameters<typeof result>[2] = {}) =>
    against((request) =>
      request.kind === 'search' && request.name !== ''
        ? result({ id: request.id, tag: searchTag }, code, more)
        : agree(request),
    )

  test('a referral names the servers, which are not followed', async () => {
    const ladder = await refuse(10, { referrals: ['ldap://other.example.test/dc=example,dc=test'] })
    expect(ladder.stage('base').code).toBe('LDAP_REFERRAL')
    const named = ladder.stage('base').detail.find(({ label }) => label === 'Named servers')
    expect(named?.value).toBe('ldap://other.example.test/dc=example,dc=test')
  })

  test('two entries cut to one by the server’s own limit are not taken for one person', async () => {
    const ladder = await against(
      withAda((request) =>
        request.scope === 'sub' && request.name.startsWith('ou=people')
          ? Buffer.concat([
              entry(request.id, adaDn, { uid: ['ada'], objectClass: ['inetOrgPerson'] }),
              result({ id: request.id, tag: searchTag }, 4),
            ])
          : null,
      ),
      { user: 'ada' },
    )
    expect(ladder.stage('user').code).toBe('LDAP_USER_AMBIGUOUS')
  })
})

describe('an answer without a result', () => {
  const halfAnswer = ({ id }: FakeRequest) => Buffer.from([0x30, 0x05, 0x02, 0x01, id, 0x61, 0x7f])

  test('to a person’s bind is no sign-in, although the library under it takes it for a yes', async () => {
    const reply = withAda((request) =>
      request.kind === 'bind' && request.name === adaDn ? halfAnswer(request) : null,
    )
    const fake = await startFakeDirectory({ reply })
    const directory = createDirectory({ logger: quietLogger, clock: { now: () => new Date() } })
    const who = { username: 'ada', password: 'anything' }
    const signIn = directory(ldapSettings({ port: fake.port })).signIn(who, new AbortController().signal)
    await expect(signIn).rejects.toMatchObject({
      code: 'LDAP_UNAVAILABLE',
      details: { code: 'LDAP_PROTOCOL' },
    })
    await fake.stop()
  })
})

describe('a server that is none, or stops being one', () => {
  test('another protocol is told from LDAP, and no password is sent to it', async () => {
    const fake = await startFakeDirectory({ reply: () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n') })
    const ladder = await climb(ldapSettings({ port: fake.port, timeout: 2 }))
    await fake.stop()
    expect(ladder.stage('rootdse')).toMatchObject({ status: 'warning', code: 'LDAP_NOT_LDAP' })
    expect(ladder.stage('bind')).toMatchObject({ status: 'failed', code: 'LDAP_NOT_LDAP' })
    expect(fake.requests.map(({ kind }) => kind)).toEqual(['search'])
  })

  test.each(['drop', 'reset'] as const)(
    'a connection that ends in the middle (%s) is not reopened',
    async (how) => {
      const fake = await startFakeDirectory({
        reply: withAda((request) => (request.kind === 'search' && request.name === base ? how : null)),
      })
      const settings = ldapSettings({ port: fake.port, timeout: 2, requiredGroup: 'staff' })
      const ladder = await climb(settings, { user: 'ada', password: 'secret' })
      await fake.stop()
      expect(ladder.stage('base')).toMatchObject({ status: 'failed', code: 'LDAP_DROPPED' })
      expect(fake.connections()).toBe(1)
      expect(fake.requests.filter(({ kind }) => kind === 'bind').length).toBe(1)
      expect(ladder.stage('groups')).toMatchObject({ status: 'failed', code: 'LDAP_DROPPED' })
    },
  )

  test('a server that never answers is given up at the deadline, and gets no password', async () => {
    const fake = await startFakeDirectory({ reply: () => 'hang' })
    const started = Date.now()
    const ladder = await climb(ldapSettings({ port: fake.port, timeout: 0.3 }))
    await fake.stop()
    expect(Date.now() - started).toBeLessThan(2500)
    expect(ladder.stage('rootdse')).toMatchObject({ status: 'warning', code: 'LDAP_CONNECT_TIMEOUT' })
    expect(ladder.stage('bind')).toMatchObject({ status: 'failed', code: 'LDAP_CONNECT_TIMEOUT' })
    expect(fake.requests.some(({ kind }) => kind === 'bind')).toBe(false)
  })

  test('a handshake that hangs is given up at the deadline', async () => {
    const server = createServer(() => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const servers = [{ host: '127.0.0.1', port, encryption: 'ldaps' }] as const
    const ladder = await climb(ldapSettings({ servers, timeout: 0.3 }))
    server.close()
    expect(ladder.stage('tls')).toMatchObject({ status: 'failed', code: 'LDAP_CONNECT_TIMEOUT' })
  })

  test('cancelling ends the run within a second', async () => {
    const fake = await startFakeDirectory({
      reply: (request) => (request.kind === 'bind' ? 'hang' : agree(request)),
    })
    const controller = new AbortController()
    let cancelledAt = 0
    const onStage = (id: string): void => {
      if (id !== 'bind') return
      cancelledAt = Date.now()
      queueMicrotask(() => controller.abort())
    }
    const run = climb(ldapSettings({ port: fake.port, timeout: 30 }), { signal: controller.signal, onStage })
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(Date.now() - cancelledAt).toBeLessThan(1000)
    await fake.stop()
  })
})

test('no bind is sent before the record of the test is written, and none where it cannot be', async () => {
  const fake = await startFakeDirectory({ reply: withAda(() => null) })
  const binds = () => fake.requests.filter(({ kind }) => kind === 'bind').length
  const settings = ldapSettings({ port: fake.port })
  const person = { user: 'ada', password: 'secret-of-ada' }
  try {
    const beforeCredentials = () => Promise.reject(new AppError('AUDIT_WRITE_FAILED'))
    await expect(climb(settings, { ...person, beforeCredentials })).rejects.toMatchObject({
      code: 'AUDIT_WRITE_FAILED',
    })
    expect(binds()).toBe(0)
    let before = -1
    const written = () => Promise.resolve(void (before = binds()))
    expect((await climb(settings, { ...person, beforeCredentials: written })).ok).toBe(true)
    expect([before, binds()]).toEqual([0, 2])
  } finally {
    await fake.stop()
  }
})
