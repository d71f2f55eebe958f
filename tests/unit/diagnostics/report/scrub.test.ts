import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { english } from '../../../../src-main/contract/texts/en'
import { createScrub } from '../../../../src-main/core/diagnostics/report/scrub'
import { removed, withoutSecretKinds } from '../../../../src-main/core/diagnostics/report/secret-kinds'
import { spellingsOf } from '../../../support/report-canaries'

const scrubOf = (...secrets: string[]) => createScrub({ secrets, ordinary: '', visible: [] })
const nothing = createScrub({ secrets: [], ordinary: '', visible: [] })

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []
}

describe('a secret that was at hand', () => {
  const secret = 'Gr\u00fcn & "k\'l\\a*r" +7=%/\u{1f511}'

  it.each(spellingsOf(secret).map((spelling) => [spelling]))('is taken out where it is %j', (spelling) => {
    const text = scrubOf(secret)(`before (${spelling}) after`)
    expect(text).toContain(removed)
    expect(text).not.toContain(spelling)
    expect(text).toMatch(/^before .* after$/s)
  })

  it('is taken out whatever its characters and whatever stands around it', () => {
    const any = fc
      .string({ unit: 'grapheme', minLength: 8, maxLength: 24 })
      .filter((text) => text.trim() === text)
    const around = fc.constantFrom('', ' ', '=', ':', '/', '(', '"', ';', 'x=')
    fc.assert(
      fc.property(any, around, fc.nat(), (text, before, at) => {
        const all = spellingsOf(text)
        const spelling = all[at % all.length] ?? ''
        expect(scrubOf(text)(`see ${before}${spelling} end`)).not.toContain(spelling)
      }),
      { numRuns: 60 },
    )
  })

  it('in one Unicode form is found in the other', () => {
    expect(scrubOf('Z\u00fcrich-2026')('Zu\u0308rich-2026')).toBe(removed)
  })

  it('stays where taking it out would tell which word it is', () => {
    const how = { secrets: ['password', 'admin'], ordinary: 'the password', visible: ['cn=admin,dc=example'] }
    expect(createScrub(how)('cn=admin,dc=example: the password')).toBe('cn=admin,dc=example: the password')
    expect(createScrub({ ...how, visible: [] })('bound as admin')).toBe(`bound as ${removed}`)
  })

  it('that is long is taken out of settings too', () => {
    const how = { secrets: ['Summer-2026'], ordinary: '', visible: ['cn=Summer-2026,dc=example'] }
    expect(createScrub(how)('cn=Summer-2026,dc=example')).toBe(`cn=${removed},dc=example`)
  })
})

const hash = 'c2FsdGVkLWFuZC1oYXNoZWQ'
/** Nobody told what they are: their form or their name does. */
const kinds: readonly (readonly [text: string, secret: string])[] = [
  ['ldaps://reader:s3cr3t%2Fx@dc.example:636/', 's3cr3t'],
  ['ldap://reader:pa/ss@dc.example', 'pa/ss'],
  ['ldap%3A%2F%2Freader%3As3cr3t%40dc.example', 's3cr3t'],
  [String.raw`https:\/\/me:s3cr3t@idp.example\/`, 's3cr3t'],
  ['https://s3cr3t-token@idp.example/', 's3cr3t'],
  [`{SSHA}${hash}==`, hash],
  [`{ssha512}${hash}`, hash],
  ['{CRYPT}$6$salt$aGFzaA', 'aGFzaA'],
  ['$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA', 'aGFzaA'],
  ['$2b$12$KIXQ4z1Zc0mJcEJ0wq3hUe', 'KIXQ4z'],
  ['scrypt:32768:8:1$salt$0123456789abcdef', '0123456789abcdef'],
  ['pbkdf2:sha256:600000$salt$0123456789', '0123456789'],
  ['userPassword: s3cr3t word', 's3cr3t'],
  ['userPassword;x-plain:: czNjcjN0', 'czNjcjN0'],
  ['(&(objectClass=person)(userPassword=s3cr3t))', 's3cr3t'],
  ['sambaNTPassword: 8846F7EAEE8FB117AD06BDD830B7586C', '8846F7EA'],
  ['unicodePwd:: IgBzADMAYwByADMAdAAiAA==', 'IgBzADMA'],
  ['{"client_secret":"s3cr3t \\" word"}', 'word'],
  [String.raw`{\"access_token\":\"s3cr3t\"}`, 's3cr3t'],
  ['grant_type=x&client_secret=s3cr3t&a=b', 's3cr3t'],
  ['https://app.example/callback?code=s3cr3t&state=x1', 's3cr3t'],
  ['Authorization: Basic aWQ6czNjcjN0', 'aWQ6'],
  ['Bearer s3cr3t-token-1', 's3cr3t'],
  ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'eyJzdWIi'],
  ['-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----', 'MIIEvQ'],
  ['invalid password: s3cr3t', 's3cr3t'],
  [Buffer.from(`userPassword: {SSHA}${hash}`).toString('base64'), 'dXNlclBhc3N3b3Jk'],
  [Buffer.from('ldap://me:s3cr3t@dc').toString('hex'), '6c646170'],
]

describe('a secret that nobody named', () => {
  it.each(kinds)('is taken out of %s', (text, secret) => {
    const left = nothing(`before ${text}`)
    expect(left).toContain(removed)
    expect(left).not.toContain(secret)
    expect(left).toMatch(/^before /)
  })
})

describe('what is no secret', () => {
  it('stays: every sentence of the catalogue', () => {
    for (const text of leaves(english)) expect(withoutSecretKinds(text)).toBe(text)
  })

  it.each([
    'ldaps://dc1.example.test:636/dc=example,dc=test??sub?(uid=ada@example.test)',
    'https://login.microsoftonline.com/{tenantid}/oauth2/v2.0/token',
    '{6f9619ff-8b86-d011-b42d-00cf4fc964ff}',
    '80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, v4563',
    'AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89',
    'CN=R3,O=Let\u2019s Encrypt,C=US',
    'client_secret_basic',
    'uid=ada,ou=people,dc=example,dc=test',
    '2026-11-27T10:00:00.000Z',
  ])('stays: %s', (text) => {
    expect(nothing(text)).toBe(text)
  })
})
