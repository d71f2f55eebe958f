import { describe, expect, test } from 'vitest'
import { judge } from '../../../src-main/core/ldap/lockout-counter'
import {
  agree,
  entry,
  result,
  startFakeDirectory,
  type FakeReply,
  type FakeRequest,
} from '../../support/ldap-fake'
import { climb } from '../../support/ldap-run'
import { ldapSettings } from '../../support/ldap-settings'
import { startSlapd } from '../../support/slapd'

const base = 'dc=example,dc=test'
const adaDn = `uid=ada,ou=people,${base}`
type Values = Readonly<Record<string, readonly string[]>>

/** A directory of one person: what its root DSE, its top and the person say is up to the test. */
async function run(said: { rootDse?: Values; top?: Values; person?: Values }, password = 'secret-of-ada') {
  const reply = (request: FakeRequest): FakeReply => {
    if (request.kind === 'bind' && request.name === adaDn) {
      return result({ id: request.id, tag: 0x61 }, 49, {
        message: '80090308: AcceptSecurityContext error, data 52e, v1',
      })
    }
    if (request.kind !== 'search') return agree(request)
    const people = request.name.startsWith('ou=people') || request.name === adaDn
    const shown =
      request.name === ''
        ? said.rootDse
        : people
          ? { uid: ['ada'], mail: ['a@b.test'], ...said.person }
          : said.top
    const values = { objectClass: ['inetOrgPerson'], ...shown }
    const dn = people ? adaDn : request.name
    return Buffer.concat([entry(request.id, dn, values), result({ id: request.id, tag: 0x65 }, 0)])
  }
  const fake = await startFakeDirectory({ reply })
  try {
    const ladder = await climb(ldapSettings({ port: fake.port, timeout: 2 }), { user: 'ada', password })
    const binds = fake.requests.filter(({ kind, name }) => kind === 'bind' && name === adaDn).length
    return { ladder, binds, userbind: ladder.stage('userbind') }
  } finally {
    await fake.stop()
  }
}

const domain: Values = {
  supportedCapabilities: ['1.2.840.113556.1.4.800'],
  namingContexts: [base],
  defaultNamingContext: [base],
}

test.each([
  [null, 5, 'unknown'],
  [2, null, 'unknown'],
  [9, 0, 'unlimited'],
  [null, 0, 'unlimited'],
  [0, 5, 'open'],
  [3, 5, 'open'],
  [4, 5, 'last'],
  [5, 5, 'last'],
  [0, 1, 'last'],
] as const)('%s failures of %s: %s', (failures, threshold, state) => {
  expect(judge(failures, threshold).state).toBe(state)
})

describe('a person’s password', () => {
  test('is sent once and never again', async () => {
    const { binds, userbind } = await run({
      rootDse: domain,
      top: { lockoutThreshold: ['5'] },
      person: { badPwdCount: ['3'] },
    })
    expect(binds).toBe(1)
    expect(userbind.code).toBe('LDAP_USER_PASSWORD')
    expect(userbind.detail.map(({ value }) => value)).toContain('3 counted so far; 5 lock the account')
  })

  test('is not sent where one more wrong one would lock the account of a domain', async () => {
    const { binds, userbind, ladder } = await run({
      ...{ rootDse: domain, top: { lockoutThreshold: ['5'] }, person: { badPwdCount: ['4'] } },
    })
    expect(binds).toBe(0)
    expect(userbind).toMatchObject({ status: 'skipped', code: null })
    expect(userbind.summary).toBe('Not tried: one more wrong password would lock the account')
    expect(ladder.ok).toBe(true)
  })

  test('is not sent where a password policy’s last failure is left', async () => {
    const times = ['20260101000000Z', '20260101000001.5Z']
    const policy = { pwdMaxFailure: ['3'], pwdLockout: ['TRUE'] }
    expect((await run({ top: policy, person: { pwdFailureTime: times } })).binds).toBe(0)
    expect(
      (await run({ top: { ...policy, pwdLockout: ['FALSE'] }, person: { pwdFailureTime: times } })).binds,
    ).toBe(1)
    const old = { ...policy, pwdFailureCountInterval: ['60'] }
    expect(
      (await run({ top: old, person: { pwdFailureTime: ['20200101000000Z', '20200101000001Z'] } })).binds,
    ).toBe(1)
  })

  test('is sent where a domain’s observation window is over, and not within it', async () => {
    const filetime = (at: number) => String((at + 11_644_473_600_000) * 10_000)
    const minutes = (count: number) => String(-count * 60 * 10_000_000)
    const counted = async (minutesAgo: number) => {
      const badPasswordTime = [filetime(Date.now() - minutesAgo * 60_000)]
      const top = { lockoutThreshold: ['5'], lockOutObservationWindow: [minutes(30)] }
      return (await run({ rootDse: domain, top, person: { badPwdCount: ['4'], badPasswordTime } })).binds
    }
    expect(await counted(29)).toBe(0)
    expect(await counted(31)).toBe(1)
  })

  test('follows 389 Directory Server’s policy of the account', async () => {
    const own = { passwordRetryCount: ['2'], pwdPolicySubentry: ['cn=policy,dc=example,dc=test'] }
    const counted = async (policy: Values) => (await run({ top: policy, person: own })).binds
    expect(await counted({ passwordMaxFailure: ['3'], passwordLockout: ['on'] })).toBe(0)
    expect(await counted({ passwordMaxFailure: ['3'], passwordLockout: ['off'] })).toBe(1)
    expect(await counted({ passwordMaxFailure: ['9'], passwordLockout: ['on'] })).toBe(1)
  })

  test('is sent with a warning where the counter cannot be read', async () => {
    const { binds, userbind } = await run({ rootDse: domain, person: {} })
    expect(binds).toBe(1)
    expect(userbind.detail.some(({ value }) => value.includes('cannot be read'))).toBe(true)
  })

  test.each(['', ' ', '\t'])('%j is never sent', async (password) => {
    const { binds, userbind } = await run({}, password)
    expect(binds).toBe(0)
    expect(userbind).toMatchObject({ status: 'failed', code: 'LDAP_USER_PASSWORD' })
  })
})

describe('a name without a password', () => {
  const probe = { probe: 'empty-password' } as const

  test('is refused by a real server, and nobody’s name or password is sent', async () => {
    const slapd = await startSlapd({ tls: 'none' })
    try {
      const ladder = await climb(ldapSettings({ port: slapd.ldapPort }), probe)
      expect(ladder.outline.at(-1)).toBe('bind: passed')
      expect(ladder.summary).toBe('The directory does not accept empty passwords')
    } finally {
      await slapd.stop()
    }
  })

  test('that a server accepts is a finding, with a made-up name', async () => {
    const fake = await startFakeDirectory({ reply: agree })
    try {
      const ladder = await climb(ldapSettings({ port: fake.port }), probe)
      expect(ladder.stage('bind')).toMatchObject({ status: 'failed', code: 'LDAP_EMPTY_PASSWORD_ACCEPTED' })
      expect(ladder.ok).toBe(false)
      const names = fake.requests.filter(({ kind }) => kind === 'bind').map(({ name }) => name)
      expect(names).toEqual([expect.stringMatching(/^cn=authdesk-test-[0-9a-f-]{36},dc=example,dc=test$/)])
      expect(fake.plain().includes('reader-secret')).toBe(false)
    } finally {
      await fake.stop()
    }
  })
})
