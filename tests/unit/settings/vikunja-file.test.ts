import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadSettings } from '../../../src-main/core/settings/load-settings'
import { parseVikunjaFile } from '../../../src-main/core/settings/vikunja-file'
import { findings } from './load'

function load(text: string) {
  const { values, ...read } = parseVikunjaFile(text)
  const profile = { name: 'default', file: '/srv/vikunja/config.yml' }
  return loadSettings({ profile, file: values, environment: {}, secrets: {}, ...read })
}

const ldap = (more: string) => `auth:
  ldap:
    enabled: true
    host: ldap.example.org
    basedn: dc=example,dc=org
${more}`

describe('providers', () => {
  it('as the older list: the key is the name, stripped', () => {
    const settings = load(`auth:
  openid:
    enabled: "yes"
    redirecturl: https://v.example.org/auth/openid/
    providers:
      - name: My Keycloak!
        authurl: https://id.example.org
        clientid: vikunja
  local: { enabled: no }`)
    expect(settings).toMatchObject({
      method: 'oidc',
      oidc: [{ slug: 'mykeycloak', redirectUri: 'https://v.example.org/auth/openid/mykeycloak' }],
    })
  })

  it('take their redirect URI from the address where nothing else says it', () => {
    const providers = `openid: {enabled: true, providers: {K: {name: K, authurl: "https://id.example", clientid: v}}}`
    const settings = load(`service: {publicurl: https://v.example.org}\nauth: {${providers}}`)
    expect(settings.oidc[0]).toMatchObject({ slug: 'k', redirectUri: 'https://v.example.org/auth/openid/k' })
    expect(settings.findings).toEqual([])
  })

  it('share what an anchor holds, and their own values come first', () => {
    const settings = load(`auth:
  openid:
    enabled: true
    providers:
      one: &one
        name: One
        authurl: https://id.example.org
        clientid: shared
      two:
        <<: *one
        name: Two
        authurl: https://two.example.org`)
    expect(settings.oidc.map(({ name, issuer, clientId }) => [name, issuer, clientId])).toEqual([
      ['One', 'https://id.example.org', 'shared'],
      ['Two', 'https://two.example.org', 'shared'],
    ])
  })
})

describe('the directory', () => {
  it('is asked as Vikunja asks it where the file says nothing', () => {
    const settings = load(ldap(`    userfilter: (uid=%[1]s)`))
    expect(settings).toMatchObject({
      method: 'all',
      ldap: {
        servers: [{ port: 389, encryption: 'ldaps' }],
        userBase: 'dc=example,dc=org',
        groupBase: 'dc=example,dc=org',
        userObjectClass: 'top',
        userFilter: null,
        allowAnonymous: true,
      },
    })
  })

  it.each([
    ['(&(objectClass=person)(uid=%[1]s))', 'person', 'uid', null],
    ['(&(objectClass=person)(uid=%s)(!(locked=1)))', 'person', 'uid', '(!(locked=1))'],
    ['(&(|(mail=%[1]s)(uid=%[1]s))(a=1)(b=2))', 'top', 'uid', '(&(a=1)(b=2))'],
    ['(sAMAccountName=%[1]s)', 'top', 'sAMAccountName', null],
  ])('%s', (filter, ...[userObjectClass, loginAttribute, userFilter]) => {
    expect(load(ldap(`    userfilter: '${filter}'`)).ldap).toMatchObject({
      userObjectClass,
      loginAttribute,
      userFilter,
    })
  })

  it('says which of several names counts', () => {
    const settings = load(ldap(`    userfilter: '(|(mail=%[1]s)(uid=%[1]s))'`))
    expect(findings(settings)).toContain('CONFIG_NO_EFFECT warning LDAP_USER_LOGIN_ATTR')
  })

  it.each(['(objectClass=person)', '(uid=%[1]s', '(!(uid=%[1]s))'])(
    '%s is no filter for a name',
    (filter) => {
      const settings = load(ldap(`    userfilter: '${filter}'`))
      expect(settings.method).toBeNull()
      expect(settings.findings[0]).toMatchObject({ code: 'CONFIG_INVALID', setting: 'LDAP_USER_FILTER' })
    },
  )
})

