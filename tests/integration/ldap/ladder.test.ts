import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { climb } from '../../support/ldap-run'
import { ldapSettings } from '../../support/ldap-settings'
import { createPki, type Pki } from '../../support/pki'
import { freePorts, startSlapd, type Slapd } from '../../support/slapd'

let pki: Pki
let slapd: Slapd
beforeAll(async () => {
  pki = createPki()
  slapd = await startSlapd({ pki })
})
afterAll(async () => {
  await slapd.stop()
  pki.remove()
})

const roleGroups = [
  { role: 'admin', group: 'desk-admins' },
  { role: 'helpdesk', group: 'desk-helpdesk' },
  { role: 'auditor', group: 'desk-auditors' },
] as const
const plain = (change: Parameters<typeof ldapSettings>[0] = {}) =>
  ldapSettings({ port: slapd.ldapPort, ...change })

describe('a directory that fits', () => {
  test('is green from the settings to the groups', async () => {
    const ladder = await climb(plain({ requiredGroup: 'staff', roleGroups }))
    expect(ladder.outline).toEqual([
      ...['config: passed', 'dns: passed', 'tcp: passed', 'tls: passed', 'rootdse: passed', 'bind: passed'],
      ...['base: passed', 'users: passed', 'groups: passed'],
    ])
    expect(ladder.ok).toBe(true)
    expect(ladder.summary).toBe('The directory answers and the settings fit')
    expect(ladder.target).toEqual({ host: '127.0.0.1', port: slapd.ldapPort, encryption: 'none' })
    expect(ladder.stage('users').summary).toBe('11 people are found')
    expect(ladder.stages.every((stage) => Number.isInteger(stage.ms) && stage.detail.length > 0)).toBe(true)
  })

  test('signs a person in, with the roles of the groups', async () => {
    const password = slapd.passwords['ada'] ?? ''
    const ladder = await climb(plain({ requiredGroup: 'staff', roleGroups }), { user: 'ada', password })
    expect(ladder.summary).toBe('Sign-in works for ada')
    expect(ladder.outline.slice(9)).toEqual([
      ...['user: passed', 'membership: passed', 'userbind: passed', 'mapping: passed', 'decision: passed'],
    ])
    expect(ladder.stage('decision').detail).toContainEqual({ label: 'Roles', value: 'admin' })
    expect(ladder.user).toEqual({
      dn: 'uid=ada,ou=people,dc=example,dc=test',
      username: 'ada',
      email: 'ada@example.test',
      fullName: 'Ada Lovelace',
    })
  })

  test('reports each stage as it starts and as it ends', async () => {
    const seen: string[] = []
    const onStage = (id: string, stage: { status: string } | null) =>
      void seen.push(`${id} ${stage?.status ?? '…'}`)
    await climb(plain(), { onStage })
    expect(seen.slice(0, 6)).toEqual([
      'config …',
      'config passed',
      'dns …',
      'dns passed',
      'tcp …',
      'tcp passed',
    ])
    expect(seen.at(-1)).toBe('groups passed')
  })

  test.each([
    ['StartTLS', 'starttls'],
    ['LDAPS', 'ldaps'],
  ] as const)(
    'is green over %s with the own CA, with the evidence of the certificate',
    async (_, encryption) => {
      const port = encryption === 'ldaps' ? slapd.ldapsPort : slapd.ldapPort
      const settings = ldapSettings({
        servers: [{ host: '127.0.0.1', port, encryption }],
        caFile: pki.caFile,
      })
      const ladder = await climb(settings, { user: 'grace', password: slapd.passwords['grace'] ?? '' })
      expect(ladder.ok).toBe(true)
      expect(ladder.summary).toBe('Sign-in works for grace')
      const rows = Object.fromEntries(ladder.stage('tls').detail.map(({ label, value }) => [label, value]))
      expect(rows).toMatchObject({
        Encryption: 'TLSv1.3',
        'Certificate for': 'CN=localhost, O=Authdesk Tests',
        'Issued by': 'CN=Authdesk Test Root, O=Authdesk Tests',
        'Trusted by': 'the file in LDAP_TLS_CA_CERT_FILE',
        Verdict: 'trusted',
      })
      expect(rows['Valid until']).toMatch(/GMT$/)
    },
  )
})

