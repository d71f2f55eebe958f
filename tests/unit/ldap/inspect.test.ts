import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LdapInspection } from '../../../src-main/contract/ldap'
import { readFileSync } from 'node:fs'
import { createPki, type Pki, type ServerCertificate } from '../../support/pki'
import { createTexts } from '../../../src-main/core/app/texts'
import { inspectLdap } from '../../../src-main/core/ldap/inspect/inspect'
import type { Bench } from '../../../src-main/core/ldap/inspect/inspection'

const servers = [{ host: 'ldap.example.org', port: 636, encryption: 'ldaps' as const }]
const bench: Bench = {
  t: createTexts(),
  now: new Date('2026-03-01T12:00:00Z'),
  ldap: { servers, baseDn: 'dc=example,dc=org', tlsServerName: null },
}
const inspect = (text: string, more: Partial<Bench> = {}) => inspectLdap({ ...bench, ...more }, text)
/** Kind, then each code that is not well. */
const saw = (text: string, more: Partial<Bench> = {}) => verdict(inspect(text, more))
const verdict = ({ kind, findings }: LdapInspection) => [
  kind,
  ...findings.flatMap(({ status, code }) => (status === 'passed' ? [] : [code ?? '–'])),
]

const ad = (data: string) =>
  `80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data ${data}, v4563`

describe('an error of Active Directory', () => {
  it.each([
    ['525', ['LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD']],
    ['52e', ['LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD']],
    ['530', ['LDAP_USER_LOGON_HOURS']],
    ['531', ['LDAP_USER_WORKSTATION']],
    ['532', ['LDAP_USER_PASSWORD_EXPIRED']],
    ['533', ['LDAP_USER_DISABLED']],
    ['701', ['LDAP_USER_EXPIRED']],
    ['773', ['LDAP_USER_MUST_CHANGE_PASSWORD']],
    ['775', ['LDAP_USER_LOCKED']],
  ])('with data %s', (data, codes) => {
    expect(saw(ad(data))).toEqual(['error', ...codes])
    expect(saw(`[LDAP: error code 49 - ${ad(data)}]`)).toEqual(['error', ...codes])
    expect(saw(`ldap_bind: Invalid credentials (49)\n\tadditional info: ${ad(data)}`)).toEqual([
      'error',
      ...codes,
    ])
    expect(saw(`data ${data.toUpperCase()}`)).toEqual(['error', ...codes])
    expect(saw(data)).toEqual(['error', ...codes])
  })

  it.each([
    [
      '00002028: LdapErr: DSID-0C0903B0, comment: The server requires binds to turn on integrity checking',
      'LDAP_BIND_TLS_REQUIRED',
    ],
    [
      '80090346: LdapErr: DSID-0C090597, comment: AcceptSecurityContext error, data 80090346, v4563',
      'LDAP_BIND_CHANNEL_BINDING',
    ],
  ])('%s', (text, code) => expect(saw(text)).toEqual(['error', code]))

  it('of a search without a bind', () => {
    const text =
      'result: 1 Operations error\ntext: 000004DC: LdapErr: DSID-0C090A71, comment: In order to perform this operation a successful bind must be completed'
    expect(saw(text)).toEqual(['error', 'LDAP_ANONYMOUS_FORBIDDEN'])
  })
})

describe('an error of another directory or a tool', () => {
  it.each([
    ['ldap_bind: Invalid credentials (49)', ['LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD']],
    ['LDAP Result Code 49 "Invalid Credentials":', ['LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD']],
    [
      "{'result': 49, 'desc': 'Invalid credentials', 'ctrls': []}",
      ['LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD'],
    ],
    ['automatic bind not successful - invalidCredentials', ['LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD']],
    [
      'Invalid credentials during a bind operation. Code: 0x31',
      ['LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD'],
    ],
    ['49', ['LDAP_BIND_CREDENTIALS', 'LDAP_USER_PASSWORD']],
    ['ldap_bind: Server is unwilling to perform (53)', ['LDAP_USER_DISABLED']],
    ['ldap_bind: Constraint violation (19)', ['LDAP_USER_LOCKED']],
    ['ldap_bind: Confidentiality required (13)', ['LDAP_BIND_TLS_REQUIRED']],
    ['ldap_bind: Strong(er) authentication required (8)', ['LDAP_BIND_TLS_REQUIRED']],
    ['ldap_bind: Invalid DN syntax (34)', ['LDAP_BIND_DN_SYNTAX', 'LDAP_DN_SYNTAX']],
    ['No such object (32)', ['LDAP_BASE_NOT_FOUND']],
    ['ldap_search_ext: Insufficient access (50)', ['LDAP_BASE_NOT_READABLE']],
    ['sizeLimitExceeded', ['LDAP_SIZE_LIMIT']],
    ['Administrative limit exceeded (11)', ['LDAP_ADMIN_LIMIT']],
    ['Critical extension is unavailable (12)', ['LDAP_PAGING_UNSUPPORTED']],
    ['Referral (10)', ['LDAP_REFERRAL']],
    ['ldap_sasl_bind(SIMPLE): Can’t contact LDAP server (-1)', ['LDAP_UNREACHABLE']],
    [
      'ldap_start_tls: Connect error (-11)\n\tadditional info: (unknown error code) The certificate issuer is unknown.',
      ['LDAP_TLS_UNTRUSTED_CA'],
    ],
    ['TLS: hostname does not match name in peer certificate', ['LDAP_TLS_HOSTNAME']],
    ['Error: connect ECONNREFUSED 127.0.0.1:389', ['LDAP_CONNECT_REFUSED']],
    ['Error: self-signed certificate; code: DEPTH_ZERO_SELF_SIGNED_CERT', ['LDAP_TLS_SELF_SIGNED']],
    ['x509: certificate has expired or is not yet valid', ['LDAP_TLS_EXPIRED']],
    ['Can’t contact LDAP server (-1): connection timed out', ['LDAP_CONNECT_TIMEOUT']],
  ])('%s', (text, codes) => expect(saw(text)).toEqual(['error', ...codes]))
})

