import { describe, expect, test } from 'vitest'
import type { OidcSettings } from '../../../src-main/core/app/ports'
import { claimOf, factsOf, hasGaps, personOf, type Claims } from '../../../src-main/core/oidc/oidc-claims'
import { oidcSettings } from '../../support/oidc-fake-settings'

const token = { iss: 'https://idp.example.org', sub: 'subject-1', aud: 'desk', exp: 1, iat: 1, nonce: 'n' }
const person = (idToken: Claims, options: { userinfo?: Claims; settings?: Partial<OidcSettings> } = {}) =>
  personOf(
    { idToken: { ...token, ...idToken }, userinfo: options.userinfo ?? null },
    oidcSettings(options.settings),
  )
const facts = (idToken: Claims, userinfo: Claims | null = null, settings: Partial<OidcSettings> = {}) =>
  factsOf({ idToken, userinfo }, oidcSettings(settings))

test('the ID token comes first, userinfo fills gaps only', () => {
  const sources = {
    idToken: { name: 'Token', empty: '', nothing: null },
    userinfo: { name: 'Info', empty: 'x', nothing: 'y', more: 'z' },
  }
  expect(claimOf(sources, 'name')).toBe('Token')
  expect(claimOf(sources, 'empty')).toBe('')
  expect(claimOf(sources, 'nothing')).toBe('y')
  expect(claimOf(sources, 'more')).toBe('z')
  expect(claimOf(sources, 'absent')).toBeUndefined()
  expect(claimOf(sources, 'toString')).toBeUndefined()
})

test('a name with dots reaches into objects, unless it is a name itself', () => {
  const idToken = { realm_access: { roles: ['staff'] }, 'a.b': 1 }
  expect(claimOf({ idToken, userinfo: null }, 'realm_access.roles')).toEqual(['staff'])
  expect(claimOf({ idToken, userinfo: null }, 'a.b')).toBe(1)
  expect(claimOf({ idToken, userinfo: null }, 'realm_access.constructor')).toBeUndefined()
})

test('gaps', () => {
  const complete = { preferred_username: 'a', name: 'A', email: 'a@b', groups: [] }
  expect(hasGaps(complete, oidcSettings())).toBe(false)
  expect(hasGaps({ ...complete, groups: undefined }, oidcSettings())).toBe(true)
  expect(hasGaps({ ...complete, groups: undefined }, oidcSettings({ groupsClaim: null }))).toBe(false)
})

describe('the user name', () => {
  test.each([
    [{ preferred_username: ' ada ', nickname: 'n', email: 'e@x.org' }, 'ada'],
    [{ nickname: 'n', email: 'e@x.org' }, 'n'],
    [{ email: 'e@x.org' }, 'e'],
    [{ preferred_username: '', nickname: '  ' }, null],
    [{ preferred_username: 7 }, null],
  ])('%j → %s', (claims, username) => {
    expect(person(claims).username).toBe(username)
  })
})

describe('email_verified', () => {
  test.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [1, null],
    ['yes', null],
    [undefined, null],
  ])('%j is %j', (value, expected) => {
    expect(facts({ email: 'a@x.org', email_verified: value }).emailVerified).toBe(expected)
  })

  test('it vouches only for the address beside it', () => {
    expect(
      facts({ email: 'a@x.org' }, { email: 'other@x.org', email_verified: true }).emailVerified,
    ).toBeNull()
    expect(facts({ email: 'a@x.org' }, { email: 'A@x.org', email_verified: true }).emailVerified).toBe(true)
    expect(
      facts({ email: 'a@x.org', email_verified: false }, { email: 'a@x.org', email_verified: true })
        .emailVerified,
    ).toBe(false)
    const upn = { upn: 'boss@x.org', email: 'me@x.org', email_verified: true }
    expect(facts(upn, null, { emailClaim: 'upn' })).toMatchObject({
      email: 'boss@x.org',
      emailVerified: null,
    })
  })

  test('what is no address is none', () => {
    expect(facts({ email: 'not an address', email_verified: true })).toMatchObject({
      email: null,
      emailVerified: null,
    })
  })
})

describe('groups', () => {
  test.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [['a', 7, null, ' '], ['a']],
    ['a', ['a']],
    ['Domain Users, b', ['Domain Users', 'b']],
    ['CN=Admins,OU=x,DC=y', ['CN=Admins,OU=x,DC=y']],
    [[], []],
    ['', []],
    [{ a: 1 }, null],
    [undefined, null],
  ])('%j → %j', (value, groups) => {
    expect(facts({ groups: value }).groups).toEqual(groups)
  })

  test('too many for the token', () => {
    expect(facts({ _claim_names: { groups: 'src1' } })).toMatchObject({ groups: null, groupsOverage: true })
    expect(facts({ hasgroups: true }).groupsOverage).toBe(true)
    expect(facts({ groups: ['a'], hasgroups: true }).groupsOverage).toBe(false)
  })
})

test('a person as sign-in gets them', () => {
  const claims = {
    email: 'ada@x.org',
    email_verified: 'true',
    name: 'Ada',
    picture: 'https://x.org/a.png',
    department: 'R',
  }
  expect(person(claims, { userinfo: { locale: 'en', nonce: 'no' } })).toEqual({
    slug: 'test',
    issuer: 'https://idp.example.org',
    subject: 'subject-1',
    username: 'ada',
    login: null,
    email: 'ada@x.org',
    emailVerified: true,
    fullName: 'Ada',
    picture: 'https://x.org/a.png',
    teams: null,
    roles: null,
    claims: { iss: 'https://idp.example.org', sub: 'subject-1', aud: 'desk', locale: 'en', ...claims },
  })
})

test('only the user-name claim is the name they sign in with; what stands in for it is not', () => {
  expect(person({ nickname: 'boss', email: 'boss@evil.test' })).toMatchObject({
    username: 'boss',
    login: null,
  })
  const settings = { usernameClaim: 'login_name' }
  expect(person({ login_name: ' ada ' }, { settings })).toMatchObject({ username: 'ada', login: 'ada' })
})

test('a picture is a web address or none', () => {
  expect(person({ picture: 'javascript:alert(1)' }).picture).toBeNull()
  expect(person({ picture: 'data:image/png;base64,AA' }).picture).toBeNull()
})

test('no subject, no person; a list that refuses is the reason', () => {
  expect(() => person({ sub: '' })).toThrow(expect.objectContaining({ code: 'OIDC_MISSING_SUBJECT' }))
  expect(() => person({ sub: 7 })).toThrow(expect.objectContaining({ code: 'OIDC_MISSING_SUBJECT' }))
  expect(() => person({}, { settings: { allowedGroups: ['a'] } })).toThrow(
    expect.objectContaining({ code: 'OIDC_NOT_ALLOWED_GROUP' }),
  )
})
