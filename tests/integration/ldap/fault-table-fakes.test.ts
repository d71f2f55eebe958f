import { describe, expect, test } from 'vitest'
import type { LdapSettings } from '../../../src-main/core/app/ports'
import { expectFault, type Expected } from '../../support/expect-fault'
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

const base = 'dc=example,dc=test'
const adaDn = `uid=ada,ou=people,${base}`
const staffDn = `cn=staff,ou=groups,${base}`

/** A directory of one person in one group. */
function ordinary(request: FakeRequest): FakeReply {
  if (request.kind !== 'search' || request.name === '') return agree(request)
  const done = result({ id: request.id, tag: 0x65 }, 0)
  if (request.name.startsWith('ou=groups') && request.scope === 'sub') {
    return Buffer.concat([entry(request.id, staffDn, { cn: ['staff'], member: [adaDn] }), done])
  }
  const ada = { uid: ['ada'], mail: ['ada@example.test'], sn: ['Lovelace'], objectClass: ['inetOrgPerson'] }
  const dn = request.name.startsWith('ou=people') && request.scope === 'sub' ? adaDn : request.name
  return Buffer.concat([entry(request.id, dn, ada), done])
}

/** Which stage asks: searches below one place come in the order of the stages. */
type Asker = 'rootdse' | 'bind' | 'base' | 'users' | 'groups' | 'user' | 'membership' | 'userbind'

function askers(): (request: FakeRequest) => Asker | null {
  let people = 0
  let groups = 0
  return ({ kind, name, scope }) => {
    if (kind === 'bind') return name === adaDn ? 'userbind' : 'bind'
    if (kind !== 'search') return null
    if (name === '') return 'rootdse'
    if (scope === 'base') return 'base'
    if (name.startsWith('ou=groups')) return (groups += 1) === 1 ? 'groups' : 'membership'
    return (people += 1) === 1 ? 'users' : 'user'
  }
}

interface FakeFault extends Expected {
  readonly name: string
  readonly at: Asker
  readonly reply: (request: FakeRequest) => FakeReply
  /** Seconds; short where the fault is that nothing comes. */
  readonly timeout?: number
  readonly settings?: Partial<LdapSettings>
}

const tagOf = ({ kind }: FakeRequest) => (kind === 'bind' ? 0x61 : 0x65)
const says = (code: number, more: Parameters<typeof result>[2] = {}) => ({
  reply: (request: FakeRequest) => result({ id: request.id, tag: tagOf(request) }, code, more),
})
const refusal = (data: string) =>
  says(49, {
    message: `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${data}, v4563\u0000`,
  })

const subCodes = [
  ['52e', 'LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD'],
  ['525', 'LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD'],
  ['530', 'LDAP_USER_LOGON_HOURS', 'LDAP_USER_LOGON_HOURS'],
  ['531', 'LDAP_USER_WORKSTATION', 'LDAP_USER_WORKSTATION'],
  ['532', 'LDAP_USER_PASSWORD_EXPIRED', 'LDAP_USER_PASSWORD_EXPIRED'],
  ['533', 'LDAP_USER_DISABLED', 'LDAP_USER_DISABLED'],
  ['701', 'LDAP_USER_EXPIRED', 'LDAP_USER_EXPIRED'],
  ['773', 'LDAP_USER_MUST_CHANGE_PASSWORD', 'LDAP_USER_MUST_CHANGE_PASSWORD'],
  ['775', 'LDAP_USER_LOCKED', 'LDAP_USER_LOCKED'],
] as const

/** The end of a page (RFC 2696): with a cookie there is more, says the server. */
function pageEnd(id: number, cookie: 'more' | 'last'): Buffer {
  const oid = Buffer.from('1.2.840.113556.1.4.319').toString('hex')
  const value = cookie === 'more' ? '3006020100040161' : '30050201000400'
  const size = value.length / 2
  const head = Buffer.from([0x30, 26 + size]).toString('hex')
  const control = Buffer.from(`${head}0416${oid}04${Buffer.from([size]).toString('hex')}${value}`, 'hex')
  const done = result({ id, tag: 0x65 }, 0)
  // The message's own length grows by the controls; both are short enough for one byte.
  const body = Buffer.concat([done.subarray(2), Buffer.from([0xa0, control.length]), control])
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}

/** No entries, and more is promised. */
const emptyPage = ({ id }: FakeRequest) => pageEnd(id, 'more')

/** One person, and nobody after them. */
const lastPage = ({ id }: FakeRequest) =>
  Buffer.concat([entry(id, adaDn, { uid: ['ada'], objectClass: ['inetOrgPerson'] }), pageEnd(id, 'last')])

/** The first slice of a list whose rest the server then does not give (Active Directory's ranges). */
function endlessRange({ id }: FakeRequest): Buffer {
  const ada = { uid: ['ada'], mail: ['ada@example.test'], objectClass: ['inetOrgPerson'] }
  const sliced = { ...ada, 'memberOf;range=0-0': [`cn=other,ou=groups,${base}`] }
  return Buffer.concat([entry(id, adaDn, sliced), result({ id, tag: 0x65 }, 0)])
}