describe('a name', () => {
  it('is taken apart, and placed by the base of the settings', () => {
    const inside = inspect('UID=ada\\2C b+cn=x , ou=People,DC=Example,dc=org')
    expect([inside.ok, verdict(inside)]).toEqual([true, ['dn']])
    expect(inside.findings[0]?.detail.map(({ value }) => value)).toEqual([
      'UID=ada\\, b+cn=x,ou=People,DC=Example,dc=org',
      ...['UID = ada, b + cn = x', 'ou = People', 'DC = Example', 'dc = org'],
    ])
    expect(inside.findings[1]?.message).toContain('at or below')
    expect(inspect('uid=ada,dc=example,dc=com').findings[1]?.message).toContain('outside')
  })

  it('that is broken says where', () => {
    const { findings } = inspect('uid=ada,ou')
    expect(findings[0]).toMatchObject({ code: 'LDAP_DN_SYNTAX', status: 'failed' })
    expect(findings[0]?.message).toContain('character 11')
  })
})

describe('a filter', () => {
  it('is written out and drawn as a tree', () => {
    const seen = inspect('(&(objectClass=person)(|(uid=a*)(!(mail=*))))')
    expect([seen.ok, verdict(seen)]).toEqual([true, ['filter']])
    expect(seen.findings[0]?.detail.slice(1).map(({ value }) => value)).toEqual([
      'and',
      '  (objectClass=person)',
      '  or',
      '    (uid=a*)',
      '    not',
      '      (mail=*)',
    ])
  })

  it.each(['(&(uid=ada)', '(uid=ada))', '(|uid=a)', '&(a=b)(c', '(uid=a(b)'])(
    '%s that is broken says where',
    (text) => {
      const [finding] = inspect(text).findings
      expect(finding).toMatchObject({ code: 'LDAP_FILTER_SYNTAX', status: 'failed' })
      const [, mark] = finding?.detail ?? []
      expect(mark?.value).toMatch(/^\u00a0*\^$/)
      expect(finding?.message).toContain(`character ${mark?.value.length ?? 0}:`)
    },
  )
})

describe('what is none of this', () => {
  it.each(['hello there', '', '{}', '200', 'a\nb', '\u0000', '-----BEGIN X-----', 'x'.repeat(100_000)])(
    '“%.20s” is said to be unknown, without an error',
    (text) => {
      const seen = inspect(text)
      expect([seen.kind, seen.ok]).toEqual(['unknown', false])
    },
  )

  it('or a broken certificate is said to be one', () => {
    expect(saw('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toEqual([
      'certificate',
      'LDAP_CA_FILE',
    ])
  })

  it('or a private key is not repeated', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEG\n-----END PRIVATE KEY-----'
    const seen = inspect(key)
    expect(verdict(seen)).toEqual(['key', 'LDAP_CA_FILE'])
    expect(JSON.stringify(seen)).not.toContain('MIGHAgEA')
  })
})

describe('a certificate', () => {
  let pki: Pki
  beforeAll(() => {
    pki = createPki()
  })
  afterAll(() => pki.remove())
  const pem = (kind: ServerCertificate) => readFileSync(pki.server(kind).cert, 'utf8')
  const here = {
    now: new Date(Date.now() + 3_600_000),
    ldap: { ...bench.ldap, servers: [{ ...servers[0], host: '127.0.0.1' }] },
  } as Partial<Bench>

  it.each<[ServerCertificate, string[]]>([
    ['good', []],
    ['full-chain', []],
    ['wrong-name', ['LDAP_TLS_HOSTNAME']],
    ['expired', ['LDAP_TLS_EXPIRED']],
    ['not-yet-valid', ['LDAP_TLS_NOT_YET_VALID']],
    ['self-signed', ['LDAP_TLS_SELF_SIGNED']],
  ])('%s', (kind, codes) => expect(saw(pem(kind), here)).toEqual(['certificate', ...codes]))

  it('in DER as base64 is the same as in PEM', () => {
    const base64 = pem('good').replace(/-----[A-Z ]+-----/g, '')
    expect(inspect(base64, here)).toEqual(inspect(pem('good'), here))
  })

  it('of an authority is shown with its fingerprint, for whoever compares it', () => {
    const { findings } = inspect(readFileSync(pki.caFile, 'utf8'), here)
    expect(findings[0]?.detail.find(({ label }) => label === 'SHA-256 fingerprint')?.value).toMatch(
      /^(?:[0-9A-F]{2}:){31}/,
    )
    expect(findings[0]?.message).toContain('authority')
  })

  it('followed by one that did not issue it is a broken chain', () => {
    const broken = pem('good') + readFileSync(pki.otherCaFile, 'utf8')
    expect(saw(broken, here)).toEqual(['certificate', 'LDAP_TLS_MISSING_INTERMEDIATE'])
  })

  it('that ends within the month is worth a word', () => {
    const until = inspect(pem('good'), here).findings[0]?.detail.find(
      ({ label }) => label === 'Valid until',
    )?.value
    const shortBefore = new Date(Date.parse(until ?? '') - 5 * 86_400_000)
    expect(saw(pem('good'), { ...here, now: shortBefore })).toEqual(['certificate', 'LDAP_TLS_EXPIRED'])
  })
})