describe('the way to the server', () => {
  test('a stopped server refuses the connection', async () => {
    const own = await startSlapd({ pki, tls: 'none' })
    await own.stop()
    const ladder = await climb(ldapSettings({ port: own.ldapPort }))
    expect(ladder.code).toBe('LDAP_CONNECT_REFUSED')
    expect(ladder.stage('tcp').next).toContain('LDAP_PORT')
    expect(ladder.stage('bind')).toMatchObject({ status: 'skipped', because: 'tls' })
    expect(ladder.stage('base')).toMatchObject({ status: 'skipped', because: 'bind' })
    expect(ladder.summary).toBe('The directory cannot be reached')
  })

  test('a name that does not exist is not found', async () => {
    const ladder = await climb(
      ldapSettings({ servers: [{ host: 'nowhere.invalid', port: 389, encryption: 'none' }] }),
    )
    expect(ladder.outline[1]).toBe('dns: failed LDAP_DNS_NOT_FOUND')
    expect(ladder.stage('tcp')).toMatchObject({ status: 'skipped', because: 'dns' })
  })

  test('of several servers the first that works goes on, the others are named with their codes', async () => {
    const [closed = 0] = await freePorts(1)
    const servers = [
      { host: 'nowhere.invalid', port: 389, encryption: 'none' },
      { host: '127.0.0.1', port: closed, encryption: 'none' },
      { host: '127.0.0.1', port: slapd.ldapPort, encryption: 'none' },
    ] as const
    const ladder = await climb(ldapSettings({ servers }))
    expect(ladder.ok).toBe(true)
    expect(ladder.target.port).toBe(slapd.ldapPort)
    expect(ladder.outline.slice(1, 3)).toEqual([
      'dns: warning LDAP_DNS_NOT_FOUND',
      'tcp: warning LDAP_CONNECT_REFUSED',
    ])
    const attempt = ladder.stage('tcp').detail.find(({ label }) => label === `Not used: 127.0.0.1:${closed}`)
    expect(attempt?.value).toContain('LDAP_CONNECT_REFUSED')
    expect(ladder.summary).toContain('2 things need attention')
  })

  test('of several addresses of one name each is tried', async () => {
    const resolve = () => Promise.resolve(['127.9.9.9', '127.0.0.1'])
    const servers = [{ host: 'ldap.example.test', port: slapd.ldapPort, encryption: 'none' }] as const
    const ladder = await climb(ldapSettings({ servers }), { resolve })
    expect(ladder.ok).toBe(true)
    expect(ladder.stage('dns').summary).toBe('ldap.example.test has 2 addresses')
    expect(ladder.outline).toContain('tcp: warning LDAP_CONNECT_REFUSED')
  })
})

describe('the service account', () => {
  test('a wrong password is never green', async () => {
    const ladder = await climb(plain({ bindPassword: 'wrong' }))
    expect(ladder.ok).toBe(false)
    expect(ladder.stage('bind')).toMatchObject({ status: 'failed', code: 'LDAP_BIND_CREDENTIALS' })
    expect(ladder.stage('users').status).toBe('skipped')
    expect(ladder.summary).toBe('The directory refuses the service account')
  })

  test('an unknown name and a name that is no DN are told apart', async () => {
    const unknown = await climb(plain({ bindDn: 'cn=nobody,dc=example,dc=test' }))
    expect(unknown.code).toBe('LDAP_BIND_CREDENTIALS')
    const syntax = await climb(plain({ bindDn: 'reader' }))
    expect(syntax.code).toBe('LDAP_BIND_DN_SYNTAX')
    expect(syntax.stage('bind').status).toBe('failed')
  })

  test('a name without a password never reaches the server', async () => {
    const ladder = await climb(plain({ bindPassword: '' }))
    expect(ladder.outline[0]).toBe('config: failed LDAP_CONFIG_INVALID')
    expect(ladder.outline[1]).toBe('dns: skipped')
  })

  test('a directory that demands encryption says so', async () => {
    const strict = await startSlapd({ pki, globalConfig: ['security simple_bind=128'] })
    try {
      const ladder = await climb(ldapSettings({ port: strict.ldapPort }))
      expect(ladder.stage('bind')).toMatchObject({ status: 'failed', code: 'LDAP_BIND_TLS_REQUIRED' })
    } finally {
      await strict.stop()
    }
  })

  test('anonymous callers are let in or not', async () => {
    const closed = await startSlapd({ pki, tls: 'none', globalConfig: ['disallow bind_anon'] })
    try {
      const anonymous = { bindDn: null, bindPassword: null, allowAnonymous: true }
      const refused = await climb(ldapSettings({ port: closed.ldapPort, ...anonymous }))
      expect(refused.code).toBe('LDAP_ANONYMOUS_FORBIDDEN')
      const open = await climb(plain(anonymous))
      expect(open.stage('bind')).toMatchObject({
        status: 'passed',
        summary: 'The directory lets anonymous callers in',
      })
      expect(open.code).toBe('LDAP_BASE_NOT_FOUND')
    } finally {
      await closed.stop()
    }
  })
})