const here = <A extends Asker>(at: A) => ({ at, stage: at })
const quiet = { reply: (): FakeReply => 'hang', timeout: 0.3 }
const gone = { reply: (): FakeReply => 'drop' }

const fakeFaults: readonly FakeFault[] = [
  ...subCodes.flatMap(([data, service, person]) => [
    {
      name: `Active Directory’s ${data} to the service account`,
      ...here('bind'),
      code: service,
      ...refusal(data),
    },
    { name: `Active Directory’s ${data} to the person`, ...here('userbind'), code: person, ...refusal(data) },
  ]),
  {
    name: 'Active Directory demands signing (00002028)',
    ...{ ...here('bind'), code: 'LDAP_BIND_TLS_REQUIRED' },
    ...says(8, {
      message:
        '00002028: LdapErr: DSID-0C090256, comment: The server requires binds to turn on integrity checking',
    }),
  },
  {
    name: 'Active Directory demands channel binding (80090346)',
    ...{ ...here('bind'), code: 'LDAP_BIND_CHANNEL_BINDING' },
    ...says(49, {
      message: '80090346: LdapErr: DSID-0C090597, comment: AcceptSecurityContext error, data 80090346, v4563',
    }),
  },
  {
    name: 'Active Directory wants a bind first (000004DC)',
    ...{ ...here('base'), code: 'LDAP_ANONYMOUS_FORBIDDEN' },
    ...says(1, {
      message:
        '000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed',
    }),
  },
  {
    name: 'Active Directory will not without encryption (0000001F)',
    ...{ ...here('bind'), code: 'LDAP_BIND_TLS_REQUIRED' },
    ...says(53, { message: '0000001F: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0' }),
  },
  {
    name: '389 DS: an inactivated service account',
    ...{ ...here('bind'), code: 'LDAP_USER_DISABLED' },
    ...says(53, { message: 'Account inactivated. Contact system administrator.' }),
  },
  {
    name: '389 DS: an inactivated person',
    ...{ ...here('userbind'), code: 'LDAP_USER_DISABLED' },
    ...says(53, { message: 'Account inactivated. Contact system administrator.' }),
  },
  {
    name: '389 DS: too many wrong passwords',
    ...{ ...here('userbind'), code: 'LDAP_USER_LOCKED' },
    ...says(19, { message: 'Exceed password retry limit. Please try later.' }),
  },
  {
    name: '389 DS: an expired password',
    ...{ ...here('userbind'), code: 'LDAP_USER_PASSWORD_EXPIRED' },
    ...says(49, { message: 'password expired!' }),
  },
  { name: 'a bind answered with busy', ...here('bind'), code: 'LDAP_BUSY', ...says(51) },
  { name: 'a bind answered with unavailable', ...here('bind'), code: 'LDAP_UNAVAILABLE', ...says(52) },
  { name: 'a bind answered with other', ...here('bind'), code: 'LDAP_SERVER_ERROR', ...says(80) },
  { name: 'a bind that wants confidentiality', ...here('bind'), code: 'LDAP_BIND_TLS_REQUIRED', ...says(13) },
  { name: 'a bind name that is no DN', ...here('bind'), code: 'LDAP_BIND_DN_SYNTAX', ...says(34) },
  { name: 'a base answered with time limit', ...here('base'), code: 'LDAP_TIME_LIMIT', ...says(3) },
  {
    name: 'a base answered with administrative limit',
    ...here('base'),
    code: 'LDAP_ADMIN_LIMIT',
    ...says(11),
  },
  { name: 'a base that is not there', ...here('base'), code: 'LDAP_BASE_NOT_FOUND', ...says(32) },
  { name: 'a base without the right to read', ...here('base'), code: 'LDAP_BASE_NOT_READABLE', ...says(50) },
  { name: 'a base answered with busy', ...here('base'), code: 'LDAP_BUSY', ...says(51) },
  { name: 'a base answered with unavailable', ...here('base'), code: 'LDAP_UNAVAILABLE', ...says(52) },
  { name: 'a base answered with other', ...here('base'), code: 'LDAP_SERVER_ERROR', ...says(80) },
  {
    name: 'a base that lives on another server',
    ...{ ...here('base'), code: 'LDAP_REFERRAL' },
    ...says(10, { referrals: [`ldap://other.example.test/${base}`] }),
  },
  { name: 'people behind a time limit', ...here('users'), code: 'LDAP_TIME_LIMIT', ...says(3) },
  {
    name: 'people behind a size limit',
    ...{ ...here('users'), code: 'LDAP_SIZE_LIMIT', status: 'warning' },
    reply: (request) =>
      Buffer.concat([
        entry(request.id, adaDn, { uid: ['ada'], objectClass: ['inetOrgPerson'] }),
        result({ id: request.id, tag: 0x65 }, 4),
      ]),
  },
  { name: 'groups behind an administrative limit', ...here('groups'), code: 'LDAP_ADMIN_LIMIT', ...says(11) },
  { name: 'a person behind a time limit', ...here('user'), code: 'LDAP_TIME_LIMIT', ...says(3) },
  {
    name: 'two people of one name',
    ...{ ...here('user'), code: 'LDAP_USER_AMBIGUOUS' },
    reply: (request) =>
      Buffer.concat([
        entry(request.id, adaDn, { uid: ['ada'] }),
        entry(request.id, `uid=ada,ou=other,${base}`, { uid: ['ada'] }),
        result({ id: request.id, tag: 0x65 }, 0),
      ]),
  },
  {
    name: 'memberships that cannot be read',
    ...{ ...here('membership'), code: 'LDAP_GROUP_INCOMPLETE' },
    ...says(50),
  },
  {
    name: 'a list of groups whose slices end before their end',
    ...{ ...here('user'), stage: 'membership', code: 'LDAP_GROUP_INCOMPLETE' },
    reply: endlessRange,
  },
  { name: 'a bind answered with protocol error', ...here('bind'), code: 'LDAP_PROTOCOL', ...says(2) },
  {
    name: 'another protocol',
    ...{ at: 'rootdse', stage: 'bind', code: 'LDAP_NOT_LDAP' },
    reply: () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
  },
  {
    name: 'garbage in place of the bind’s answer',
    ...{ ...here('bind'), code: 'LDAP_PROTOCOL' },
    reply: ({ id }) => Buffer.from([0x30, 0x05, 0x02, 0x01, id, 0x61, 0x7f]),
  },
  { name: 'silence from the start', at: 'rootdse', stage: 'bind', code: 'LDAP_CONNECT_TIMEOUT', ...quiet },
  { name: 'silence at the bind', ...here('bind'), code: 'LDAP_CONNECT_TIMEOUT', ...quiet },
  { name: 'silence at the base', ...here('base'), code: 'LDAP_CONNECT_TIMEOUT', ...quiet },
  { name: 'silence at the people', ...here('users'), code: 'LDAP_CONNECT_TIMEOUT', ...quiet },
  { name: 'silence at the groups', ...here('groups'), code: 'LDAP_CONNECT_TIMEOUT', ...quiet },
  { name: 'silence at the person', ...here('user'), code: 'LDAP_CONNECT_TIMEOUT', ...quiet },
  { name: 'silence at the person’s password', ...here('userbind'), code: 'LDAP_CONNECT_TIMEOUT', ...quiet },
  { name: 'hung up from the start', at: 'rootdse', stage: 'bind', code: 'LDAP_DROPPED', ...gone },
  { name: 'hung up at the bind', ...here('bind'), code: 'LDAP_DROPPED', ...gone },
  { name: 'hung up at the base', ...here('base'), code: 'LDAP_DROPPED', ...gone },
  { name: 'hung up at the people', ...here('users'), code: 'LDAP_DROPPED', ...gone },
  { name: 'hung up at the groups', ...here('groups'), code: 'LDAP_DROPPED', ...gone },
  { name: 'hung up at the person', ...here('user'), code: 'LDAP_DROPPED', ...gone },
  { name: 'hung up at the person’s password', ...here('userbind'), code: 'LDAP_DROPPED', ...gone },
  {
    name: 'an answer that stops half way',
    ...{ ...here('base'), code: 'LDAP_CONNECT_TIMEOUT', timeout: 0.3 },
    reply: (request) => {
      const whole = ordinary(request)
      return typeof whole === 'string' ? whole : whole.subarray(0, 20)
    },
  },
]