describe('findings', () => {
  it('say the file’s own name and line', () => {
    const settings = load(`auth:
  openid:
    enabled: maybe
    provders: 1
  locl:
    enabled: true`)
    expect(settings.findings).toMatchObject([
      { code: 'CONFIG_INVALID', setting: 'OIDC_ENABLED', written: 'auth.openid.enabled', line: 3 },
      { code: 'CONFIG_UNKNOWN', setting: 'auth.openid.provders', written: null, line: 4 },
      { code: 'CONFIG_UNKNOWN', setting: 'auth.locl.enabled', line: 6 },
    ])
    expect(settings.findings[2]?.message).toContain('auth.local.enabled')
  })

  it('propose a near name in a provider too', () => {
    const providers = 'keycloak: {name: K, authurl: "https://id.example", clientid: v, client_secret: x}'
    const { findings: found } = load(`auth: {openid: {enabled: true, providers: {${providers}}}}`)
    expect(found).toMatchObject([{ code: 'CONFIG_UNKNOWN', severity: 'warning' }])
    expect(found[0]?.message).toContain('auth.openid.providers.keycloak.clientsecret is')
  })

  it.each([
    ['auth:\n  local: [', 2],
    ['auth:\n\tlocal: 1', 2],
    ['a: 1\na: 2', 2],
    ['- a\n- b', 1],
    ['just text', 1],
    ['a: 1\nb: !!js/function "function () {}"', 2],
    ['a: 1\nb: *nowhere', 2],
  ])('%j is not valid, at its line', (text, line) => {
    const settings = load(text)
    expect(settings.method).toBeNull()
    expect(settings.findings[0]).toMatchObject({ code: 'CONFIG_INVALID', severity: 'error', line })
  })

  it('repeat nothing of a broken file, which may be a secret', () => {
    const secret = fc.constantFrom(
      'hunter2',
      '"hunter2',
      "'hunter2",
      '- hunter2',
      '{ hunter2',
      ']hunter2',
      '*hunter2 x',
      '!hunter2',
      '@hunter2',
      '%hunter2',
      '`hunter2`',
      '? hunter2',
      '|hunter2',
      '&hunter2 &hunter2 x',
    )
    const before = fc.constantFrom(
      'a: ',
      'a:\n  b: 1\n ',
      '',
      '---\n',
      'a: [1, ',
      'a: {b: ',
      '- ',
      'a: "x" ',
      '%YAML 1.2\n',
      '...\n',
    )
    fc.assert(
      fc.property(before, secret, before, (first, middle, last) => {
        const errors = load(first + middle + last).findings.filter(({ severity }) => severity === 'error')
        expect(JSON.stringify(errors)).not.toContain('hunter2')
      }),
      { numRuns: 1_000 },
    )
  })

  it('refuses a file that unfolds without end', () => {
    const bomb = [
      'a0: &a0 {x: 1}',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} {p: *a${i}, q: *a${i}}`),
    ]
    expect(load(bomb.join('\n')).findings[0]).toMatchObject({ code: 'CONFIG_INVALID', severity: 'error' })
  })

  it('refuses a file whose few aliases are wide', () => {
    const wide = Array.from({ length: 1_000 }, (_, i) => `  k${i}: 1`).join('\n')
    const many = Array.from({ length: 20 }, (_, i) => `b${i}: *a`).join('\n')
    expect(load(`a: &a\n${wide}\n${many}`).findings[0]).toMatchObject({
      code: 'CONFIG_INVALID',
      severity: 'error',
    })
    expect(load(`a: &a\n${wide}\nb: *a`).method).toBe('local')
  })

  it('an empty file says nothing', () => {
    expect(load('').findings).toEqual([])
    expect(load('# only a comment\n').method).toBe('local')
  })

  it('never crashes, whatever the text is', () => {
    const words = fc.constantFrom(
      'auth',
      ':',
      ' ',
      '\n',
      '  ',
      '- ',
      '&a',
      '*a',
      '<<',
      '{',
      '}',
      '[',
      ']',
      '!!x',
      "'",
      'openid',
      'providers',
      'ldap',
      'userfilter',
      '%[1]s',
      '? ',
      '|',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 40 }).map((each) => each.join('')),
        ),
        (text) => {
          load(text)
        },
      ),
      { numRuns: 500 },
    )
  })
})