describe('the base, the people and the groups', () => {
  test.each([
    [
      'a base that does not exist',
      { baseDn: 'dc=other,dc=test', userBase: 'dc=other,dc=test' },
      'base',
      'LDAP_BASE_NOT_FOUND',
    ],
    [
      'a base that may not be read',
      { userBase: 'ou=vault,dc=example,dc=test' },
      'base',
      'LDAP_BASE_NOT_READABLE',
    ],
    ['a base without people', { userBase: 'ou=empty,dc=example,dc=test' }, 'users', 'LDAP_NO_USERS'],
    ['a class that nobody has', { userObjectClass: 'user' }, 'users', 'LDAP_NO_USERS'],
    ['a group that does not exist', { requiredGroup: 'gone' }, 'groups', 'LDAP_GROUP_NOT_FOUND'],
    [
      'a group base that does not exist',
      { requiredGroup: 'staff', groupBase: 'ou=x,dc=example,dc=test' },
      'groups',
      'LDAP_GROUP_NOT_FOUND',
    ],
    ['a group name that two groups have', { requiredGroup: 'double' }, 'groups', 'LDAP_GROUP_AMBIGUOUS'],
    ['a base that is no DN', { baseDn: 'example' }, 'config', 'LDAP_DN_SYNTAX'],
    ['a filter that is none', { userFilter: '(&(uid=*)' }, 'config', 'LDAP_FILTER_SYNTAX'],
  ] as const)('%s fails with its code', async (...[, change, stage, code]) => {
    const ladder = await climb(plain(change))
    expect(ladder.stage(stage)).toMatchObject({ status: 'failed', code })
    expect(ladder.stage(stage).next).not.toBe('')
    expect(ladder.ok).toBe(false)
  })

  test('a group may be given by its DN, in any spelling', async () => {
    const ladder = await climb(
      plain({ requiredGroup: 'CN=Double, OU=Branch, OU=Groups, DC=Example, DC=Test' }),
      { user: 'ada' },
    )
    expect(ladder.ok).toBe(true)
    expect(ladder.stage('membership').status).toBe('passed')
  })

  test('a base outside the naming contexts is announced by the self-description', async () => {
    const ladder = await climb(plain({ baseDn: 'dc=other,dc=test', userBase: 'dc=other,dc=test' }))
    expect(ladder.stage('rootdse')).toMatchObject({ status: 'warning', code: 'LDAP_BASE_NOT_FOUND' })
  })

  test('one page at most is counted: "at least"', async () => {
    const ladder = await climb(plain({ pageSize: 3 }))
    expect(ladder.stage('users')).toMatchObject({ status: 'passed', summary: 'At least 3 people are found' })
  })

  test.each([
    ['forbids pages', 'size=4 size.prtotal=disabled', 'LDAP_ADMIN_LIMIT', 'At least 4 people are found'],
    ['allows only smaller pages', 'size=5 size.pr=2', 'LDAP_ADMIN_LIMIT', 'At least 5 people are found'],
    ['cuts the whole short', 'size=6 size.prtotal=hard', 'LDAP_SIZE_LIMIT', 'At least 6 people are found'],
  ])('a server that %s is not taken for a small one', async (...[, limits, code, summary]) => {
    const small = await startSlapd({ pki, tls: 'none', databaseConfig: [`limits * ${limits}`] })
    try {
      const ladder = await climb(ldapSettings({ port: small.ldapPort }))
      expect(ladder.stage('users')).toMatchObject({ status: 'warning', code, summary })
    } finally {
      await small.stop()
    }
  })
})