describe('faults that no real server shows on request', () => {
  test.each(fakeFaults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const asker = askers()
    const reply = (request: FakeRequest) =>
      asker(request) === fault.at ? fault.reply(request) : ordinary(request)
    const fake = await startFakeDirectory({ reply })
    try {
      const { timeout = 5, settings = {} } = fault
      const ladder = await climb(
        ldapSettings({ port: fake.port, timeout, requiredGroup: 'staff', ...settings }),
        { user: 'ada', password: 'secret-of-ada' },
      )
      expectFault(ladder, fault)
      expect(JSON.stringify(ladder)).not.toContain('secret-of-ada')
    } finally {
      await fake.stop()
    }
  })
})

describe('an empty page that promises more', () => {
  const climbed = async (empty: (nth: number) => boolean) => {
    let pages = 0
    const fake = await startFakeDirectory({
      reply: (request) => {
        const people = request.kind === 'search' && request.name.startsWith('ou=people')
        const page = people && request.scope === 'sub'
        if (!page) return ordinary(request)
        return empty((pages += 1)) ? emptyPage(request) : lastPage(request)
      },
    })
    try {
      return await climb(ldapSettings({ port: fake.port }))
    } finally {
      await fake.stop()
    }
  }

  test('is followed to where somebody is', async () => {
    const ladder = await climbed((nth) => nth <= 3)
    expect(ladder.stage('users')).toMatchObject({ status: 'passed', summary: 'One person is found' })
  })

  test('without an end is nobody, not "at least 0"', async () => {
    expectFault(await climbed(() => true), { stage: 'users', code: 'LDAP_NO_USERS' })
  })
})
