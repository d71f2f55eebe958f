import { describe, expect, it } from 'vitest'
import { explainText } from '../../../src-main/core/lab/explain-text'
import { looksLikeLdif, textOfBytes } from '../../../src-main/core/lab/text-of-bytes'
import { inspectLdap } from '../../../src-main/core/ldap/inspect/inspect'
import { inspectOidc } from '../../../src-main/core/oidc/inspect/inspect'
import { createTexts } from '../../../src-main/core/app/texts'
import { ldapSettings } from '../../support/ldap-settings'
import { oidcSettings } from '../../support/oidc-fake-settings'
import { productMetadata } from '../oidc/rule-book/metadata-fixtures'
import type { Settings } from '../../../src-main/core/app/ports'

const t = createTexts()
const now = new Date('2026-03-01T12:00:00Z')
const settings: Pick<Settings, 'ldap' | 'oidc'> = {
  ldap: ldapSettings({}),
  oidc: [oidcSettings({ issuer: 'https://id.example.org/realms/staff', clientId: 'desk' })],
}
const explain = (text: string) => explainText({ t, now, settings }, text)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = `${encode({ alg: 'RS256' })}.${encode({ iss: 'https://id.example.org', sub: 'u1' })}.c2lnbmF0dXJl`

describe('a text of the directory', () => {
  it.each([
    '80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, v4563',
    'ldap_bind: Invalid credentials (49)',
    'ldap_start_tls: Connect error (-11)\n\tadditional info: The certificate issuer is unknown.',
    'Error: connect ECONNREFUSED 127.0.0.1:389',
    'DEPTH_ZERO_SELF_SIGNED_CERT_IN_A_LOG DEPTH_ZERO_SELF_SIGNED_CERT',
    'uid=ada,ou=people,dc=example,dc=test',
    'cn=averyveryverylongname1234567890',
    'uid=ada,ou',
    '(&(uid=ada)',
    '(&(objectClass=person)(mail=*))',
    '-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----',
    '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
  ])('%s', (text) => {
    const { of, kind, title, findings, ok } = explain(text)
    expect({ ok, kind, title, findings }).toEqual(inspectLdap({ t, now, ldap: settings.ldap }, text))
    expect(of).toBe('directory')
    expect(kind).not.toBe('unknown')
  })
})

describe('a text of a provider', () => {
  it.each([
    'AADSTS7000222: The provided client secret keys are expired.',
    'Invalid parameter: redirect_uri',
    '{"error":"invalid_grant","error_description":"Code not valid"}',
    'http://127.0.0.1:53682/callback?error=access_denied&state=x',
    'https://id.example.org/realms/staff/.well-known/openid-configuration',
    token,
    `Authorization: Bearer ${token}`,
    'b0pjZ5TIvVmYqFfJ1N2aQk3xWc7dRe',
    ...Object.values(productMetadata).flatMap((all) => all.map((metadata) => JSON.stringify(metadata))),
  ])('%.60s', (text) => {
    const { of, kind, title, findings, ok } = explain(text)
    const { product, ...said } = inspectOidc({ t, now, providers: settings.oidc }, text)
    expect({ ok, kind, title, findings }).toEqual(said)
    expect([of, product]).toEqual(['provider', product])
    expect(kind).not.toBe('unknown')
  })
})

describe('a run of an earlier day', () => {
  const stage = {
    ...{ id: 'bind', status: 'failed', code: 'LDAP_BIND_CREDENTIALS', ms: 4, summary: 'Refused' },
    ...{ detail: [], next: 'Set the password' },
  } as const
  const subject = { name: 'ldap.example.org:636', ok: false, summary: 'The directory refuses', facts: [] }

  it('is a report', () => {
    const versions = { authdesk: '1', electron: null, node: '24', openssl: '3', platform: 'linux x64' }
    const report = {
      ...{
        report: 1,
        kind: 'ldap',
        ok: false,
        made: '2026-02-01T08:00:00.000Z',
        profile: 'default',
        versions,
      },
      subjects: [{ ...subject, stages: [stage], settings: [], commands: [], notes: [] }],
    }
    expect(explain(JSON.stringify(report))).toMatchObject({
      ...{ of: 'report', ok: false, findings: [] },
      report: { kind: 'ldap', made: report.made, subjects: [{ ...subject, stages: [stage] }] },
    })
    // A document of another form is none; nothing is guessed from it.
    expect(explain(JSON.stringify({ ...report, report: 2 })).of).toBe('unknown')
  })

  it('or what the command line printed', () => {
    const target = { host: 'ldap.example.org', port: 636, encryption: 'ldaps' }
    const ladder = { ok: false, target, summary: 'The directory refuses', stages: [stage] }
    expect(explain(JSON.stringify(ladder)).report).toMatchObject({
      ...{ kind: 'ldap', made: null },
      subjects: [{ name: 'ldap.example.org:636', stages: [stage] }],
    })
    const provider = { slug: 'staff', name: 'Staff', ok: false, product: null, stages: [stage] }
    expect(explain(JSON.stringify({ ok: false, providers: [provider] })).report).toMatchObject({
      ...{ kind: 'oidc' },
      subjects: [{ name: 'Staff', summary: 'Refused' }],
    })
  })
})

describe('what nobody knows', () => {
  it.each(['hello there', '{}', '{"providers":[]}', '{ not json', '\u0000'])('%j', (text) => {
    expect(explain(text)).toMatchObject({ ok: false, of: 'unknown', report: null })
  })
})

describe('the beginning of a file', () => {
  it.each([
    ['version: 1\n\ndn: dc=example', true],
    ['# a comment\n folded\n\nDN:: ZGM9', true],
    ['\uFEFFdn: dc=example\r\n', true],
    ['uid=ada,dc=example', false],
    ['{"dn:": 1}', false],
    ['', false],
  ])('%j', (text, is) => {
    expect(looksLikeLdif(Buffer.from(text))).toBe(is)
  })

  it('may be in UTF-16, as ldifde writes it', () => {
    expect(looksLikeLdif(Buffer.from('\uFEFFdn: dc=example', 'utf16le'))).toBe(true)
  })

  it('of a certificate in DER becomes PEM', () => {
    const der = Buffer.from('308201003082', 'hex')
    expect(textOfBytes(der)).toContain(`-----BEGIN CERTIFICATE-----\n${der.toString('base64')}`)
  })
})