describe('one person', () => {
  const password = (name: string) => slapd.passwords[name] ?? ''

  test.each([
    ['nobody of that name', 'nobody', null, 'user', 'LDAP_USER_NOT_FOUND'],
    ['two people of one name', 'twin', null, 'user', 'LDAP_USER_AMBIGUOUS'],
    ['outside the required group', 'edsger', null, 'membership', 'LDAP_USER_NOT_IN_REQUIRED_GROUP'],
    ['a wrong password', 'ada', 'wrong', 'userbind', 'LDAP_USER_PASSWORD'],
    ['a blank password', 'ada', '', 'userbind', 'LDAP_USER_PASSWORD'],
    ['a locked account', 'locked', 'own', 'userbind', 'LDAP_USER_LOCKED'],
    ['a password that must be changed', 'mustchange', 'own', 'userbind', 'LDAP_USER_MUST_CHANGE_PASSWORD'],
    ['no e-mail', 'nomail', 'own', 'mapping', 'LDAP_USER_NO_EMAIL'],
  ] as const)(
    '%s: the right stage fails with the right code, and so does the decision',
    async (...[, user, typed, stage, code]) => {
      const secret = typed === 'own' ? password(user) : typed
      const ladder = await climb(plain({ requiredGroup: 'staff' }), { user, password: secret })
      expect(ladder.stage(stage)).toMatchObject({ status: 'failed', code })
      expect(ladder.stage('decision')).toMatchObject({ status: 'failed', code })
      expect(ladder.ok).toBe(false)
      expect(ladder.summary).toContain(user)
    },
  )

  test('a nested membership counts, unless nesting is off', async () => {
    const nested = await climb(plain({ requiredGroup: 'staff' }), { user: 'alan' })
    expect(nested.stage('membership').status).toBe('passed')
    const direct = await climb(plain({ requiredGroup: 'staff', nestedGroups: false }), { user: 'alan' })
    expect(direct.code).toBe('LDAP_USER_NOT_IN_REQUIRED_GROUP')
  })

  test('without a password it says what is not known', async () => {
    const ladder = await climb(plain(), { user: 'ada' })
    expect(ladder.summary).toBe('Sign-in works for ada with the right password')
    expect(ladder.outline.some((line) => line.startsWith('userbind'))).toBe(false)
    expect(ladder.stage('decision').detail).toContainEqual({
      label: 'Not known',
      value: 'whether the password is right',
    })
  })

  test.each(['ADA', 'ada@example.test', 'EXAMPLE\\ada', ' ada '])('the name %j finds ada', async (user) => {
    const ladder = await climb(plain(), { user })
    expect(ladder.user?.dn).toBe('uid=ada,ou=people,dc=example,dc=test')
  })

  test.each(['*', 'a*', 'ada)(uid=*', '(', '\\', 'a\u0000da'])('the name %j finds nobody', async (user) => {
    expect((await climb(plain(), { user })).code).toBe('LDAP_USER_NOT_FOUND')
  })

  test('a DN and a password with special characters work', async () => {
    const ladder = await climb(plain({ requiredGroup: 'staff' }), { user: 'pat', password: password('pat') })
    expect(ladder.summary).toBe('Sign-in works for pat')
  })

  test('an own filter is added, or places the name itself', async () => {
    const added = await climb(plain({ userFilter: '(mail=grace@*)' }), { user: 'ada' })
    expect(added.code).toBe('LDAP_USER_NOT_FOUND')
    const placed = await climb(plain({ userFilter: '(|(uid={username})(mail={username}))' }), {
      user: 'k@example.test',
    })
    expect(placed.user?.username).toBe('katherine')
  })
})
