import { afterAll, beforeAll, describe, test } from 'vitest'
import { expectFault, type Expected } from '../../support/expect-fault'
import { climb } from '../../support/ldap-run'
import { ldapSettings } from '../../support/ldap-settings'
import { createPki, type Pki } from '../../support/pki'
import { freePorts, startSlapd, type Slapd } from '../../support/slapd'
import { tlsFaults } from '../../support/tls-faults'

const base = 'dc=example,dc=test'

describe('faults of the encryption', () => {
  let pki: Pki
  beforeAll(() => {
    pki = createPki()
  })
  afterAll(() => pki.remove())

  test.each(tlsFaults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const { port, encryption, caFile, stop } = await fault.start(pki)
    try {
      const servers = [{ host: '127.0.0.1', port, encryption }]
      expectFault(await climb(ldapSettings({ servers, caFile, timeout: 3 })), fault)
    } finally {
      await stop()
    }
  })
})

describe('faults of a real server', () => {
  let slapd: Slapd
  let strict: Slapd
  let closed: Slapd
  let dead = 0
  beforeAll(async () => {
    ;[slapd, strict, closed] = await Promise.all([
      startSlapd(),
      startSlapd({ globalConfig: ['security simple_bind=128'] }),
      startSlapd({ tls: 'none', globalConfig: ['disallow bind_anon'] }),
    ])
    ;[dead = 0] = await freePorts(1)
  })
  afterAll(() => Promise.all([slapd.stop(), strict.stop(), closed.stop()]))

  interface RealFault extends Expected {
    readonly change?: () => Parameters<typeof ldapSettings>[0]
    /** Empty: the settings alone are tested. */
    readonly user?: string
    readonly password?: 'own' | 'wrong'
  }
  const anonymous = { bindDn: null, bindPassword: null, allowAnonymous: true }
  const with_ = (change: Parameters<typeof ldapSettings>[0]) => ({ change: () => change })
  const faults: Readonly<Record<string, RealFault>> = {
    'a base that is no DN': { stage: 'config', code: 'LDAP_DN_SYNTAX', ...with_({ baseDn: 'example' }) },
    'a filter that is none': {
      stage: 'config',
      code: 'LDAP_FILTER_SYNTAX',
      ...with_({ userFilter: '(&(uid=*)' }),
    },
    'no password for the service account': {
      ...{ stage: 'config', code: 'LDAP_CONFIG_INVALID' },
      ...with_({ bindPassword: '' }),
    },
    'a host that does not exist': {
      ...{ stage: 'dns', code: 'LDAP_DNS_NOT_FOUND' },
      ...with_({ servers: [{ host: 'nowhere.invalid', port: 389, encryption: 'none' }] }),
    },
    'a port that nobody listens on': {
      ...{ stage: 'tcp', code: 'LDAP_CONNECT_REFUSED' },
      change: () => ({ port: dead }),
    },
    'a wrong bind password': {
      stage: 'bind',
      code: 'LDAP_BIND_CREDENTIALS',
      ...with_({ bindPassword: 'wrong' }),
    },
    'an unknown bind name': {
      ...{ stage: 'bind', code: 'LDAP_BIND_CREDENTIALS' },
      ...with_({ bindDn: `cn=nobody,${base}` }),
    },
    'a bind name that is no DN': {
      stage: 'bind',
      code: 'LDAP_BIND_DN_SYNTAX',
      ...with_({ bindDn: 'reader' }),
    },
    'a server that demands encryption': {
      ...{ stage: 'bind', code: 'LDAP_BIND_TLS_REQUIRED' },
      change: () => ({ port: strict.ldapPort }),
    },
    'a server without anonymous visitors': {
      ...{ stage: 'bind', code: 'LDAP_ANONYMOUS_FORBIDDEN' },
      change: () => ({ port: closed.ldapPort, ...anonymous }),
    },
    'a base that hides from anonymous visitors': {
      ...{ stage: 'base', code: 'LDAP_BASE_NOT_FOUND' },
      ...with_({ ...anonymous, requiredGroup: null }),
    },
    'a base that does not exist': {
      ...{ stage: 'base', code: 'LDAP_BASE_NOT_FOUND' },
      ...with_({ userBase: `ou=gone,${base}` }),
    },
    'a base that may not be read': {
      ...{ stage: 'base', code: 'LDAP_BASE_NOT_READABLE' },
      ...with_({ userBase: `ou=vault,${base}` }),
    },
    'a base without people': {
      ...{ stage: 'users', code: 'LDAP_NO_USERS', user: '' },
      ...with_({ userBase: `ou=empty,${base}` }),
    },
    'a class that nobody has': {
      stage: 'users',
      code: 'LDAP_NO_USERS',
      user: '',
      ...with_({ userObjectClass: 'user' }),
    },
    'a group that does not exist': {
      ...{ stage: 'groups', code: 'LDAP_GROUP_NOT_FOUND' },
      ...with_({ requiredGroup: 'gone' }),
    },
    'a group name of two groups': {
      ...{ stage: 'groups', code: 'LDAP_GROUP_AMBIGUOUS' },
      ...with_({ requiredGroup: 'double' }),
    },
    'nobody of that name': { stage: 'user', code: 'LDAP_USER_NOT_FOUND', user: 'nobody' },
    'two people of that name': { stage: 'user', code: 'LDAP_USER_AMBIGUOUS', user: 'twin' },
    'a person outside the required group': {
      ...{ stage: 'membership', code: 'LDAP_USER_NOT_IN_REQUIRED_GROUP', user: 'edsger' },
    },
    'a wrong password': { stage: 'userbind', code: 'LDAP_USER_PASSWORD', user: 'ada', password: 'wrong' },
    'a locked person': { stage: 'userbind', code: 'LDAP_USER_LOCKED', user: 'locked', password: 'own' },
    'a person who must change the password': {
      ...{ stage: 'userbind', code: 'LDAP_USER_MUST_CHANGE_PASSWORD', user: 'mustchange', password: 'own' },
    },
    'a person without e-mail': { stage: 'mapping', code: 'LDAP_USER_NO_EMAIL', user: 'nomail' },
  }

  test.each(Object.entries(faults))('%s', async (_, { change, user, password, ...expected }) => {
    const own = { port: slapd.ldapPort, requiredGroup: 'staff', ...change?.() }
    const secret = password === 'own' ? (slapd.passwords[user ?? ''] ?? '') : 'not the password'
    const ladder = await climb(ldapSettings(own), {
      user: user === '' ? null : (user ?? 'ada'),
      password: password === undefined ? null : secret,
    })
    expectFault(ladder, expected)
  })
})
